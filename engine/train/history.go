package train

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"oneshot/engine"
	"oneshot/engine/train/nn"
)

// Row is one line of the log: the state of a run after Images drawings. Accuracies are 0..1.
type Row struct {
	Images         int
	Phase          Goal
	Loss, Accuracy float64 // means over the training episodes since the line before

	// Validation, 20-way 1-shot, one pair a head; 0 before the head is trained.
	Across, Within                 float64 // prototype
	SiameseAcross, SiameseWithin   float64
	RelationAcross, RelationWithin float64
	MatchingAcross, MatchingWithin float64
}

// rowHeads are the heads that a Row has accuracies of, in the order of its columns and curves.
var rowHeads = [...]engine.Head{engine.Prototype, engine.Siamese, engine.Relation, engine.Matching}

// validation returns where a row keeps the accuracies of a head.
func (r *Row) validation(h engine.Head) (across, within *float64) {
	switch h {
	case engine.Siamese:
		return &r.SiameseAcross, &r.SiameseWithin
	case engine.Relation:
		return &r.RelationAcross, &r.RelationWithin
	case engine.Matching:
		return &r.MatchingAcross, &r.MatchingWithin
	}
	return &r.Across, &r.Within
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
	header := []string{"images", "phase", "loss", "accuracy"}
	for _, head := range rowHeads {
		prefix := ""
		if head != engine.Prototype {
			prefix = head.String() + "_"
		}
		header = append(header, prefix+"across", prefix+"within")
	}
	lines := [][]string{header}
	for _, r := range h.Rows {
		values := []float64{r.Loss, r.Accuracy}
		for _, head := range rowHeads {
			across, within := r.validation(head)
			values = append(values, *across, *within)
		}
		line := []string{strconv.Itoa(r.Images), string(r.Phase)}
		for _, v := range values {
			line = append(line, fmt.Sprintf("%.4f", v))
		}
		lines = append(lines, line)
	}
	if err := w.WriteAll(lines); err != nil {
		return err
	}
	return f.Close()
}
