package ui

import (
	"image/color"

	"oneshot/ui/state"
	"oneshot/ui/words"
)

// Dye is the colour of a class: Fill is seen on every surface, On is text on it.
type Dye struct{ Fill, On color.RGBA }

// dyeNames are what the colours of classes are called, in their order.
func dyeNames(w *words.Catalogue) [state.Colours]string {
	return [...]string{
		w.Say("indigo"), w.Say("orange"), w.Say("teal"), w.Say("pink"), w.Say("blue"), w.Say("gold"), w.Say("green"), w.Say("grey"),
	}
}

func lightDyes() [state.Colours]Dye { return dyes(0xFFFFFF, lightFills()) }
func darkDyes() [state.Colours]Dye  { return dyes(0x15161C, darkFills()) }

func lightFills() [state.Colours]uint32 {
	return [...]uint32{0x5048E5, 0xC2410C, 0x0F766E, 0xBE185D, 0x1768AC, 0x8A5A0B, 0x41780F, 0x5B6070}
}

func darkFills() [state.Colours]uint32 {
	return [...]uint32{0x9A94FF, 0xF59A5F, 0x4FC4B7, 0xF585B5, 0x6FB7F2, 0xE0B252, 0x9CCB5A, 0xB0B5C4}
}

func dyes(on uint32, fills [state.Colours]uint32) [state.Colours]Dye {
	var all [state.Colours]Dye
	for i, fill := range fills {
		all[i] = Dye{rgb(fill), rgb(on)}
	}
	return all
}

// dye is the look of a class's colour.
func (t *Theme) dye(colour int) Dye { return t.Dyes[min(max(colour, 1), state.Colours)-1] }

// dyeOf is the look of the colour of the class called id.
func (g *Game) dyeOf(id state.ClassID) Dye {
	c, _ := g.state.Class(id)
	return g.theme.dye(c.Colour)
}
