package train

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"oneshot/engine"
	"oneshot/engine/train/nn"
)

// CheckpointName is the file in a run's folder from which it goes on.
const CheckpointName = "checkpoint.gob"

// checkpoint is all that a run needs to go on exactly where it stopped.
type checkpoint struct {
	Recipe      Recipe
	Seed        uint64
	Phase       int
	Step        uint64
	Done, Shown int
	Names       []string // of the parameters, in the order of Values
	Values, EMA [][]float32
	AdamSteps   int
	M, V        [][]float32
	Rows        []Row
}

// behind is the part of a recipe that has shaped the checkpoint: the phases begun, and the network without the heads
// that none of them trains. What is to come may change.
func (c *checkpoint) behind(r Recipe) (Recipe, error) {
	begun := c.Phase
	if c.Done > 0 {
		begun++
	}
	r.Phases = r.Phases[:min(begun, len(r.Phases))]
	arch, err := engine.ParseArch(r.Arch)
	if err != nil {
		return r, err
	}
	goals := map[Goal]bool{}
	for _, p := range r.Phases {
		goals[p.Goal] = true
	}
	if !goals[JointGoal] {
		if !goals[RelationGoal] {
			arch.Relation = nil
		}
		arch.Siamese = arch.Siamese && goals[SiameseGoal]
		arch.Matching = arch.Matching && goals[MatchingGoal]
	}
	r.Arch = arch.String()
	return r, nil
}

// shaped says whether a run of cfg would have come to the checkpoint's state.
func (c *checkpoint) shaped(cfg Config) bool {
	then, err := c.behind(c.Recipe)
	now, err2 := c.behind(cfg.Recipe)
	return err == nil && err2 == nil && c.Seed == cfg.Seed && reflect.DeepEqual(then, now)
}

// Save writes the checkpoint: a new file first, then renamed, so that an interruption leaves the old one or the new.
func (t *Trainer) Save() error {
	c := checkpoint{Recipe: t.cfg.Recipe, Seed: t.cfg.Seed, Phase: t.phase, Step: t.step, Done: t.done, Shown: t.shown,
		EMA: t.ema, AdamSteps: t.adam.Steps, Rows: t.log.Rows}
	for _, p := range t.params {
		c.Names, c.Values = append(c.Names, p.Name), append(c.Values, p.Value)
	}
	c.M, c.V = t.adam.Moments()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(c); err != nil {
		return fmt.Errorf("train: checkpoint: %w", err)
	}
	return writeFile(filepath.Join(t.cfg.Dir, CheckpointName), b.Bytes())
}

// writeFile replaces a file whole or not at all.
func writeFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails, as it should, once renamed
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// Resume prepares a run from the checkpoint in cfg.Dir, which must be of the same seed and of a recipe that agrees in all
// that the checkpoint has behind it.
func Resume(cfg Config) (*Trainer, error) {
	file := filepath.Join(cfg.Dir, CheckpointName)
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("train: nothing to resume: %w", err)
	}
	var c checkpoint
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&c); err != nil {
		return nil, fmt.Errorf("train: %s: %w", file, err)
	}
	if !c.shaped(cfg) {
		return nil, fmt.Errorf("train: %s is of recipe %q with seed %d and %d images, not of recipe %q with seed %d and %d images",
			file, c.Recipe.Name, c.Seed, c.Recipe.Images(), cfg.Recipe.Name, cfg.Seed, cfg.Recipe.Images())
	}
	t, err := New(cfg)
	if err != nil {
		return nil, err
	}
	t.phase, t.step, t.done, t.shown, t.log.Rows = c.Phase, c.Step, c.Done, c.Shown, c.Rows
	done := t.done
	t.beginPhase()
	t.done = done
	if err := t.restore(&c); err != nil {
		return nil, fmt.Errorf("train: %s: %w", file, err)
	}
	return t, nil
}

// restore takes over parameters by name: a head that the checkpoint does not know, or knows in another shape, has not been
// trained in it, else its recipe would not agree, and begins as in a new run.
func (t *Trainer) restore(c *checkpoint) error {
	if len(c.Values) != len(c.Names) || len(c.EMA) != len(c.Names) {
		return fmt.Errorf("%d names of %d arrays and %d averages", len(c.Names), len(c.Values), len(c.EMA))
	}
	at := map[string]int{}
	for i, name := range c.Names {
		at[name] = i
	}
	untouched := map[*nn.Param]bool{}
	for _, h := range t.heads {
		for _, p := range h.Params() {
			untouched[p] = !t.begun(h)
		}
	}
	for i, p := range t.params {
		j, ok := at[p.Name]
		if untouched[p] && (!ok || len(c.Values[j]) != len(p.Value)) {
			continue
		}
		if !ok {
			return fmt.Errorf("parameter %q is missing", p.Name)
		}
		if err := copyAll([][]float32{p.Value, t.ema[i]}, [][]float32{c.Values[j], c.EMA[j]}); err != nil {
			return fmt.Errorf("parameter %q: %w", p.Name, err)
		}
	}
	if c.Done == 0 { // a phase that has not begun starts with a new optimiser, whatever phase that is
		return nil
	}
	t.adam.Steps = c.AdamSteps
	m, v := t.adam.Moments()
	if err := copyAll(m, c.M); err != nil {
		return err
	}
	return copyAll(v, c.V)
}

func copyAll(to, from [][]float32) error {
	if len(to) != len(from) {
		return fmt.Errorf("%d arrays, want %d", len(from), len(to))
	}
	for i := range to {
		if len(to[i]) != len(from[i]) {
			return fmt.Errorf("array %d has %d values, want %d", i, len(from[i]), len(to[i]))
		}
		copy(to[i], from[i])
	}
	return nil
}
