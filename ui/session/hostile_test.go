package session

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"oneshot/weights/hostile"
)

// cross is a PNG of a cross as the network sees it.
func cross(tb testing.TB) string {
	tb.Helper()
	in := shotOf(tb, level, upright).Input
	return encoded(seen(&in))
}

// hostileZips are zips of which nothing is read.
func hostileZips(t *testing.T) []hostile.File {
	picture := cross(t)
	valid := packed(t, file{"a/1.png", picture})
	alone := func(path string) []byte { return packed(t, file{path, "x"}) }
	png := func(content string) []byte { return packed(t, file{"a/1.png", content}) }
	// record changes the only record of the directory, end that at the end.
	record := func(at int, with string) []byte {
		b := bytes.Clone(valid)
		copy(b[bytes.LastIndex(b, []byte(signature))+at:], with)
		return b
	}
	end := func(at int, with string) []byte {
		b := bytes.Clone(valid)
		copy(b[len(b)-endBytes+at:], with)
		return b
	}
	// prefixed counts what stands in front of it in its offsets, as if it belonged to it.
	prefixed := func(front string) []byte {
		b := append([]byte(front), valid...)
		for _, at := range []int{len(b) - endBytes + 16, bytes.LastIndex(b, []byte(signature)) + 42} {
			binary.LittleEndian.PutUint32(b[at:], binary.LittleEndian.Uint32(b[at:])+uint32(len(front)))
		}
		return b
	}
	return []hostile.File{
		// What is no zip, or not only one.
		{"empty.zip", nil, ErrArchive, "not a valid zip file"},
		{"text.zip", []byte("hello"), ErrArchive, "not a valid zip file"},
		{"html.zip", []byte("<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>"), ErrArchive, "not a valid zip file"},
		{"gzip.zip", append([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), zeros(1)...), ErrArchive, "not a valid zip file"},
		{"7z.zip", []byte("7z\xbc\xaf\x27\x1c\x00\x04" + strings.Repeat("\x00", 24)), ErrArchive, "not a valid zip file"},
		{"cut-by-one.zip", valid[:len(valid)-1], ErrArchive, "not a valid zip file"},
		{"cut-in-half.zip", valid[:len(valid)/2], ErrArchive, "not a valid zip file"},
		{"end-alone.zip", valid[len(valid)-endBytes:], ErrArchive, "not a valid zip file"},
		{"polyglot-in-front.zip", append([]byte("%PDF-1.7\n"), valid...), ErrArchive, "in front of it"},
		{"polyglot-in-front-counted.zip", prefixed("%PDF-1.7\n"), ErrArchive, "in front of it"},
		{"polyglot-behind.zip", append(bytes.Clone(valid), "<script>"...), ErrArchive, "behind its end"},
		{"twice.zip", append(bytes.Clone(valid), valid...), ErrArchive, "in front of it"},
		{"comment-longer-than-the-file.zip", end(20, "\xff\xff"), ErrArchive, "not a valid zip file"},
		{"directory-beyond-the-file.zip", end(16, "\xff\xff\xff\x7f"), ErrArchive, "something stands in front of it"},
		{"directory-of-another-size.zip", end(12, "\x01"), ErrArchive, "something stands in front of it"},
		{"more-files-than-there-are.zip", end(8, "\x02\x00\x02\x00"), ErrArchive, "unexpected EOF"},
		{"record-damaged.zip", record(0, "XX"), ErrArchive, "zip: "},
		{"file-out-of-place.zip", record(42, "\x28"), ErrArchive, `"a/1.png": not a zip file, or a damaged one: zip: `},

		// Nothing to open.
		{"no-file.zip", packed(t), ErrEmpty, "neither oneshot.json nor a folder"},
		{"folder-alone.zip", packed(t, file{"a/", ""}), ErrEmpty, "neither oneshot.json nor a folder"},
		{"text-alone.zip", packed(t, file{"a/b.txt", "x"}), ErrEmpty, "neither oneshot.json nor a folder"},
		{"litter-alone.zip", packed(t, file{"__MACOSX/a/1.png", "x"}, file{"a/.hid.png", "x"}, file{"a/Thumbs.db", ""}, file{"desktop.ini", ""}), ErrEmpty, "neither oneshot.json nor a folder"},
		{"picture-in-no-folder.zip", packed(t, file{"1.png", picture}), ErrEmpty, "neither oneshot.json nor a folder"},

		// Paths.
		{"path-up.zip", alone("../1.png"), ErrPath, `"../1.png": bad path: a part of it is ".."`},
		{"path-up-in-the-middle.zip", alone("a/../../1.png"), ErrPath, `a part of it is ".."`},
		{"path-absolute.zip", alone("/etc/1.png"), ErrPath, `a part of it is ""`},
		{"path-with-a-drive-and-backslash.zip", alone(`C:\1.png`), ErrPath, "backslash"},
		{"path-stays.zip", alone("a/./1.png"), ErrPath, `a part of it is "."`},
		{"path-with-two-slashes.zip", alone("a//1.png"), ErrPath, `a part of it is ""`},
		{"path-with-a-zero.zip", alone("a/\x00.png"), ErrPath, "zero"},
		{"path-not-utf-8.zip", alone("a/\xff.png"), ErrPath, "UTF-8"},
		{"path-empty.zip", alone(""), ErrPath, `a part of it is ""`},
		{"path-of-1030-bytes.zip", alone("a/" + strings.Repeat("x", MaxPathBytes) + ".png"), ErrLimit, "1030 bytes in a path, at most 1024"},
		{"path-twice.zip", packed(t, file{"a/1.png", "x"}, file{"a/1.png", "y"}), ErrPath, "it stands twice"},
		{"folder-without-a-name.zip", packed(t, file{"a/1.png", picture}, file{"\u202e/1.png", picture}), ErrName, "nothing of it can be shown"},

		// Sizes and checksums that lie.
		{"claims-2-gib.zip", claiming(t, zip.FileHeader{Name: "a/1.png", UncompressedSize64: 1 << 31}, ""), ErrLimit, "2147483648 bytes when unpacked, at most 4194304"},
		{"claims-a-list-of-17-mb.zip", claiming(t, zip.FileHeader{Name: listName, UncompressedSize64: MaxListBytes + 1}, ""), ErrLimit, "16777217 bytes when unpacked, at most 16777216"},
		{"encrypted.zip", claiming(t, zip.FileHeader{Name: "a/1.png", Flags: 1}, ""), ErrArchive, "it is encrypted"},
		{"method-bzip2.zip", claiming(t, zip.FileHeader{Name: "a/1.png", Method: 12}, ""), ErrArchive, "compression method 12, want 0 or 8"},
		{"method-zstandard.zip", claiming(t, zip.FileHeader{Name: "a/1.png", Method: 93}, ""), ErrArchive, "compression method 93, want 0 or 8"},
		{"more-than-it-claims.zip", claiming(t, zip.FileHeader{Name: "a/1.png", UncompressedSize64: 3}, "12345"), ErrArchive, "zip: "},
		{"less-than-it-claims.zip", claiming(t, zip.FileHeader{Name: "a/1.png", UncompressedSize64: 9}, "12345"), ErrArchive, "unexpected EOF"},
		{"bomb-behind-a-small-claim.zip", claiming(t, zip.FileHeader{Name: "a/1.png", Method: zip.Deflate, UncompressedSize64: 9}, string(zeros(8000))), ErrArchive, "zip: "},
		{"deflate-damaged.zip", claiming(t, zip.FileHeader{Name: "a/1.png", Method: zip.Deflate, UncompressedSize64: 9}, "\xff"), ErrArchive, "flate: corrupt input"},
		{"deflate-cut.zip", claiming(t, zip.FileHeader{Name: "a/1.png", Method: zip.Deflate, UncompressedSize64: 1 << 10}, string(zeros(9)[:8])), ErrArchive, `"a/1.png": not a zip file, or a damaged one: zip: `},
		{"checksum-wrong.zip", record(16, "\x00\x00\x00\x01"), ErrArchive, "checksum"},
		{"list-damaged.zip", claiming(t, zip.FileHeader{Name: listName, Method: zip.Deflate, UncompressedSize64: 9}, "\xff"), ErrArchive, `"oneshot.json": not a zip file`},

		// Pictures.
		{"picture-empty.zip", png(""), ErrPicture, "not a PNG"},
		{"picture-a-gif.zip", png("GIF89a" + strings.Repeat("x", 40)), ErrPicture, `"a/1.png": bad picture: it is not a PNG`},
		{"picture-an-svg.zip", png(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ErrPicture, "not a PNG"},
		{"picture-of-22000.zip", png(claimingPNG(22000, 22000, 8, 6)), ErrPicture, "33 bytes cannot hold 22000 x 22000 pixels"},
		{"picture-lies.zip", png(claimingPNG(2048, 2048, 16, 6)), ErrPicture, "33 bytes cannot hold 2048 x 2048 pixels"},
		{"picture-too-wide.zip", png(claimingPNG(MaxPictureSide+1, 1, 1, 0)), ErrLimit, "2049 x 1 pixels, at most 2048 a side"},
		{"picture-too-high.zip", png(claimingPNG(1, MaxPictureSide+1, 1, 0)), ErrLimit, "1 x 2049 pixels, at most 2048 a side"},
		{"picture-torn.zip", png(picture[:60]), ErrPicture, "png: "},
		{"picture-damaged.zip", png(picture[:100] + "x" + picture[101:]), ErrPicture, "png: "},
		{"picture-blank.zip", png(encoded(white(9, 9))), ErrPicture, "no ink"},
	}
}

// hostileLists are zips with a list that is refused.
func hostileLists(t *testing.T) []hostile.File {
	picture := cross(t)
	one := classList(`{"name": "a", "folder": "a", "shots": [{"file": "1.png"}]}`)
	list := func(list string) []byte { return listed(t, list, picture) }
	class := func(class string) []byte { return list(classList(class)) }
	strokes := func(strokes string) []byte { return list(strokeList(strokes)) }
	return []hostile.File{
		{"list-empty.zip", list(""), ErrList, "EOF"},
		{"list-of-nothing.zip", list("null"), ErrList, `format ""`},
		{"list-cut.zip", list(one[:len(one)-1]), ErrList, "unexpected EOF"},
		{"list-goes-on.zip", list(one + "x"), ErrList, "after its end"},
		{"list-with-a-byte-order-mark.zip", list("\ufeff" + one), ErrList, "invalid character"},
		{"list-with-an-unknown-key.zip", list(`{"script": 1}`), ErrList, `unknown field "script"`},
		{"list-of-another-format.zip", list(`{"format": "x"}`), ErrList, `format "x"`},
		{"version-newer.zip", list(`{"format": "oneshot set", "version": 3}`), ErrVersion, "3, want 1 to 2"},
		{"version-missing.zip", list(`{"format": "oneshot set"}`), ErrVersion, "0, want 1 to 2"},
		{"version-negative.zip", list(`{"format": "oneshot set", "version": -1}`), ErrVersion, "-1, want 1 to 2"},
		{"version-of-another-kind.zip", list(`{"format": "oneshot set", "version": "1"}`), ErrList, "version"},
		{"colour-in-version-1.zip", class(`{"name": "a", "colour": 1}`), ErrList, `class "a": bad list: a colour in version 1, want version 2`},
		{"colour-0.zip", list(colourList("0")), ErrList, "colour 0, want 1 to 8"},
		{"colour-9.zip", list(colourList("9")), ErrList, "colour 9, want 1 to 8"},
		{"colour-negative.zip", list(colourList("-1")), ErrList, "colour -1"},
		{"colour-broken.zip", list(colourList("1.5")), ErrList, "number 1.5"},
		{"colour-by-name.zip", list(colourList(`"red"`)), ErrList, "string"},
		{"colour-endless.zip", list(colourList("1e99")), ErrList, "number 1e99"},
		{"name-missing.zip", class(`{}`), ErrName, "it is empty"},
		{"name-unclean.zip", class(`{"name": " a\u202e "}`), ErrName, `want "a"`},
		{"name-with-a-control-character.zip", class(`{"name": "a\u0007"}`), ErrName, `want "a"`},
		{"name-half-a-surrogate.zip", class(`{"name": "\ud800\n"}`), ErrName, "class "},
		{"name-of-1000.zip", class(`{"name": "` + strings.Repeat("a", 1000) + `"}`), ErrName, `aaa...", want "aaa`},
		{"picture-missing.zip", class(`{"name": "a", "folder": "b", "shots": [{"file": "1.png"}]}`), ErrMissing, `"b/1.png" is not in the file`},
		{"picture-outside.zip", class(`{"name": "a", "folder": "../a", "shots": [{"file": "1.png"}]}`), ErrMissing, `"../a/1.png" is not in the file`},
		{"picture-is-the-list.zip", class(`{"name": "a", "folder": ".", "shots": [{"file": "oneshot.json"}]}`), ErrMissing, `"./oneshot.json" is not in the file`},
		{"picture-shared.zip", class(`{"name": "a", "folder": "a", "shots": [{"file": "1.png", "strokes": [[0,0,0,1,1,1]]}, {"file": "1.png"}]}`), ErrPath, "another example's"},
		{"picture-large.zip", listed(t, one, encoded(white(29, 28))), ErrPicture, "29 x 28 pixels without strokes, want 28 x 28"},
		{"picture-in-colour.zip", listed(t, one, asPNG(28, 28, 2, make([]byte, 28*28*3))), ErrPicture, "8 bits of grey"},
		{"picture-white.zip", listed(t, one, encoded(white(28, 28))), ErrPicture, "it is blank"},
		{"picture-of-nothing.zip", listed(t, one, ""), ErrPicture, "not a PNG"},
		{"strokes-none.zip", strokes("[]"), ErrStroke, "no ink"},
		{"stroke-empty.zip", strokes("[[]]"), ErrStroke, `stroke 1 of example 1 of class "a": bad stroke: it has no point`},
		{"stroke-of-two-thirds.zip", strokes("[[0, 1]]"), ErrStroke, "2 numbers, want three a point"},
		{"stroke-of-text.zip", strokes(`[["x"]]`), ErrList, "string"},
		{"stroke-too-deep.zip", strokes("[[[0, 0, 0]]]"), ErrList, "array"},
		{"point-outside.zip", strokes("[[0, 0, 0, 0, 1.5, 0]]"), ErrStroke, "1.5, want 0 to 1"},
		{"point-endless.zip", strokes("[[0, 0, 0, 0, 1e39, 0]]"), ErrList, "number 1e39"},
		{"point-not-a-number.zip", strokes("[[0, 0, 0, 0, NaN, 0]]"), ErrList, "invalid character 'N'"},
		{"pressure-negative.zip", strokes("[[0, 0, -1]]"), ErrStroke, "-1, want 0 to 1"},
		{"speck.zip", strokes("[[0.5, 0.5, 0.5]]"), ErrStroke, "speck"},
	}
}

// hostileLinks are texts in a link.
func hostileLinks(t *testing.T) []hostile.File {
	cat := []byte{1, 1, 3, 'C', 'a', 't', 1, 2, 2, 0, 0, 60, 60, 2, 20, 20, 80, 10}
	text := base64.RawURLEncoding.EncodeToString
	with := func(b ...byte) []byte { return []byte(linkOf(append(bytes.Clone(cat[:6]), b...))) }
	body := func(b ...byte) []byte { return []byte(linkOf(b)) }
	endless := bytes.Repeat([]byte{255}, 11)
	packed, err := base64.RawURLEncoding.DecodeString(linkOf(bytes.Clone(cat)))
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(packed)
	damaged[8] ^= 1
	return []hostile.File{
		{"empty.link", nil, ErrLink, "unexpected EOF"},
		{"other-letters.link", []byte("Hello, world!"), ErrLink, "illegal base64 data at input byte 5"},
		{"padded.link", []byte(text(packed) + "=="), ErrLink, "illegal base64 data"},
		{"stray-bits.link", []byte("AB"), ErrLink, "illegal base64 data"},
		{"line-end-within.link", []byte(text(packed)[:9] + "\n!" + text(packed)[9:]), ErrLink, "illegal base64 data"},
		{"cut.link", []byte(text(packed[:len(packed)-6])), ErrLink, "unexpected EOF"},
		{"cut-by-one.link", []byte(text(packed[:len(packed)-1])), ErrLink, "unexpected EOF"},
		{"of-16001-characters.link", bytes.Repeat([]byte("A"), MaxLinkRead+1), ErrLimit, "16001 characters, at most 16000"},
		{"bomb.link", []byte(text(zeros(5000))), ErrLimit, "more than 131072 bytes"},
		{"bomb-within-the-limit.link", []byte(text(zeros(508))), ErrVersion, "0, want 1"},
		{"goes-on.link", []byte(text(append(bytes.Clone(packed), 0))), ErrLink, "1 bytes stand after its end"},
		{"deflate-of-no-kind.link", []byte(text([]byte{7, 0, 0})), ErrLink, "corrupt input"},
		{"checksum-missing.link", []byte(text(stored([]byte{1, 0, 0, 0}))), ErrLink, "4 bytes, at least 5"},
		{"checksum-zero.link", []byte(text(stored([]byte{1, 0, 0, 0, 0, 0}))), ErrLink, "its checksum does not fit"},
		{"damaged.link", []byte(text(damaged)), ErrLink, "its checksum does not fit"},
		{"version-0.link", body(0, 0), ErrVersion, "0, want 1"},
		{"version-2.link", body(2, 0), ErrVersion, "2, want 1"},
		{"ends-before-the-classes.link", body(1), ErrLink, "before the number of classes"},
		{"classes-200.link", body(1, 200, 1), ErrLimit, "200 classes, at most 100"},
		{"classes-claimed.link", body(1, 90), ErrLink, "90 classes in 0 bytes"},
		{"classes-endless.link", body(append([]byte{1}, endless...)...), ErrLink, "before the number of classes"},
		{"name-missing.link", body(1, 1, 0, 0), ErrName, "it is empty"},
		{"name-with-a-control-character.link", body(1, 1, 1, 7, 0), ErrName, `"\a", want ""`},
		{"name-not-utf-8.link", body(1, 1, 1, 255, 0), ErrName, "class 1"},
		{"name-claimed.link", body(1, 1, 9, 'C', 0), ErrLink, "9 bytes of a name in 2 bytes"},
		{"name-of-300.link", body(append([]byte{1, 1, 0xac, 2}, bytes.Repeat([]byte("a"), 300)...)...), ErrLimit, "300 bytes of a name, at most 256"},
		{"examples-101.link", with(101), ErrLimit, "101 examples, at most 100"},
		{"examples-claimed.link", with(7), ErrLink, "7 examples in 0 bytes"},
		{"strokes-claimed.link", with(1, 9), ErrLink, "9 strokes in 0 bytes"},
		{"points-claimed.link", with(1, 1, 9, 0), ErrLink, "9 points in 1 bytes"},
		{"points-20001.link", with(1, 1, 0xa1, 0x9c, 1), ErrLimit, "20001 points, at most 20000"},
		{"stroke-of-nothing.link", with(1, 1, 0, 0), ErrStroke, "it has no point"},
		{"stroke-cut.link", with(1, 1, 2, 2, 2), ErrLink, "it ends within a stroke"},
		{"point-outside.link", with(1, 1, 1, 1, 0), ErrStroke, "a step of -1 from 0 leaves the pad"},
		{"point-far-outside.link", with(append(append([]byte{1, 1, 1}, 254, 255, 255, 255, 255, 255, 255, 255, 255, 1), 0)...), ErrStroke, "leaves the pad"},
		{"point-endless.link", with(append([]byte{1, 1, 1}, endless...)...), ErrLink, "it ends within a stroke"},
		{"speck.link", with(1, 1, 1, 2, 2), ErrStroke, "speck"},
		{"half-a-picture.link", with(append([]byte{1, 0}, make([]byte, 391)...)...), ErrLink, "391 bytes are left, want 392"},
		{"bytes-too-many.link", with(0, 0), ErrLink, "1 bytes too many"},
	}
}

func TestHostile(t *testing.T) {
	files := append(append(hostileZips(t), hostileLists(t)...), hostileLinks(t)...)
	hostile.Refused(t, files, 1<<20, func(name string, b []byte) error {
		read := Read
		if strings.HasSuffix(name, ".link") {
			read = func(b []byte) (Set, error) { return ReadLink(string(b)) }
		}
		set, err := read(b)
		if f := (*Fault)(nil); !errors.As(err, &f) || set.Classes != nil {
			t.Errorf("%s: %d classes beside the error %v, which should be a *Fault", name, len(set.Classes), err)
		}
		return err
	})
}
