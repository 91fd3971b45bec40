package session

import (
	"bytes"
	"strings"
	"testing"
)

// A file from before there were colours is opened, and written as it was: nothing tells it from one that was
// made today. The list of such a file stands here word for word.
func TestFileWithoutColours(t *testing.T) {
	set := small(t)[:1]
	set[0].Shots = set[0].Shots[:1]
	b := write(t, set)
	a, err := openArchive(b)
	if err != nil {
		t.Fatal(err)
	}
	list, err := a.read(listName)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
"format": "oneshot set",
"version": 1,
"classes": [
{"name": "Cat", "folder": "Cat", "shots": [
{"file": "001.png", "strokes": [[0.1,0.5,0.5,0.9,0.5,0.7]]}]}]
}
`
	if string(list) != want {
		t.Errorf("list %s, want %s", list, want)
	}
	if again := write(t, read(t, b).Classes); !bytes.Equal(again, b) {
		t.Error("written again it has other bytes")
	}
}

// One colour makes it version 2, in which the others may have none.
func TestFileWithColours(t *testing.T) {
	set := small(t)
	set[1].Colour = 8
	b := write(t, set)
	a, err := openArchive(b)
	if err != nil {
		t.Fatal(err)
	}
	list, err := a.read(listName)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(list); !strings.Contains(s, "\n\"version\": 2,\n") || strings.Count(s, "colour") != 1 || !strings.Contains(s, `"colour": 8, "shots"`) {
		t.Errorf("list %s, want version 2 with one colour", list)
	}
	got := read(t, b).Classes
	for i, want := range []int{0, 8, 0} {
		if got[i].Colour != want {
			t.Errorf("class %q has colour %d, want %d", got[i].Name, got[i].Colour, want)
		}
	}
}
