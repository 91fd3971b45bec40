package omniglot

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"oneshot/engine/fewshot"
	"oneshot/engine/gate"
	"oneshot/engine/prep"
)

// Limits, checked before a picture is decoded. Omniglot's are 105 x 105 in 200 bytes.
const (
	maxFileBytes   = 16 << 20
	maxTotalPixels = 2 << 30
)

// decodeAll reads the pictures on all cores. The error is that of the first bad file in order,
// whichever goroutine met it.
func decodeAll(fsys fs.FS, files []string) ([]*fewshot.Drawing, error) {
	drawings := make([]*fewshot.Drawing, len(files))
	errs := make([]error, len(files))
	var next, pixels atomic.Int64
	var failed atomic.Bool
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for !failed.Load() {
				i := int(next.Add(1) - 1)
				if i >= len(files) {
					return
				}
				d, err := decodeFile(fsys, files[i], &pixels)
				if err != nil {
					errs[i] = fmt.Errorf("%s: %w", files[i], err)
					failed.Store(true)
				}
				drawings[i] = d
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return drawings, nil
}

func decodeFile(fsys fs.FS, name string, pixels *atomic.Int64) (*fewshot.Drawing, error) {
	data, err := readFile(fsys, name, maxFileBytes)
	if err != nil {
		return nil, err
	}
	size, err := gate.Claimed(data)
	if err != nil {
		return nil, err
	}
	if size.X > prep.MaxImageSide || size.Y > prep.MaxImageSide {
		return nil, fmt.Errorf("picture of %d x %d pixels, at most %d a side", size.X, size.Y, prep.MaxImageSide)
	}
	if pixels.Add(int64(size.X)*int64(size.Y)) > maxTotalPixels {
		return nil, fmt.Errorf("pictures of more than %d pixels in all", maxTotalPixels)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	d, err := NewDrawing(img)
	if err != nil {
		return nil, err
	}
	d.Name = name
	return d, nil
}

// ReadDrawing reads one PNG file, with the limits of Load. The error names the file.
func ReadDrawing(file string) (*fewshot.Drawing, error) {
	var pixels atomic.Int64
	d, err := decodeFile(os.DirFS(filepath.Dir(file)), filepath.Base(file), &pixels)
	if err != nil {
		return nil, fmt.Errorf("omniglot: %s: %w", file, withoutPath(err))
	}
	d.Name = file
	return d, nil
}

// withoutPath takes the name of the file, which is told before, off an error of the file system.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// NewDrawing returns what the learners see of a picture: its ink as dark on light, and the network
// input. Errors are those of package prep.
func NewDrawing(img image.Image) (*fewshot.Drawing, error) {
	ink, err := prep.InkOf(img)
	if err != nil {
		return nil, err
	}
	crop, err := ink.Box()
	if err != nil {
		return nil, err
	}
	d := &fewshot.Drawing{Input: ink.Scale(crop)}
	for i, v := range ink.Pix {
		ink.Pix[i] = 255 - v
	}
	d.Image = &image.Gray{Pix: ink.Pix, Stride: ink.W, Rect: image.Rect(0, 0, ink.W, ink.H)}
	return d, nil
}

var errNotAFile = errors.New("not a regular file")

// readFile is fs.ReadFile with a limit that holds whatever size the archive claims.
func readFile(fsys fs.FS, name string, limit int64) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotAFile
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("file of more than %d bytes", limit)
	}
	return data, nil
}
