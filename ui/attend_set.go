package ui

import (
	"slices"
	"strings"

	"oneshot/ui/keeping"
	"oneshot/ui/starters"
	"oneshot/ui/state"
)

// starter takes a starter set for the fresh board and returns its name, or nothing if none is called so.
func (k *attended) starter(name string) string {
	all := starters.All()
	i := slices.IndexFunc(all, func(s starters.Set) bool { return strings.EqualFold(s.ID, name) || strings.EqualFold(s.Name, name) })
	if i < 0 {
		return ""
	}
	classes, err := all[i].Classes()
	if err != nil {
		return ""
	}
	k.fresh, k.set = classes, ""
	return all[i].Name
}

// freshClasses are the classes of the fresh board, those of a starter set by their names in the language of the page.
func (g *Game) freshClasses() []state.Class {
	classes := g.kiosk.fresh
	if g.kiosk.set != "" {
		return classes
	}
	classes = slices.Clone(classes)
	for i := range classes {
		classes[i].Name = g.words.Say(classes[i].Name)
	}
	return classes
}

// findKept reads the user's set that is called name. Found has no classes if there is none, or it cannot be read.
func (g *Game) findKept(name string, done func(keeping.Found)) {
	if g.kept != nil {
		for _, e := range g.kept.Sets() { // of two of one name, the one that was changed last
			if strings.EqualFold(e.Name, name) {
				g.kept.Load(e.ID, done)
				return
			}
		}
	}
	done(keeping.Found{})
}
