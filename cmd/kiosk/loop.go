//go:build unix

package main

import (
	"fmt"
	"time"

	"oneshot/ui"
)

// loop brings calls from other goroutines to the one that the page lives on.
type loop chan func()

// waiting is how many calls may wait for the page's next frame.
const waiting = 1024

func newLoop() loop { return make(loop, waiting) }

// post has f called by the page. It wakes it.
func (l loop) post(f func()) {
	l <- f
	ui.Wake()
}

// drain calls what waits.
func (l loop) drain() {
	for {
		select {
		case f := <-l:
			f()
		default:
			return
		}
	}
}

// until calls what is posted until done is true, as when there are no frames.
func (l loop) until(what string, patience time.Duration, done *bool) error {
	end := time.After(patience)
	for !*done {
		select {
		case f := <-l:
			f()
		case <-end:
			return fmt.Errorf("gave up after %v: %s", patience, what)
		}
	}
	return nil
}
