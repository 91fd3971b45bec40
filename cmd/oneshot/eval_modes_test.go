package main

import (
	"encoding/json"
	"fmt"
	"image"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// alphabets makes a tree of two alphabets with as many shapes each as the program's other tests have, drawn in their usual
// way and upside down, with some variants each.
func alphabets(t *testing.T, variants int) string {
	t.Helper()
	dir := t.TempDir()
	for kind := range shapes {
		for v := range variants {
			m := shape(kind, v)
			writePNG(t, filepath.Join(dir, "upright", fmt.Sprint("shape", kind), fmt.Sprint(v, ".png")), m)
			turned := image.NewGray(m.Rect)
			for i, p := range m.Pix { // about the diagonal and upside down
				x, y := i%105, i/105
				turned.Pix[(104-x)*105+y] = p
			}
			writePNG(t, filepath.Join(dir, "turned", fmt.Sprint("shape", kind), fmt.Sprint(v, ".png")), turned)
		}
	}
	return dir
}

// decodeReport reads one JSON object into v, which must know every key.
func decodeReport(t *testing.T, text string, v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil || d.More() {
		t.Fatalf("%q: %v", text, err)
	}
}

// measured runs eval with the arguments, as text and as JSON, which it reads into v.
func measured(t *testing.T, v any, args ...string) (text string) {
	t.Helper()
	text, stderr, code := oneshot(append([]string{"eval"}, args...)...)
	if code != 0 || stderr != "" {
		t.Fatalf("%q: exit code %d, stderr %q", args, code, stderr)
	}
	object, _, _ := oneshot(append([]string{"eval", "-json"}, args...)...)
	decodeReport(t, object, v)
	return text
}

func TestEvalOpen(t *testing.T) {
	dir := alphabets(t, 3)
	for _, head := range []string{"prototype", "relation", "hausdorff"} {
		var r openReport
		text := measured(t, &r, "-data", dir, "-open", "-episodes", "5", "-head", head)
		if !strings.Contains(text, "5-way 1-shot across the set, 5 episodes, seed 1, half the queries of unknown classes") {
			t.Errorf("%s: %q", head, text)
		}
		if r.Way != 5 || r.Episodes != 5 || r.AUROC.Value < 0.5 || r.AUROC.Value > 1 || *r.AUROC.CI95 < 0 || r.EpisodeAUROC.Value < 0.5 || r.FivePerCent.FalseRejection > 0.05 {
			t.Errorf("%s: %+v", head, r)
		}
		if head == "hausdorff" && r.Model != nil {
			t.Errorf("the baseline has a threshold: %+v", r.Model)
		}
	}
	refuses(t, "the largest alphabet has 5 classes, 3-way with 3 unknown classes needs 6", "eval", "-data", dir, "-open", "-way", "3", "-within")
}

func TestEvalVerify(t *testing.T) {
	dir := alphabets(t, 4)
	var r verifyReport
	text := measured(t, &r, "-data", dir, "-verify", "-episodes", "8", "-way", "5", "-shot", "2", "-head", "hausdorff")
	if !strings.HasPrefix(text, "hausdorff baseline: same or different across the set, 8 episodes of 5 classes, seed 1\n2 references: equal error rate ") {
		t.Errorf("%q", text)
	}
	if len(r.References) != 1 || r.References[0].Same != 40 || r.References[0].Different != 40 || r.References[0].EER.Value > 0.3 || len(r.References[0].Curve) < 2 {
		t.Errorf("%+v", r)
	}
	first, last := r.References[0].Curve[0], r.References[0].Curve[len(r.References[0].Curve)-1]
	if first.FalseRejection != 0 || first.FalseAcceptance != 1 || last.FalseRejection <= 0.5 {
		t.Errorf("the curve goes from %+v to %+v", first, last)
	}
	refuses(t, "4 of the 5 drawings that 4-shot and a query need", "eval", "-data", dir, "-verify", "-way", "5", "-episodes", "2")
}

func TestEvalCalibration(t *testing.T) {
	dir := alphabets(t, 3)
	var r calibrationReport
	text := measured(t, &r, "-data", dir, "-calibration", "-episodes", "10", "-shot", "2")
	// Ten classes: 5-way alone.
	if len(r.Mixtures) != 1 || r.Mixtures[0].Queries != 50 || r.Mixtures[0].ECE.Value < 0 || r.Mixtures[0].ECE.Value > 1 || r.Shot != 2 {
		t.Errorf("%+v", r)
	}
	queries := 0
	for _, b := range r.Mixtures[0].Bins {
		queries += b.Queries
		if b.Confidence <= b.From-1e-9 || b.Confidence > b.To+1e-9 {
			t.Errorf("bin %+v", b)
		}
	}
	if queries != 50 || !strings.Contains(text, "5-way: expected calibration error") || !strings.Contains(text, "| confidence | queries |") {
		t.Errorf("%d queries in the bins, %q", queries, text)
	}
	refuses(t, "the learner has no confidences", "eval", "-data", dir, "-calibration", "-head", "pixels")
	refuses(t, "-way does not go with -calibration", "eval", "-data", dir, "-calibration", "-way", "5")
}

func TestEvalGrid(t *testing.T) {
	dir := alphabets(t, 3)
	var r gridReport
	text := measured(t, &r, "-data", dir, "-grid", "-episodes", "4", "-head", "pixels")
	var cells []string
	for _, c := range r.Cells {
		cells = append(cells, fmt.Sprint(c.Way, " ", c.Shot))
		if c.Accuracy.Value < 1.5/float64(c.Way) { // chance is 1 in as many
			t.Errorf("%+v", c)
		}
	}
	if want := []string{"2 1", "2 2", "5 1", "5 2", "10 1", "10 2"}; !slices.Equal(cells, want) {
		t.Errorf("cells %q, want %q", cells, want)
	}
	if !strings.Contains(text, "| | 1-shot | 2-shot |") || strings.Contains(text, "20-way") {
		t.Errorf("%q", text)
	}
	refuses(t, "-shot does not go with -grid, which has its own list of both", "eval", "-data", dir, "-grid", "-shot", "2")
	one := t.TempDir()
	writePNG(t, filepath.Join(one, "a", "a.png"), shape(0, 0))
	refuses(t, "too small for every cell", "eval", "-data", one, "-grid", "-episodes", "1")
}

func TestEvalStress(t *testing.T) {
	if testing.Short() {
		t.Skip("distorts pictures in every way")
	}
	dir := alphabets(t, 2)
	var r stressReport
	args := []string{"-data", dir, "-stress", "-way", "5", "-episodes", "3"}
	text := measured(t, &r, args...)
	if len(r.Rows) < 8 || r.Rows[0].Name != "as published" || !reflect.DeepEqual(r.Rows[0].Queries, r.Rows[0].Both) {
		t.Fatalf("%+v", r.Rows)
	}
	for _, row := range r.Rows {
		if row.Unreadable > 0 || row.Queries.Across.Value < 0.3 || row.Both.Within == nil || row.Both.Within.Value < 0.3 {
			t.Errorf("%+v", row)
		}
		if !strings.Contains(text, "| "+row.Name+" |") {
			t.Errorf("no row for %s in %q", row.Name, text)
		}
	}
	if !strings.HasSuffix(text, strings.Join(r.table(" +- "), "\n")+"\n") {
		t.Error("a second time the figures are others")
	}
	refuses(t, "-stress does not go with -head hausdorff", "eval", "-data", dir, "-stress", "-head", "hausdorff")
	refuses(t, "-within does not go with -stress", "eval", "-data", dir, "-stress", "-within")
}

func TestEvalTable(t *testing.T) {
	if testing.Short() {
		t.Skip("measures everything")
	}
	// 20-way needs 20 classes: five shapes in five places of the sheet. Verification with five references needs six drawings.
	dir := t.TempDir()
	for kind := range shapes {
		for place := range 5 {
			for v := range 6 {
				m := image.NewGray(image.Rect(0, 0, 80, 80))
				for i := range m.Pix {
					m.Pix[i] = 255
				}
				s := shape(kind, v)
				for i := range 52 * 52 { // every other pixel
					m.Pix[(i/52+6*place)*m.Stride+i%52+24-6*place] = s.Pix[i/52*2*s.Stride+i%52*2]
				}
				writePNG(t, filepath.Join(dir, "all", fmt.Sprintf("shape%d-%d", kind, place), fmt.Sprint(v, ".png")), m)
			}
		}
	}
	stdout, stderr, code := oneshot("eval", "-data", dir, "-table", "-episodes", "2", "-json")
	if code != 0 || stderr != "" {
		t.Fatalf("exit code %d, stderr %q", code, stderr)
	}
	var r tableReport
	decodeReport(t, stdout, &r)
	text := strings.Join(r.markdown(), "\n")
	for _, words := range []string{"2 episodes of seed 1", "| accuracy in per cent | prototype |", "pixels | hausdorff |", "| 20-way 5-shot within an alphabet |",
		"**None of these.**", "**Same or different.**", "expected calibration error", "**More classes, more examples.**", "**Drawn otherwise.**"} {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(words)) {
			t.Errorf("no %q in the table", words)
		}
	}
	// Every row of a table has as many cells as its head.
	columns := 0
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "|") {
			columns = 0
			continue
		}
		if n := strings.Count(line, "|"); columns == 0 {
			columns = n
		} else if n != columns {
			t.Errorf("%q has %d columns, want %d", line, n-1, columns-1)
		}
	}
	heads := len(r.Verify)
	if heads < 2 || len(r.Accuracy) != 7*heads+4 || len(r.Open) != 2*heads || len(r.Calibration) != heads || len(r.Grid.Cells) == 0 || len(r.Stress.Rows) < 8 {
		t.Errorf("%d heads, %d accuracies, %d open, %d calibrations", heads, len(r.Accuracy), len(r.Open), len(r.Calibration))
	}
	refuses(t, "-head does not go with -table", "eval", "-data", dir, "-table", "-head", "prototype")
	refuses(t, "the largest alphabet has 5 classes, 20-way needs 20", "eval", "-data", alphabets(t, 2), "-table")
}

func TestEvalOneModeAtATime(t *testing.T) {
	dir := classFolders(t, 2)
	if stdout, stderr, code := oneshot("eval", "-data", dir, "-way", "5", "-episodes", "1", "-open=false"); code != 0 || !strings.Contains(stdout, "accuracy") {
		t.Errorf("-open=false: exit code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	refuses(t, "-open does not go with -verify: one measurement at a time", "eval", "-data", dir, "-verify", "-open")
	refuses(t, "-table does not go with -runs", "eval", "-table", "-runs", "all_runs.zip")
	refuses(t, "-data DIR or -runs FILE is missing", "eval", "-open")
}
