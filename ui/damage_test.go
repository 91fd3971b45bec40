package ui

import (
	"image"
	"testing"
)

func TestDamageCopiesWhatWasDrawn(t *testing.T) {
	screen := Screen{W: 200, H: 100, Density: 2, Keeps: 1}
	all := image.Rect(0, 0, 400, 200)
	var d damage
	d.add(Rect{50, 40, 10, 10})
	d.add(Rect{0, 0, 0, 0})
	if got := d.take(); len(got) != 1 {
		t.Fatalf("took %v, want one box", got)
	}
	if got := d.copies(all, screen); len(got) != 1 || got[0] != image.Rect(52, 32, 168, 148) {
		t.Errorf("copies %v, want the box with its margin in pixels", got)
	}
	if got := d.copies(all, screen); len(got) != 1 || got[0] != all {
		t.Errorf("a frame that drew nothing copies %v, want all", got)
	}
	d.mark(Rect{0, 0, 10, 10})
	if got := d.copies(all, Screen{W: 200, H: 100, Density: 2}); got[0] != all {
		t.Errorf("a screen that keeps nothing is given %v", got)
	}
	d.distrust()
	d.mark(Rect{0, 0, 10, 10})
	if got := d.copies(all, screen); got[0] != all {
		t.Errorf("a screen that was emptied is given %v", got)
	}
}

func TestDamageJoins(t *testing.T) {
	var d damage
	for i := range 50 {
		d.add(Rect{float64(i%7) * 300, float64(i/7) * 300, 20, 20})
	}
	got := d.take()
	if len(got) > maxDamage {
		t.Fatalf("%d boxes, want at most %d", len(got), maxDamage)
	}
	for i := range 50 {
		x, y := float64(i%7)*300+10, float64(i/7)*300+10
		covered := false
		for _, r := range got {
			covered = covered || r.Contains(x, y)
		}
		if !covered {
			t.Errorf("the box at %v, %v is lost", x, y)
		}
	}
}
