package prep

import "image"

// PaperBalance is 0 for a picture whose light and dark have equal claims to be the paper.
func PaperBalance(m *image.Gray) int64 {
	k := &Ink{W: m.Rect.Dx(), H: m.Rect.Dy(), Pix: m.Pix}
	all := histogramOf(k.Pix)
	s, _ := all.otsu()
	return k.paperBalance(&all, s)
}

// FlattenLight is flattenLight on grey levels.
func (k *Ink) FlattenLight() { k.flattenLight() }
