package main

import (
	"os"
	"testing"
)

func TestGeneratedFileIsCurrent(t *testing.T) {
	got, err := os.ReadFile("../gen_conv_wasm.s")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != file() {
		t.Error("gen_conv_wasm.s is not what the generator writes now: run go generate in engine/kernel")
	}
}
