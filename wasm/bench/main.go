//go:build js

// Command bench is the page of "oneshot bench": it measures the convolution in the browser that
// opens it. The result, or what went wrong, is JSON in window.oneshotBench and the text of the page.
package main

import (
	"encoding/json"
	"syscall/js"

	"oneshot/cmd/oneshot/speed"
)

func main() {
	var results []speed.Result
	for _, s := range speed.Shapes() {
		results = append(results, speed.Measure(s))
	}
	b, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		panic(err) // speed.Result has plain numbers; they are finite
	}
	js.Global().Get("document").Call("querySelector", "pre").Set("textContent", string(b))
	js.Global().Set("oneshotBench", string(b))
}
