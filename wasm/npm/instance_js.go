package main

import (
	"image"
	"strconv"
	"syscall/js"

	"oneshot/engine"
	"oneshot/engine/prep"
)

// instance is a classifier and what crosses the border to it.
type instance struct {
	classifier *engine.Classifier
	closed     chan struct{}

	input     prep.Input
	embedding []int16
	sets      []rawSet
	bytes     []byte   // of what was asked or is answered last
	array     js.Value // the constructor Uint8Array
}

func newInstance(c *engine.Classifier) *instance {
	return &instance{classifier: c, closed: make(chan struct{}), array: js.Global().Get("Uint8Array"),
		embedding: make([]int16, c.Network().EmbeddingLen())}
}

// functions are what core.js calls. Each answers with its value, which is null where there is none, or with a refusal:
// {code, message}. A call in which the program ends is undefined.
func (i *instance) functions() js.Value {
	all := js.Global().Get("Object").New()
	for name, f := range map[string]func([]js.Value) (any, error){
		"pixels":       i.pixels,
		"strokes":      i.strokes,
		"add":          i.add,
		"remove":       i.remove,
		"removeClass":  i.removeClass,
		"classify":     i.classify,
		"embed":        i.embed,
		"setHead":      i.setHead,
		"setThreshold": i.setThreshold,
		"describe":     i.describe,
		"close":        i.close,
		"embedRaw":     i.embedRaw,
		"enrol":        i.enrol,
		"scores":       i.scores,
	} {
		all.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			v, err := f(args)
			if err != nil {
				return refusal(err)
			}
			return v
		}))
	}
	return all
}

// pixels (rgba, width, height) answers with the input that the network sees of a picture.
func (i *instance) pixels(args []js.Value) (any, error) {
	w, h := args[1].Int(), args[2].Int()
	if w < 1 || h < 1 || w > prep.MaxImageSide || h > prep.MaxImageSide {
		return nil, prep.ErrSize
	}
	picture := image.NewNRGBA(image.Rect(0, 0, w, h))
	js.CopyBytesToGo(picture.Pix, args[0])
	in, err := prep.FromImage(picture)
	if err != nil {
		return nil, err
	}
	return i.give(in[:]), nil
}

// strokes (points, ends, frame) answers with the input that the network sees of strokes: points are pairs of float32,
// ends are int32, how many points there are up to the end of each stroke.
func (i *instance) strokes(args []js.Value) (any, error) {
	points, ends := numbers[float32](i.take(args[0])), numbers[int32](i.take(args[1]))
	pen := make([]prep.Stroke, len(ends))
	for s, from := 0, 0; s < len(ends); s, from = s+1, int(ends[s]) {
		for p := from; p < int(ends[s]); p++ {
			pen[s] = append(pen[s], prep.Point{X: points[2*p], Y: points[2*p+1]})
		}
	}
	in, err := prep.FromStrokes(pen, float32(args[2].Float()))
	if err != nil {
		return nil, err
	}
	return i.give(in[:]), nil
}

// add (class, input) answers with the number of the example.
func (i *instance) add(args []js.Value) (any, error) {
	js.CopyBytesToGo(i.input[:], args[1])
	id, err := i.classifier.Add(strconv.Itoa(args[0].Int()), i.input)
	return int(id), err
}

// remove (example) forgets one.
func (i *instance) remove(args []js.Value) (any, error) {
	return nil, i.classifier.Remove(engine.ShotID(args[0].Int()))
}

// removeClass (class) forgets it and its examples.
func (i *instance) removeClass(args []js.Value) (any, error) {
	return nil, i.classifier.RemoveClass(strconv.Itoa(args[0].Int()))
}

// classify (input) answers with a packed answer.
func (i *instance) classify(args []js.Value) (any, error) {
	js.CopyBytesToGo(i.input[:], args[0])
	a, err := i.classifier.Classify(i.input)
	if err != nil {
		return nil, err
	}
	i.bytes = pack(i.bytes[:0], a)
	return i.give(i.bytes), nil
}

// embed (input) answers with the embedding as int16.
func (i *instance) embed(args []js.Value) (any, error) {
	js.CopyBytesToGo(i.input[:], args[0])
	i.classifier.Network().Embed(i.embedding, &i.input)
	return i.give(bytesOf(i.embedding)), nil
}

// setHead (name) compares in another way from now on.
func (i *instance) setHead(args []js.Value) (any, error) {
	head, err := engine.ParseHead(args[0].String())
	if err != nil {
		return nil, err
	}
	return nil, i.classifier.SetHead(head)
}

// setThreshold (evidence) says below which the answer is none.
func (i *instance) setThreshold(args []js.Value) (any, error) {
	i.classifier.SetThreshold(args[0].Float())
	return nil, nil
}

// describe () answers what the network is: its heads, the head in use, its threshold, and the shape of an embedding.
func (i *instance) describe([]js.Value) (any, error) {
	n := i.classifier.Network()
	var heads []any
	for _, h := range n.Heads() {
		heads = append(heads, h.String())
	}
	h, w, c := n.Arch().EmbeddingDims()
	return map[string]any{"heads": heads, "head": i.classifier.Head().String(), "threshold": i.classifier.Threshold(),
		"embedding": []any{h, w, c}, "network": n.Arch().String()}, nil
}

// close () ends the program.
func (i *instance) close([]js.Value) (any, error) {
	close(i.closed)
	return nil, nil
}

// take copies bytes of JavaScript.
func (i *instance) take(from js.Value) []byte {
	b := make([]byte, from.Length())
	js.CopyBytesToGo(b, from)
	return b
}

// give copies bytes into a new Uint8Array.
func (i *instance) give(b []byte) js.Value {
	to := i.array.New(len(b))
	js.CopyBytesToJS(to, b)
	return to
}
