//go:build unix

// Command kiosk is the page in a window of its own, without a browser: it keeps sets in a folder, and stands in public
// places if it is asked to.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"oneshot/ui/kiosk"
)

func main() { os.Exit(doMain(os.Args[1:], os.Stderr)) }

// doMain is main for tests: it returns the exit code.
func doMain(args []string, stderr io.Writer) int {
	c, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		var w *window
		if w, err = open(c); err == nil {
			err = w.run(w)
		}
	}
	if err != nil {
		fmt.Fprintln(stderr, "kiosk:", err)
		return 1
	}
	return 0
}

// config is what the command line says.
type config struct {
	dir    string
	dark   bool
	public *kiosk.Options // nil for a window of one's own
}

// parse reads the command line.
func parse(args []string, stderr io.Writer) (config, error) {
	set := flag.NewFlagSet("kiosk", flag.ContinueOnError)
	set.SetOutput(stderr)
	dir := set.String("dir", defaultDir(), "the folder where sets are kept")
	dark := set.Bool("dark", false, "dark colours")
	public := set.String("kiosk", "", "stand in a public place, in full screen: each visitor begins with this set, such as shapes")
	idle := set.Int("idle", 120, "with -kiosk: seconds without anybody, until the board is made fresh")
	dim := set.Int("dim", 60, "with -kiosk: seconds after that, until the screen goes dark; 0 for never")
	if err := set.Parse(args); err != nil {
		return config{}, err
	}
	if n := set.NArg(); n > 0 {
		return config{}, fmt.Errorf("argument %q: there are only flags, see kiosk -help", set.Arg(0))
	}
	if *dir == "" {
		return config{}, errors.New("no folder to keep sets in: give one with -dir")
	}
	c := config{dir: *dir, dark: *dark}
	if *public != "" {
		given := map[string]string{"kiosk": *public, "idle": strconv.Itoa(*idle), "dim": strconv.Itoa(*dim)}
		o, _ := kiosk.Read(func(name string) (string, bool) { return given[name], true })
		c.public = &o
	}
	return c, nil
}

// defaultDir is a folder among the user's own, or empty if the system knows of none.
func defaultDir() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "oneshot")
}
