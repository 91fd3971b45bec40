package fewshot_test

import (
	"fmt"
	"image"
	"image/color"

	"oneshot/engine/fewshot"
)

// number is a drawing whose picture tells which it is: a bar of ink at x, y.
func number(x, y int) *fewshot.Drawing {
	img := image.NewGray(image.Rect(0, 0, 24, 24))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for i := range 6 {
		img.SetGray(2+x, 2+y+i, color.Gray{})
		img.SetGray(2+x+i, 2+y, color.Gray{})
	}
	d := &fewshot.Drawing{Image: img}
	d.Input[0], d.Input[1] = uint8(x), uint8(y)
	return d
}

// numbered is a set of alphabets, the sizes of which are given; class c of alphabet a has drawings
// whose Input begins with the class's index in the set and the drawing's own.
func numbered(drawings int, alphabets ...int) *fewshot.Set {
	set := &fewshot.Set{}
	for a, n := range alphabets {
		for c := range n {
			class := fewshot.Class{Name: fmt.Sprintf("a%02d/c%02d", a, c), Alphabet: fmt.Sprintf("a%02d", a)}
			for d := range drawings {
				class.Drawings = append(class.Drawings, number(len(set.Classes), d))
			}
			set.Classes = append(set.Classes, class)
		}
	}
	return set
}

// oracle answers rightly: it reads the class from the drawing. With wrong > 0 it answers every
// wrong-th query of an episode wrongly.
type oracle struct {
	support [][]*fewshot.Drawing
	wrong   int
	asked   int
}

func (o *oracle) Learn(support [][]*fewshot.Drawing) error {
	o.support, o.asked = support, 0
	return nil
}

func (o *oracle) Answer(query *fewshot.Drawing) (fewshot.Answer, error) {
	o.asked++
	for i, shots := range o.support {
		if shots[0].Input[0] == query.Input[0] {
			if o.wrong > 0 && o.asked%o.wrong == 0 {
				i = (i + 1) % len(o.support)
			}
			logits := make([]float64, len(o.support))
			logits[i] = 1
			return fewshot.Answer{Class: i, Logits: logits}, nil
		}
	}
	return fewshot.Answer{}, fmt.Errorf("no class of query %d", query.Input[0])
}
