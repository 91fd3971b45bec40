package session

import (
	"strings"

	"oneshot/engine/prep"
	"oneshot/ui/state"
)

// Set is what a file holds.
type Set struct {
	Classes []state.Class // without ids
	Files   [][]string    // for each class the paths of its pictures in the zip, in the order of its shots
	Ignored int           // files that were passed over: neither a set nor pictures of a class
}

// Read reads the file of a set, or a plain zip of class folders with PNG pictures. It never panics. It
// returns all of the set, or an error: a *Fault, whose kind says what is wrong.
func Read(b []byte) (Set, error) {
	a, err := openArchive(b)
	if err != nil {
		return Set{}, err
	}
	root := a.root()
	if a.files[root+listName] != nil {
		return a.readSet(root)
	}
	return a.readFolders(root)
}

// readSet reads a file that Write made.
func (a *archive) readSet(root string) (Set, error) {
	b, err := a.read(root + listName)
	if err != nil {
		return Set{}, err
	}
	l, err := parseList(b)
	if err != nil {
		return Set{}, err
	}
	if err := checkCount(len(l.Classes), "classes", state.MaxClasses, listName); err != nil {
		return Set{}, err
	}
	d := decoder{archive: a}
	set := Set{Classes: make([]state.Class, len(l.Classes)), Files: make([][]string, len(l.Classes))}
	used := map[string]bool{}
	strokes := 0
	for i, c := range l.Classes {
		if err := checkName(c.Name, classPart(c.Name)); err != nil {
			return Set{}, err
		}
		if err := checkCount(len(c.Shots), "examples", state.MaxShots, classPart(c.Name)); err != nil {
			return Set{}, err
		}
		class := &set.Classes[i]
		class.Name = c.Name
		if class.Colour, err = l.colour(&c); err != nil {
			return Set{}, err
		}
		for j := range c.Shots {
			path := root + c.Folder + "/" + c.Shots[j].File
			if a.files[path] == nil {
				return Set{}, fail(ErrMissing, shotPart(c.Name, j), quoted(path)+" is not in the file")
			}
			if used[path] {
				return Set{}, fail(ErrPath, shotPart(c.Name, j), quoted(path)+" is another example's")
			}
			used[path] = true
			s, err := d.shot(&c.Shots[j], path, shotPart(c.Name, j))
			if err != nil {
				return Set{}, err
			}
			strokes += len(s.Strokes)
			class.Shots = append(class.Shots, s)
			set.Files[i] = append(set.Files[i], path)
		}
	}
	set.Ignored = a.ignored + len(a.paths) - len(used) - 1
	return set, checkCount(strokes, "strokes", MaxStrokes, listName)
}

// shot is one example of a list.
func (d *decoder) shot(l *listShot, path, part string) (state.Shot, error) {
	if l.Strokes == nil {
		in, err := d.input(path)
		return state.Shot{Input: in}, err
	}
	var s state.Shot
	for _, numbers := range l.Strokes {
		stroke, err := points(numbers, part)
		if err != nil {
			return state.Shot{}, err
		}
		s.Strokes = append(s.Strokes, stroke)
	}
	if _, err := checkStrokes(s.Strokes, part); err != nil {
		return state.Shot{}, err
	}
	in, err := state.Input(s.Strokes)
	if err != nil {
		return state.Shot{}, fail(ErrStroke, part, err.Error())
	}
	s.Input = in
	return s, nil
}

// readFolders reads a plain zip: each folder that holds pictures is a class, named after it, and both
// are in the order of their names.
func (a *archive) readFolders(root string) (Set, error) {
	set := Set{Ignored: a.ignored}
	d := decoder{archive: a}
	at := map[string]int{}
	for _, path := range a.paths {
		dir, _, ok := cutLast(path[len(root):])
		if !ok || !isPNG(path) {
			set.Ignored++
			continue
		}
		i, ok := at[dir]
		if !ok {
			i = len(set.Classes)
			at[dir] = i
			name := state.CleanName(strings.ReplaceAll(dir, "/", " "))
			if name == "" {
				return Set{}, fail(ErrName, "folder "+quoted(dir), "nothing of it can be shown")
			}
			set.Classes = append(set.Classes, state.Class{Name: name})
			set.Files = append(set.Files, nil)
			if err := checkCount(len(set.Classes), "class folders", state.MaxClasses, ""); err != nil {
				return Set{}, err
			}
		}
		c := &set.Classes[i]
		if err := checkCount(len(c.Shots)+1, "pictures", state.MaxShots, "folder "+quoted(dir)); err != nil {
			return Set{}, err
		}
		img, err := d.picture(path)
		if err != nil {
			return Set{}, err
		}
		in, err := prep.FromImage(img)
		if err != nil {
			return Set{}, fail(ErrPicture, quoted(path), err.Error())
		}
		c.Shots = append(c.Shots, state.Shot{Input: in})
		set.Files[i] = append(set.Files[i], path)
	}
	if len(set.Classes) == 0 {
		return Set{}, fail(ErrEmpty, "", "neither "+listName+" nor a folder of PNG pictures")
	}
	return set, nil
}

// cutLast parts a path at its last slash.
func cutLast(path string) (dir, file string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}
