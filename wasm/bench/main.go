//go:build js

// Command bench is the page of "oneshot bench": it measures the convolution in the browser that
// opens it. The result is JSON in window.oneshotBench and the text of the page. What follows the
// question mark of the address, such as 5ms, is how long each turn takes instead of speed.Turn.
package main

import (
	"encoding/json"
	"strings"
	"syscall/js"
	"time"

	"oneshot/cmd/oneshot/speed"
)

func main() {
	turn := speed.Turn
	if _, after, ok := strings.Cut(js.Global().Get("location").Get("search").String(), "?"); ok {
		if d, err := time.ParseDuration(after); err == nil {
			turn = d
		}
	}
	var results []speed.Result
	for _, s := range speed.Shapes() {
		results = append(results, speed.Measure(s, turn))
	}
	b, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		panic(err) // speed.Result has plain numbers; they are finite
	}
	js.Global().Get("document").Call("querySelector", "pre").Set("textContent", string(b))
	js.Global().Set("oneshotBench", string(b))
}
