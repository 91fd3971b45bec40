package ui

import (
	"container/list"
	"image/color"
	"strings"

	"github.com/hajimehoshi/ebiten/v2"
)

// Bounds of the text cache: pixels in textures, and strings whose extent is known.
const (
	maxTextPixels  = 6 << 20
	maxTextExtents = 4096
)

// textCache keeps drawn text as textures, least recently used out first, and remembers extents.
type textCache struct {
	host    Text
	images  map[textKey]*list.Element
	recent  *list.List // of *textImage, most recent first
	pixels  int
	extents map[extentKey]Extent
	onCut   func(s string) // told of a text that does not fit, unless nil
}

type textKey struct {
	font  Font
	text  string
	color color.RGBA
	scale float64
}

type extentKey struct {
	font Font
	text string
}

type textImage struct {
	key               textKey
	image             *ebiten.Image
	originX, baseline int
	pixels            int
}

func newTextCache(host Text) *textCache {
	c := &textCache{host: host, recent: list.New()}
	c.reset()
	return c
}

// reset forgets everything, as when fonts have changed.
func (c *textCache) reset() {
	for e := c.recent.Front(); e != nil; e = e.Next() {
		e.Value.(*textImage).image.Deallocate()
	}
	c.recent.Init()
	c.images = map[textKey]*list.Element{}
	c.extents = map[extentKey]Extent{}
	c.pixels = 0
}

// Measure returns the extent of s on one line.
func (c *textCache) Measure(f Font, s string) Extent {
	k := extentKey{f, s}
	e, ok := c.extents[k]
	if !ok {
		if len(c.extents) >= maxTextExtents {
			clear(c.extents)
		}
		e = c.host.Measure(f, s)
		c.extents[k] = e
	}
	return e
}

// image returns s drawn in a colour, or nil if there is nothing to see.
func (c *textCache) image(f Font, s string, col color.RGBA, scale float64) *textImage {
	k := textKey{f, s, col, scale}
	if e, ok := c.images[k]; ok {
		c.recent.MoveToFront(e)
		return e.Value.(*textImage)
	}
	r := c.host.Raster(f, s, col, scale)
	if r.W <= 0 || r.H <= 0 || len(r.Pix) != 4*r.W*r.H {
		return nil
	}
	img := &textImage{key: k, image: ebiten.NewImage(r.W, r.H), originX: r.OriginX, baseline: r.Baseline, pixels: r.W * r.H}
	img.image.WritePixels(r.Pix)
	c.pixels += img.pixels
	c.images[k] = c.recent.PushFront(img)
	return img
}

// trim forgets the texts that were not drawn for longest, as far as there are too many. It wants to be called when nothing
// waits to be drawn.
func (c *textCache) trim() {
	for c.pixels > maxTextPixels && c.recent.Len() > 1 {
		e := c.recent.Back()
		old := c.recent.Remove(e).(*textImage)
		delete(c.images, old.key)
		c.pixels -= old.pixels
		old.image.Deallocate()
	}
}

// cut returns s, or as much of its beginning as fits in width followed by an ellipsis.
func (c *textCache) cut(f Font, s string, width float64) string {
	if width <= 0 {
		return ""
	}
	if c.Measure(f, s).Width <= width {
		return s
	}
	if c.onCut != nil {
		c.onCut(s)
	}
	runes := []rune(s)
	lo, hi := 0, len(runes) // the longest prefix that fits is in lo..hi-1
	for lo+1 < hi {
		mid := (lo + hi) / 2
		if c.host.Measure(f, string(runes[:mid])+"…").Width <= width {
			lo = mid
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return "…"
	}
	return strings.TrimRight(string(runes[:lo]), " ") + "…"
}

// height is that of a paragraph that may have as many lines as it needs.
func (c *textCache) height(f Font, s string, width float64) float64 {
	n, _ := c.lines(f, s, width)
	return float64(n) * f.leading()
}

// lines is how many a paragraph needs, and whether each of its words has room on one.
func (c *textCache) lines(f Font, s string, width float64) (n int, room bool) {
	room = true
	line := ""
	for _, word := range strings.Fields(s) {
		room = room && c.Measure(f, word).Width <= width
		if longer := line + " " + word; line != "" && c.Measure(f, longer).Width <= width {
			line = longer
			continue
		}
		n, line = n+1, word
	}
	return n, room
}

// fits reports whether wrap would cut nothing of a paragraph.
func (c *textCache) fits(f Font, s string, width, height float64) bool {
	n, room := c.lines(f, s, width)
	return room && float64(n)*f.leading() <= height
}

// wrap breaks s between words into at most n lines of at most the given width; what does not fit
// is cut off with an ellipsis.
func (c *textCache) wrap(f Font, s string, width float64, n int) []string {
	var lines []string
	words := strings.Fields(s)
	for len(words) > 0 && len(lines) < n {
		if len(lines) == n-1 {
			return append(lines, c.cut(f, strings.Join(words, " "), width))
		}
		k := 1
		for k < len(words) && c.Measure(f, strings.Join(words[:k+1], " ")).Width <= width {
			k++
		}
		lines = append(lines, c.cut(f, strings.Join(words[:k], " "), width))
		words = words[k:]
	}
	return lines
}
