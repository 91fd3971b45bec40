package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"oneshot/engine/fewshot"
	"oneshot/engine/train"
	"oneshot/engine/train/omniglot"
	"oneshot/engine/train/quickdraw"
	"oneshot/weights"
)

// loadSet reads what to measure on: doodles from a file of them, else a part of Omniglot or class folders.
func loadSet(data, name string) (*fewshot.Set, error) {
	if !strings.HasSuffix(data, ".jsonl.gz") {
		return omniglot.Load(data, omniglot.SetName(name))
	}
	training, validation, err := quickdraw.Load(data)
	switch {
	case err != nil:
		return nil, err
	case name == string(omniglot.Validation):
		return validation, nil
	case name == string(omniglot.Training):
		return training, nil
	}
	return nil, fmt.Errorf("oneshot eval: -set %q of doodles, want validation or training", name)
}

// loadParts reads what to train on and, of the validation alphabets, those that are not trained on: two of the minimal
// set small1 are validation alphabets, and with the whole background none is left, nil.
func loadParts(dir string, name omniglot.SetName) (training, validation *fewshot.Set, err error) {
	if !slices.Contains([]omniglot.SetName{omniglot.Training, omniglot.Small1, omniglot.Small2, omniglot.Background}, name) {
		return nil, nil, fmt.Errorf("train: -set %q, want training, small1, small2 or background", string(name))
	}
	if training, err = omniglot.Load(dir, name); err != nil {
		return nil, nil, err
	}
	if validation, err = omniglot.Load(dir, omniglot.Validation); err != nil {
		return nil, nil, err
	}
	trained := map[string]bool{}
	for _, c := range training.Classes {
		trained[c.Alphabet] = true
	}
	validation.Classes = slices.DeleteFunc(validation.Classes, func(c fewshot.Class) bool { return trained[c.Alphabet] })
	if len(validation.Classes) == 0 {
		validation = nil
	}
	return training, validation, nil
}

// fitConfidence chooses temperatures and thresholds on the validation alphabets, the last step of a run. Without any left the
// model keeps those that training found.
func fitConfidence(m *weights.Model, validation *fewshot.Set, out io.Writer) (*weights.Model, error) {
	if validation == nil {
		_, err := fmt.Fprintln(out, "no alphabets are left to fit confidences on: use oneshot calibrate with other drawings")
		return m, err
	}
	fitted, heads, err := train.FitConfidence(m, validation, train.Confidence{Episodes: calibrationEpisodes, Seed: calibrationSeed})
	if err != nil {
		return nil, err
	}
	return fitted, writeText(out, confidenceText(heads)...)
}
