//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"oneshot/ui"
	"oneshot/ui/state"
)

// host is the machine without a browser. It implements ui.Host.
type host struct {
	lettering
	dir    string
	screen ui.Screen
	began  time.Time
	queue  []ui.Event
	twins  []ui.Twin // what the page shows, for the keyboard
	list   ui.Rect
	scroll float64
	focus  string
	marked bool // the focus is shown: the keyboard is in use
	field  field
	hands  hands
	filmed bool // the camera was asked for
	drawn  bool // the first frame
	over   bool // the program is to end
	marks  marks
}

var _ ui.Host = (*host)(nil)

// errDialog says what to do in place of choosing a file.
var errDialog = errors.New("this window has no file dialog: drop the file on it")

func newHost(c config) (*host, error) {
	l, err := newLettering()
	if err != nil {
		return nil, err
	}
	h := &host{lettering: l, dir: c.dir, began: time.Now()}
	h.screen = ui.Screen{W: 1280, H: 800, Density: 1, Dark: c.dark}
	return h, nil
}

// resize takes in the size of the window.
func (h *host) resize(w, hh, density float64) {
	grow := ui.Afar(w, hh)
	h.screen.W, h.screen.H, h.screen.Density = w/grow, hh/grow, density*grow
}

// Screen implements ui.Host.
func (h *host) Screen() ui.Screen { return h.screen }

// Now implements ui.Host.
func (h *host) Now() float64 { return float64(time.Since(h.began).Microseconds()) / 1000 }

// push queues an event.
func (h *host) push(e ui.Event) {
	e.Time = h.Now()
	h.queue = append(h.queue, e)
	ui.Wake()
}

// Events implements ui.Host.
func (h *host) Events(dst []ui.Event) []ui.Event {
	dst = append(dst, h.queue...)
	h.queue = h.queue[:0]
	return dst
}

// Mirror implements ui.Host. There is nobody who reads it aloud, but the keyboard goes through it.
func (h *host) Mirror(m *ui.Mirror) {
	h.twins, h.list, h.scroll = m.Twins, m.List, m.Scroll
	if h.twin(h.focus) < 0 {
		h.focus = ""
	}
}

// Focus implements ui.Host.
func (h *host) Focus(id string) {
	h.field.close(h, ui.EditDone)
	h.focus = id
}

// Edit implements ui.Host.
func (h *host) Edit(box ui.EditBox) {
	h.field = field{EditBox: box, open: true, whole: true, text: []rune(box.Value)}
}

// MoveEdit implements ui.Host.
func (h *host) MoveEdit(r ui.Rect) { h.field.Rect = r }

// Depth implements ui.Host. A window has no way back of its own.
func (h *host) Depth(int) {}

// Save implements ui.Host: the copy goes beside the sets, under a name that is free.
func (h *host) Save(name string, content []byte) {
	dir := filepath.Join(h.dir, "copies")
	err := os.MkdirAll(dir, 0o755)
	for n := 1; err == nil; n++ {
		free := name
		if n > 1 {
			ext := filepath.Ext(name)
			free = strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(n) + ext
		}
		var f *os.File
		f, err = os.OpenFile(filepath.Join(dir, filepath.Base(free)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, os.ErrExist) {
			err = nil
			continue
		}
		if err == nil {
			_, err = f.Write(content)
			err = errors.Join(err, f.Sync(), f.Close())
			break
		}
	}
	if err != nil {
		h.push(ui.Event{Kind: ui.FileChosen, Text: name, Err: err})
	}
}

// Pick implements ui.Host.
func (h *host) Pick() { h.push(ui.Event{Kind: ui.FileChosen, Err: errDialog}) }

// PickPictures implements ui.Host.
func (h *host) PickPictures(state.ClassID) { h.push(ui.Event{Kind: ui.FileChosen, Err: errDialog}) }

// Camera implements ui.Host: there is none.
func (h *host) Camera(ui.Rect) {
	if !h.filmed {
		h.filmed = true
		h.push(ui.Event{Kind: ui.CameraGone, Err: ui.ErrCameraMissing})
	}
}

// NextCamera implements ui.Host.
func (h *host) NextCamera() {}

// CameraOff implements ui.Host.
func (h *host) CameraOff() { h.filmed = false }

// Answered implements ui.Host.
func (h *host) Answered(float64) {}

// Ready implements ui.Host.
func (h *host) Ready() { h.drawn = true }
