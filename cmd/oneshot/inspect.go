package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"oneshot/engine"
	"oneshot/weights"

	"github.com/urfave/cli/v3"
)

// inspectCommand is "oneshot inspect": what a model is made of.
func inspectCommand() *cli.Command {
	return &cli.Command{
		Name:      "inspect",
		Usage:     "show the layers of a model, what they cost and how large it is",
		UsageText: "oneshot inspect model.osm",
		Description: "Prints a line for each layer: its name, what it does, the shape (height x width x channels) of what it reads and\n" +
			"gives, its multiply-adds for one drawing or one pair, its weights, and the largest activation that an int8 model\n" +
			"tells from the next (its range). Without a file it shows the built-in model.\n\n" +
			"-json prints one object: {weights, network, bytes, int8, parameters, multiplyAdds, embedding, heads, layers}.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object"},
		},
		Action: func(_ context.Context, c *cli.Command) error { return inspect(c) },
	}
}

// inspection is what "oneshot inspect -json" prints.
type inspection struct {
	Weights      string            `json:"weights"` // the beginning of the model's digest
	Network      string            `json:"network"`
	Bytes        int               `json:"bytes"`
	Int8         bool              `json:"int8"`
	Parameters   int               `json:"parameters"`
	MultiplyAdds int               `json:"multiplyAdds"` // of the encoder, for one drawing
	Embedding    [3]int            `json:"embedding"`    // height, width, channels
	Heads        []headInspection  `json:"heads"`
	Layers       []layerInspection `json:"layers"`
}

type headInspection struct {
	Head        string   `json:"head"`
	Temperature *float32 `json:"temperature"` // null where the model says nothing
	Threshold   *float32 `json:"threshold"`
}

type layerInspection struct {
	Name         string    `json:"name"`
	Does         string    `json:"does"`
	In           [3]int    `json:"in"`
	Out          [3]int    `json:"out"`
	MultiplyAdds int       `json:"multiplyAdds"`
	Weights      int       `json:"weights"` // how many, biases included
	Ranges       []float32 `json:"ranges"`  // none in a float32 model
}

func inspect(c *cli.Command) error {
	var m *weights.Model
	var size int
	var err error
	if c.Args().Present() {
		var file string
		if file, err = oneFile(c); err != nil {
			return err
		}
		if m, size, err = decodeModelFile(file); err != nil {
			return err
		}
		if err = sound(m); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	} else {
		if m, err = weights.Default(); err != nil {
			return err
		}
		b, err := weights.Encode(m)
		if err != nil {
			return err
		}
		size = len(b)
	}
	r, err := inspectionOf(m, size)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(c.Root().Writer, r)
	}
	return writeText(c.Root().Writer, r.text()...)
}

// isInt8 says whether a model is quantised.
func isInt8(m *weights.Model) bool {
	for _, t := range m.Tensors {
		if t.I8 != nil {
			return true
		}
	}
	return false
}

// sound refuses an int8 model that would not run.
func sound(m *weights.Model) error {
	if !isInt8(m) {
		return nil
	}
	_, err := engine.NewNetwork(m)
	return err
}

func inspectionOf(m *weights.Model, size int) (inspection, error) {
	a, err := engine.ParseArch(m.Arch)
	if err != nil {
		return inspection{}, err
	}
	digest, err := weights.Digest(m)
	if err != nil {
		return inspection{}, err
	}
	r := inspection{Weights: digest[:digestLetters], Network: a.String(), Bytes: size, Int8: isInt8(m), Parameters: a.Params(),
		MultiplyAdds: a.MultiplyAdds()}
	r.Embedding[0], r.Embedding[1], r.Embedding[2] = a.EmbeddingDims()
	value := func(name string) *float32 {
		if t := m.Tensor(name); t != nil && len(t.F32) == 1 {
			return &t.F32[0]
		}
		return nil
	}
	for _, h := range a.Heads() {
		r.Heads = append(r.Heads, headInspection{h.String(), value(h.String() + ".temperature"), value(h.String() + ".threshold")})
	}
	for _, l := range a.Layers() {
		y := layerInspection{Name: l.Name, Does: l.Does, In: l.In, Out: l.Out, MultiplyAdds: l.MultiplyAdds, Ranges: []float32{}}
		for _, t := range m.Tensors {
			weight := strings.HasSuffix(t.Name, ".weight") || strings.HasSuffix(t.Name, ".bias")
			if weight && strings.HasPrefix(t.Name, l.Name+".") {
				y.Weights += t.Elements()
			}
		}
		for _, name := range l.Ranges {
			if v := value(name + ".range"); v != nil {
				y.Ranges = append(y.Ranges, *v)
			}
		}
		r.Layers = append(r.Layers, y)
	}
	return r, nil
}

// text is the report for people.
func (r inspection) text() []string {
	kind := "float32"
	if r.Int8 {
		kind = "int8"
	}
	lines := []string{
		"model " + r.Weights + ", " + kind + ", " + strconv.Itoa(r.Bytes) + " bytes, " + strconv.Itoa(r.Parameters) + " parameters",
		r.Network,
		fmt.Sprintf("embedding %s, %.2f million multiply-adds", dims(r.Embedding), float64(r.MultiplyAdds)/1e6),
	}
	for _, h := range r.Heads {
		line := h.Head + " head"
		if h.Temperature != nil {
			line += fmt.Sprintf(", temperature %.3f", *h.Temperature)
		}
		if h.Threshold != nil {
			line += fmt.Sprintf(", threshold %.3f", *h.Threshold)
		}
		lines = append(lines, line)
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "layer\tdoes\treads\tgives\tmultiply-adds\tweights\trange")
	for _, l := range r.Layers {
		var ranges []string
		for _, v := range l.Ranges {
			ranges = append(ranges, fmt.Sprintf("%.3g", v))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t%s\n", l.Name, l.Does, dims(l.In), dims(l.Out), l.MultiplyAdds, l.Weights, strings.Join(ranges, " "))
	}
	w.Flush()
	for line := range strings.Lines(table.String()) {
		lines = append(lines, strings.TrimRight(line, " \n"))
	}
	return lines
}

func dims(d [3]int) string { return fmt.Sprintf("%dx%dx%d", d[0], d[1], d[2]) }
