package ui

import (
	"errors"
	"image"
	"strings"

	"oneshot/engine/prep"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// MaxFiles is how many files of one drop are looked at.
const MaxFiles = 200

// MaxPictureSide is the width and height that pictures are scaled down to before they come here, in pixels: far
// more than the network sees, and little for a photograph's memory.
const MaxPictureSide = 512

// Batch is pictures that were picked, dropped or pasted together, as the network sees them. The host adds them one
// by one.
type Batch struct {
	To      state.ClassID // the class that they were picked for or dropped on; 0 if none
	OnPad   bool          // pasted: the first is a query
	Dropped bool          // at X, Y
	X, Y    float64

	Files  int // that there are
	Read   int // that were looked at, pictures or not
	others int // that are no pictures
	blank  int // pictures with no ink in them
	loose  []prep.Input
	first  *state.Picture   // of them
	groups []state.Pictures // of folders, in the order of their first picture
}

// ErrNoPicture says that a file is none that can be read as a picture.
var ErrNoPicture = errors.New("ui: no picture")

// Add looks at the next file. folder is the folder that it was dropped in, or empty. img counts only if err is nil.
func (b *Batch) Add(folder string, img image.Image, err error) {
	b.Read++
	if err != nil {
		b.others++
		return
	}
	if folder == "" && b.first == nil { // it may be for the pad, where it is shown larger
		p, err := state.See(img)
		if err != nil {
			b.blank++
			return
		}
		b.first, b.loose = p, append(b.loose, p.Input)
		return
	}
	in, err := prep.FromImage(img)
	if err != nil {
		b.blank++
		return
	}
	if folder == "" {
		b.loose = append(b.loose, in)
		return
	}
	for i := range b.groups {
		if b.groups[i].Name == folder {
			b.groups[i].Inputs = append(b.groups[i].Inputs, in)
			return
		}
	}
	b.groups = append(b.groups, state.Pictures{Name: folder, Inputs: []prep.Input{in}})
}

// progress says how far the reading of several files has come.
func (b *Batch) progress(w *words.Catalogue) string {
	return w.Say("Reading picture {n} of {all}", min(b.Read+1, b.most()), b.most())
}

// most is the number of files that are looked at.
func (b *Batch) most() int { return min(b.Files, MaxFiles) }

// refused says in one sentence which files are not among the examples, or is empty if all are. unfit is the number
// of pictures that did not fit on the board.
func (b *Batch) refused(w *words.Catalogue, unfit int) string {
	var parts []string
	files := w.Count(b.Files, "of {n} file|of {n} files")
	of := func(n int, first, further string) {
		switch {
		case n == 0:
		case len(parts) == 0:
			parts = append(parts, first)
		default:
			parts = append(parts, further)
		}
	}
	of(b.others, w.Count(b.others, "{n} {of} was no picture|{n} {of} were no pictures", files), w.Count(b.others, "{n} was no picture|{n} were no pictures"))
	of(b.blank, w.Count(b.blank, "{n} {of} had nothing drawn on it|{n} {of} had nothing drawn on them", files), w.Count(b.blank, "{n} had nothing drawn on it|{n} had nothing drawn on them"))
	of(unfit, w.Count(unfit, "{n} {of} did not fit|{n} {of} did not fit", files), w.Count(unfit, "{n} did not fit|{n} did not fit"))
	left := b.Files - b.most()
	of(left, w.Count(left, "{n} {of} was left out: {most} at a time|{n} {of} were left out: {most} at a time", files, MaxFiles),
		w.Count(left, "{n} was left out: {most} at a time|{n} were left out: {most} at a time", MaxFiles))
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + "."
}
