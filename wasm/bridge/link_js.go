package bridge

import (
	"strings"
	"syscall/js"

	"oneshot/ui"
)

var _ ui.Address = (*Page)(nil)

// WatchAddress tells of what stands behind the # sign, now and when it changes.
func (p *Page) WatchAddress() {
	tell := func() {
		if f := strings.TrimPrefix(p.window.Get("location").Get("hash").String(), "#"); f != "" {
			p.push(ui.Event{Kind: ui.Arrived, Text: f})
		}
	}
	p.on(p.window, "hashchange", func(js.Value) { tell() })
	tell()
}

// bare is the address without what stands behind the # sign.
func (p *Page) bare() string {
	address, _, _ := strings.Cut(p.window.Get("location").Get("href").String(), "#")
	return address
}

// CopyLink implements ui.Address.
func (p *Page) CopyLink(fragment string, done func(error)) {
	err := attempt(func() {
		clipboard := p.window.Get("navigator").Get("clipboard")
		settle(clipboard.Call("writeText", p.bare()+"#"+fragment), func(_ js.Value, err error) { done(err) })
	})
	if err != nil {
		done(err)
	}
}

// ClearFragment implements ui.Address. A link that was opened does not stay in the address: a reload would open it again.
func (p *Page) ClearFragment() {
	_ = attempt(func() { p.window.Get("history").Call("replaceState", p.past.at, "", p.bare()) })
}
