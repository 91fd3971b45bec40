package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"oneshot/engine/fewshot"
	"oneshot/engine/train/exchange"
	"oneshot/engine/train/omniglot"
	"oneshot/weights"

	"github.com/urfave/cli/v3"
)

// importCommand is "oneshot import": a network of another tool as a model file.
func importCommand() *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "make a model of a float32 network in a safetensors file",
		UsageText: "oneshot import model.safetensors -o model.osm",
		Description: "Reads the layers from \"architecture\" in the file's metadata (weights/SAFETENSORS.md describes it), finds the\n" +
			"ranges of activations, rounds the weights to int8 and writes a model for -weights and for the npm package.\n" +
			"Without -data the ranges are seen on scribbles that the program makes itself, with some headroom. A file that\n" +
			"oneshot export wrote has its ranges in it and takes no -data.\n\n" +
			"-json prints one object: {weights, network, bytes}.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "o", Usage: "write the model to `FILE`"},
			&cli.StringFlag{Name: "data", Usage: "`DIR` of drawings as oneshot eval reads it, like those that the network will see"},
			&cli.StringFlag{Name: "set", Value: string(omniglot.Any), Usage: "which part of Omniglot; \"\" for class folders"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object"},
		},
		Action: func(_ context.Context, c *cli.Command) error { return importModel(c) },
	}
}

// importReport is what "oneshot import -json" prints.
type importReport struct {
	Weights string `json:"weights"` // the beginning of the model's digest
	Network string `json:"network"`
	Bytes   int    `json:"bytes"`
}

func importModel(c *cli.Command) error {
	file, err := oneFile(c)
	if err != nil {
		return err
	}
	if !c.IsSet("o") {
		return errors.New("oneshot import: -o is missing")
	}
	if err := keeps(c, file); err != nil {
		return err
	}
	b, err := readModelFile(file)
	if err != nil {
		return err
	}
	var set *fewshot.Set
	if c.IsSet("data") {
		if set, err = omniglot.Load(c.String("data"), omniglot.SetName(c.String("set"))); err != nil {
			return err
		}
	}
	m, err := exchange.Import(b, set)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	out, err := weights.Encode(m)
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.String("o"), out, 0o644); err != nil {
		return err
	}
	digest, err := weights.Digest(m)
	if err != nil {
		return err
	}
	r := importReport{digest[:digestLetters], m.Arch, len(out)}
	if c.Bool("json") {
		return writeJSON(c.Root().Writer, r)
	}
	return writeText(c.Root().Writer, r.Network, fmt.Sprintf("%s: model %s, %d bytes", c.String("o"), r.Weights, r.Bytes))
}

// oneFile returns the one argument of a command, which may stand before or behind the flags.
func oneFile(c *cli.Command) (string, error) {
	if c.Args().Len() != 1 {
		return "", fmt.Errorf("%s: %d files, want one, see %s --help", c.FullName(), c.Args().Len(), c.FullName())
	}
	return c.Args().First(), nil
}

// keeps refuses an -o that would overwrite the file that the command reads.
func keeps(c *cli.Command, file string) error {
	in, err := os.Stat(file)
	if err != nil {
		return err
	}
	if out, err := os.Stat(c.String("o")); err == nil && os.SameFile(in, out) {
		return fmt.Errorf("%s: -o %s would overwrite %s: name another file", c.FullName(), c.String("o"), file)
	}
	return nil
}

// readModelFile reads a file that is not larger than a model may be.
func readModelFile(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() > weights.MaxFileBytes {
		return nil, fmt.Errorf("%s: %d bytes, a model has at most %d", file, info.Size(), weights.MaxFileBytes)
	}
	return os.ReadFile(file)
}
