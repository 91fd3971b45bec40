package bridge

import (
	"syscall/js"

	"oneshot/ui"
)

// languageKey is what the choice of a language is kept under.
const languageKey = "language"

var _ ui.Tongues = (*Page)(nil)

// Languages implements ui.Tongues.
func (p *Page) Languages() []string {
	var tags []string
	_ = attempt(func() { // a browser that keeps nothing remembers nothing
		if v := p.window.Get("localStorage").Call("getItem", languageKey); v.Type() == js.TypeString {
			tags = append(tags, v.String())
		}
	})
	all := p.window.Get("navigator").Get("languages")
	if !all.Truthy() {
		return tags
	}
	for i := range all.Length() {
		tags = append(tags, all.Index(i).String())
	}
	return tags
}

// KeepLanguage implements ui.Tongues. Where nothing is kept the choice lasts until the page is closed.
func (p *Page) KeepLanguage(code string) {
	_ = attempt(func() { p.window.Get("localStorage").Call("setItem", languageKey, code) })
}

// ShowLanguage implements ui.Tongues.
func (p *Page) ShowLanguage(code, title string) {
	p.root.Set("lang", code)
	p.document.Set("title", title)
	if h := p.document.Call("querySelector", "h1"); h.Truthy() {
		h.Set("textContent", title)
	}
}
