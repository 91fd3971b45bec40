package train

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

// invented makes a set of invented characters, drawn shakily: alphabets with chars characters of drawings drawings each.
func invented(t *testing.T, alphabets, chars, drawings int) *fewshot.Set {
	t.Helper()
	set := &fewshot.Set{}
	for a := range alphabets {
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

// shake is how far corners stray, in pixels of 105: enough that an untrained network errs.
const shake = 6

// shaky draws a path on white paper of 105 x 105, each corner a little off.
func shaky(t *testing.T, path [5][2]float64, r *rand.Rand) *fewshot.Drawing {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 105, 105))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for i := range path {
		path[i][0] += shake * r.NormFloat64()
		path[i][1] += shake * r.NormFloat64()
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

// tiny is a recipe with every kind of phase that takes seconds.
func tiny() Recipe {
	ep, mix := nn.Layout{Way: 6, Shot: 1, Query: 2}, Mix{Within: 0.3, Composed: 0.2, Augment: standardAugment()}
	return Recipe{
		Name: "tiny", Arch: "conv 16, pool, residual 16, pool, conv 16, pool; relation 16 16 4; siamese; matching",
		Phases: []Phase{
			{Goal: EncoderGoal, Images: 18 * 12, Episode: ep, Mix: mix, LR: 3e-3},
			{Goal: RelationGoal, Images: 18 * 8, Episode: ep, Mix: mix, LR: 3e-3},
			{Goal: SiameseGoal, Images: 18 * 8, Episode: ep, Shots: 2, Mix: mix, LR: 1e-2},
			{Goal: MatchingGoal, Images: 18 * 8, Episode: ep, Shots: 2, Mix: mix, LR: 1e-2},
			{Goal: JointGoal, Images: 18 * 4, Episode: ep, Mix: mix, LR: 1e-3},
		},
		Decay: 0.01, EMA: 0.9, Margin: 0.1, Statistics: mix,
	}
}

func tinyConfig(t *testing.T) Config {
	t.Helper()
	return Config{Recipe: tiny(), Seed: 3, Training: invented(t, 3, 6, 5), Dir: t.TempDir(), CheckpointEvery: 1 << 60, ValidateEvery: 1 << 60, ValidationEpisodes: 20}
}

// skipIfShort leaves out a test that trains for its result rather than for its code: with -short, as under the race detector,
// where it would take minutes, TestResumeGoesOnExactly runs the same code.
func skipIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("trains for its result: left out with -short")
	}
}
