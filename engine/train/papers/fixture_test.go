package papers

import (
	"image"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
)

// invented makes a set of invented characters, drawn shakily. first numbers the alphabets, so that two
// sets share no character.
func invented(t *testing.T, first, alphabets, chars, drawings int) *fewshot.Set {
	t.Helper()
	set := &fewshot.Set{}
	for a := first; a < first+alphabets; a++ {
		for c := range chars {
			class := fewshot.Class{Alphabet: "alphabet" + strconv.Itoa(a)}
			class.Name = class.Alphabet + "/character" + strconv.Itoa(c)
			r := rand.New(rand.NewPCG(uint64(a), uint64(c)))
			var path [5][2]float64
			for i := range path {
				path[i] = [2]float64{15 + 75*r.Float64(), 15 + 75*r.Float64()}
			}
			for range drawings {
				class.Drawings = append(class.Drawings, shaky(t, path, r))
			}
			set.Classes = append(set.Classes, class)
		}
	}
	return set
}

// shaky draws a path on white paper of 105 x 105, each corner a little off.
func shaky(t *testing.T, path [5][2]float64, r *rand.Rand) *fewshot.Drawing {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 105, 105))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for i := range path {
		path[i][0] += 6 * r.NormFloat64()
		path[i][1] += 6 * r.NormFloat64()
	}
	for i := range len(path) - 1 {
		a, b := path[i], path[i+1]
		for s := range 200 {
			f := float64(s) / 200
			x, y := a[0]+f*(b[0]-a[0]), a[1]+f*(b[1]-a[1])
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					px, py := int(math.Round(x))+dx, int(math.Round(y))+dy
					if image.Pt(px, py).In(m.Rect) {
						m.Pix[py*m.Stride+px] = 0
					}
				}
			}
		}
	}
	in, err := prep.FromImage(m)
	if err != nil {
		t.Fatal(err)
	}
	return &fewshot.Drawing{Image: m, Input: in}
}

// The shape of the invented spectra.
const (
	cubeSide  = 9
	cubeBands = 24
)

// spectra makes cubes of invented materials: a spectrum of three humps in the middle of the cube, and another material
// beside an edge that runs through it. Light differs from cube to cube in strength, in tilt and in offset, which moves
// spectra further than one material is from another.
func spectra(t *testing.T, classes, each int, seed uint64) *Cubes {
	t.Helper()
	var values []float32
	var labels []int
	hump := func(z int, p [3][2]float64) (v float64) {
		for _, h := range p {
			d := (float64(z) - h[0]) / 1.7
			v += h[1] * math.Exp(-d*d)
		}
		return v
	}
	material := func(r *rand.Rand) (p [3][2]float64) {
		for i := range p {
			p[i] = [2]float64{cubeBands * r.Float64(), 0.6 + r.Float64()}
		}
		return p
	}
	for c := range classes {
		own := material(rand.New(rand.NewPCG(seed, uint64(c))))
		for i := range each {
			r := rand.New(rand.NewPCG(seed+1, uint64(c*each+i)))
			other := material(r)
			gain, offset, tilt := math.Exp(0.5*r.NormFloat64()), 1.5*r.NormFloat64(), 1.5*r.NormFloat64()
			angle, edge := 2*math.Pi*r.Float64(), 1.5+2*r.Float64()
			for y := range cubeSide {
				for x := range cubeSide {
					p := own
					if u, v := float64(x-cubeSide/2), float64(y-cubeSide/2); u*math.Cos(angle)+v*math.Sin(angle) > edge {
						p = other
					}
					for z := range cubeBands {
						light := offset + tilt*(float64(z)/cubeBands-0.5)
						values = append(values, float32(gain*hump(z, p)+light+0.1*r.NormFloat64()))
					}
				}
			}
			labels = append(labels, 10+c)
		}
	}
	cubes, err := NewCubes(values, cubeSide, cubeSide, cubeBands, labels)
	if err != nil {
		t.Fatal(err)
	}
	return cubes
}

// tinyKoch is the paper's network in a size that trains in seconds.
func tinyKoch() Koch {
	k := koch2015Small()
	k.Side, k.Sizes, k.Channels, k.Units = 36, [4]int{5, 3, 2, 2}, [4]int{16, 16, 32, 32}, 64
	k.Pairs, k.Epochs, k.Batch, k.MomentumIn = 64, 40, 16, 4
	for i := range k.Layers {
		k.Layers[i] = Layer{Rate: 0.01, Momentum: 0.9}
	}
	return k
}

func tinySung() Sung {
	s := sung2018(nn.Layout{Way: 5, Shot: 1, Query: 3})
	s.Channels, s.Episodes, s.Settle = 16, 100, 5
	return s
}

func tinyGao() Gao {
	g := gao2020Small()
	g.Episode, g.Episodes, g.Settle = nn.Layout{Way: 5, Shot: 1, Query: 3}, 320, 4
	g.Channels, g.LR, g.Balanced = []int{16, 16, 16}, 3e-3, true
	return g
}

func tinySungNet(t *testing.T) *relationNet {
	t.Helper()
	n, err := tinySung().begin(invented(t, 0, 2, 4, 5), 1)
	if err != nil {
		t.Fatal(err)
	}
	return n.(*relationNet)
}

func tinyGaoNet(t *testing.T) *relationNet {
	t.Helper()
	cubes := spectra(t, 8, 6, 1)
	training, _ := cubes.Split()
	n, err := tinyGao().begin(training, cubes, 1)
	if err != nil {
		t.Fatal(err)
	}
	return n.(*relationNet)
}
