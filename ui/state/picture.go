package state

import (
	"image"
	"slices"

	"oneshot/engine/prep"
)

// Picture is a picture on the pad. It is never changed.
type Picture struct {
	Input prep.Input // what the network sees
	Ink   []uint8    // the same crop more finely, to show: (InkSide, InkSide) row-major, 0 no ink; may be nil
}

// InkSide is the width and height of a picture's ink, in pixels.
const InkSide = fineness * prep.Side

// fineness is how many pixels of ink lie side by side in one of the network's.
const fineness = 6

// See finds the ink in an image as prep.FromImage does, and its errors are the same.
func See(img image.Image) (*Picture, error) {
	ink, err := prep.InkOf(img)
	if err != nil {
		return nil, err
	}
	crop, err := ink.Box()
	if err != nil {
		return nil, err
	}
	p := &Picture{Input: ink.Scale(crop), Ink: make([]uint8, InkSide*InkSide)}
	part := crop.Side / fineness
	for i := range fineness * fineness {
		x, y := i%fineness, i/fineness
		tile := ink.Scale(prep.Crop{X0: crop.X0 + float32(x)*part, Y0: crop.Y0 + float32(y)*part, Side: part})
		for row := range prep.Side {
			copy(p.Ink[(y*prep.Side+row)*InkSide+x*prep.Side:], tile[row*prep.Side:(row+1)*prep.Side])
		}
	}
	return p, nil
}

// Picture is the picture on the pad, or nil if there is none. A stroke that is being drawn takes its place.
func (s *State) Picture() *Picture {
	if len(s.drawing) > 0 {
		return nil
	}
	return s.board.Picture
}

// ShowPicture puts a picture on the pad in place of what is there, as one act.
func (s *State) ShowPicture(p *Picture) {
	s.EndStroke()
	b := s.board
	b.Pad, b.Picture = nil, p
	s.commit(b)
}

// Pictures are pictures that become examples of one class: of the one called Class or, if that is 0, of the first
// that is named Name, which is made if there is none. With no Name either, a class with a fresh name is made.
type Pictures struct {
	Class  ClassID
	Name   string
	Inputs []prep.Input
}

// AddPictures makes pictures examples, as one act. What does not fit on the board is left out and counted. It
// returns the classes that got an example, and makes no act if none did.
func (s *State) AddPictures(all []Pictures) (got []ClassID, left int, err error) {
	s.EndStroke()
	next := s.board
	next.Classes = slices.Clone(next.Classes)
	for _, p := range all {
		if len(p.Inputs) == 0 {
			continue
		}
		c := s.receiver(&next, p)
		if c == nil {
			left += len(p.Inputs)
			continue
		}
		n := min(len(p.Inputs), MaxShots-len(c.Shots))
		left += len(p.Inputs) - n
		if n == 0 {
			continue
		}
		c.Shots = append([]Shot(nil), c.Shots...)
		for _, in := range p.Inputs[:n] {
			s.lastShot++
			c.Shots = append(c.Shots, Shot{ID: s.lastShot, Input: in})
		}
		got = append(got, c.ID)
	}
	if len(got) == 0 {
		return nil, left, nil
	}
	if err := s.act(next); err != nil {
		return nil, 0, err
	}
	return got, left, nil
}

// receiver is the class of b that pictures go to, or nil if there is none and no room for another.
func (s *State) receiver(b *Board, p Pictures) *Class {
	name := CleanName(p.Name)
	for i := range b.Classes {
		c := &b.Classes[i]
		if p.Class != 0 && c.ID == p.Class || p.Class == 0 && name != "" && c.Name == name {
			return c
		}
	}
	if p.Class != 0 || len(b.Classes) >= MaxClasses {
		return nil
	}
	if name == "" {
		name = freshName(s.noun, b.Classes)
	}
	s.lastClass++
	b.Classes = append(b.Classes, Class{ID: s.lastClass, Name: name, Colour: freshColour(b.Classes)})
	return &b.Classes[len(b.Classes)-1]
}
