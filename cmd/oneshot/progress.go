package main

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows a bar on a terminal and nothing elsewhere.
type progress struct{ bar *progressbar.ProgressBar }

func newProgress(w io.Writer, total int, unit string) progress {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return progress{}
	}
	return progress{progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetItsString(unit),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100_000_000))}
}

// done shows that n are done. A terminal that went away is no reason to stop.
func (p progress) done(n int) {
	if p.bar != nil {
		_ = p.bar.Set(n)
	}
}

// end takes the bar off the terminal.
func (p progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
