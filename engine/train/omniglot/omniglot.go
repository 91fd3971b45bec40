// Package omniglot reads data sets of drawings: Omniglot as published (zip files or unpacked), its
// pen strokes, its one-shot runs, and any tree of class folders that hold PNG pictures.
//
// Omniglot: Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through probabilistic
// program induction", Science 2015, https://github.com/brendenlake/omniglot (MIT licence).
//
// The package does not sample episodes (engine/fewshot does) and fetches nothing.
package omniglot

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"oneshot/engine/fewshot"
)

// SetName says which part of the data to read.
type SetName string

const (
	// Any is every class of a tree of class folders.
	Any SetName = ""
	// Background is the 30 alphabets of images_background.
	Background SetName = "background"
	// Training is the background without the validation alphabets: 25 alphabets.
	Training SetName = "training"
	// Validation is the ValidationAlphabets of the background, which training never sees.
	Validation SetName = "validation"
	// Small1 and Small2 are the minimal sets, 5 alphabets of the background each: what images_background_small1.zip and
	// images_background_small2.zip hold. Learners are compared by how little they need (Lake 2015).
	Small1 SetName = "small1"
	Small2 SetName = "small2"
	// Evaluation is the 20 alphabets of images_evaluation. Nothing is chosen by looking at it.
	Evaluation SetName = "evaluation"
)

// ValidationAlphabets are the background alphabets held out of training.
func ValidationAlphabets() []string {
	return []string{"Bengali", "Gujarati", "Korean", "Latin", "Tifinagh"}
}

// smallSet returns the alphabets of a minimal set, and none for other sets.
func smallSet(set SetName) []string {
	switch set {
	case Small1:
		return []string{"Balinese", "Early_Aramaic", "Greek", "Korean", "Latin"}
	case Small2:
		return []string{"Greek", "Japanese_(katakana)", "Latin", "Sanskrit", "Tagalog"}
	}
	return nil
}

// ErrNoData is wrapped by the errors of Load when a folder does not hold what was asked for.
var ErrNoData = errors.New("no data")

// Load reads a set from dir. For the named sets dir holds images_background.zip or
// images_evaluation.zip, or the folder that unpacking it makes, or dir is that file or folder itself.
// For Any it is a tree (or a zip file of one) with a folder for each class; the alphabet of a class
// is the folder that its folder lies in. Classes are sorted by name and drawings by file name.
//
// Errors name the file: no such data (ErrNoData), a broken or too large PNG, a picture without ink.
func Load(dir string, set SetName) (*fewshot.Set, error) {
	fsys, done, err := open(dir, set)
	if err != nil {
		return nil, err
	}
	defer done()
	read, err := readSet(fsys, keepFor(set))
	if err != nil {
		return nil, fmt.Errorf("omniglot: %s: %w", dir, err)
	}
	return read, nil
}

// keepFor returns which alphabets belong to the set.
func keepFor(set SetName) func(alphabet string) bool {
	switch set {
	case Validation:
		return func(alphabet string) bool { return slices.Contains(ValidationAlphabets(), alphabet) }
	case Training:
		return func(alphabet string) bool { return !slices.Contains(ValidationAlphabets(), alphabet) }
	case Small1, Small2:
		return func(alphabet string) bool { return slices.Contains(smallSet(set), alphabet) }
	}
	return func(string) bool { return true }
}

// folderOf is the name of the published folder that holds the set, or "" for Any.
func folderOf(set SetName) (string, error) {
	switch set {
	case Any:
		return "", nil
	case Background, Training, Validation, Small1, Small2:
		return "images_background", nil
	case Evaluation:
		return "images_evaluation", nil
	}
	return "", fmt.Errorf("omniglot: unknown set %q, want background, training, validation, small1, small2 or evaluation", string(set))
}

// open returns the tree that holds the set, and what closes it.
func open(dir string, set SetName) (fsys fs.FS, done func() error, err error) {
	folder, err := folderOf(set)
	if err != nil {
		return nil, nil, err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("omniglot: %w: %w", ErrNoData, err)
	}
	if !info.IsDir() {
		return openZip(dir)
	}
	if set == Any {
		for _, name := range []string{"images_background", "images_evaluation"} {
			if exists(filepath.Join(dir, name)) || exists(filepath.Join(dir, name+".zip")) {
				return nil, nil, fmt.Errorf("omniglot: %w: %s holds Omniglot: say which set, background, validation or evaluation",
					ErrNoData, dir)
			}
		}
		return os.DirFS(dir), func() error { return nil }, nil
	}
	if file := filepath.Join(dir, folder+".zip"); exists(file) {
		return openZip(file)
	}
	tree := filepath.Join(dir, folder)
	if abs, err := filepath.Abs(dir); err == nil && filepath.Base(abs) == folder {
		tree = dir
	}
	if !exists(tree) {
		hint := ""
		if hasClassFolders(dir) {
			hint = "; it holds class folders of PNG, which are the set \"\""
		}
		return nil, nil, fmt.Errorf("omniglot: %w: %s holds neither %s.zip nor %s%s", ErrNoData, dir, folder, folder, hint)
	}
	return os.DirFS(tree), func() error { return nil }, nil
}

func openZip(file string) (fs.FS, func() error, error) {
	if !strings.EqualFold(filepath.Ext(file), ".zip") {
		return nil, nil, fmt.Errorf("omniglot: %w: %s is neither a folder nor a zip file", ErrNoData, file)
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, nil, fmt.Errorf("omniglot: %s: %w", file, err)
	}
	return z, z.Close, nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func hasClassFolders(dir string) bool {
	classes, err := listClasses(os.DirFS(dir), keepFor(Any))
	return err == nil && len(classes) > 0
}
