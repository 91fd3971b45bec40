package site

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/andybalholm/brotli"
)

// coding is a way to compress what a server sends.
type coding struct {
	name, suffix string
	writer       func(io.Writer) io.WriteCloser
}

// codings are the ways that Compress knows, the best first, as small as each can make it: a file is compressed once and sent
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

// packed returns b compressed, or nil where that is not worth it: small files, and those that a tenth less is not saved of.
func (c coding) packed(b []byte) ([]byte, error) {
	if len(b) < tooSmall {
		return nil, nil
	}
	var out bytes.Buffer
	z := c.writer(&out)
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	if out.Len() > len(b)*9/10 {
		return nil, nil
	}
	return out.Bytes(), nil
}

// Compress writes each file of the built site in dir once more in brotli and in gzip, as name.br and name.gz, which servers
// can send as they are. The program takes a minute or two. The error wraps ErrNotSite if dir holds no site.
func Compress(dir string) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if ext := path.Ext(name); ext == ".br" || ext == ".gz" || name == headersName {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("site: %w", err)
		}
		for _, c := range codings() {
			small, err := c.packed(b)
			if err != nil {
				return fmt.Errorf("site: compressing %s: %w", name, err)
			}
			if small == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, name+c.suffix), small, 0o666); err != nil {
				return fmt.Errorf("site: %w", err)
			}
			m.Files[name+c.suffix] = hashOf(small)
		}
	}
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, manifestName), append(b, '\n'), 0o666); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return nil
}
