// Package speed measures the 3x3 convolution, where the network's time goes, on the machine or in
// the browser that it runs in.
//
//	r := speed.Measure(speed.Shapes()[0], speed.Turn)
//	fmt.Printf("%s: %.1f GMAC/s\n", r.Implementation, r.Fast)
package speed

import (
	"math/rand/v2"
	"slices"
	"time"

	"oneshot/engine/kernel"
)

// Shapes are the convolutions of the network that take the longest, and before them the one that
// our aims are set in: 64 to 64 channels at 14x14.
func Shapes() []kernel.Shape {
	return []kernel.Shape{
		{H: 14, W: 14, In: 64, Out: 64},
		{H: 14, W: 14, In: 32, Out: 64},
		{H: 7, W: 7, In: 64, Out: 128},
		{H: 7, W: 7, In: 128, Out: 128},
	}
}

// Result is what Measure found, in 1e9 multiply-adds a second: the medians of rounds that went
// through all three in turn, so that whatever else the machine does meets them alike.
type Result struct {
	Shape          kernel.Shape `json:"shape"`
	Implementation string       `json:"implementation"` // of Fast: see kernel.Implementation

	Fast   float64 `json:"fast"`       // kernel.Conv3x3
	Scalar float64 `json:"scalar"`     // kernel.Conv3x3Scalar: plain Go on the same packed weights
	Ref    float64 `json:"definition"` // kernel.Conv3x3Ref

	// The median over the rounds of how many times faster Fast is than the other two.
	OverScalar float64 `json:"over_scalar"`
	OverRef    float64 `json:"over_definition"`
}

// Turn is long enough for figures to trust.
const Turn = 40 * time.Millisecond

const (
	rounds = 9

	// Browsers begin with code that is compiled fast and is slow, and replace it in the background:
	// hence so many turns that do not count.
	warmUp = 6
)

// Measure times each of the three for at least turn in every round; with Turn it takes about two
// seconds.
func Measure(s kernel.Shape, turn time.Duration) Result {
	r := rand.New(rand.NewPCG(1, 2))
	src, raw := make([]int16, (s.H+2)*(s.W+2)*s.In), make([]int8, s.Out*s.In*9)
	for y := range s.H { // the border stays zero
		row := src[((y+1)*(s.W+2)+1)*s.In:][:s.W*s.In]
		for i := range row {
			row[i] = int16(r.IntN(4096))
		}
	}
	for i := range raw {
		raw[i] = int8(r.IntN(255) - 127)
	}
	w, dst := kernel.PackConv3x3(raw, s.In, s.Out), make([]int32, s.H*s.W*s.Out)
	macs := float64(s.H * s.W * s.Out * s.In * 9)
	ways := []func(){
		func() { kernel.Conv3x3(dst, src, w, s) },
		func() { kernel.Conv3x3Scalar(dst, src, w, s) },
		func() { kernel.Conv3x3Ref(dst, src, raw, s) },
	}
	for _, f := range ways {
		rate(f, macs, warmUp*turn)
		time.Sleep(turn / 4) // lets the browser put in what it has compiled
	}
	var fast, scalar, ref, overScalar, overRef []float64
	for range rounds {
		a, b, c := rate(ways[0], macs, turn), rate(ways[1], macs, turn), rate(ways[2], macs, turn)
		fast, scalar, ref = append(fast, a), append(scalar, b), append(ref, c)
		overScalar, overRef = append(overScalar, a/b), append(overRef, a/c)
	}
	return Result{
		Shape: s, Implementation: kernel.Implementation(),
		Fast: median(fast), Scalar: median(scalar), Ref: median(ref),
		OverScalar: median(overScalar), OverRef: median(overRef),
	}
}

// rate runs f, which takes macs multiply-adds, for at least a turn and returns 1e9 of them a second.
func rate(f func(), macs float64, turn time.Duration) float64 {
	n, start := 0, time.Now()
	for {
		f()
		n++
		if d := time.Since(start); d >= turn {
			return macs * float64(n) / float64(d.Nanoseconds())
		}
	}
}

// median returns the middle of v, of which there is an odd number. It sorts v.
func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}
