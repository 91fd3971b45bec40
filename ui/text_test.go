package ui

import (
	"fmt"
	"testing"
)

func TestCutAndWrap(t *testing.T) {
	c := newTextCache(&bench{})
	f := Font{Size: 10, Weight: 400} // 5 units a rune
	for _, k := range []struct {
		text  string
		width float64
		want  string
	}{
		{"short", 25, "short"},
		{"longer", 25, "long…"},
		{"ab cd", 20, "ab…"},
		{"x", 4, "…"},
		{"any", 0, ""},
		{"기린기린기린", 20, "기린기…"},
	} {
		if got := c.cut(f, k.text, k.width); got != k.want {
			t.Errorf("cut(%q, %v) = %q, want %q", k.text, k.width, got, k.want)
		}
	}
	got := c.wrap(f, "one two three four five", 50, 2)
	if want := []string{"one two", "three fou…"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("wrap = %q, want %q", got, want)
	}
	if got := c.wrap(f, "", 50, 2); len(got) != 0 {
		t.Errorf("wrap of nothing = %q", got)
	}
}
