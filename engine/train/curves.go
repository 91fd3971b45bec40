package train

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
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
	for _, c := range []struct {
		name  string
		color color.RGBA
		value func(Row) float64
	}{
		{"training episodes", color.RGBA{160, 160, 160, 255}, func(r Row) float64 { return r.Accuracy }},
		{"prototype, across", color.RGBA{31, 119, 180, 255}, func(r Row) float64 { return r.Across }},
		{"prototype, within", color.RGBA{148, 190, 227, 255}, func(r Row) float64 { return r.Within }},
		{"relation, across", color.RGBA{214, 39, 40, 255}, func(r Row) float64 { return r.RelationAcross }},
		{"relation, within", color.RGBA{240, 150, 150, 255}, func(r Row) float64 { return r.RelationWithin }},
	} {
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
