package bridge

import (
	"slices"
	"strconv"
	"syscall/js"

	"oneshot/ui"
)

// mirror is the transparent copy of the page in the DOM: a real control over every drawn one, for
// keyboards, screen readers and tests. Pointers pass through it to the canvas.
type mirror struct {
	main, list, strip, status js.Value // strip moves inside list as the list scrolls
	toast                     js.Value
	shown                     map[string]*twin
	order                     []string
	last                      ui.Mirror // boxes and status as they are in the DOM
	zoom                      float64
}

type twin struct {
	ui.Twin
	element js.Value
	stands  bool // where twins like this one do: in the list, or not
}

func (p *Page) openMirror() {
	m := &p.mirror
	m.shown = map[string]*twin{}
	m.main, m.list, m.strip, m.status = p.element("twins"), p.element("list"), p.element("strip"), p.element("answer")
	m.toast = p.element("toast")
	id := func(e js.Value) string { return e.Get("target").Get("dataset").Get("twin").String() }
	p.on(p.element("mirror"), "click", func(e js.Value) {
		if t := m.shown[id(e)]; t != nil {
			if t.Edits {
				p.field.prepare(p)
			}
			p.push(ui.Event{Kind: ui.Activate, Text: t.ID})
		}
	})
	p.on(p.element("mirror"), "input", func(e js.Value) {
		if t := m.shown[id(e)]; t != nil {
			p.push(ui.Event{Kind: ui.Slid, Text: t.ID, Value: e.Get("target").Get("valueAsNumber").Int()})
		}
	})
	p.on(p.element("mirror"), "focusin", func(e js.Value) {
		if t := m.shown[id(e)]; t != nil {
			p.push(ui.Event{Kind: ui.Focused, Text: t.ID})
		}
	})
}

// Mirror implements ui.Host: it changes in the DOM only what differs.
func (p *Page) Mirror(next *ui.Mirror) {
	m := &p.mirror
	zoom := p.zoom()
	anew := zoom != m.zoom
	m.zoom = zoom
	p.drop(next)
	order := make([]string, 0, len(next.Twins))
	sorted := true
	for _, t := range next.Twins {
		have := m.shown[t.ID]
		if have == nil {
			have = p.create(t)
		} else if have.Twin != t || anew {
			have.stands = have.stands && have.InList == t.InList
			have.update(t, zoom)
		}
		order = append(order, t.ID)
		sorted = sorted && have.stands
	}
	if !sorted || !slices.Equal(order, m.order) {
		m.sort(order)
	}
	if next.List != m.last.List || anew {
		place(m.list, next.List, zoom)
	}
	if next.Scroll != m.last.Scroll || anew {
		m.strip.Get("style").Set("transform", "translateY("+px(-next.Scroll*zoom)+")")
	}
	if next.Status.Rect != m.last.Status.Rect || anew {
		place(m.status, next.Status.Rect, zoom)
	}
	if next.Status.Text != m.last.Status.Text {
		m.status.Set("textContent", next.Status.Text)
	}
	if next.Toast != m.last.Toast {
		m.toast.Set("textContent", next.Toast)
	}
	if next.Title != m.last.Title {
		m.list.Call("setAttribute", "aria-label", next.Title)
	}
	m.last.List, m.last.Scroll, m.last.Title, m.last.Status, m.last.Toast = next.List, next.Scroll, next.Title, next.Status, next.Toast
}

// drop removes the twins that next no longer has. If one of them had the focus, its neighbour gets
// it, so that a keyboard user stays where they were.
func (p *Page) drop(next *ui.Mirror) {
	m := &p.mirror
	keep := make(map[string]bool, len(next.Twins))
	for _, t := range next.Twins {
		keep[t.ID] = true
	}
	for i, id := range m.order {
		t := m.shown[id]
		if keep[id] || t == nil {
			continue
		}
		if p.document.Get("activeElement").Equal(t.element) {
			if to := neighbour(m.order, i, keep); to != "" {
				p.focus(to)
			}
		}
		t.element.Call("remove")
		delete(m.shown, id)
	}
}

// neighbour is the next name after place i that is kept, or else the one before.
func neighbour(order []string, i int, keep map[string]bool) string {
	for _, id := range order[i+1:] {
		if keep[id] {
			return id
		}
	}
	for j := i - 1; j >= 0; j-- {
		if keep[order[j]] {
			return order[j]
		}
	}
	return ""
}

// create makes a twin, which stands nowhere yet.
func (p *Page) create(t ui.Twin) *twin {
	m := &p.mirror
	n := &twin{}
	switch t.Role {
	case ui.RoleCanvas:
		n.element = p.document.Call("createElement", "div")
		n.element.Call("setAttribute", "role", "application")
		n.element.Set("tabIndex", 0)
	case ui.RoleSlider:
		n.element = p.document.Call("createElement", "input")
		n.element.Set("type", "range")
		n.element.Set("step", 1)
	default:
		n.element = p.document.Call("createElement", "button")
		n.element.Set("type", "button")
	}
	n.element.Get("dataset").Set("twin", t.ID)
	n.update(t, m.zoom)
	m.shown[t.ID] = n
	return n
}

func (n *twin) update(t ui.Twin, zoom float64) {
	if t.Name != n.Name {
		n.element.Call("setAttribute", "aria-label", t.Name)
	}
	if t.Disabled != n.Disabled {
		n.element.Call("setAttribute", "aria-disabled", strconv.FormatBool(t.Disabled))
	}
	if t.Role == ui.RoleSlider {
		n.element.Set("min", t.Least)
		n.element.Set("max", t.Most)
		n.element.Set("value", t.Value)
		n.element.Call("setAttribute", "aria-valuetext", t.Words)
	}
	place(n.element, t.Rect, zoom)
	n.Twin = t
}

// sort brings the elements into the order of reading, moving only those that are out of it: an element that is moved loses the focus.
// How they stand in the DOM is known, and not asked for.
func (m *mirror) sort(order []string) {
	for _, inList := range []bool{false, true} {
		parent := m.main
		if inList {
			parent = m.strip
		}
		var stand []string
		for _, id := range m.order {
			if t := m.shown[id]; t != nil && t.stands && t.InList == inList {
				stand = append(stand, id)
			}
		}
		for _, id := range order {
			t := m.shown[id]
			if t.InList != inList {
				continue
			}
			if len(stand) > 0 && stand[0] == id {
				stand = stand[1:]
				continue
			}
			before := js.Null() // at the end
			if len(stand) > 0 {
				before = m.shown[stand[0]].element
			}
			parent.Call("insertBefore", t.element, before)
			t.stands = true
			if i := slices.Index(stand, id); i >= 0 {
				stand = slices.Delete(stand, i, i+1)
			}
		}
	}
	m.order = order
}

// edits reports whether a point of the screen lies on a control that opens the field.
func (m *mirror) edits(x, y float64) bool {
	for _, t := range m.shown {
		r := t.Rect
		if t.InList {
			if !m.last.List.Contains(x, y) {
				continue
			}
			r.X, r.Y = r.X+m.last.List.X, r.Y+m.last.List.Y-m.last.Scroll
		}
		if t.Edits && r.Contains(x, y) {
			return true
		}
	}
	return false
}

// twinOf is the name of the twin that an element is, or empty.
func twinOf(e js.Value) string {
	if data := e.Get("dataset"); data.Truthy() {
		if id := data.Get("twin"); id.Truthy() {
			return id.String()
		}
	}
	return ""
}

// Focus implements ui.Host.
func (p *Page) Focus(id string) { p.focus(id) }

// focus gives a twin the keyboard.
func (p *Page) focus(id string) {
	if t := p.mirror.shown[id]; t != nil {
		t.element.Call("focus", map[string]any{"preventScroll": true})
	}
}

func place(e js.Value, r ui.Rect, zoom float64) {
	s := e.Get("style")
	s.Set("left", px(r.X*zoom))
	s.Set("top", px(r.Y*zoom))
	s.Set("width", px(r.W*zoom))
	s.Set("height", px(r.H*zoom))
}

func px(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) + "px" }
