package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"oneshot/cmd/oneshot/site"
)

// serveCommand is "oneshot serve": the site on a local port.
func serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "serve the web site on a local port",
		Description: "Serves a folder made by oneshot build. Without -dir it serves dist in the source tree and builds it\n" +
			"first if it is not there. Ctrl-C ends it.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "addr", Value: "localhost:8080", Usage: "listen on `HOST:PORT`"},
			&cli.StringFlag{Name: "dir", Usage: "serve `DIR` (default: dist in the source tree)"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			ctx, stop := untilInterrupted(ctx)
			defer stop()
			return serve(ctx, cmd)
		},
	}
}

// serve listens before it builds, so that a taken port is told at once.
func serve(ctx context.Context, cmd *cli.Command) error {
	addr := cmd.String("addr")
	l, err := site.Listen(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	dir, err := siteDir(ctx, cmd)
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.Root().Writer, "serving %s on %s (Ctrl-C ends it)\n", dir, site.URL(l, addr))
	return site.Serve(ctx, l, site.NewHandler(os.DirFS(dir)))
}

// siteDir returns the folder to serve: the one that was named, or dist of the source tree, built
// if need be.
func siteDir(ctx context.Context, cmd *cli.Command) (string, error) {
	if dir := cmd.String("dir"); dir != "" {
		return dir, site.Check(dir)
	}
	root, err := site.Root(".")
	if err != nil {
		return "", err
	}
	dir := filepath.Join(root, "dist")
	err = site.Check(dir)
	if errors.Is(err, site.ErrNotSite) {
		err = builder(site.Build).run(ctx, cmd, root, dir)
	}
	return dir, err
}
