// Command wasm is the app in the browser.
package main

import (
	"log"
	"runtime"
	"time"

	"oneshot/ui"
	"oneshot/ui/state"
	"oneshot/wasm/bridge"
	"oneshot/weights"
)

// headroom is more memory than the heap takes at its highest with a few sets. A page's memory only grows, and how far a heap
// rises between two collections differs by a megabyte or two: a page that runs for weeks would grow at every new highest.
const headroom = 16 << 20

func main() {
	runtime.KeepAlive(make([]byte, headroom)) // given back to the heap, which keeps it
	page := bridge.New(ui.Wake)
	model, err := weights.Default()
	if err != nil {
		page.Fail(err)
		return
	}
	if err := run(page, model); err != nil {
		log.Fatal(err) // the loader sees the program end, and says so
	}
}

func run(page *bridge.Page, model *weights.Model) error {
	learner, err := ui.NewLearner(model, ui.DefaultHead)
	if err != nil {
		return err
	}
	game, err := ui.New(page, state.New(learner))
	if err != nil {
		return err
	}
	game.Speak(page)
	game.Lend(model)
	ready := make(chan struct{})
	store := page.Store()
	game.Keep(store, store.Lock(), time.Now, func() { close(ready) })
	<-ready
	if options, ok := page.Kiosk(); ok {
		ready := make(chan struct{})
		game.Attend(options, page.Attend(store), store, func() { close(ready) })
		<-ready
	}
	page.Leaving(game.Leave)
	game.Share(page)
	page.WatchAddress()
	return game.Run()
}
