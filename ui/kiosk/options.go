package kiosk

import (
	"strconv"
	"strings"
)

// Times are lengths of time, in milliseconds.
type Times struct {
	Idle  float64 // without anybody doing anything, until the board is made fresh
	Count float64 // how much of Idle is counted down before people's eyes
	Dim   float64 // how long after that the screen goes dark; 0 for never
}

// Options is what the address says about the kiosk.
type Options struct {
	Set   string // what the fresh board holds: a starter set or one of the user's own; never empty
	Times Times
}

// DefaultSet is what the board holds where the address names nothing.
const DefaultSet = "shapes"

// Bounds of the times that an address may give, in seconds, and what they are without.
const (
	minIdle, defaultIdle, maxIdle = 3, 120, 3600
	minDim, defaultDim, maxDim    = 1, 60, 24 * 3600
	countdown                     = 10
)

// Read takes the options from the parameters of an address: kiosk or kiosk=SET, idle=SECONDS and dim=SECONDS, of
// which dim=0 leaves the screen as it is. It reports whether the address asks for a kiosk at all. A number that
// cannot be read counts as not given, one that is out of bounds as the nearest bound: nobody stands beside a
// kiosk to read an error.
func Read(get func(name string) (value string, ok bool)) (Options, bool) {
	set, ok := get("kiosk")
	if !ok {
		return Options{}, false
	}
	o := Options{Set: strings.TrimSpace(set)}
	if o.Set == "" {
		o.Set = DefaultSet
	}
	idle := seconds(get, "idle", minIdle, defaultIdle, maxIdle)
	dim := seconds(get, "dim", minDim, defaultDim, maxDim)
	if text, _ := get("dim"); strings.TrimSpace(text) == "0" {
		dim = 0
	}
	o.Times = Times{Idle: idle * 1000, Count: min(countdown, idle/2) * 1000, Dim: dim * 1000}
	return o, true
}

func seconds(get func(string) (string, bool), name string, least, otherwise, most float64) float64 {
	text, _ := get(name)
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 31)
	if err != nil {
		return otherwise
	}
	return min(max(float64(n), least), most)
}
