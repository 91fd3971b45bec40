package main

import (
	"context"
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
			"The folder must be empty or hold an earlier build; a build that fails leaves the old site as it was.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "o", Value: "dist", Usage: "write the site to `DIR`"},
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
			if cmd.Bool("npm") {
				return buildPackage(ctx, root, cmd.String("o"), cmd.Root().Writer, cmd.Root().ErrWriter)
			}
			if err := buildSite(ctx, root, cmd.String("o"), cmd.Root().Writer, cmd.Root().ErrWriter); err != nil || !cmd.Bool("compress") {
				return err
			}
			return site.Compress(cmd.String("o"))
		},
	}
}

// buildSite builds into dir and says on out what it made.
func buildSite(ctx context.Context, root, dir string, out, log io.Writer) error {
	r, err := site.Build(ctx, root, dir, log)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "built %s with %s: %d files, oneshot.wasm is %.1f MB\n", r.Dir, r.Go, r.Files, float64(r.WasmBytes)/1e6)
	return err
}

// buildPackage builds the npm package into dir and says on out what it made.
func buildPackage(ctx context.Context, root, dir string, out, log io.Writer) error {
	r, err := site.BuildPackage(ctx, root, dir, log)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "built %s with %s: %d files, %s is %.1f MB; npm pack %s\n", r.Dir, r.Go, r.Files, site.EngineName, float64(r.WasmBytes)/1e6, r.Dir)
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
