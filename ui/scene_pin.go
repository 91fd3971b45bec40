package ui

import (
	"strings"

	"oneshot/ui/kiosk"
	"oneshot/ui/words"
)

// pinAsk is what a PIN is asked for.
type pinAsk uint8

const (
	givePIN   pinAsk = iota // to get in
	choosePIN               // to be the PIN from now on
	repeatPIN               // the same once more
)

// The keys besides the digits are called what browsers call them.
const (
	keyErase = "Backspace"
	keyEnter = "Enter"
)

// pinScene asks for a PIN with keys on the screen, since a kiosk has no others.
type pinScene struct {
	ask    pinAsk
	pin    string
	first  string // what repeatPIN must repeat
	said   string // what is wrong with the last one
	left   int    // seconds until it may be tried again
	words  Rect   // in the list's coordinates
	digits Rect
}

// askPIN asks for the PIN. One that could not be read before is read first.
func (g *Game) askPIN(from string) {
	s := &pinScene{}
	k := g.kiosk
	if k.unread != nil {
		g.readLock(k, func() {
			s.said = ""
			if k.unread == nil && !k.lock.Set() {
				s.ask = choosePIN
			}
			g.stale = true
			Wake()
		})
	}
	g.showPIN(s, from)
}

// showPIN opens the scene. The keyboard goes to OK and not to Back: whoever types digits ends with Enter.
func (g *Game) showPIN(s *pinScene, from string) {
	g.show(s, from)
	g.focus("pin:Enter")
}

func (s *pinScene) title(c *words.Catalogue) string {
	return [...]string{givePIN: c.Say("For the staff"), choosePIN: c.Say("Choose a PIN"), repeatPIN: c.Say("Once more")}[s.ask]
}

// line is what stands above the keys.
func (s *pinScene) line(g *Game) string {
	k := g.kiosk
	switch {
	case s.ask == givePIN && k.unread != nil:
		return g.words.Say("The PIN could not be read from this device, so nothing opens here. Open oneshot outside the kiosk to look after it.")
	case s.left > 0:
		return g.words.Count(s.left, "Too many wrong tries. Again in {n} second.|Too many wrong tries. Again in {n} seconds.")
	case s.said != "":
		return s.said
	}
	return [...]string{
		givePIN:   g.words.Say("Enter the PIN of this kiosk."),
		choosePIN: g.words.Say("4 to 8 digits. Who knows them gets to sets, files and names."),
		repeatPIN: g.words.Say("The same digits again."),
	}[s.ask]
}

func (s *pinScene) arrange(g *Game) *Layout {
	l, at := sheet(s.title(g.words), 380, g.screen)
	const gap = 8.0
	p := cardPadding(at.W)
	in := Rect{at.X + p, at.Y + p, at.W - 2*p, 0}
	rows := 2 // room for what may yet be said, so that the keys stay where they are
	if in.W < 280 {
		rows = 5
	}
	s.words = Rect{in.X, in.Y, in.W, 22 * float64(max(rows, len(s.lines(g, in.W))))}
	s.digits = Rect{in.X, s.words.bottom() + 10, in.W, 40}
	y := s.digits.bottom() + 14
	w := (in.W - 2*gap) / 3
	h := 56.0
	if g.screen.H < 560 {
		h = touch
	}
	for i, key := range [...]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", keyErase, "0", keyEnter} {
		n := Node{ID: "pin:" + key, Name: key, Label: key, Disabled: s.shut(g),
			Rect:   Rect{in.X + float64(i%3)*(w+gap), y + float64(i/3)*(h+gap), w, h},
			Action: Action{Style: StyleButton, Do: func(g *Game) { s.key(g, key) }}}
		switch key {
		case keyErase:
			n.Name, n.Label, n.Action.Icon = g.words.Say("Delete a digit"), "", iconBack
			n.Disabled = n.Disabled || s.pin == ""
		case keyEnter:
			n.Name, n.Label, n.Action.Style = g.words.Say("OK"), g.words.Say("OK"), StylePrimary
			n.Disabled = n.Disabled || len(s.pin) < kiosk.MinPIN
		}
		l.action(n)
	}
	bottom := y + 4*(h+gap) - gap + p
	l.Sheet.Cards = append(l.Sheet.Cards, Rect{at.X, at.Y, at.W, bottom - at.Y})
	l.Content = bottom + 16
	return l
}

// shut reports whether no digit is taken.
func (s *pinScene) shut(g *Game) bool {
	return s.left > 0 || s.ask == givePIN && g.kiosk.unread != nil
}

func (s *pinScene) lines(g *Game, width float64) []string {
	return g.texts.wrap(fontSmall, s.line(g), width, 12)
}

func (s *pinScene) draw(g *Game) {
	p, t := g.paint, g.theme
	words := g.layout.onScreen(s.words, g.scroll)
	ink := t.Muted
	if s.said != "" || s.left > 0 {
		ink = t.Text
	}
	lines := s.lines(g, words.W)
	words.Y += (words.H - 22*float64(len(lines))) / 2
	for i, line := range lines {
		p.Text(line, fontSmall, Rect{words.X, words.Y + 22*float64(i), words.W, 22}, Centre, ink)
	}
	r := g.layout.onScreen(s.digits, g.scroll)
	p.Framed(r, radiusCtl, 1, t.Line, t.Sunken)
	const dot, step = 12.0, 24.0
	x := r.X + (r.W-step*float64(len(s.pin)))/2 + (step-dot)/2
	for range s.pin {
		p.Box(Rect{x, r.Y + (r.H-dot)/2, dot, dot}, dot/2, t.Text)
		x += step
	}
}

func (s *pinScene) step(g *Game, now float64) string {
	left := 0
	if s.ask == givePIN {
		left = g.kiosk.lock.Wait(now)
	}
	if left != s.left {
		s.left, s.said, g.stale = left, "", true
	}
	if s.left > 0 {
		return g.words.Say("Too many wrong tries. Please wait half a minute.")
	}
	if s.pin == "" {
		return s.title(g.words) + ". " + s.line(g)
	}
	return g.words.Count(len(s.pin), "{n} digit entered|{n} digits entered")
}

// waits reports whether the seconds are to be counted.
func (s *pinScene) waits(g *Game, now float64) bool {
	return s.ask == givePIN && g.kiosk.lock.Wait(now) > 0
}

// key takes a key of the screen or of the keyboard.
func (s *pinScene) key(g *Game, key string) {
	if s.shut(g) {
		return
	}
	g.stale = true
	switch {
	case key == keyErase:
		s.pin = s.pin[:max(len(s.pin)-1, 0)]
	case key == keyEnter:
		if len(s.pin) >= kiosk.MinPIN {
			s.enter(g)
		}
	case len(key) == 1 && strings.Contains("0123456789", key) && len(s.pin) < kiosk.MaxPIN:
		s.pin += key
		s.said = ""
	}
}

// enter does what the PIN was asked for.
func (s *pinScene) enter(g *Game) {
	pin := s.pin
	s.pin = ""
	switch s.ask {
	case givePIN:
		s.try(g, pin)
	case choosePIN:
		s.first, s.ask = pin, repeatPIN
	case repeatPIN:
		if pin != s.first {
			s.ask, s.said = choosePIN, g.words.Say("Those were not the same. Choose one again.")
			return
		}
		if err := g.kiosk.lock.SetPIN(pin); err != nil {
			s.ask, s.said = choosePIN, g.words.Say("That did not work: {error}", err.Error())
			return
		}
		g.kiosk.unread = nil
		g.writeLock()
		g.letIn(g.words.Say("The PIN is set. Keep it well"))
	}
}

// try lets the staff in, or says how often the PIN may still be wrong.
func (s *pinScene) try(g *Game, pin string) {
	k := g.kiosk
	missed := k.lock.Left() < kiosk.MaxWrong
	ok, err := k.lock.Try(pin, g.host.Now())
	switch {
	case err != nil:
		s.said = g.words.Say("That did not work: {error}", err.Error())
	case ok:
		if missed {
			g.writeLock()
		}
		g.letIn("")
	default:
		g.writeLock()
		s.said = g.words.Count(k.lock.Left(), "That is not the PIN. {n} try left.|That is not the PIN. {n} tries left.")
	}
}

// letIn opens the menu of the staff.
func (g *Game) letIn(toast string) {
	from := g.scenes[0].from
	g.kiosk.staff = true
	g.showPad()
	g.show(menuScene{}, from)
	g.tell(toast)
}
