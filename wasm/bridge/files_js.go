package bridge

import (
	"errors"
	"strings"
	"syscall/js"

	"oneshot/ui"
	"oneshot/ui/session"
)

// Why a file could not be read. The page says so in one sentence.
var (
	errUnread = errors.New("the browser could not read it")
	errMany   = errors.New("one file at a time, please")
)

// openFiles listens to the file picker, and to files that are dropped on the page: the browser would
// leave the page for them.
func (p *Page) openFiles() {
	p.picker = p.element("file")
	p.on(p.picker, "change", func(js.Value) {
		p.take(p.picker.Get("files"))
		p.picker.Set("value", "") // so that the same file can be chosen again
	})
	carries := func(e js.Value) bool {
		t := e.Get("dataTransfer")
		return t.Truthy() && t.Get("types").Call("includes", "Files").Bool()
	}
	over := func(shown bool) func(js.Value) {
		return func(e js.Value) {
			if !carries(e) {
				return
			}
			e.Call("preventDefault")
			e.Call("stopPropagation")
			p.root.Call("toggleAttribute", "data-drop", shown)
			p.heldOver(e, shown)
		}
	}
	p.on(p.document, "dragenter", over(true))
	p.on(p.document, "dragover", over(true))
	p.on(p.document, "dragleave", func(e js.Value) {
		if !e.Get("relatedTarget").Truthy() { // out of the window, not to another element
			over(false)(e)
		}
	})
	p.on(p.document, "drop", func(e js.Value) {
		if carries(e) {
			over(false)(e)
			p.dropped(e)
		}
	})
}

// Pick implements ui.Host. The browser shows the picker because the gesture that asked for it is less
// than a second old.
func (p *Page) Pick() { p.picker.Call("click") }

// take reads the one file of a list. A file that is too large is not loaded.
func (p *Page) take(files js.Value) {
	n := files.Length()
	if n == 0 {
		return
	}
	file := files.Index(0)
	ev := ui.Event{Kind: ui.FileChosen, Text: file.Get("name").String()}
	if n > 1 {
		ev.Err = errMany
	} else {
		ev.Err = session.CheckSize(int64(file.Get("size").Float()))
	}
	if ev.Err != nil {
		p.push(ev)
		return
	}
	var read, unread js.Func
	release := func() { read.Release(); unread.Release() }
	read = js.FuncOf(func(_ js.Value, args []js.Value) any {
		defer release()
		bytes := p.window.Get("Uint8Array").New(args[0])
		ev.Data = make([]byte, bytes.Length())
		js.CopyBytesToGo(ev.Data, bytes)
		p.push(ev)
		return nil
	})
	unread = js.FuncOf(func(js.Value, []js.Value) any {
		defer release()
		ev.Err = errUnread // a folder, or a file that has gone
		p.push(ev)
		return nil
	})
	file.Call("arrayBuffer").Call("then", read, unread)
}

// Save implements ui.Host: a download, made in the page.
func (p *Page) Save(name string, content []byte) {
	bytes := p.window.Get("Uint8Array").New(len(content))
	js.CopyBytesToJS(bytes, content)
	kind := "application/zip"
	if strings.HasSuffix(name, ".csv") {
		kind = "text/csv"
	}
	blob := p.window.Get("Blob").New([]any{bytes}, map[string]any{"type": kind})
	address := p.window.Get("URL").Call("createObjectURL", blob)
	link := p.document.Call("createElement", "a")
	link.Set("href", address)
	link.Set("download", name)
	link.Call("click")
	// The browser takes its time to fetch what was clicked; a minute later it surely has.
	var forget js.Func
	forget = js.FuncOf(func(js.Value, []js.Value) any {
		forget.Release()
		p.window.Get("URL").Call("revokeObjectURL", address)
		return nil
	})
	p.window.Call("setTimeout", forget, 60_000)
}
