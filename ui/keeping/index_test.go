package keeping

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"oneshot/weights/hostile"
)

// entryA is the record of a set, in the keys and the order in which they are written.
const entryA = `{"id":"a","name":"A","revision":3,"classes":1,"examples":2,"changed":4}`

func listOf(sets string) []byte {
	return []byte(`{"format":"oneshot shelf","version":1,"current":"a","sets":[` + sets + `]}`)
}

func hostileIndexes() []hostile.File {
	// entry is that of a set in which something stands in place of something else.
	entry := func(old, new string) []byte { return listOf(strings.Replace(entryA, old, new, 1)) }
	valid := string(listOf(entryA))
	return []hostile.File{
		{"empty.json", nil, ErrIndex, "unexpected end of JSON input"},
		{"zeros.json", make([]byte, 64), ErrIndex, `invalid character '\x00'`},
		{"null.json", []byte("null"), ErrIndex, `format "", want "oneshot shelf"`},
		{"list.json", []byte("[]"), ErrIndex, "cannot unmarshal array"},
		{"cut.json", []byte(valid[:len(valid)-1]), ErrIndex, "unexpected end of JSON input"},
		{"goes-on.json", []byte(valid + "{}"), ErrIndex, "after top-level value"},
		{"byte-order-mark.json", []byte("\ufeff" + valid), ErrIndex, "invalid character"},
		{"format-other.json", []byte(`{"format":"x","version":1}`), ErrIndex, `format "x", want "oneshot shelf"`},
		{"format-long.json", []byte(`{"format":"` + strings.Repeat("x", 900) + `"}`), ErrIndex, `format "xxxxxxxxxxxxxxxxxxxx", want`},
		{"version-newer.json", []byte(`{"format":"oneshot shelf","version":2,"what":"unknown"}`), ErrNewer, "version 2, this one knows 1"},
		{"version-0.json", []byte(`{"format":"oneshot shelf"}`), ErrIndex, "version 0, want 1"},
		{"version-negative.json", []byte(`{"format":"oneshot shelf","version":-1}`), ErrIndex, "version -1, want 1"},
		{"version-endless.json", []byte(`{"format":"oneshot shelf","version":1e99}`), ErrIndex, "number 1e99"},
		{"key-unknown.json", []byte(`{"format":"oneshot shelf","version":1,"script":1}`), ErrIndex, `unknown field "script"`},
		{"key-of-a-set-unknown.json", entry(`"id"`, `"x":1,"id"`), ErrIndex, `unknown field "x"`},
		{"sets-a-number.json", []byte(`{"format":"oneshot shelf","version":1,"sets":1}`), ErrIndex, "cannot unmarshal number"},
		{"sets-201.json", listOf(strings.Repeat(`{},`, MaxSets) + `{}`), ErrIndex, "201 sets, at most 200"},
		{"id-missing.json", entry(`"id":"a",`, ``), ErrIndex, `id "" is not one`},
		{"id-as-a-path.json", entry(`"a"`, `"../a"`), ErrIndex, `id "../a" is not one`},
		{"id-with-capitals.json", entry(`"a"`, `"A1"`), ErrIndex, `id "A1" is not one`},
		{"id-of-33.json", entry(`"a"`, `"`+strings.Repeat("a", 33)+`"`), ErrIndex, `id "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" is not one`},
		{"id-twice.json", listOf(entryA + "," + entryA), ErrIndex, `id "a" is not one, or there twice`},
		{"name-missing.json", entry(`"name":"A",`, ``), ErrIndex, `name "" of set a`},
		{"name-unclean.json", entry(`"A"`, `" A\u202e"`), ErrIndex, `name " A\u202e" of set a`},
		{"name-of-900.json", entry(`"A"`, `"`+strings.Repeat("A", 900)+`"`), ErrIndex, `AAAA" of set a`},
		{"revision-0.json", entry(`:3`, `:0`), ErrIndex, "set a has revision 0"},
		{"revision-negative.json", entry(`:3`, `:-3`), ErrIndex, "set a has revision -3"},
		{"revision-over-64-bits.json", entry(`:3`, `:9223372036854775808`), ErrIndex, "number 9223372036854775808"},
		{"classes-negative.json", entry(`"classes":1`, `"classes":-1`), ErrIndex, "-1 classes"},
		{"examples-negative.json", entry(`"examples":2`, `"examples":-2`), ErrIndex, "-2 examples"},
		{"changed-broken.json", entry(`:4`, `:4.5`), ErrIndex, "number 4.5"},
	}
}

func TestHostile(t *testing.T) {
	hostile.Refused(t, hostileIndexes(), 128<<10, func(_ string, b []byte) error {
		x, err := decodeIndex(b)
		if !reflect.DeepEqual(x, index{}) {
			t.Errorf("%+v beside the error %v", x, err)
		}
		return err
	})
	if _, err := decodeIndex(make([]byte, MaxIndexBytes+1)); !errors.Is(err, ErrIndex) || !strings.Contains(err.Error(), "262145 bytes, at most 262144") {
		t.Errorf("too long: %v, want ErrIndex", err)
	}
}

// FuzzDecodeIndex: no record makes decodeIndex panic, and what it takes is written and read again as it is.
func FuzzDecodeIndex(f *testing.F) {
	seeds := [][]byte{listOf(entryA)}
	for _, h := range hostileIndexes() {
		seeds = append(seeds, h.Bytes)
	}
	hostile.Fuzz(f, seeds, func(t testing.TB, b []byte) error {
		x, err := decodeIndex(b)
		if err != nil {
			if !errors.Is(err, ErrIndex) && !errors.Is(err, ErrNewer) {
				t.Fatalf("%v is neither ErrIndex nor ErrNewer", err)
			}
			return err
		}
		once, err := x.encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeIndex(once)
		if err != nil || !reflect.DeepEqual(again, x) {
			t.Fatalf("%+v comes back as %+v, %v", x, again, err)
		}
		return nil
	})
}

// Every beginning of a record is refused, and so is one with any bit flipped, or it is written and read again as it is.
func TestEveryPrefixAndBitOfAnIndex(t *testing.T) {
	valid := listOf(entryA)
	if x, err := decodeIndex(valid); err != nil {
		t.Fatal(err)
	} else if b, err := x.encode(); err != nil || !bytes.Equal(b, valid) {
		t.Fatalf("%s is written as %s, %v", valid, b, err)
	}
	for n := range valid {
		if _, err := decodeIndex(valid[:n]); !errors.Is(err, ErrIndex) {
			t.Errorf("the first %d of %d bytes: %v, want ErrIndex", n, len(valid), err)
		}
	}
	taken := 0
	for i := range 8 * len(valid) {
		b := bytes.Clone(valid)
		b[i/8] ^= 1 << (i % 8)
		x, err := decodeIndex(b)
		if err != nil {
			continue
		}
		taken++
		once, err := x.encode()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := decodeIndex(once); err != nil || !reflect.DeepEqual(again, x) {
			t.Errorf("bit %d: %+v comes back as %+v, %v", i, x, again, err)
		}
	}
	if taken == 0 || taken > 2*len(valid) {
		t.Errorf("of %d damaged records %d are taken", 8*len(valid), taken)
	}
}
