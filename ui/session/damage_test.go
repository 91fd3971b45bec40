package session

import (
	"bytes"
	"encoding/base64"
	"reflect"
	"testing"

	"oneshot/ui/state"
)

// No beginning of a set's file is taken for one. A file with any bit flipped is refused, or holds what it held, or is a zip
// of folders of which what is read is written and read again as it is.
func TestEveryPrefixAndBitOfAFile(t *testing.T) {
	want := []state.Class{{Name: "Cat", Shots: []state.Shot{shotOf(t, level)}}, {Name: "Dog", Shots: []state.Shot{{Input: shotOf(t, upright).Input}}}}
	valid := write(t, want)
	for n := range valid {
		if s, err := Read(valid[:n]); err == nil || s.Classes != nil {
			t.Fatalf("the first %d of %d bytes are taken for a set", n, len(valid))
		}
	}
	same, other := 0, 0
	for i := range 8 * len(valid) {
		b := bytes.Clone(valid)
		b[i/8] ^= 1 << (i % 8)
		s, err := Read(b)
		switch {
		case err != nil && s.Classes != nil:
			t.Fatalf("bit %d: classes beside %v", i, err)
		case err != nil:
		case reflect.DeepEqual(s.Classes, want):
			same++
		default:
			other++
			if again := read(t, write(t, s.Classes)); !reflect.DeepEqual(again.Classes, s.Classes) {
				t.Fatalf("bit %d: %d classes come back as %d", i, len(s.Classes), len(again.Classes))
			}
		}
	}
	// Times, and pictures beside strokes, do not count; without its list, a set is a zip of folders.
	if same == 0 || other == 0 || other > 8*len(listName) {
		t.Errorf("of %d damaged files %d hold the set and %d another", 8*len(valid), same, other)
	}
}

// No beginning of a link is taken for one. A link with any bit or any letter changed is refused, or holds what it held.
func TestEveryPrefixAndBitOfALink(t *testing.T) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	made, err := ReadLink(link(t, []state.Class{{Name: "Cat", Shots: []state.Shot{shotOf(t, level), shotOf(t, level, upright)}}}))
	if err != nil {
		t.Fatal(err)
	}
	valid := link(t, made.Classes)
	for n := range valid {
		if s, err := ReadLink(valid[:n]); err == nil || s.Classes != nil {
			t.Fatalf("the first %d of %d characters are taken for a link", n, len(valid))
		}
	}
	try := func(what string, i int, text string) {
		s, err := ReadLink(text)
		if err != nil {
			if s.Classes != nil {
				t.Fatalf("%s %d: classes beside %v", what, i, err)
			}
			return
		}
		if !reflect.DeepEqual(s, made) || link(t, s.Classes) != valid {
			t.Fatalf("%s %d: another set is read, or it is written as another link", what, i)
		}
	}
	for i := range 8 * len(valid) {
		b := []byte(valid)
		b[i/8] ^= 1 << (i % 8)
		try("bit", i, string(b))
	}
	for i := range valid {
		for _, c := range letters {
			try("character", i, valid[:i]+string(c)+valid[i+1:])
		}
	}
	// What deflate holds, changed bit by bit behind base64 that fits.
	packed, err := base64.RawURLEncoding.DecodeString(valid)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 8 * len(packed) {
		b := bytes.Clone(packed)
		b[i/8] ^= 1 << (i % 8)
		try("packed bit", i, base64.RawURLEncoding.EncodeToString(b))
	}
}
