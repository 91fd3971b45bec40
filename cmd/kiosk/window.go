//go:build unix

package main

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/cmd/kiosk/folder"
	"oneshot/ui"
	"oneshot/ui/state"
	"oneshot/weights"
)

// window is the page with the window that it is in. It is the ebiten.Game that runs, so that it hears of the window's size.
type window struct {
	*ui.Game
	host   *host
	loop   loop
	store  *folder.Store
	ending chan os.Signal
}

// patience is how long the disk may take at the beginning and at the end.
const patience = 20 * time.Second

// open makes the window; run shows it.
func open(c config) (*window, error) {
	model, err := weights.Default()
	if err != nil {
		return nil, err
	}
	learner, err := ui.NewLearner(model, ui.DefaultHead)
	if err != nil {
		return nil, err
	}
	h, err := newHost(c)
	if err != nil {
		return nil, err
	}
	w := &window{host: h, loop: newLoop(), ending: make(chan os.Signal, 1)}
	if w.Game, err = ui.New(h, state.New(learner)); err != nil {
		return nil, err
	}
	if w.store, err = folder.Open(c.dir, w.loop.post); err != nil {
		return nil, err
	}
	lock, err := w.store.Lock()
	if err != nil {
		return nil, err
	}
	w.Speak(systemTongues())
	w.Lend(model)
	ready := false
	w.Keep(w.store, lock, time.Now, func() { ready = true })
	if err := w.loop.until("reading the sets", patience, &ready); err != nil {
		return nil, err
	}
	if c.public != nil {
		ready = false
		w.Attend(*c.public, attendant{w.store, h}, w.store, func() { ready = true })
		if err := w.loop.until("reading the set of the kiosk", patience, &ready); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// run shows the window until it is closed or the program is told to end, and saves what is not saved yet. g is w, or what
// a test has put around it.
func (w *window) run(g ebiten.Game) error {
	signal.Notify(w.ending, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(w.ending)
	go func() {
		for s := range w.ending {
			_ = s
			w.loop.post(func() { w.host.over = true })
		}
	}()
	ebiten.SetWindowTitle("oneshot")
	ebiten.SetWindowSize(1280, 800)
	ebiten.SetWindowResizingMode(ebiten.WindowResizingModeEnabled)
	ebiten.SetWindowClosingHandled(true)
	// Frames run only when something has happened, as in the browser.
	//lint:ignore SA1019 see ui.Game.Run
	ebiten.SetFPSMode(ebiten.FPSModeVsyncOffMinimum)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	ebiten.SetScreenClearedEveryFrame(false)
	err := ebiten.RunGameWithOptions(g, &ebiten.RunGameOptions{SingleThread: true, X11ClassName: "oneshot", X11InstanceName: "oneshot"})
	if errors.Is(err, ebiten.Termination) {
		err = nil
	}
	saved := false
	w.Leave(func() { saved = true })
	return errors.Join(err, w.loop.until("saving", patience, &saved))
}

// LayoutF implements ebiten.LayoutFer: the page draws every pixel of the monitor.
func (w *window) LayoutF(width, height float64) (float64, float64) {
	density := ebiten.Monitor().DeviceScaleFactor()
	w.host.resize(width, height, density)
	return width * density, height * density
}

// Update implements ebiten.Game.
func (w *window) Update() error {
	w.loop.drain()
	if w.host.over || ebiten.IsWindowBeingClosed() {
		return ebiten.Termination
	}
	w.host.poll()
	return w.Game.Update()
}

// Draw implements ebiten.Game.
func (w *window) Draw(screen *ebiten.Image) {
	w.Game.Draw(screen)
	w.host.touch(screen)
}

// DrawFinalScreen implements ebiten.FinalScreenDrawer: over the page lies what in a browser is drawn by the browser.
func (w *window) DrawFinalScreen(screen ebiten.FinalScreen, offscreen *ebiten.Image, geoM ebiten.GeoM) {
	w.Game.DrawFinalScreen(screen, offscreen, geoM)
	w.host.drawOver(screen, geoM)
}

// attendant looks after the machine in a public place.
type attendant struct {
	store *folder.Store
	host  *host
}

var _ ui.Attendant = attendant{}

// After implements ui.Attendant.
func (a attendant) After(d time.Duration, f func()) { a.store.After(d, f) }

// Welcome implements ui.Attendant. That the screen stays lit is the system's business: a program without a desktop's
// libraries cannot ask for it.
func (a attendant) Welcome() {
	a.host.focus, a.host.marked = "", false
	ebiten.SetFullscreen(true)
}
