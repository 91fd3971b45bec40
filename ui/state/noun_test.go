package state_test

import (
	"slices"
	"testing"

	"oneshot/ui/state"
)

// Fresh names follow the language; names that people gave, and classes with examples, do not.
func TestCallClasses(t *testing.T) {
	s := state.New(newNearest())
	names := func() []string {
		var all []string
		for _, c := range s.Board().Classes {
			all = append(all, c.Name)
		}
		return all
	}
	b := s.Board()
	if err := s.Rename(b.Classes[1].ID, "Class Z9"); err != nil {
		t.Fatal(err)
	}
	past := s.CanUndo()
	s.CallClasses("Klasse")
	if got, want := names(), []string{"Klasse A", "Class Z9", "Klasse C"}; !slices.Equal(got, want) {
		t.Errorf("classes %q, want %q", got, want)
	}
	if s.CanUndo() != past || b.Classes[0].Name != "Class A" {
		t.Errorf("it can be undone: %v; the board before has %q", s.CanUndo(), b.Classes[0].Name)
	}
	if _, err := s.AddClass(); err != nil {
		t.Fatal(err)
	}
	if got := names()[3]; got != "Klasse B" {
		t.Errorf("a new class is called %q", got)
	}
	if err := s.Rename(s.Board().Classes[2].ID, "Klasa A"); err != nil {
		t.Fatal(err)
	}
	s.CallClasses("Klasa") // Klasa A is taken
	if got, want := names(), []string{"Klasse A", "Class Z9", "Klasa A", "Klasa B"}; !slices.Equal(got, want) {
		t.Errorf("classes %q, want %q", got, want)
	}
	if got := s.Blank()[2].Name; got != "Klasa C" {
		t.Errorf("a new set has %q", got)
	}
	if got := state.Blank()[2].Name; got != "Class C" {
		t.Errorf("a set in no language has %q", got)
	}
}
