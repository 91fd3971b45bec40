package session

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"reflect"
	"slices"
	"strings"
	"testing"

	"oneshot/ui/state"
	"oneshot/weights/hostile"
)

// whole fails the test unless there is a set or an error, and the set is within its limits.
func whole(t testing.TB, s Set, err error) bool {
	t.Helper()
	if err != nil {
		if s.Classes != nil || s.Files != nil {
			t.Fatalf("%d classes beside the error %v", len(s.Classes), err)
		}
		return false
	}
	if w := (writer{}); len(s.Classes) > 0 {
		if w.check(s.Classes); w.err != nil {
			t.Fatalf("what is read is not written: %v", w.err)
		}
	}
	return true
}

// FuzzRead: no input makes Read panic, and what it accepts can be written.
func FuzzRead(f *testing.F) {
	shot := `{"file":"1.png","strokes":[[0,0,0,1,1,1]]}`
	hostile.Fuzz(f, [][]byte{
		packed(f, file{listName, classList(`{"name":"a","folder":"a","shots":[]}`)}),
		packed(f, file{listName, classList(`{"name":"a","folder":"a","shots":[` + shot + `]}`)}, file{"a/1.png", ""}),
		packed(f, file{"b/c/2.PNG", cross(f)}, file{"x.txt", "x"}),
		packed(f),
	}, func(t testing.TB, b []byte) error {
		s, err := Read(b)
		whole(t, s, err)
		return err
	})
}

// FuzzReadList is FuzzRead behind the checksums of the zip: a list, a zero, and the only picture.
func FuzzReadList(f *testing.F) {
	var seeds [][]byte
	for _, classes := range []string{
		`{"name":"a","folder":"a","shots":[{"file":"1.png","strokes":[[0,0,0,1,1,1],[1,0,0.5]]}]},{"name":"b"}`,
		`{"name":"a\u0041","folder":"a","shots":[{"file":"1.png"}]}`,
	} {
		seeds = append(seeds, []byte(classList(classes)+"\x00"+cross(f)))
	}
	seeds = append(seeds, []byte(`{"format":"oneshot set","version":2,"classes":[{"name":"a","colour":8}]}`))
	hostile.Fuzz(f, seeds, func(t testing.TB, b []byte) error {
		list, picture, _ := bytes.Cut(b, []byte{0})
		s, err := Read(packed(t, file{listName, string(list)}, file{"a/1.png", string(picture)}))
		whole(t, s, err)
		return err
	})
}

// FuzzReadFolder is FuzzRead for a picture in a folder.
func FuzzReadFolder(f *testing.F) {
	f.Add("a/1.png", []byte(cross(f)))
	f.Add("b/c d/2.PNG", []byte(asPNG(3, 2, 2, make([]byte, 18))))
	f.Fuzz(func(t *testing.T, path string, picture []byte) {
		if strings.HasSuffix(path, "/") {
			picture = nil // a folder holds nothing
		}
		s, err := Read(packed(t, file{path, string(picture)}))
		whole(t, s, err)
	})
}

// FuzzWrite: what Read accepts is written, and read again as it is.
func FuzzWrite(f *testing.F) {
	f.Add(write(f, small(f)))
	f.Add(packed(f, file{"b/c/2.PNG", cross(f)}, file{"x.txt", "x"}))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Read(b)
		if err != nil {
			return
		}
		if again := read(t, write(t, s.Classes)); len(s.Classes) > 0 && !reflect.DeepEqual(again.Classes, s.Classes) {
			t.Fatalf("%d classes are not what they were", len(s.Classes))
		}
	})
}

// FuzzReadLink: no text makes ReadLink panic.
func FuzzReadLink(f *testing.F) {
	valid, err := base64.RawURLEncoding.DecodeString(link(f, small(f)))
	if err != nil {
		f.Fatal(err)
	}
	hostile.Fuzz(f, [][]byte{valid, stored(linkBody([]state.Class{{Name: "a"}}))}, func(t testing.TB, packed []byte) error {
		s, err := ReadLink(base64.RawURLEncoding.EncodeToString(packed))
		whole(t, s, err)
		return err
	})
}

// FuzzReadBody is FuzzReadLink behind the checksum: what is accepted is made into a link and read again as it is, unless it
// becomes too small when corners are left out.
func FuzzReadBody(f *testing.F) {
	hostile.Fuzz(f, [][]byte{
		{1, 1, 3, 'C', 'a', 't', 1, 2, 2, 0, 0, 60, 60, 2, 20, 20, 80, 10},
		append(append([]byte{1, 1, 1, 'x', 1, 0}, make([]byte, 200)...), bytes.Repeat([]byte{0xff}, 192)...),
	}, func(t testing.TB, b []byte) error {
		s, err := readBody(binary.LittleEndian.AppendUint32(slices.Clip(b), crc32.ChecksumIEEE(b)))
		if !whole(t, s, err) {
			return err
		}
		once, err := readBody(linkBody(s.Classes))
		if err != nil {
			return nil
		}
		if again, err := readBody(linkBody(once.Classes)); err != nil || !reflect.DeepEqual(again, once) {
			t.Fatalf("%+v comes back as %+v, %v", once, again, err)
		}
		return nil
	})
}
