//go:build !js

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/urfave/cli/v3"

	"oneshot/cmd/oneshot/site"
	"oneshot/cmd/oneshot/speed"
)

// benchCommand is "oneshot bench": the speed of the convolution here and in the browser.
func benchCommand() *cli.Command {
	return &cli.Command{
		Name:  "bench",
		Usage: "measure the convolution kernels, natively and in headless Chromium",
		Description: "Compares the 3x3 convolution that the network runs on with plain Go and with its definition, in\n" +
			"10^9 multiply-adds a second: medians of rounds that take all three in turn. Run it inside the source\n" +
			"tree; it compiles a small page and opens it in headless Chromium. Build oneshot with\n" +
			"GOEXPERIMENT=simd for the fast native kernels, as the Makefile does.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "chromium", Usage: "measure in the browser `FILE`", Sources: cli.EnvVars("ONESHOT_CHROMIUM")},
			&cli.DurationFlag{Name: "turn", Value: speed.Turn, Usage: "measure each figure of each round for `TIME`"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON object"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			ctx, stop := untilInterrupted(ctx)
			defer stop()
			return bench(ctx, cmd)
		},
	}
}

// benchReport is what "oneshot bench -json" prints.
type benchReport struct {
	Go      string         `json:"go"`      // the release that compiled the native figures
	Native  []speed.Result `json:"native"`  // one a shape
	Browser browserReport  `json:"browser"` // the same shapes in Chromium
}

type browserReport struct {
	Go      string         `json:"go"`
	Version string         `json:"version"`
	Results []speed.Result `json:"results"`
}

func bench(ctx context.Context, cmd *cli.Command) error {
	turn := cmd.Duration("turn")
	if turn <= 0 || turn > time.Second {
		return fmt.Errorf("oneshot bench: -turn %v, want more than 0 and at most %v", turn, time.Second)
	}
	chromium, err := findChromium(cmd.String("chromium"))
	if err != nil {
		return err
	}
	root, err := site.Root(".")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "oneshot-bench-")
	if err != nil {
		return fmt.Errorf("oneshot bench: %w", err)
	}
	defer os.RemoveAll(dir)
	program, err := buildBenchPage(ctx, root, dir)
	if err != nil {
		return err
	}

	out := cmd.Root().Writer
	text := io.Discard
	if !cmd.Bool("json") {
		text = out
	}
	report := benchReport{Go: runtime.Version(), Browser: browserReport{Go: program.Go}}
	fmt.Fprintf(text, "3x3 convolution, 10^9 multiply-adds a second\n\nnative, %s\n", report.Go)
	for _, s := range speed.Shapes() {
		r := speed.Measure(s, turn)
		printSpeed(text, r)
		report.Native = append(report.Native, r)
		if err := context.Cause(ctx); err != nil {
			return fmt.Errorf("oneshot bench: %w", err)
		}
	}
	report.Browser.Version, report.Browser.Results, err = benchInBrowser(ctx, chromium, dir, turn)
	if err != nil {
		return err
	}
	fmt.Fprintf(text, "\n%s, %s\n", report.Browser.Version, program.Go)
	for _, r := range report.Browser.Results {
		printSpeed(text, r)
	}
	aim := report.Browser.Results[0]
	fmt.Fprintf(text, "\nin the browser, %s: %s is %.1f times plain Go, %.1f times the definition\n", shapeName(aim), aim.Implementation, aim.OverScalar, aim.OverRef)
	if cmd.Bool("json") {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(report)
	}
	return nil
}

func printSpeed(out io.Writer, r speed.Result) {
	fmt.Fprintf(out, "  %-20s %8s %6.2f   plain Go %5.2f (%.1f times)   definition %5.2f (%.1f times)\n",
		shapeName(r), r.Implementation, r.Fast, r.Scalar, r.OverScalar, r.Ref, r.OverRef)
}

func shapeName(r speed.Result) string {
	return fmt.Sprintf("%d->%d at %dx%d", r.Shape.In, r.Shape.Out, r.Shape.H, r.Shape.W)
}
