package papers

import (
	"encoding/csv"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"oneshot/engine/train"
	"oneshot/engine/train/nn"
)

// Row is one line of the log: the state of a run after Images examples. Accuracies are 0..1, those on the validation
// set 1-shot and of Config.Way ways; 0 where nothing was measured.
type Row struct {
	Images         int
	Loss, Training float64 // means over the training since the line before
	Across, Within float64 // one query at a time, from the whole set and from single alphabets
	Together       float64 // across, with the statistics of each test batch, as published
}

// history is the log of a run: a CSV file and a picture of the curves.
type history struct {
	Rows        []Row
	loss, right float64 // sums since the last row
	count       int
}

func (h *history) see(r nn.Result) {
	h.loss += r.Loss
	h.right += r.Accuracy
	h.count++
}

// lastImages is where the last line was written, 0 before the first.
func (h *history) lastImages() int {
	if len(h.Rows) == 0 {
		return 0
	}
	return h.Rows[len(h.Rows)-1].Images
}

// add completes a line with what was seen since the last one, and writes the log.
func (h *history) add(dir string, r Row) error {
	n := float64(max(1, h.count))
	r.Loss, r.Training = h.loss/n, h.right/n
	h.loss, h.right, h.count = 0, 0, 0
	h.Rows = append(h.Rows, r)
	if err := h.writeCSV(filepath.Join(dir, train.LogName)); err != nil {
		return err
	}
	return h.plot(filepath.Join(dir, train.CurvesName))
}

func (h *history) writeCSV(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := [][]string{{"images", "loss", "training", "across", "within", "together"}}
	for _, r := range h.Rows {
		line := []string{strconv.Itoa(r.Images)}
		for _, v := range []float64{r.Loss, r.Training, r.Across, r.Within, r.Together} {
			line = append(line, fmt.Sprintf("%.4f", v))
		}
		lines = append(lines, line)
	}
	if err := csv.NewWriter(f).WriteAll(lines); err != nil {
		return err
	}
	return f.Close()
}

// plot draws the accuracies as a PNG.
func (h *history) plot(file string) error {
	p := plot.New()
	p.Title.Text = "1-shot accuracy on the validation set"
	p.X.Label.Text = "training examples, thousands"
	p.Y.Label.Text = "%"
	p.Add(plotter.NewGrid())
	for _, c := range []struct {
		name  string
		color color.RGBA
		value func(Row) float64
	}{
		{"training", color.RGBA{160, 160, 160, 255}, func(r Row) float64 { return r.Training }},
		{"across", color.RGBA{31, 119, 180, 255}, func(r Row) float64 { return r.Across }},
		{"within", color.RGBA{148, 190, 227, 255}, func(r Row) float64 { return r.Within }},
		{"across, queries together", color.RGBA{214, 39, 40, 255}, func(r Row) float64 { return r.Together }},
	} {
		var xy plotter.XYs
		for _, r := range h.Rows {
			if v := c.value(r); v > 0 {
				xy = append(xy, plotter.XY{X: float64(r.Images) / 1000, Y: 100 * v})
			}
		}
		if len(xy) == 0 {
			continue
		}
		line, err := plotter.NewLine(xy)
		if err != nil {
			return err
		}
		line.Color, line.Width = c.color, vg.Points(1.5)
		p.Add(line)
		p.Legend.Add(c.name, line)
	}
	return p.Save(16*vg.Centimeter, 10*vg.Centimeter, file)
}
