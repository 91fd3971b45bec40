//go:build !js

// Command wasm is the app in the browser: build it with GOOS=js GOARCH=wasm, or let oneshot build
// do it.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "wasm: this program runs in a browser; build the site with: go run ./cmd/oneshot build")
	os.Exit(2)
}
