package train

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"oneshot/engine/train/nn"
)

// Row is one line of the log: the state of a run after Images drawings. Accuracies are 0..1.
type Row struct {
	Images         int
	Phase          Goal
	Loss, Accuracy float64 // means over the training episodes since the line before
	Across, Within float64 // validation, 20-way 1-shot, prototype head
	RelationAcross float64 // the same with the relation head; 0 before it is trained
	RelationWithin float64
}

// history is the log of a run: a CSV file and a picture of the curves.
type history struct {
	Rows []Row

	loss, accuracy float64
	count          int
}

func (h *history) see(r nn.Result) {
	h.loss += r.Loss
	h.accuracy += r.Accuracy
	h.count++
}

// mean returns what was seen since the last call.
func (h *history) mean() (loss, accuracy float64) {
	n := float64(max(1, h.count))
	loss, accuracy = h.loss/n, h.accuracy/n
	h.loss, h.accuracy, h.count = 0, 0, 0
	return loss, accuracy
}

// lastImages is where the last line was written, 0 before the first.
func (h *history) lastImages() int {
	if len(h.Rows) == 0 {
		return 0
	}
	return h.Rows[len(h.Rows)-1].Images
}

// LogName and CurvesName are the files of a run's log.
const (
	LogName    = "log.csv"
	CurvesName = "curves.png"
)

func (h *history) add(dir string, r Row) error {
	h.Rows = append(h.Rows, r)
	if err := h.writeCSV(filepath.Join(dir, LogName)); err != nil {
		return err
	}
	return plotCurves(filepath.Join(dir, CurvesName), h.Rows)
}

func (h *history) writeCSV(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := csv.NewWriter(f)
	lines := [][]string{{"images", "phase", "loss", "accuracy", "across", "within", "relation_across", "relation_within"}}
	for _, r := range h.Rows {
		line := []string{strconv.Itoa(r.Images), string(r.Phase)}
		for _, v := range []float64{r.Loss, r.Accuracy, r.Across, r.Within, r.RelationAcross, r.RelationWithin} {
			line = append(line, fmt.Sprintf("%.4f", v))
		}
		lines = append(lines, line)
	}
	if err := w.WriteAll(lines); err != nil {
		return err
	}
	return f.Close()
}
