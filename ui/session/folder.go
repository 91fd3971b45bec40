package session

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxFolderBytes bounds the name of a class's folder: file systems take 255 bytes, some programs
// less.
const maxFolderBytes = 100

// folders names the folder of each class: its name where every file system takes it, else the
// nearest that they take. Two that differ only in case get a number.
func folders(names []string) []string {
	out := make([]string, len(names))
	taken := map[string]bool{}
	for i, name := range names {
		base := folder(name)
		out[i] = base
		for n := 2; taken[strings.ToLower(out[i])]; n++ {
			out[i] = base + " (" + strconv.Itoa(n) + ")"
		}
		taken[strings.ToLower(out[i])] = true
	}
	return out
}

// folder makes a class name one that can be unpacked anywhere.
func folder(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	for len(name) > maxFolderBytes {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	name = strings.TrimRight(name, ". ") // Windows drops them
	if name == "" || name[0] == '.' || reserved(name) {
		name = "_" + name
	}
	return name
}

// reserved reports whether Windows takes a name for a device, or an unpacker for its own litter.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "__MACOSX":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "COM" || stem[:3] == "LPT") && stem[3] >= '0' && stem[3] <= '9'
}
