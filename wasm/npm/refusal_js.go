package main

import (
	"errors"

	"oneshot/engine"
	"oneshot/engine/prep"
)

// refusal is an error as core.js reads it: what kind it is, for programs, and its text, for people.
func refusal(err error) map[string]any {
	code := "weights" // whatever else is refused is a model file
	for _, k := range []struct {
		kind error
		code string
	}{
		{prep.ErrBlank, "blank"},
		{prep.ErrSpeck, "speck"},
		{prep.ErrSize, "size"},
		{prep.ErrPoint, "point"},
		{engine.ErrHead, "head"},
		{engine.ErrNoExamples, "no-examples"},
		{engine.ErrNoShot, "no-example"},
		{engine.ErrNoClass, "no-class"},
		{engine.ErrLimit, "limit"},
		{errRaw, "image"},
	} {
		if errors.Is(err, k.kind) {
			code = k.code
		}
	}
	return map[string]any{"code": code, "message": err.Error()}
}
