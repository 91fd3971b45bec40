package papers

import (
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"oneshot/engine/fewshot"
	"oneshot/engine/train"
	"oneshot/engine/train/nn"
)

// array is a named part of a network's state.
type array struct {
	name   string
	values []float32
}

func paramArrays(params []*nn.Param) (all []array) {
	for _, p := range params {
		all = append(all, array{p.Name, p.Value})
	}
	return all
}

func momentArrays(name string, a *nn.AdamW) (all []array) {
	m, v := a.Moments()
	for i := range m {
		all = append(all, array{fmt.Sprintf("%s.m.%d", name, i), m[i]}, array{fmt.Sprintf("%s.v.%d", name, i), v[i]})
	}
	return all
}

// checkpoint is all that a run needs to go on exactly where it stopped, and all that a learner needs to answer.
type checkpoint struct {
	Recipe Recipe
	Seed   uint64
	Step   int
	Names  []string // of Values
	Values [][]float32
	Rows   []Row
	Loss   float64 // sums since the last row
	Right  float64
	Count  int
	Cubes  []float32 // how spectral values are normalised; empty for drawings
}

// Save writes the checkpoint: a new file first, then renamed, so that an interruption leaves the old one or the new. The
// statistics are settled before, so that the network in it can be asked wherever the run stopped.
func (t *Trainer) Save() error {
	t.settle()
	c := checkpoint{Recipe: t.cfg.Recipe, Seed: t.cfg.Seed, Step: t.step, Rows: t.log.Rows,
		Loss: t.log.loss, Right: t.log.right, Count: t.log.count}
	if t.cfg.Cubes != nil {
		c.Cubes = t.cfg.Cubes.normalisation()
	}
	for _, a := range t.net.arrays() {
		c.Names, c.Values = append(c.Names, a.name), append(c.Values, a.values)
	}
	f, err := os.CreateTemp(t.cfg.Dir, train.CheckpointName+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails, as it should, once renamed
	err = gob.NewEncoder(f).Encode(c)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(t.cfg.Dir, train.CheckpointName))
	}
	if err != nil {
		return fmt.Errorf("papers: checkpoint: %w", err)
	}
	return nil
}

func readCheckpoint(file string) (*checkpoint, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("papers: %w", err)
	}
	defer f.Close()
	c := &checkpoint{}
	if err := gob.NewDecoder(f).Decode(c); err != nil {
		return nil, fmt.Errorf("papers: %s: %w", file, err)
	}
	if err := c.Recipe.check(); err != nil {
		return nil, fmt.Errorf("papers: %s: %w", file, err)
	}
	return c, nil
}

// restore copies the arrays of the checkpoint into a network.
func (c *checkpoint) restore(n network, file string) error {
	all := n.arrays()
	if len(all) != len(c.Names) || len(all) != len(c.Values) {
		return fmt.Errorf("papers: %s: %d arrays, want %d", file, len(c.Values), len(all))
	}
	for i, a := range all {
		if c.Names[i] != a.name || len(c.Values[i]) != len(a.values) {
			return fmt.Errorf("papers: %s: array %d is %q of %d values, want %q of %d", file, i, c.Names[i], len(c.Values[i]), a.name, len(a.values))
		}
		copy(a.values, c.Values[i])
	}
	n.resumed(c.Step)
	return nil
}

// Resume prepares a run from the checkpoint in cfg.Dir, which must be of the same seed and of the same recipe up
// to its length.
func Resume(cfg Config) (*Trainer, error) {
	file := filepath.Join(cfg.Dir, train.CheckpointName)
	c, err := readCheckpoint(file)
	if err != nil {
		return nil, err
	}
	if c.Seed != cfg.Seed || !reflect.DeepEqual(c.Recipe.whole(), cfg.Recipe.whole()) {
		return nil, fmt.Errorf("papers: %s is of recipe %q with seed %d, not of %q with seed %d as it stands",
			file, c.Recipe.Name, c.Seed, cfg.Recipe.Name, cfg.Seed)
	}
	t, err := New(cfg)
	if err != nil {
		return nil, err
	}
	t.step = c.Step
	t.log = history{Rows: c.Rows, loss: c.Loss, right: c.Right, count: c.Count}
	return t, c.restore(t.net, file)
}

// Load returns the network of a checkpoint file as a learner. Cubes are what the drawings show that a spectral
// network will be asked about, normalised from then on as in its training; nil for networks of drawings.
func Load(file string, cubes *Cubes) (fewshot.Learner, error) {
	c, err := readCheckpoint(file)
	if err != nil {
		return nil, err
	}
	if c.Recipe.Spectral() && cubes != nil {
		if err := cubes.normaliseAs(c.Cubes); err != nil {
			return nil, fmt.Errorf("papers: %s: %w", file, err)
		}
	}
	n, err := c.Recipe.begin(nil, cubes, c.Seed)
	if err != nil {
		return nil, err
	}
	return n, c.restore(n, file)
}
