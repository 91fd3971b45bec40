package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/urfave/cli/v3"

	"oneshot/cmd/oneshot/site"
)

// buildCommand is "oneshot build": the static site in a folder.
func buildCommand() *cli.Command {
	return &cli.Command{
		Name:  "build",
		Usage: "build the static web site into a folder",
		Description: "Compiles the page's program for the browser and puts it, Go's loader, index.html and the files of\n" +
			"wasm/web into one flat folder that any web server can serve. Run it inside the source tree.\n" +
			"The folder must be empty or hold an earlier build of the same; a build that fails leaves the old site as it was.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "o", Usage: "write to `DIR` (default: dist, with -npm dist-npm)"},
			&cli.BoolFlag{Name: "compress", Usage: "write every file in brotli and gzip too, for servers that send those: takes minutes"},
			&cli.BoolFlag{Name: "npm", Usage: "build the npm package instead: the engine without a page, for npm pack"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			ctx, stop := untilInterrupted(ctx)
			defer stop()
			root, err := site.Root(".")
			if err != nil {
				return err
			}
			build, dir := builder(site.Build), "dist"
			switch {
			case cmd.Bool("npm") && cmd.Bool("compress"):
				return errors.New("oneshot build: -compress does not go with -npm: npm pack compresses")
			case cmd.Bool("npm"):
				build, dir = site.BuildPackage, "dist-npm"
			case cmd.Bool("compress"):
				build = site.BuildCompressed
			}
			if cmd.IsSet("o") {
				dir = cmd.String("o")
			}
			return build.run(ctx, cmd, root, dir)
		},
	}
}

// builder is what builds a product, as site.Build does.
type builder func(ctx context.Context, root, dir string, log io.Writer) (site.Report, error)

// run builds into dir and says what was made.
func (build builder) run(ctx context.Context, cmd *cli.Command, root, dir string) error {
	r, err := build(ctx, root, dir, cmd.Root().ErrWriter)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.Root().Writer, "built %s with %s: %d files, %s is %.1f MB\n", r.Dir, r.Go, r.Files, r.Program, float64(r.WasmBytes)/1e6)
	return err
}

// noArguments refuses what a command would otherwise ignore, such as a folder without its flag.
func noArguments(cmd *cli.Command) error {
	if cmd.Args().Present() {
		return fmt.Errorf("oneshot %s: unexpected argument %q; see oneshot %s --help", cmd.Name, cmd.Args().First(), cmd.Name)
	}
	return nil
}

// untilInterrupted ends the context it returns when the user presses Ctrl-C or the system asks
// the program to stop.
func untilInterrupted(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
}
