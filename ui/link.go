package ui

import (
	"errors"
	"strings"

	"oneshot/ui/session"
)

// linkMark is what stands before a set in the address, behind the # sign.
const linkMark = "s="

// Address is the address of the page, as far as what stands behind its # sign. When that is there at the start or changes,
// an Arrived event says so.
type Address interface {
	// CopyLink puts the address with fragment behind its # sign where the user can paste it from.
	CopyLink(fragment string, done func(error))
	// ClearFragment takes away what stands behind the # sign.
	ClearFragment()
}

// Share lets the user hand on sets as links and open them.
func (g *Game) Share(a Address) { g.address = a }

// linkRow is the row of the menu that copies a link.
func (g *Game) linkRow() Node {
	return Node{ID: "link", Name: g.words.Say("Copy a link"), Label: g.words.Say("Copy a link"), Disabled: !taught(g.state.Board()), Action: Action{
		Icon: iconLink, Detail: g.words.Say("The set is in the link; nothing is sent"), Do: (*Game).copyLink}}
}

// copyLink puts the set on the page into a link.
func (g *Game) copyLink() {
	text, err := session.Link(g.state.Board().Classes)
	if err != nil {
		why := g.words.Say("That did not work") + ". " + sentence(g.words, err)
		if errors.Is(err, session.ErrLimit) {
			why = g.words.Say("Too much for a link. Save a copy and send that")
		}
		g.tell(why)
		return
	}
	g.address.CopyLink(linkMark+text, func(err error) {
		said := g.words.Count(len(text), "Link copied, {n} character|Link copied, {n} characters") + ". " + g.words.Say("Paste it into a message")
		if err != nil {
			said = g.words.Say("The browser did not let oneshot copy the link")
		}
		g.tell(said)
		Wake()
	})
}

// arrive opens the set of a link, after asking if there is something on the page.
func (g *Game) arrive(fragment string) {
	text, ok := strings.CutPrefix(fragment, linkMark)
	if !ok {
		return
	}
	if g.address != nil {
		g.address.ClearFragment()
	}
	set, err := session.ReadLink(text)
	switch {
	case err != nil:
		g.showPad()
		g.damageAll()
		g.asked = true
		g.say(trouble(g.words.Say("That link was not opened"), sentence(g.words, err)+" "+g.words.Say("Nothing on the page has changed.")))
	case len(set.Classes) == 0:
	case taught(g.state.Board()):
		g.showPad()
		g.show(&linkScene{set: set}, "menu")
	default:
		g.openLink(set)
	}
}

// openLink is the act that puts the set of a link on the page.
func (g *Game) openLink(set session.Set) {
	g.showPad()
	if g.done(g.openAs(g.words.Say("Shared set"), set)) {
		g.scroll = 0
		g.tell(g.words.Count(len(set.Classes), "Opened {n} class from a link|Opened {n} classes from a link") + ". " + g.words.Say("Undo brings back what was here"))
	}
}
