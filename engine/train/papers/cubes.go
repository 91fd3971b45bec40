package papers

import (
	"errors"
	"fmt"
	"math"

	"oneshot/engine/fewshot"
)

// Cubes are labelled spectral cubes. Their set has a drawing without a picture for each, so that episodes are sampled and
// learners asked as with drawings: what a drawing shows is looked up here.
type Cubes struct {
	H, W, Bands int
	Set         *fewshot.Set // classes in the order of their labels

	of             map[*fewshot.Drawing][]float32 // (H, W, Bands)
	mean, deviance float32                        // what values are normalised with
}

// ErrCubes is wrapped by the errors for spectral data that do not fit together.
var ErrCubes = errors.New("papers: not labelled cubes")

// NewCubes returns the cubes of values (n, h, w, bands), row-major, with labels (n). Values that are not finite are an error,
// and so is an empty cube or a number of labels that is not n.
func NewCubes(values []float32, h, w, bands int, labels []int) (*Cubes, error) {
	if h < 1 || w < 1 || bands < 1 || len(labels) == 0 || len(values) != len(labels)*h*w*bands {
		return nil, fmt.Errorf("%w: %d values for %d labels of %d x %d x %d", ErrCubes, len(values), len(labels), h, w, bands)
	}
	c := &Cubes{H: h, W: w, Bands: bands, Set: &fewshot.Set{}, of: map[*fewshot.Drawing][]float32{}, deviance: 1}
	place := map[int]int{}
	for _, label := range sorted(labels) {
		place[label] = len(c.Set.Classes)
		c.Set.Classes = append(c.Set.Classes, fewshot.Class{Name: fmt.Sprintf("%d", label)})
	}
	size := h * w * bands
	for i, label := range labels {
		cube := values[i*size:][:size]
		for j, v := range cube {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return nil, fmt.Errorf("%w: value %d of cube %d is %v", ErrCubes, j, i, v)
			}
		}
		d := &fewshot.Drawing{Name: fmt.Sprintf("cube %d", i)}
		c.of[d] = cube
		class := &c.Set.Classes[place[label]]
		class.Drawings = append(class.Drawings, d)
	}
	return c, nil
}

// holdOut is which classes validation has: every fifth.
const holdOut = 5

// Split divides the classes into those to train on and those held out, every fifth in the order of the labels, and
// normalises all values to the mean 0 and the deviation 1 that they have in training.
func (c *Cubes) Split() (training, validation *fewshot.Set) {
	training, validation = &fewshot.Set{}, &fewshot.Set{}
	for i, class := range c.Set.Classes {
		if i%holdOut == holdOut-1 {
			validation.Classes = append(validation.Classes, class)
		} else {
			training.Classes = append(training.Classes, class)
		}
	}
	var sum, squares, n float64
	for _, class := range training.Classes {
		for _, d := range class.Drawings {
			for _, v := range c.of[d] {
				sum += float64(v)
				squares += float64(v) * float64(v)
				n++
			}
		}
	}
	if n > 0 {
		c.mean = float32(sum / n)
		if variance := squares/n - sum/n*sum/n; variance > 0 {
			c.deviance = float32(math.Sqrt(variance))
		}
	}
	return training, validation
}

// normalisation is what a checkpoint keeps.
func (c *Cubes) normalisation() []float32 { return []float32{c.mean, c.deviance} }

func (c *Cubes) normaliseAs(v []float32) error {
	if len(v) != 2 || !(v[1] > 0) {
		return fmt.Errorf("%w: normalisation %v, want a mean and a deviation", ErrCubes, v)
	}
	c.mean, c.deviance = v[0], v[1]
	return nil
}

// read returns what the network sees of a drawing.
func (c *Cubes) read(d *fewshot.Drawing) ([]float32, error) {
	cube, ok := c.of[d]
	if !ok {
		return nil, fmt.Errorf("%w: drawing %q is none of them", ErrCubes, d.Name)
	}
	v := make([]float32, len(cube))
	for i, x := range cube {
		v[i] = (x - c.mean) / c.deviance
	}
	return v, nil
}

// Spectrum returns the mean spectrum over the pixels of a drawing's cube, (Bands), or nil if it is none of them.
func (c *Cubes) Spectrum(d *fewshot.Drawing) []float32 {
	cube := c.of[d]
	if cube == nil {
		return nil
	}
	mean := make([]float32, c.Bands)
	for ; len(cube) > 0; cube = cube[c.Bands:] {
		accumulate(mean, cube[:c.Bands], 1/float32(c.H*c.W))
	}
	return mean
}
