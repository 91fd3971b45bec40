package omniglot

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"oneshot/engine/fewshot"
)

// maxFiles is the largest number of pictures in a tree: fifty times Omniglot.
const maxFiles = 1 << 20

// folder is one class before its pictures are read.
type folder struct {
	name, alphabet string
	files          []string // paths, sorted
}

// ReadTree reads every class folder of a tree. See Load for the layout.
func ReadTree(fsys fs.FS) (*fewshot.Set, error) { return readSet(fsys, keepFor(Any)) }

func readSet(fsys fs.FS, keep func(alphabet string) bool) (*fewshot.Set, error) {
	folders, err := listClasses(fsys, keep)
	if err != nil {
		return nil, err
	}
	if len(folders) == 0 {
		return nil, fmt.Errorf("%w: neither images_background.zip nor images_evaluation.zip, nor class folders of PNG pictures",
			ErrNoData)
	}
	var files []string
	for _, f := range folders {
		files = append(files, f.files...)
	}
	drawings, err := decodeAll(fsys, files)
	if err != nil {
		return nil, err
	}
	set := &fewshot.Set{Classes: make([]fewshot.Class, len(folders))}
	for i, f := range folders {
		set.Classes[i] = fewshot.Class{Name: f.name, Alphabet: f.alphabet, Drawings: drawings[:len(f.files):len(f.files)]}
		drawings = drawings[len(f.files):]
	}
	return set, nil
}

// listClasses finds the folders that hold PNG files, sorted by name. Links to folders are not followed.
func listClasses(fsys fs.FS, keep func(alphabet string) bool) ([]folder, error) {
	files, err := listFiles(fsys, ".png")
	if err != nil {
		return nil, err
	}
	byName := map[string]*folder{}
	var loose []string
	for _, file := range files {
		dir := withoutPublishedRoot(path.Dir(file))
		if dir == "." {
			loose = append(loose, file)
			continue
		}
		alphabet, _ := path.Split(dir)
		alphabet = strings.TrimSuffix(alphabet, "/")
		if !keep(alphabet) {
			continue
		}
		f := byName[dir]
		if f == nil {
			f = &folder{name: dir, alphabet: alphabet}
			byName[dir] = f
		}
		f.files = append(f.files, file)
	}
	if len(byName) == 0 && len(loose) > 0 {
		return nil, fmt.Errorf("%w: %s lies outside any class folder: give each class a folder of its own",
			ErrNoData, loose[0])
	}
	folders := make([]folder, 0, len(byName))
	for _, f := range byName {
		folders = append(folders, *f)
	}
	slices.SortFunc(folders, func(a, b folder) int { return strings.Compare(a.name, b.name) })
	return folders, nil
}

// withoutPublishedRoot takes the folder that the published zip files begin with off a path.
func withoutPublishedRoot(dir string) string {
	for _, root := range []string{"images_background", "images_evaluation"} {
		if dir == root {
			return "."
		}
		if rest, ok := strings.CutPrefix(dir, root+"/"); ok {
			return rest
		}
	}
	return dir
}

// listFiles finds the files with an extension, sorted by path. It leaves out what operating systems
// add: dot files, and the __MACOSX folder with its copies of every name.
func listFiles(fsys fs.FS, ext string) ([]string, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if name != "." && (strings.HasPrefix(base, ".") || base == "__MACOSX") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !d.IsDir() && strings.EqualFold(path.Ext(base), ext) {
			files = append(files, name)
			if len(files) > maxFiles {
				return errTooMany
			}
		}
		return nil
	})
	slices.Sort(files)
	return files, err
}

var errTooMany = errors.New("more than " + fmt.Sprint(maxFiles) + " files")
