// Command wasm is the app in the browser.
package main

import (
	"time"

	"oneshot/ui"
	"oneshot/ui/state"
	"oneshot/wasm/bridge"
	"oneshot/weights"
)

func main() {
	page := bridge.New(ui.Wake)
	if err := run(page); err != nil {
		page.Fail(err)
	}
}

func run(page *bridge.Page) error {
	model, err := weights.Default()
	if err != nil {
		return err
	}
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
