//go:build unix

package main

import (
	"bytes"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/hajimehoshi/ebiten/v2"
	"golang.org/x/image/draw"

	"oneshot/engine/gate"
	"oneshot/ui"
)

// Bounds of what is read of one dropped file.
const (
	maxDropped = 256 << 20
	maxPixels  = 100_000_000
)

// takeDropped reads what was dropped on the window: one zip as a saved set, and all else as pictures.
func (h *host) takeDropped() {
	files := ebiten.DroppedFiles()
	if files == nil {
		return
	}
	var names []string
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), ".") {
			names = append(names, name)
		}
		return nil // what cannot be looked into is passed over
	})
	if err != nil || len(names) == 0 {
		return
	}
	if len(names) == 1 && strings.EqualFold(path.Ext(names[0]), ".zip") {
		b, err := readDropped(files, names[0])
		h.push(ui.Event{Kind: ui.FileChosen, Text: path.Base(names[0]), Data: b, Err: err})
		return
	}
	b := &ui.Batch{Dropped: true, X: h.hands.x, Y: h.hands.y, Files: len(names)}
	h.push(ui.Event{Kind: ui.PicturesGiven, Batch: b})
	for _, name := range names[:min(len(names), ui.MaxFiles)] {
		img, err := decode(files, name)
		folder := path.Base(path.Dir(name))
		if folder == "." {
			folder = ""
		}
		b.Add(folder, img, err)
	}
	h.push(ui.Event{Kind: ui.PicturesRead, Batch: b})
}

func readDropped(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxDropped))
}

// decode reads a picture whose header promises no more than the memory holds.
func decode(files fs.FS, name string) (image.Image, error) {
	b, err := readDropped(files, name)
	if err != nil {
		return nil, err
	}
	size, err := gate.Claimed(b)
	if err != nil || size.X > maxPixels/size.Y {
		return nil, ui.ErrNoPicture
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, ui.ErrNoPicture
	}
	return small(img), nil
}

// small scales a picture down to what the page takes.
func small(img image.Image) image.Image {
	b := img.Bounds()
	side := max(b.Dx(), b.Dy())
	if side <= ui.MaxPictureSide {
		return img
	}
	to := image.NewNRGBA(image.Rect(0, 0, max(b.Dx()*ui.MaxPictureSide/side, 1), max(b.Dy()*ui.MaxPictureSide/side, 1)))
	draw.BiLinear.Scale(to, to.Rect, img, b, draw.Src, nil)
	return to
}
