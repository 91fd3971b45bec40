package exchange

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"oneshot/engine"
	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
	"oneshot/engine/train"
	"oneshot/engine/train/safetensors"
	"oneshot/weights"
)

// network is a float32 network as other tools have it: planes are (channels, height, width).
type network struct {
	tensors map[string]weights.Tensor
	layers  map[string]any
}

func (n *network) layer(r *rand.Rand, name string, dims ...int) {
	fan, all := 1, 1
	for i, d := range dims {
		if all *= d; i > 0 {
			fan *= d
		}
	}
	w := weights.Tensor{Name: name + ".w", Dims: dims}
	for range all {
		w.F32 = append(w.F32, float32(r.NormFloat64()*math.Sqrt(2/float64(fan))))
	}
	b := weights.Tensor{Name: name + ".b", Dims: dims[:1]}
	for range dims[0] {
		b.F32 = append(b.F32, float32(r.NormFloat64()*0.05))
	}
	n.tensors[w.Name], n.tensors[b.Name] = w, b
}

// small is a network with every kind of layer: an odd number of channels, a 1x1 convolution, one without padding.
func small() *network {
	r := rand.New(rand.NewPCG(3, 4))
	n := &network{tensors: map[string]weights.Tensor{}}
	n.layer(r, "e0", 6, 1, 3, 3)
	n.layer(r, "e1", 9, 6, 3, 3)
	n.layer(r, "e2", 7, 9, 1, 1)
	n.layer(r, "r0", 8, 14, 3, 3)
	n.layer(r, "r1", 5, 8, 3, 3)
	n.layer(r, "fc1", 4, 5*1*1)
	n.layer(r, "fc2", 1, 4)
	type m = map[string]any
	n.layers = m{
		"input":    []int{1, prep.Side, prep.Side},
		"encoder":  []m{{"conv": "e0", "pad": 1, "pool": 2}, {"conv": "e1", "pad": 0, "pool": 2}, {"conv": "e2", "pad": 0}},
		"relation": []m{{"conv": "r0", "pad": 1, "pool": 2}, {"conv": "r1", "pad": 1, "pool": 2}, {"dense": "fc1", "relu": true}, {"dense": "fc2", "sigmoid": true}},
	}
	return n
}

func (n *network) file(t testing.TB) []byte {
	t.Helper()
	text, err := json.Marshal(n.layers)
	if err != nil {
		t.Fatal(err)
	}
	f := &safetensors.File{Metadata: map[string]string{"architecture": string(text)}}
	for _, x := range n.tensors {
		f.Tensors = append(f.Tensors, x)
	}
	b, err := safetensors.Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// planes are (channels, side, side).
type planes struct {
	side int
	x    []float64
}

// conv is the definition of a convolution and a ReLU.
func (n *network) conv(name string, in planes, pad int) planes {
	w, b := n.tensors[name+".w"], n.tensors[name+".b"]
	channels, k := w.Dims[1], w.Dims[2]
	out := planes{side: in.side + 2*pad - k + 1}
	for o := range w.Dims[0] {
		for y := range out.side {
			for x := range out.side {
				sum := float64(b.F32[o])
				for i := range channels {
					for ky := range k {
						for kx := range k {
							sy, sx := y+ky-pad, x+kx-pad
							if sy >= 0 && sx >= 0 && sy < in.side && sx < in.side {
								sum += float64(w.F32[((o*channels+i)*k+ky)*k+kx]) * in.x[(i*in.side+sy)*in.side+sx]
							}
						}
					}
				}
				out.x = append(out.x, max(sum, 0))
			}
		}
	}
	return out
}

func pool(in planes) planes {
	out := planes{side: in.side / 2}
	for c := range len(in.x) / (in.side * in.side) {
		for y := range out.side {
			for x := range out.side {
				at := (c*in.side+2*y)*in.side + 2*x
				out.x = append(out.x, max(in.x[at], in.x[at+1], in.x[at+in.side], in.x[at+in.side+1]))
			}
		}
	}
	return out
}

func (n *network) dense(name string, in []float64) []float64 {
	w, b := n.tensors[name+".w"], n.tensors[name+".b"]
	var out []float64
	for o := range w.Dims[0] {
		sum := float64(b.F32[o])
		for i, v := range in {
			sum += float64(w.F32[o*len(in)+i]) * v
		}
		out = append(out, sum)
	}
	return out
}

func (n *network) embed(in *prep.Input) planes {
	x := planes{side: prep.Side}
	for _, v := range in {
		x.x = append(x.x, float64(v)/255)
	}
	x = pool(n.conv("e1", pool(n.conv("e0", x, 1)), 0))
	return n.conv("e2", x, 0)
}

// relate is the score of a class, whose shots are summed.
func (n *network) relate(shots []planes, query planes) float64 {
	pair := planes{side: query.side, x: make([]float64, len(query.x))}
	for _, s := range shots {
		for i, v := range s.x {
			pair.x[i] += v
		}
	}
	pair.x = append(pair.x, query.x...)
	x := pool(n.conv("r1", pool(n.conv("r0", pair, 1)), 1))
	hidden := n.dense("fc1", x.x)
	for i, v := range hidden {
		hidden[i] = max(v, 0)
	}
	return 1 / (1 + math.Exp(-n.dense("fc2", hidden)[0]))
}

// drawings are other scribbles than those that calibrate.
func drawings(t testing.TB, n int) (all []*fewshot.Drawing) {
	t.Helper()
	set, err := Scribbles(n, 1, 77)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range set.Classes {
		all = append(all, c.Drawings...)
	}
	return all
}

func imported(t testing.TB, b []byte) *weights.Model {
	t.Helper()
	m, err := Import(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The int8 model answers as the network of the file: the formulas above know nothing of ours.
func TestImportComputesTheNetworkOfTheFile(t *testing.T) {
	n := small()
	m := imported(t, n.file(t))
	if want := "conv 6, pool, valid 9, pool, conv 7; relation sum pool 8 5 4"; m.Arch != want {
		t.Errorf("imported as %q, want %q", m.Arch, want)
	}
	c, err := engine.New(m, engine.Relation)
	if err != nil {
		t.Fatal(err)
	}
	all := drawings(t, 12)
	for i, class := range []string{"a", "a", "a", "b", "c"} {
		if _, err := c.Add(class, all[i].Input); err != nil {
			t.Fatal(err)
		}
	}
	classes := map[string][]planes{"a": {n.embed(&all[0].Input), n.embed(&all[1].Input), n.embed(&all[2].Input)},
		"b": {n.embed(&all[3].Input)}, "c": {n.embed(&all[4].Input)}}
	for _, d := range all {
		a, err := c.Classify(d.Input)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range a.Ranking {
			if want := n.relate(classes[r.Class], n.embed(&d.Input)); math.Abs(float64(r.Score)-want) > 0.02 {
				t.Errorf("score of %q is %.4f, %.4f by definition", r.Class, r.Score, want)
			}
		}
	}
}

// With drawings of one's own the ranges are what those drawings reach.
func TestImportCalibratesOnDrawings(t *testing.T) {
	b := small().file(t)
	set, err := Scribbles(3, 2, 9)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Import(b, set)
	if err != nil {
		t.Fatal(err)
	}
	n := small()
	top := 0.0
	for _, c := range set.Classes {
		for _, d := range c.Drawings {
			top = max(top, slices.Max(n.embed(&d.Input).x))
		}
	}
	if got := float64(m.Tensor("encoder.4.range").F32[0]); math.Abs(got-top) > 1e-4*top {
		t.Errorf("the embedding's range is %v, the drawings reach %v", got, top)
	}
	if _, err := Import(b, &fewshot.Set{}); !errors.Is(err, ErrDrawings) {
		t.Errorf("no drawings: %v, want %v", err, ErrDrawings)
	}
}

// An exported model comes back: the shipped one too, with every kind of layer, to the bit.
func TestWriteComesBack(t *testing.T) {
	shipped, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]*weights.Model{"shipped": shipped, "imported": imported(t, small().file(t))} {
		b, err := Write(m)
		if err != nil {
			t.Fatal(err)
		}
		want, err := weights.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := weights.Encode(imported(t, b))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: another model comes back", name)
		}
	}
}

// A float model has no ranges; they are found when it comes back.
func TestWriteFloatModel(t *testing.T) {
	m, err := Read(small().file(t))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Write(m)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	set, err := Scribbles(4, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	want, err := train.Quantise(m, set)
	if err != nil {
		t.Fatal(err)
	}
	got, err := train.Quantise(again, set)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := weights.Encode(want)
	if b, _ := weights.Encode(got); !slices.Equal(a, b) || again.Arch != m.Arch {
		t.Errorf("%q comes back as %q, or with other weights", m.Arch, again.Arch)
	}
}

func TestReadRefuses(t *testing.T) {
	edit := func(change func(*network)) []byte {
		n := small()
		change(n)
		return n.file(t)
	}
	type m = map[string]any
	stage := func(n *network, i int) m { return n.layers["encoder"].([]m)[i] }
	relation := func(n *network) []m { return n.layers["relation"].([]m) }
	reshape := func(n *network, name string, dims ...int) {
		x := n.tensors[name]
		x.Dims = dims
		n.tensors[name] = x
	}
	text := func(a string) []byte {
		b, err := safetensors.Encode(&safetensors.File{Metadata: map[string]string{"architecture": a}})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		file []byte
		want error
		says string
	}{
		"no architecture":     {text(" "), ErrArchitecture, "have no"},
		"no JSON":             {text("{"), ErrArchitecture, ""},
		"two objects":         {text(`{"input":[1,28,28]}{}`), ErrArchitecture, "something follows"},
		"unknown field":       {text(`{"evil":1}`), ErrArchitecture, "evil"},
		"another input":       {edit(func(n *network) { n.layers["input"] = []int{3, 28, 28} }), ErrArchitecture, "want [1, 28, 28]"},
		"no encoder":          {edit(func(n *network) { n.layers["encoder"] = []m{} }), ErrArchitecture, "no encoder"},
		"no layer":            {edit(func(n *network) { n.layers["encoder"].([]m)[0] = m{} }), ErrArchitecture, "layer 0: "},
		"dense in encoder":    {edit(func(n *network) { n.layers["encoder"].([]m)[1] = m{"dense": "fc1"} }), ErrArchitecture, "want a convolution"},
		"no ReLU":             {edit(func(n *network) { stage(n, 0)["relu"] = false }), ErrArchitecture, "followed by ReLU"},
		"pool of 3":           {edit(func(n *network) { stage(n, 0)["pool"] = 3 }), ErrArchitecture, "pool 3, want 2"},
		"pad missing":         {edit(func(n *network) { delete(stage(n, 0), "pad") }), ErrArchitecture, "pad is missing"},
		"pad of 2":            {edit(func(n *network) { stage(n, 0)["pad"] = 2 }), ErrArchitecture, "pad 2"},
		"pad of a 1x1":        {edit(func(n *network) { stage(n, 2)["pad"] = 1 }), ErrArchitecture, "pad 1 of a convolution of side 1"},
		"tensor missing":      {edit(func(n *network) { delete(n.tensors, "e1.b") }), ErrTensor, `"e1.b" nor "e1.bias"`},
		"tensor left over":    {edit(func(n *network) { n.layer(rand.New(rand.NewPCG(1, 1)), "evil", 1, 1) }), ErrTensor, `no layer has "evil.`},
		"other channels":      {edit(func(n *network) { reshape(n, "e1.w", 6, 9, 3, 3) }), ErrShape, "the second 6"},
		"other bias":          {edit(func(n *network) { reshape(n, "e1.b", 9, 1) }), ErrShape, "want [9]"},
		"side of 2":           {edit(func(n *network) { reshape(n, "e2.w", 7, 9, 1, 1); stage(n, 1)["conv"] = "e2" }), ErrShape, ""},
		"relation of 3":       {edit(func(n *network) { n.layers["relation"] = relation(n)[:3] }), ErrArchitecture, "3 layers, want 4"},
		"relation pools once": {edit(func(n *network) { delete(relation(n)[1], "pool") }), ErrArchitecture, "both are pooled or none"},
		"relation valid":      {edit(func(n *network) { relation(n)[0]["pad"] = 0 }), ErrArchitecture, "its convolutions are padded"},
		"no sigmoid":          {edit(func(n *network) { delete(relation(n)[3], "sigmoid") }), ErrArchitecture, "one with sigmoid"},
		"dense without ReLU":  {edit(func(n *network) { delete(relation(n)[2], "relu") }), ErrArchitecture, "a dense layer with relu"},
		"dense of other size": {edit(func(n *network) { n.layer(rand.New(rand.NewPCG(1, 1)), "fc1", 4, 6) }), ErrShape, "the second 5"},
		"two answers":         {edit(func(n *network) { n.layer(rand.New(rand.NewPCG(1, 1)), "fc2", 2, 4) }), ErrShape, "want one unit"},
		"our text":            {text("conv 3, evil"), engine.ErrArch, "evil"},
	} {
		if _, err := Read(c.file); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %v with %q", name, err, c.want, c.says)
		}
	}
	for name, b := range map[string][]byte{
		"our text without tensors": text("conv 3"),
		"temperature below zero":   edit(func(n *network) { n.layers["temperature"] = -1 }),
		"weights out of all range": edit(func(n *network) { n.tensors["e0.w"].F32[0] = 3e38; n.tensors["e1.w"].F32[0] = 3e38 }),
	} {
		if _, err := Import(b, nil); err == nil {
			t.Errorf("%s: imported", name)
		}
	}
}

// FuzzRead: no file makes Read panic, and what it takes is written and read again.
func FuzzRead(f *testing.F) {
	f.Add(small().file(f))
	short, err := safetensors.Encode(&safetensors.File{Metadata: map[string]string{"architecture": "conv 1"}, Tensors: []weights.Tensor{{Name: "a", Dims: []int{1}, F32: []float32{1}}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(short)
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Read(b)
		if err != nil {
			return
		}
		b, err = Write(m)
		if err != nil {
			t.Fatalf("what was read is not written: %v", err)
		}
		if again, err := Read(b); err != nil || again.Arch != m.Arch || len(again.Tensors) != len(m.Tensors) {
			t.Fatalf("what was written is not read: %v", err)
		}
	})
}
