package state_test

import (
	"testing"

	"oneshot/ui/state"
)

// The last acts can be taken back and done again, and no more than that is remembered.
func TestUndoHasAnEnd(t *testing.T) {
	s := state.New(newNearest())
	id := s.Board().Classes[0].ID
	name := func(n int) string { return "class " + string(rune('A'+n/26%26)) + string(rune('A'+n%26)) }
	const acts = state.MaxUndo + 10
	for n := range acts {
		must(t, s.Rename(id, name(n)))
	}
	undone := 0
	for ; s.CanUndo(); undone++ {
		must(t, s.Undo())
	}
	if got, want := s.Board().Classes[0].Name, name(acts-state.MaxUndo-1); undone != state.MaxUndo || got != want {
		t.Errorf("%d acts were taken back to %q, want %d to %q", undone, got, state.MaxUndo, want)
	}
	for s.CanRedo() {
		must(t, s.Redo())
	}
	if got, want := s.Board().Classes[0].Name, name(acts-1); got != want {
		t.Errorf("done again it is %q, want %q", got, want)
	}
}
