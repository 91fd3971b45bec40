package keeping

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"oneshot/ui/state"
)

// Limits of an index.
const (
	MaxSets       = 200
	MaxIndexBytes = 256 << 10
)

const (
	indexKey     = "index"
	indexFormat  = "oneshot shelf"
	indexVersion = 1
)

// Entry is what the index knows of one set.
type Entry struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Revision int    `json:"revision"` // of the newest content
	Classes  int    `json:"classes"`
	Examples int    `json:"examples"`
	Changed  int64  `json:"changed"`           // Unix time in seconds
	Deleted  bool   `json:"deleted,omitempty"` // until the page is opened anew it can be brought back
}

// index lists the sets. It is a value that is never changed in place.
type index struct {
	Format  string  `json:"format"`
	Version int     `json:"version"`
	Current string  `json:"current"`         // the set that was open last
	Asked   bool    `json:"asked,omitempty"` // whether the browser was asked to keep all this
	Sets    []Entry `json:"sets"`
}

func emptyIndex() index { return index{Format: indexFormat, Version: indexVersion} }

func (x index) encode() ([]byte, error) {
	if n := len(x.Sets); n > MaxSets {
		return nil, fmt.Errorf("%w: %d, at most %d", ErrTooMany, n, MaxSets)
	}
	return json.Marshal(x)
}

// decodeIndex reads an index. Unknown keys are a fault: a newer program has its own version.
func decodeIndex(b []byte) (index, error) {
	if len(b) > MaxIndexBytes {
		return index{}, fmt.Errorf("%w: %d bytes, at most %d", ErrIndex, len(b), MaxIndexBytes)
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return index{}, fmt.Errorf("%w: %v", ErrIndex, err)
	}
	if head.Format != indexFormat {
		return index{}, fmt.Errorf("%w: format %.20q, want %q", ErrIndex, head.Format, indexFormat)
	}
	if head.Version > indexVersion {
		return index{}, fmt.Errorf("%w: version %d, this one knows %d", ErrNewer, head.Version, indexVersion)
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	var x index
	if err := d.Decode(&x); err != nil {
		return index{}, fmt.Errorf("%w: %v", ErrIndex, err)
	}
	if err := x.check(); err != nil {
		return index{}, err
	}
	return x, nil
}

func (x index) check() error {
	if x.Version != indexVersion {
		return fmt.Errorf("%w: version %d, want %d", ErrIndex, x.Version, indexVersion)
	}
	if n := len(x.Sets); n > MaxSets {
		return fmt.Errorf("%w: %d sets, at most %d", ErrIndex, n, MaxSets)
	}
	seen := map[string]bool{}
	for _, e := range x.Sets {
		if !goodID(e.ID) || seen[e.ID] {
			return fmt.Errorf("%w: id %.40q is not one, or there twice", ErrIndex, e.ID)
		}
		seen[e.ID] = true
		if e.Name == "" || e.Name != state.CleanName(e.Name) {
			return fmt.Errorf("%w: name %.80q of set %s", ErrIndex, e.Name, e.ID)
		}
		if e.Revision < 1 || e.Classes < 0 || e.Examples < 0 {
			return fmt.Errorf("%w: set %s has revision %d, %d classes, %d examples", ErrIndex, e.ID, e.Revision, e.Classes, e.Examples)
		}
	}
	return nil
}

// goodID reports whether an id is one that newID makes.
func goodID(id string) bool {
	return id != "" && len(id) <= 32 && strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

func (x index) at(id string) int {
	return slices.IndexFunc(x.Sets, func(e Entry) bool { return e.ID == id })
}

// with is the index with an entry put in place of the one with its id, or added.
func (x index) with(e Entry) index {
	x.Sets = slices.Clone(x.Sets)
	if i := x.at(e.ID); i >= 0 {
		x.Sets[i] = e
	} else {
		x.Sets = append(x.Sets, e)
	}
	return x
}

// freshName is base, or base with the first number that makes it unlike the names of all other sets.
func (x index) freshName(base string) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(x.Sets, func(e Entry) bool { return !e.Deleted && e.Name == name })
	}
	name := base
	for n := 2; taken(name); n++ {
		number := " " + strconv.Itoa(n)
		runes := []rune(base)
		name = strings.TrimSpace(string(runes[:min(len(runes), state.MaxName-len(number))])) + number
	}
	return name
}

func setKey(id string, revision int) string { return "set/" + id + "/" + strconv.Itoa(revision) }
func damagedKey(id string, revision int) string {
	return "damaged/" + id + "/" + strconv.Itoa(revision)
}

// parseSetKey is the reverse of setKey.
func parseSetKey(key string) (id string, revision int, ok bool) {
	rest, ok := strings.CutPrefix(key, "set/")
	if !ok {
		return "", 0, false
	}
	id, number, ok := strings.Cut(rest, "/")
	revision, err := strconv.Atoi(number)
	ok = ok && err == nil && revision > 0 && goodID(id) && key == setKey(id, revision)
	return id, revision, ok
}

// revisions are those of a set that lie under keys, the newest first.
func revisions(keys []string, id string) []int {
	var all []int
	for _, key := range keys {
		if of, r, ok := parseSetKey(key); ok && of == id {
			all = append(all, r)
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all
}

// rebuilt is an index made from the keys alone, for when the index is gone or cannot be read.
func rebuilt(keys []string, changed int64) index {
	x := emptyIndex()
	for _, key := range slices.Sorted(slices.Values(keys)) {
		id, revision, ok := parseSetKey(key)
		if !ok {
			continue
		}
		i := x.at(id)
		switch {
		case i >= 0:
			x.Sets[i].Revision = max(x.Sets[i].Revision, revision)
		case len(x.Sets) < MaxSets:
			e := Entry{ID: id, Name: x.freshName("Recovered set"), Revision: revision, Changed: changed}
			x.Sets = append(x.Sets, e)
		}
	}
	if n := len(x.Sets); n > 0 {
		x.Current = x.Sets[n-1].ID
	}
	return x
}
