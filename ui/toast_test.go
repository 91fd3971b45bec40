package ui

import (
	"strings"
	"testing"
)

// What was done is told to assistive technology beside the answer, on the pad and in a scene, and goes after a while.
func TestToast(t *testing.T) {
	g, b := open(t, phone)
	a := &bar{}
	g.Share(a)
	teachTwo(t, g, b)
	answer := b.mirror.Status.Text
	tells := func(want string) {
		t.Helper()
		if !strings.HasPrefix(b.mirror.Toast, want) || want == "" && b.mirror.Toast != "" {
			t.Fatalf("told %q, want %q", b.mirror.Toast, want)
		}
	}
	copied(t, g, b, a)
	b.frame(t, g)
	tells("Link copied, ")
	b.now += toastFor
	b.frame(t, g)
	tells("")
	b.frame(t, g, Event{Kind: Key, Key: "Escape"})
	b.frame(t, g, Event{Kind: Activate, Text: "more:3"})
	b.frame(t, g, Event{Kind: Activate, Text: "delete"})
	tells("Class C deleted. Undo brings it back")
	if b.mirror.Status.Text != answer {
		t.Errorf("status %q, want %q", b.mirror.Status.Text, answer)
	}
	b.now += toastFor / 2
	b.frame(t, g)
	tells("Class C deleted.")
	b.now += toastFor / 2
	b.frame(t, g)
	tells("")
	if g.toast != "" {
		t.Errorf("toast %q is still drawn", g.toast)
	}
}
