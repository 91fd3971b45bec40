package ui

import (
	"image/color"
	"math"
	"testing"
)

// contrast is the ratio of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.RGBA) float64 {
	lin := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func TestThemeContrast(t *testing.T) {
	if got := contrast(rgb(0), rgb(0xFFFFFF)); math.Abs(got-21) > 1e-9 {
		t.Fatalf("black on white is %v, want 21", got)
	}
	for name, th := range map[string]*Theme{"light": lightTheme(), "dark": darkTheme()} {
		for _, pair := range []struct {
			what     string
			ink, bed color.RGBA
			want     float64
		}{
			{"text on page", th.Text, th.Page, 4.5},
			{"text on surface", th.Text, th.Surface, 4.5},
			{"text on sunken", th.Text, th.Sunken, 4.5},
			{"muted on page", th.Muted, th.Page, 4.5},
			{"muted on surface", th.Muted, th.Surface, 4.5},
			{"muted on sunken", th.Muted, th.Sunken, 4.5},
			{"accent text on tint", th.OnTint, th.Tint, 4.5},
			{"accent text on surface", th.OnTint, th.Surface, 4.5},
			{"text on accent", th.OnFill, th.Accent, 4.5},
			{"text on hovered accent", th.OnFill, th.Hover, 4.5},
			{"danger on surface", th.Danger, th.Surface, 4.5},
			{"danger on warn", th.Danger, th.Warn, 4.5},
			{"toast", th.OnToast, th.Toast, 4.5},
			{"ink on pad", th.Ink, th.Surface, 7},
			{"leading bar on its track", th.Accent, th.Sunken, 3},
		} {
			if got := contrast(pair.ink, pair.bed); got < pair.want {
				t.Errorf("%s, %s: contrast %.2f, want at least %v", name, pair.what, got, pair.want)
			}
		}
		for i, d := range th.Dyes {
			if got := contrast(d.On, d.Fill); got < 4.5 {
				t.Errorf("%s, number on %s: contrast %.2f, want at least 4.5", name, dyeNames(nil)[i], got)
			}
			for bed, c := range map[string]color.RGBA{"page": th.Page, "surface": th.Surface, "sunken": th.Sunken} {
				if got := contrast(d.Fill, c); got < 3 {
					t.Errorf("%s, %s on %s: contrast %.2f, want at least 3", name, dyeNames(nil)[i], bed, got)
				}
			}
		}
	}
}
