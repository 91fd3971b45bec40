// Command npm is the engine without a screen, as the npm package carries it. Only core.js talks to it; what users of
// the package see is in index.d.ts.
//
// core.js puts {head, weights, ready} at globalThis.oneshotHost while it starts the program, and takes it away again.
// The program calls ready once, with its functions or with a refusal, and lives until close is called.
//
// Classes are numbers here and names in core.js. Pixels and answers cross the border as bytes: each value of
// JavaScript that Go reads or makes costs about a microsecond, a copied array costs that once.
package main

import (
	"syscall/js"

	"oneshot/engine"
	"oneshot/weights"
)

func main() {
	host := js.Global().Get("oneshotHost")
	i, err := open(host)
	if err != nil {
		host.Call("ready", js.Null(), refusal(err))
		return
	}
	host.Call("ready", i.functions())
	<-i.closed
}

// open reads what the host asks for: a head by name and the bytes of a model file.
func open(host js.Value) (*instance, error) {
	head, err := engine.ParseHead(host.Get("head").String())
	if err != nil {
		return nil, err
	}
	model, err := readModel(host.Get("weights"))
	if err != nil {
		return nil, err
	}
	classifier, err := engine.New(model, head)
	if err != nil {
		return nil, err
	}
	return newInstance(classifier), nil
}

func readModel(file js.Value) (*weights.Model, error) {
	b := make([]byte, min(file.Length(), weights.MaxFileBytes+1)) // one too many is refused by Decode
	js.CopyBytesToGo(b, file)
	return weights.Decode(b)
}
