package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"oneshot/engine/train/exchange"
	"oneshot/weights"

	"github.com/urfave/cli/v3"
)

// exportCommand is "oneshot export": a model as other tools read it.
func exportCommand() *cli.Command {
	return &cli.Command{
		Name:      "export",
		Usage:     "write the weights of a model as float32 for other tools",
		UsageText: "oneshot export model.osm -o model.safetensors",
		Description: "Writes a safetensors file with the tensors of weights/FORMAT.md in float32. The weights of an int8 model become\n" +
			"the numbers that they stand for; \"oneshot import\" makes the same model of the file again.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "o", Usage: "write the tensors to `FILE`"},
		},
		Action: func(_ context.Context, c *cli.Command) error {
			file, err := oneFile(c)
			if err != nil {
				return err
			}
			if !c.IsSet("o") {
				return errors.New("oneshot export: -o is missing")
			}
			if err := keeps(c, file); err != nil {
				return err
			}
			m, _, err := decodeModelFile(file)
			if err != nil {
				return err
			}
			b, err := exchange.Write(m)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			if err := os.WriteFile(c.String("o"), b, 0o644); err != nil {
				return err
			}
			return writeText(c.Root().Writer, fmt.Sprintf("%s: %d tensors, %d bytes", c.String("o"), len(m.Tensors), len(b)))
		},
	}
}

// decodeModelFile reads a model and says how many bytes its file has.
func decodeModelFile(file string) (*weights.Model, int, error) {
	b, err := readModelFile(file)
	if err != nil {
		return nil, 0, err
	}
	m, err := weights.Decode(b)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", file, err)
	}
	return m, len(b), nil
}
