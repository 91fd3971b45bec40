//go:build unix

package main

import (
	"errors"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"oneshot/ui"
)

// A dropped file that is no picture, or claims to be a larger one than it can hold, is no picture, and takes no memory.
func TestDroppedBombs(t *testing.T) {
	files := os.DirFS("../../engine/gate/testdata/hostile")
	names, err := fs.Glob(files, "*")
	if err != nil || len(names) < 40 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	for _, name := range names {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		img, err := decode(files, name)
		runtime.ReadMemStats(&after)
		if img != nil || !errors.Is(err, ui.ErrNoPicture) {
			t.Errorf("%s: a picture, or error %v; want ErrNoPicture", name, err)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 1<<20 {
			t.Errorf("%s: %d bytes allocated, at most 1 MiB", name, got)
		}
	}
}

// A dropped picture is scaled down to what the page takes, and keeps its shape.
func TestDroppedPicture(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "wide.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(png.Encode(f, image.NewGray(image.Rect(0, 0, 4*ui.MaxPictureSide, 8))), f.Close()); err != nil {
		t.Fatal(err)
	}
	img, err := decode(os.DirFS(dir), "wide.png")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := img.Bounds().Size(), image.Pt(ui.MaxPictureSide, 2); got != want {
		t.Errorf("a picture of %v, want %v", got, want)
	}
}
