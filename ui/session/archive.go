package session

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// archive is a zip whose directory has been checked: nothing in it has been inflated.
type archive struct {
	files   map[string]*zip.File
	paths   []string // of files, in ascending order
	ignored int      // files that are neither a list nor a picture
}

// What begins a file in a zip, each record of its directory, and the record at its end, with the length of that.
const (
	fileSignature = "PK\x03\x04"
	signature     = "PK\x01\x02"
	endSignature  = "PK\x05\x06"
	endBytes      = 22
)

// openArchive reads the directory and refuses what claims too much.
func openArchive(b []byte) (*archive, error) {
	if err := CheckSize(int64(len(b))); err != nil {
		return nil, err
	}
	// Counted before package zip makes a value of each.
	if n := bytes.Count(b, []byte(signature)); n > MaxEntries {
		return nil, fail(ErrLimit, "", bound(uint64(n), "files and folders", MaxEntries))
	}
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fail(ErrArchive, "", err.Error())
	}
	if err := checkEnds(b, len(r.Comment)); err != nil {
		return nil, err
	}
	a := &archive{files: map[string]*zip.File{}}
	total := uint64(0)
	for _, f := range r.File {
		if err := checkPath(f.Name); err != nil {
			return nil, err
		}
		if strings.HasSuffix(f.Name, "/") || litter(f.Name) {
			continue
		}
		isList := f.Name == listName || strings.HasSuffix(f.Name, "/"+listName)
		if !isList && !isPNG(f.Name) {
			a.ignored++
			continue
		}
		if err := checkEntry(f, isList); err != nil {
			return nil, err
		}
		if total += f.UncompressedSize64; total > MaxTotalBytes {
			return nil, fail(ErrLimit, "", "more than "+strconv.Itoa(MaxTotalBytes)+" bytes when unpacked")
		}
		if a.files[f.Name] != nil {
			return nil, fail(ErrPath, quoted(f.Name), "it stands twice")
		}
		a.files[f.Name] = f
		a.paths = append(a.paths, f.Name)
	}
	slices.Sort(a.paths)
	return a, nil
}

// checkEnds refuses a file that is more than a zip with a comment of so many bytes: package zip passes over what stands in
// front of one and behind it, where another program may find something else.
func checkEnds(b []byte, comment int) error {
	at := len(b) - comment - endBytes
	end := b[at:]
	if string(end[:4]) != endSignature {
		return fail(ErrArchive, "", "something stands behind its end")
	}
	start := string(b[:4])
	size, offset := binary.LittleEndian.Uint32(end[12:]), binary.LittleEndian.Uint32(end[16:])
	if uint64(size)+uint64(offset) != uint64(at) || start != fileSignature && at > 0 {
		return fail(ErrArchive, "", "something stands in front of it, or it is made for more than 4 GiB")
	}
	return nil
}

// checkPath refuses paths that lead out of the folder that they are unpacked in, or that some system
// would read differently. Nothing is unpacked here, but who makes such a file means no good.
func checkPath(path string) error {
	if len(path) > MaxPathBytes {
		return fail(ErrLimit, quoted(path), bound(uint64(len(path)), "bytes in a path", MaxPathBytes))
	}
	if !utf8.ValidString(path) {
		return fail(ErrPath, quoted(path), "it is not UTF-8")
	}
	if strings.ContainsAny(path, "\\\x00") {
		return fail(ErrPath, quoted(path), "it has a backslash or a zero")
	}
	for _, name := range strings.Split(strings.TrimSuffix(path, "/"), "/") {
		if name == "" || name == "." || name == ".." {
			return fail(ErrPath, quoted(path), "a part of it is "+quoted(name))
		}
	}
	return nil
}

// litter reports whether a file is what systems leave in folders.
func litter(path string) bool {
	for _, name := range strings.Split(path, "/") {
		switch {
		case name[0] == '.', name == "__MACOSX", name == "Thumbs.db", name == "desktop.ini":
			return true
		}
	}
	return false
}

func isPNG(path string) bool { return strings.HasSuffix(strings.ToLower(path), ".png") }

// checkEntry refuses a file by what the directory says of it.
func checkEntry(f *zip.File, isList bool) error {
	most := MaxPictureBytes
	if isList {
		most = MaxListBytes
	}
	switch {
	case f.UncompressedSize64 > uint64(most):
		return fail(ErrLimit, quoted(f.Name), bound(f.UncompressedSize64, "bytes when unpacked", most))
	case f.Flags&1 != 0:
		return fail(ErrArchive, quoted(f.Name), "it is encrypted")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return fail(ErrArchive, quoted(f.Name), "compression method "+strconv.Itoa(int(f.Method))+", want 0 or 8")
	}
	return nil
}

// read inflates a file, to the size that it claims and no further.
func (a *archive) read(path string) ([]byte, error) {
	f := a.files[path]
	r, err := f.Open()
	if err != nil {
		return nil, fail(ErrArchive, quoted(path), err.Error())
	}
	b, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1)) // one more finds the checksum
	if err != nil {
		return nil, fail(ErrArchive, quoted(path), err.Error())
	}
	return b, nil
}

// root is the folder that everything stands in, with a slash at its end, or empty: whoever packs a
// folder often packs it as one. Folders are passed as long as they hold every list and picture, and
// the folders of classes stay.
func (a *archive) root() string {
	root := ""
	for a.files[root+listName] == nil && len(a.paths) > 0 {
		first, _, _ := strings.Cut(a.paths[0][len(root):], "/")
		next := root + first + "/"
		for _, p := range a.paths {
			rest, ok := strings.CutPrefix(p, next)
			if !ok || rest != listName && !strings.Contains(rest, "/") {
				return root
			}
		}
		root = next
	}
	return root
}
