package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/andybalholm/brotli"
)

// coding is a way to compress what a server sends.
type coding struct {
	name, suffix string
	writer       func(io.Writer) io.WriteCloser
}

// codings are the ways that compress knows, the best first, as small as each can make it: a file is compressed once and sent
// many times.
func codings() []coding {
	return []coding{
		{"br", ".br", func(w io.Writer) io.WriteCloser {
			return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
		}},
		{"gzip", ".gz", func(w io.Writer) io.WriteCloser {
			z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
			if err != nil {
				panic(err) // there is such a level
			}
			return z
		}},
	}
}

// tooSmall is a file that goes into one packet of a network anyhow.
const tooSmall = 1000

// packed returns b compressed, or nil where that is not worth it, because a tenth less is not saved. It ends early when
// ctx does.
func (c coding) packed(ctx context.Context, b []byte) ([]byte, error) {
	var out bytes.Buffer
	z := c.writer(&out)
	for part := range slices.Chunk(b, 1<<16) {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if _, err := z.Write(part); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	if out.Len() > len(b)*9/10 {
		return nil, nil
	}
	return out.Bytes(), nil
}

// compress writes each file of stage once more in each coding, and says on log which it is at.
func compress(ctx context.Context, stage string, log io.Writer) error {
	entries, err := os.ReadDir(stage)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	for _, e := range entries {
		name := e.Name()
		b, err := os.ReadFile(filepath.Join(stage, name))
		if err != nil {
			return fmt.Errorf("site: %w", err)
		}
		if len(b) < tooSmall || !servedName(name) {
			continue
		}
		fmt.Fprintf(log, "compressing %s, %.1f MB\n", name, float64(len(b))/1e6)
		for _, c := range codings() {
			small, err := c.packed(ctx, b)
			if err != nil {
				return fmt.Errorf("site: compressing %s: %w", name, err)
			}
			if small == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(stage, name+c.suffix), small, 0o666); err != nil {
				return fmt.Errorf("site: %w", err)
			}
		}
	}
	return nil
}
