package main

import (
	"fmt"
	"os"

	"oneshot/engine"
	"oneshot/weights"
	"oneshot/weights/float"

	"github.com/urfave/cli/v3"
)

// learnerFlags are the flags that choose how drawings are compared.
func learnerFlags(heads string) []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "head", Value: engine.Prototype.String(), Usage: "how drawings are compared: " + heads},
		&cli.StringFlag{Name: "weights", Usage: "model `FILE` (.osm) instead of the built-in one"},
	}
}

// openModel reads the file that -weights names, or else the built-in model.
func openModel(c *cli.Command) (*weights.Model, error) {
	file := c.String("weights")
	if file == "" {
		if c.Bool("float") {
			return float.Float()
		}
		return weights.Default()
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() > weights.MaxFileBytes {
		return nil, fmt.Errorf("%s: %d bytes, a model has at most %d", file, info.Size(), weights.MaxFileBytes)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	model, err := weights.Decode(data)
	if err != nil {
		return nil, nameModel(c, err)
	}
	return model, nil
}

// nameModel puts the name of the model's file before an error.
func nameModel(c *cli.Command, err error) error {
	if file := c.String("weights"); file != "" {
		return fmt.Errorf("%s: %w", file, err)
	}
	return err
}
