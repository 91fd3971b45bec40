package omniglot

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// pngOf is a PNG of size x size with an upright bar of ink at x.
func pngOf(t testing.TB, size, x int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, size, size))
	for i := range m.Pix {
		m.Pix[i] = 255
		if c := i % size; c >= x && c < x+size/10+1 && i/size > size/4 && i/size < size*3/4 {
			m.Pix[i] = 0
		}
	}
	return encode(t, m)
}

func encode(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// blankPNG has no ink.
func blankPNG(t testing.TB) []byte {
	return encode(t, image.NewGray(image.Rect(0, 0, 30, 30)))
}

// speckPNG has one dark pixel.
func speckPNG(t testing.TB) []byte {
	m := image.NewGray(image.Rect(0, 0, 30, 30))
	m.Pix[400] = 255
	return encode(t, m)
}

// negativeOf is the negative of a PNG of greys.
func negativeOf(t testing.TB, data []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	m := img.(*image.Gray)
	for i, v := range m.Pix {
		m.Pix[i] = 255 - v
	}
	return encode(t, m)
}

// write puts the files of a tree under dir.
func write(t testing.TB, dir string, tree fstest.MapFS) {
	t.Helper()
	for name, file := range tree {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// writeZip makes a zip file of a tree.
func writeZip(t testing.TB, file string, tree fs.FS) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := z.AddFS(tree); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// sharedOmniglot is the folder with the published data, or skips the test.
func sharedOmniglot(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "shared", "omniglot")
	if _, err := os.Stat(filepath.Join(dir, "images_background.zip")); err != nil {
		t.Skip("Omniglot is not in ../shared/omniglot")
	}
	return dir
}
