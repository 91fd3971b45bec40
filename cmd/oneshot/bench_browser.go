//go:build !js

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"

	"oneshot/cmd/oneshot/site"
	"oneshot/cmd/oneshot/speed"
)

// errNoChromium says that there is no browser to measure in.
var errNoChromium = errors.New("oneshot bench: Chromium is missing; install it or name the program with -chromium")

// findChromium returns the browser's program: the one that was named, or the first in PATH.
func findChromium(named string) (string, error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("oneshot bench: no program %s to measure in", named)
		}
		return path, nil
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoChromium
}

// benchPatience is how long the page may take; it needs about fifteen seconds with speed.Turn.
const benchPatience = 3 * time.Minute

// benchPoll is how often the page is asked; seldom, because asking takes time from what it measures.
const benchPoll = 500 * time.Millisecond

// benchInBrowser serves dir on a loopback port, opens it in the browser and returns what the page
// found, and the browser's name and version.
func benchInBrowser(ctx context.Context, chromium, dir string, turn time.Duration) (version string, results []speed.Result, err error) {
	const addr = "localhost:0"
	l, err := site.Listen(addr)
	if err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, benchPatience)
	defer cancel()
	served := make(chan error, 1)
	serving, stop := context.WithCancel(ctx)
	go func() { served <- site.Serve(serving, l, site.NewHandler(os.DirFS(dir))) }()
	defer func() {
		stop()
		err = errors.Join(err, <-served)
	}()

	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium),
		chromedp.NoSandbox, // containers and root have none, and the page is our own
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	said, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (string, error) {
		v, err := cdp.Call(ctx, t, browser.GetVersion, cdp.Empty{})
		if err != nil {
			return "", err
		}
		version = v.Product
		if _, err := chromedp.Navigate(site.URL(l, addr)+"?"+turn.String())(ctx, t); err != nil {
			return "", err
		}
		done := `window.oneshotBench || window.oneshotBenchError`
		return chromedp.Poll[string](done, chromedp.WithPollingInterval(benchPoll), chromedp.WithPollingTimeout(0))(ctx, t)
	})
	if err != nil {
		return "", nil, fmt.Errorf("oneshot bench: in %s: %w", chromium, err)
	}
	if err := json.Unmarshal([]byte(said), &results); err != nil || len(results) == 0 {
		return "", nil, fmt.Errorf("oneshot bench: the page says %q", said)
	}
	return version, results, nil
}

// buildBenchPage compiles wasm/bench of the module at root into dir, with the files beside it.
func buildBenchPage(ctx context.Context, root, dir string) (site.Program, error) {
	program, err := site.Compile(ctx, root, "wasm/bench", dir, "bench.wasm")
	if err != nil {
		return site.Program{}, err
	}
	for _, name := range []string{"index.html", "bench.js"} {
		b, err := os.ReadFile(filepath.Join(root, "wasm", "bench", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o666)
		}
		if err != nil {
			return site.Program{}, fmt.Errorf("oneshot bench: %w", err)
		}
	}
	return program, nil
}
