package omniglot

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"oneshot/engine/fewshot"
)

// runsTree lays drawings out as the published all_runs.zip does: in each run, training picture k is
// drawing 0 of class k and the test items are drawing 1 in an order of their own.
func runsTree(t testing.TB, runs, classes int, picture func(class, drawing int) []byte) fstest.MapFS {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	tree := fstest.MapFS{"all_runs/.DS_Store": {Data: []byte("folder view")}}
	for run := range runs {
		name := fmt.Sprintf("run%02d", run+1)
		var labels strings.Builder
		for item, class := range r.Perm(classes) {
			training := fmt.Sprintf("%s/training/class%02d.png", name, class+1)
			test := fmt.Sprintf("%s/test/item%02d.png", name, item+1)
			tree["all_runs/"+training] = &fstest.MapFile{Data: picture(class+run*classes, 0)}
			tree["all_runs/"+test] = &fstest.MapFile{Data: picture(class+run*classes, 1)}
			fmt.Fprintf(&labels, "%s %s\n", test, training)
		}
		tree["all_runs/"+name+"/class_labels.txt"] = &fstest.MapFile{Data: []byte(labels.String())}
	}
	return tree
}

func TestLoadRuns(t *testing.T) {
	const runs, classes = 3, 20
	tree := runsTree(t, runs, classes, func(class, _ int) []byte { return pngOf(t, 105, 3*(class%classes)) })
	dir := t.TempDir()
	writeZip(t, filepath.Join(dir, "all_runs.zip"), tree)
	write(t, dir, tree)
	for _, file := range []string{"all_runs.zip", "all_runs", "."} {
		got, err := LoadRuns(filepath.Join(dir, file))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if len(got) != runs || got[0].Name != "run01" {
			t.Fatalf("%s: %d runs, the first %q", file, len(got), got[0].Name)
		}
		for _, run := range got {
			if len(run.Training) != classes || len(run.Test) != classes {
				t.Fatalf("%s: %d training and %d test drawings, want %d", run.Name, len(run.Training), len(run.Test), classes)
			}
			answers := slices.Clone(run.Answers)
			slices.Sort(answers)
			for i, a := range answers {
				if a != i {
					t.Fatalf("%s: answers %v are not each class once", run.Name, run.Answers)
				}
			}
		}
		// A test item and its answer are the same picture here, so that the pixels are always right.
		r, err := fewshot.EvaluateRuns(got, &fewshot.Pixels{}, nil)
		if want := (fewshot.RunsResult{Trials: runs * classes}); err != nil || r != want {
			t.Errorf("%s: %+v, error %v, want %+v", file, r, err, want)
		}
	}
}

func TestRunsErrors(t *testing.T) {
	good := pngOf(t, 105, 10)
	for name, test := range map[string]struct {
		tree fstest.MapFS
		is   error
		text string
	}{
		"none":         {fstest.MapFS{"run01/readme.txt": {}}, ErrNoData, "no class_labels.txt"},
		"no trials":    {fstest.MapFS{"run01/class_labels.txt": {Data: []byte("\n")}}, nil, "run01/class_labels.txt: no trials"},
		"one name":     {fstest.MapFS{"run01/class_labels.txt": {Data: []byte("run01/test/item01.png\n")}}, nil, "line 1"},
		"missing file": {fstest.MapFS{"run01/class_labels.txt": {Data: []byte("run01/a.png run01/b.png")}, "run01/a.png": {Data: good}}, nil, "run01/b.png"},
		"outside":      {fstest.MapFS{"run01/class_labels.txt": {Data: []byte("../../a.png run01/b.png")}, "run01/b.png": {Data: good}}, nil, "../a.png"},
		"long labels":  {fstest.MapFS{"run01/class_labels.txt": {Data: make([]byte, maxStrokeFileBytes+1)}}, nil, "file of more than"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadRuns(test.tree)
			if err == nil || !strings.Contains(err.Error(), test.text) || (test.is != nil && !errors.Is(err, test.is)) {
				t.Errorf("error %v, want %v with %q", err, test.is, test.text)
			}
		})
	}
	if _, err := LoadRuns(filepath.Join(t.TempDir(), "none")); !errors.Is(err, ErrNoData) {
		t.Errorf("no such file: error %v", err)
	}
}

// TestRunsOfBackground builds runs in the published layout from background characters of one alphabet
// each, by two drawers, and asks the two baselines. The published runs are of other alphabets; on them
// the pixels are wrong in 78.25 % and the Hausdorff distance in 38.75 %.
func TestRunsOfBackground(t *testing.T) {
	if testing.Short() {
		t.Skip("compares thousands of drawings point by point")
	}
	set, err := Load(sharedOmniglot(t), Validation)
	if err != nil {
		t.Fatal(err)
	}
	const runs = 6
	var chosen []fewshot.Class // 20 classes for each run: the first of Bengali, then of Gujarati, ...
	for _, alphabet := range ValidationAlphabets() {
		n := 0
		for _, c := range set.Classes {
			if c.Alphabet == alphabet && n < 20 {
				chosen = append(chosen, c)
				n++
			}
		}
	}
	chosen = append(chosen, set.Classes[len(set.Classes)-20:]...)
	tree := runsTree(t, runs, 20, func(class, drawing int) []byte {
		return encode(t, chosen[class].Drawings[3+11*drawing].Image)
	})
	read, err := ReadRuns(tree)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		learner     fewshot.Learner
		least, most float64 // errors in per cent; 95 is chance
	}{{&fewshot.Pixels{}, 65, 90}, {&fewshot.Hausdorff{}, 25, 55}} {
		r, err := fewshot.EvaluateRuns(read, test.learner, nil)
		if err != nil {
			t.Fatal(err)
		}
		percent := 100 * float64(r.Errors) / float64(r.Trials)
		t.Logf("%T: %d errors of %d: %.2f %%", test.learner, r.Errors, r.Trials, percent)
		if r.Trials != 20*runs || percent < test.least || percent > test.most {
			t.Errorf("%T: %.2f %% errors of %d trials, want %v to %v of %d", test.learner, percent, r.Trials, test.least, test.most, 20*runs)
		}
	}
}
