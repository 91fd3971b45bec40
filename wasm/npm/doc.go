//go:build !js

// Command npm is the engine of the npm package: build it with go run ./cmd/oneshot build -npm -o DIR.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "npm: this program runs in a browser or in node; build the package with: go run ./cmd/oneshot build -npm")
	os.Exit(2)
}
