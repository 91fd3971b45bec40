package ui

import "testing"

func TestAfar(t *testing.T) {
	for _, c := range []struct{ w, h, want float64 }{
		{390, 844, 1}, {1920, 1080, 1}, {2560, 1440, 1}, {3840, 2160, 1.5}, {2160, 3840, 1}, {7680, 1440, 1}, {7680, 4320, 3}, {0, 0, 1},
	} {
		if got := Afar(c.w, c.h); got != c.want {
			t.Errorf("Afar(%v, %v) = %v, want %v", c.w, c.h, got, c.want)
		}
	}
}
