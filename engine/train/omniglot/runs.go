package omniglot

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"oneshot/engine/fewshot"
)

// LoadRuns reads the published one-shot runs from all_runs.zip or the folder unpacked from it.
func LoadRuns(file string) ([]fewshot.Run, error) {
	fsys, done, err := open(file, Any)
	if err != nil {
		return nil, err
	}
	defer done()
	runs, err := ReadRuns(fsys)
	if err != nil {
		return nil, fmt.Errorf("omniglot: %s: %w", file, err)
	}
	return runs, nil
}

// ReadRuns reads every run of a tree: a folder with class_labels.txt, whose lines name a test picture
// and the training picture of the same class, such as
//
//	run01/test/item01.png run01/training/class08.png
//
// Names are relative to the folder that the run lies in. As in the published demo_classification.py,
// training pictures are in the order of their names, which decides between equals.
func ReadRuns(fsys fs.FS) ([]fewshot.Run, error) {
	texts, err := listFiles(fsys, ".txt")
	if err != nil {
		return nil, err
	}
	var runs []fewshot.Run
	for _, file := range texts {
		if path.Base(file) != "class_labels.txt" {
			continue
		}
		run, err := readRun(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		runs = append(runs, run)
	}
	if len(runs) == 0 {
		return nil, fmt.Errorf("%w: no class_labels.txt of a one-shot run", ErrNoData)
	}
	return runs, nil
}

func readRun(fsys fs.FS, labels string) (fewshot.Run, error) {
	data, err := readFile(fsys, labels, maxStrokeFileBytes)
	if err != nil {
		return fewshot.Run{}, err
	}
	dir := path.Dir(labels)
	root := path.Dir(dir)
	var tests, answers []string
	for n, line := range strings.Split(string(data), "\n") {
		f := strings.Fields(line)
		switch len(f) {
		case 0:
		case 2:
			tests = append(tests, path.Join(root, f[0]))
			answers = append(answers, path.Join(root, f[1]))
		default:
			return fewshot.Run{}, fmt.Errorf("line %d: %q is not a test and a training picture", n+1, line)
		}
	}
	if len(tests) == 0 {
		return fewshot.Run{}, errors.New("no trials")
	}
	training := slices.Clone(answers)
	slices.Sort(training)
	training = slices.Compact(training)
	drawings, err := decodeAll(fsys, append(slices.Clone(training), tests...))
	if err != nil {
		return fewshot.Run{}, err
	}
	run := fewshot.Run{Name: path.Base(dir), Training: drawings[:len(training)], Test: drawings[len(training):]}
	for _, a := range answers {
		i, _ := slices.BinarySearch(training, a)
		run.Answers = append(run.Answers, i)
	}
	return run, nil
}
