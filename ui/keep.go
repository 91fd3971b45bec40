package ui

import (
	"errors"
	"strings"

	"oneshot/ui/session"
	"oneshot/ui/state"
	"oneshot/ui/words"
)

// fileName is what a saved set is called until its owner calls it something else.
const fileName = "oneshot-set.zip"

// save hands the user the set as a file. That is not an act: nothing on the page changes.
func (g *Game) save() {
	b, err := session.Write(g.state.Board().Classes)
	g.showPad()
	g.ask(g.host.Now()) // first, since what is said of the file stands until there is something new
	g.damageAll()
	if err != nil {
		g.say(trouble(g.words.Say("The set was not saved"), sentence(g.words, err)+" "+g.words.Say("Nothing is lost.")))
		return
	}
	g.host.Save(fileName, b)
	g.tell(g.words.Say("Saved as {file}", fileName))
}

// load puts the set in a file in place of what is taught, as one act, or says what is wrong with the
// file.
func (g *Game) load(e *Event) {
	g.showPad() // what was opened is seen there, or what is wrong with it
	set, err := session.Set{}, e.Err
	if err == nil {
		set, err = session.Read(e.Data)
	}
	if err == nil {
		err = g.openAs(strings.TrimSuffix(e.Text, ".zip"), set)
	}
	if err != nil {
		g.damageAll()
		g.toast = ""
		g.asked = true
		g.say(trouble(g.words.Say("That file was not opened"), sentence(g.words, err)+" "+g.words.Say("Nothing on the page has changed.")))
		return
	}
	g.done(nil)
	g.scroll = 0
	g.tell(opened(g.words, set) + ". " + g.words.Say("Undo brings back what was here"))
}

// opened says what came out of a file.
func opened(w *words.Catalogue, set session.Set) string {
	s := w.Count(len(set.Classes), "Opened {n} class|Opened {n} classes")
	if set.Ignored > 0 {
		s += ", " + w.Count(set.Ignored, "passed over {n} other file|passed over {n} other files")
	}
	return s
}

// sentence says in one sentence what is wrong with a file.
func sentence(w *words.Catalogue, err error) string {
	var f *session.Fault
	if !errors.As(err, &f) {
		if errors.Is(err, state.ErrFull) {
			return w.Say("It holds more than fits on the page.")
		}
		return w.Say("It could not be read ({error}).", err)
	}
	of := func(before string) string { // with the place, where there is one
		if f.Part == "" {
			return before
		}
		return before + " (" + f.Part + ")"
	}
	switch f.Kind {
	case session.ErrArchive:
		if f.Part == "" {
			return w.Say("It is not a zip file, or it is damaged.")
		}
		return of(w.Say("A part of it is damaged or locked")) + "."
	case session.ErrLimit:
		return of(w.Say("It is too large: {detail}", f.Detail)) + "."
	case session.ErrEmpty:
		return w.Say("It holds neither a saved set nor folders of PNG pictures.")
	case session.ErrLink:
		return w.Say("It is damaged, or only a part of it.")
	case session.ErrVersion:
		return w.Say("It was saved by a newer oneshot: reload this page to get that.")
	case session.ErrMissing:
		return of(w.Say("A picture is missing from it")) + "."
	case session.ErrPicture:
		return of(w.Say("A picture in it cannot be read")) + "."
	}
	return of(w.Say("It is not as a saved set should be: {error}", f.Kind)) + "."
}
