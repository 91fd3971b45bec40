package papers

import (
	"errors"
	"math"
	"math/rand/v2"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/engine/train/nn"
)

// pairs draws pairs of drawings, half of them of the same character, each pair inside one alphabet and the
// alphabets equally often. Minibatch i of seed s is the same in every run.
type pairs struct {
	alphabets [][][]*prep.Ink // drawings of the characters of each alphabet
	seed      uint64
	side      int
	plain     float64
}

func newPairs(set *fewshot.Set, k Koch, seed uint64) (*pairs, error) {
	p := &pairs{seed: seed, side: k.Side, plain: k.Plain}
	place := map[string]int{}
	var all [][][]*prep.Ink
	for _, c := range set.Classes {
		drawings := c.Drawings
		if k.Drawers > 0 { // drawings are sorted by name, and Omniglot numbers them by drawer
			drawings = drawings[:min(k.Drawers, len(drawings))]
		}
		if len(drawings) < 2 {
			return nil, errors.New("papers: class " + c.Name + " has fewer than the two drawings of a pair")
		}
		var inks []*prep.Ink
		for _, d := range drawings {
			ink, err := inkOf(d)
			if err != nil {
				return nil, err
			}
			inks = append(inks, ink)
		}
		a, ok := place[c.Alphabet]
		if !ok {
			a = len(all)
			place[c.Alphabet] = a
			all = append(all, nil)
		}
		all[a] = append(all[a], inks)
	}
	for _, alphabet := range all {
		if len(alphabet) > 1 {
			p.alphabets = append(p.alphabets, alphabet)
		}
	}
	if len(p.alphabets) == 0 {
		return nil, errors.New("papers: no alphabet of the training set has the two characters of an unlike pair")
	}
	return p, nil
}

// fill draws minibatch number: the two drawings of each pair one after the other, and which pairs are alike.
func (p *pairs) fill(images []float32, same []bool, number uint64) {
	r := rand.New(rand.NewPCG(p.seed, number))
	inks := make([]*prep.Ink, 2*len(same))
	for i := range same {
		same[i] = i%2 == 0
		alphabet := p.alphabets[r.IntN(len(p.alphabets))]
		chars := r.Perm(len(alphabet))
		a, b := alphabet[chars[0]], alphabet[chars[1]]
		if same[i] {
			two := r.Perm(len(a))
			inks[2*i], inks[2*i+1] = a[two[0]], a[two[1]]
		} else {
			inks[2*i], inks[2*i+1] = a[r.IntN(len(a))], b[r.IntN(len(b))]
		}
	}
	seed, size := r.Uint64(), p.side*p.side
	nn.Parallel(len(inks), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			a := unmoved
			if r.Float64() >= p.plain {
				a = distortion(p.side, r)
			}
			a.view(images[i*size:][:size], p.side, inks[i])
		}
	})
}

// distortion draws an affine map for pictures of side pixels: each of rotation, shears, scales and shifts with probability
// one half. Shifts are of two pixels in the paper's 105.
func distortion(side int, r *rand.Rand) affine {
	within := func(bound float64) float64 {
		if v := bound * (2*r.Float64() - 1); r.IntN(2) == 0 {
			return v
		}
		return 0
	}
	sin, cos := math.Sincos(within(10 * math.Pi / 180))
	shearX, shearY := within(0.3), within(0.3)
	scaleX, scaleY := 1+within(0.2), 1+within(0.2)
	// Rotation after shear after scale.
	shift := 2 * float64(side) / 105
	a := affine{dx: within(shift), dy: within(shift)}
	a.xx, a.xy = scaleX*(cos-sin*shearY), scaleY*(cos*shearX-sin)
	a.yx, a.yy = scaleX*(sin+cos*shearY), scaleY*(sin*shearX+cos)
	return a
}
