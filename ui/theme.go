package ui

import (
	"image/color"

	"oneshot/ui/state"
)

// Theme is the colours of the page. Text on any surface it is drawn on has a contrast of at least
// 4.5 to 1; a test computes it.
type Theme struct {
	Page    color.RGBA // behind everything
	Surface color.RGBA // cards and the pad
	Sunken  color.RGBA // thumbnails, bar tracks, hovered buttons
	Line    color.RGBA // borders
	Text    color.RGBA
	Muted   color.RGBA // second-rank text
	Ink     color.RGBA // strokes
	Accent  color.RGBA // the one accent: primary buttons, the leading bar
	OnTint  color.RGBA // accent-coloured text on Tint and Surface
	Tint    color.RGBA // soft accent
	Hover   color.RGBA // primary button under the pointer
	OnFill  color.RGBA // text on Accent and Hover
	Danger  color.RGBA // text and icons of what deletes
	Warn    color.RGBA // soft red behind Danger
	Bar     color.RGBA // bars that do not lead
	Toast   color.RGBA
	OnToast color.RGBA
	Shadow  color.RGBA
	Dyes    [state.Colours]Dye // of the classes
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xff}
}

func lightTheme() *Theme {
	return &Theme{
		Page: rgb(0xF4F4F7), Surface: rgb(0xFFFFFF), Sunken: rgb(0xF1F1F5), Line: rgb(0xE2E3E9),
		Text: rgb(0x1B1C22), Muted: rgb(0x5D606D), Ink: rgb(0x1E1F2B),
		Accent: rgb(0x5048E5), OnTint: rgb(0x433BD0), Tint: rgb(0xECEBFD), Hover: rgb(0x433BD0), OnFill: rgb(0xFFFFFF),
		Danger: rgb(0xB42332), Warn: rgb(0xFCEBEC), Bar: rgb(0xC3C5D2),
		Toast: rgb(0x24252E), OnToast: rgb(0xF4F4F7), Shadow: color.RGBA{0, 0, 0, 0x14},
		Dyes: lightDyes(),
	}
}

func darkTheme() *Theme {
	return &Theme{
		Page: rgb(0x121318), Surface: rgb(0x1C1D24), Sunken: rgb(0x272932), Line: rgb(0x32343F),
		Text: rgb(0xECEDF2), Muted: rgb(0xA2A6B4), Ink: rgb(0xF0F1F6),
		Accent: rgb(0x9A94FF), OnTint: rgb(0xB4AFFF), Tint: rgb(0x2A2850), Hover: rgb(0xABA6FF), OnFill: rgb(0x15132E),
		Danger: rgb(0xFF8E97), Warn: rgb(0x42222A), Bar: rgb(0x555867),
		Toast: rgb(0xECEDF2), OnToast: rgb(0x1B1C22), Shadow: color.RGBA{0, 0, 0, 0x50},
		Dyes: darkDyes(),
	}
}

// Sizes of type, in layout units.
var (
	fontDisplay = Font{34, 700}
	fontHeading = Font{24, 700}
	fontTitle   = Font{18, 700}
	fontBody    = Font{16, 400}
	fontStrong  = Font{16, 600}
	fontSmall   = Font{14, 400}
	fontLabel   = Font{14, 600}
	fontTiny    = Font{13, 400}
)

// Measures that repeat, in layout units.
const (
	touch      = 44 // the least side of anything that can be touched
	radiusCard = 16
	radiusCtl  = 10
	thumbSide  = 56
	inkWidth   = 0.018 // of a stroke, in sides of the pad
)
