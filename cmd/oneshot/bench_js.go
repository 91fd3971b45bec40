package main

import (
	"context"
	"errors"

	"github.com/urfave/cli/v3"
)

// benchCommand says why there is nothing to measure: a program that runs in a browser or in node
// starts no other.
func benchCommand() *cli.Command {
	return &cli.Command{
		Name:  "bench",
		Usage: "measure the convolution kernels (in a native oneshot only)",
		Action: func(context.Context, *cli.Command) error {
			return errors.New("oneshot bench: compiled for js/wasm, it cannot start a browser; compile it natively")
		},
	}
}
