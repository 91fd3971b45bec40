package train

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// strong and pale are the colours of the curves across and within alphabets, by place in rowHeads.
var (
	strong = [...]color.RGBA{{31, 119, 180, 255}, {44, 160, 44, 255}, {214, 39, 40, 255}, {148, 103, 189, 255}}
	pale   = [...]color.RGBA{{148, 190, 227, 255}, {152, 223, 138, 255}, {240, 150, 150, 255}, {197, 176, 213, 255}}
)

// plotCurves draws the accuracies of a log as a PNG.
func plotCurves(file string, rows []Row) error {
	p := plot.New()
	p.Title.Text = "20-way 1-shot accuracy on the validation alphabets"
	p.X.Label.Text = "training drawings, thousands"
	p.Y.Label.Text = "%"
	p.Legend.Top = false
	p.Legend.Left = false
	p.Add(plotter.NewGrid())
	type curve struct {
		name  string
		color color.RGBA
		value func(Row) float64
	}
	curves := []curve{{"training episodes", color.RGBA{160, 160, 160, 255}, func(r Row) float64 { return r.Accuracy }}}
	for i, h := range rowHeads {
		curves = append(curves,
			curve{h.String() + ", across", strong[i], func(r Row) float64 { a, _ := r.validation(h); return *a }},
			curve{h.String() + ", within", pale[i], func(r Row) float64 { _, w := r.validation(h); return *w }})
	}
	for _, c := range curves {
		var xy plotter.XYs
		for _, r := range rows {
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
