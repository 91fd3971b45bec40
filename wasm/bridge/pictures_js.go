package bridge

import (
	"image"
	"strings"
	"syscall/js"

	"oneshot/ui"
	"oneshot/ui/state"
)

// maxPictureBytes bounds a file that is given to the browser to decode.
const maxPictureBytes = 64 << 20

// maxEntries bounds how many files and folders of a drop are counted, and maxDepth how deep they stand.
const (
	maxEntries = 10_000
	maxDepth   = 8
)

// gallery reads pictures: it has them decoded and made small by the browser, so that Go only ever sees few
// pixels, and tells of them when all are read. Batches are read one after the other.
type gallery struct {
	picker  js.Value // the input for pictures
	to      state.ClassID
	waiting []func() // read batches, the first of them now
	canvas  js.Value
	context js.Value
}

// incoming is a file with the folder that it was dropped in.
type incoming struct {
	file   js.Value
	folder string
}

// openGallery listens to its picker and to what is pasted.
func (p *Page) openGallery() {
	g := &p.gallery
	g.picker = p.document.Call("createElement", "input")
	g.picker.Set("type", "file")
	g.picker.Set("accept", "image/*")
	g.picker.Set("hidden", true)
	g.picker.Set("id", "pictures")
	g.picker.Call("setAttribute", "aria-label", "Pictures")
	p.document.Get("body").Call("append", g.picker)
	g.canvas = p.document.Call("createElement", "canvas")
	g.context = g.canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	p.on(g.picker, "change", func(js.Value) {
		files := listed(g.picker.Get("files"))
		g.picker.Set("value", "") // so that the same file can be chosen again
		p.queueBatch(&ui.Batch{To: g.to, Files: len(files)}, files)
	})
	p.on(p.document, "paste", func(e js.Value) {
		data := e.Get("clipboardData")
		if !data.Truthy() {
			return
		}
		if files := listed(data.Get("files")); len(files) > 0 {
			e.Call("preventDefault")
			p.queueBatch(&ui.Batch{OnPad: true, Files: len(files)}, files)
		}
	})
}

// PickPictures implements ui.Capture.
func (p *Page) PickPictures(to state.ClassID) {
	p.gallery.to = to
	p.gallery.picker.Set("multiple", to != 0) // the pad holds one
	p.gallery.picker.Call("click")
}

// heldOver tells where files are held over the page, or that they are no longer.
func (p *Page) heldOver(e js.Value, over bool) {
	if !over {
		p.push(ui.Event{Kind: ui.FilesAway})
		return
	}
	x, y := p.at(e)
	p.push(ui.Event{Kind: ui.FilesOver, X: x, Y: y})
}

func listed(files js.Value) []incoming {
	all := make([]incoming, files.Length())
	for i := range all {
		all[i].file = files.Index(i)
	}
	return all
}

// dropped reads what was dropped on the page: one file that is no picture as a saved set, and all else as pictures.
func (p *Page) dropped(e js.Value) {
	data := e.Get("dataTransfer")
	files := data.Get("files")
	entries := folders(data.Get("items"))
	if len(entries) == 0 && files.Length() == 1 && !isPicture(files.Index(0)) {
		p.take(files)
		return
	}
	b := &ui.Batch{Dropped: true}
	b.X, b.Y = p.at(e)
	if len(entries) == 0 {
		all := listed(files)
		b.Files = len(all)
		p.queueBatch(b, all)
		return
	}
	p.enqueue(b, func() {
		w := walk{}
		for _, entry := range entries {
			w.enter(entry, "", 0)
		}
		b.Files = w.files
		p.readBatch(b, w.found)
	})
}

// folders are the entries of what is dropped if one of them is a folder, or none. They can only be asked for while the event lasts.
func folders(items js.Value) []js.Value {
	var all []js.Value
	folder := false
	for i := range items.Length() {
		item := items.Index(i)
		if item.Get("kind").String() != "file" || !item.Get("webkitGetAsEntry").Truthy() {
			continue
		}
		if entry := item.Call("webkitGetAsEntry"); entry.Truthy() {
			all = append(all, entry)
			folder = folder || entry.Get("isDirectory").Bool()
		}
	}
	if !folder {
		return nil
	}
	return all
}

// isPicture guesses from what the system says of a file; whether it is one shows when it is decoded.
func isPicture(file js.Value) bool { return strings.HasPrefix(file.Get("type").String(), "image/") }

// walk goes through folders.
type walk struct {
	found   []incoming // at most ui.MaxFiles
	files   int
	entries int
}

// enter takes in a file or, with all that is in it, a folder. What systems leave in folders is passed over.
func (w *walk) enter(entry js.Value, folder string, depth int) {
	name := entry.Get("name").String()
	w.entries++
	if w.entries > maxEntries || folder != "" && litter(name) {
		return
	}
	if entry.Get("isFile").Bool() {
		w.files++
		if len(w.found) < ui.MaxFiles {
			file, err := calledBack(entry, "file")
			if err != nil {
				file = js.Null() // it has gone: counted when it is read
			}
			w.found = append(w.found, incoming{file, folder})
		}
		return
	}
	if depth >= maxDepth {
		return
	}
	reader := entry.Call("createReader")
	for w.entries <= maxEntries {
		some, err := calledBack(reader, "readEntries") // a hundred at a time
		if err != nil || some.Length() == 0 {
			return
		}
		for i := range some.Length() {
			w.enter(some.Index(i), name, depth+1)
		}
	}
}

func litter(name string) bool {
	return strings.HasPrefix(name, ".") || name == "Thumbs.db" || name == "desktop.ini"
}

// calledBack waits for a method that tells by one of two callbacks.
func calledBack(object js.Value, method string) (js.Value, error) {
	run := js.FuncOf(func(_ js.Value, args []js.Value) any {
		object.Call(method, args[0], args[1])
		return nil
	})
	defer run.Release()
	return outcome(js.Global().Get("Promise").New(run))
}

// queueBatch reads a batch when those before it are read.
func (p *Page) queueBatch(b *ui.Batch, files []incoming) {
	if len(files) > 0 {
		p.enqueue(b, func() { p.readBatch(b, files) })
	}
}

// enqueue does not wait, for it is called by listeners.
func (p *Page) enqueue(b *ui.Batch, read func()) {
	p.push(ui.Event{Kind: ui.PicturesGiven, Batch: b})
	g := &p.gallery
	g.waiting = append(g.waiting, read)
	if len(g.waiting) > 1 {
		return
	}
	go func() {
		for ; len(g.waiting) > 0; g.waiting = g.waiting[1:] {
			g.waiting[0]()
		}
	}()
}

func (p *Page) readBatch(b *ui.Batch, files []incoming) {
	for _, in := range files[:min(len(files), ui.MaxFiles)] {
		p.push(ui.Event{Kind: ui.PicturesReading, Batch: b})
		img, err := p.decode(in.file)
		b.Add(in.folder, img, err)
	}
	p.push(ui.Event{Kind: ui.PicturesRead, Batch: b})
}

// decode lets the browser decode a file and scale it down. Of several pictures in one file it takes the first.
func (p *Page) decode(file js.Value) (image.Image, error) {
	if !file.Truthy() || file.Get("size").Float() > maxPictureBytes {
		return nil, ui.ErrNoPicture
	}
	whole, err := outcome(p.window.Call("createImageBitmap", file))
	if err != nil {
		return nil, ui.ErrNoPicture
	}
	defer whole.Call("close")
	w, h := whole.Get("width").Float(), whole.Get("height").Float()
	scale := min(ui.MaxPictureSide/max(w, h), 1)
	w, h = max(float64(int(w*scale)), 1), max(float64(int(h*scale)), 1)
	small, err := outcome(p.window.Call("createImageBitmap", whole, map[string]any{
		"resizeWidth": w, "resizeHeight": h, "resizeQuality": "high",
	}))
	if err != nil {
		return nil, ui.ErrNoPicture
	}
	defer small.Call("close")
	g := &p.gallery
	g.canvas.Set("width", w) // this also empties it
	g.canvas.Set("height", h)
	g.context.Call("drawImage", small, 0, 0)
	return pixels(g.context, int(w), int(h)), nil
}

// pixels are those of a canvas, as they are.
func pixels(context js.Value, w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	js.CopyBytesToGo(img.Pix, context.Call("getImageData", 0, 0, w, h).Get("data"))
	return img
}
