package site

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Handler serves the files of one flat folder with the security headers, a type by name, an ETag,
// and gzip for what shrinks. It keeps what it has read and reads a file again when it has changed.
type Handler struct {
	files fs.FS

	mu    sync.Mutex
	cache map[string]*entry
}

// entry is a file as it is sent.
type entry struct {
	size     int64
	modified time.Time
	plain    []byte
	packed   map[string][]byte // by the name of the coding: what compress left beside it, and gzip where that shrinks it
	etag     string            // of plain; a packed one has the name of its coding in it too
}

// NewHandler serves the files in site, which are all at its top level.
func NewHandler(site fs.FS) *Handler {
	return &Handler{files: site, cache: map[string]*entry{}}
}

// ServeHTTP answers GET and HEAD. Names that start with a dot or an underscore are not served.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, s := range securityHeaders {
		w.Header().Set(s.name, s.value)
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" {
		name = "index.html"
	}
	if !servedName(name) {
		http.Error(w, "no such page", http.StatusNotFound)
		return
	}
	e, err := h.entry(name)
	if err != nil {
		http.Error(w, "no such page", http.StatusNotFound)
		return
	}
	body, etag := e.plain, `"`+e.etag+`"`
	if len(e.packed) > 0 {
		w.Header().Set("Vary", "Accept-Encoding")
		for _, c := range codings() {
			if small := e.packed[c.name]; small != nil && accepts(r.Header.Get("Accept-Encoding"), c.name) {
				body, etag = small, `"`+e.etag+`-`+c.name+`"`
				w.Header().Set("Content-Encoding", c.name)
				break
			}
		}
	}
	w.Header().Set("Etag", etag)
	if strings.Contains(r.Header.Get("If-None-Match"), etag) {
		w.Header().Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	mime, known := mimeTypes[path.Ext(name)]
	if !known {
		mime = "application/octet-stream"
	}
	w.Header().Set("Content-Type", mime)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		w.Write(body) // an error here is a browser that went away
	}
}

// entry returns the file called name, read at most once while it does not change.
func (h *Handler) entry(name string) (*entry, error) {
	info, err := fs.Stat(h.files, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fs.ErrNotExist
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if e := h.cache[name]; e != nil && e.size == info.Size() && e.modified.Equal(info.ModTime()) {
		return e, nil
	}
	b, err := fs.ReadFile(h.files, name)
	if err != nil {
		return nil, err
	}
	e := &entry{size: info.Size(), modified: info.ModTime(), plain: b, etag: hashOf(b)[:32], packed: h.packed(name, b, info.ModTime())}
	h.cache[name] = e
	return e, nil
}

// packed returns what compress left beside a file, if it is not older than the file, and gzip of its own in place of that.
func (h *Handler) packed(name string, plain []byte, since time.Time) map[string][]byte {
	all := map[string][]byte{}
	for _, c := range codings() {
		info, err := fs.Stat(h.files, name+c.suffix)
		if err != nil || info.ModTime().Before(since) {
			continue
		}
		if b, err := fs.ReadFile(h.files, name+c.suffix); err == nil {
			all[c.name] = b
		}
	}
	if len(all) == 0 {
		if b := quickGzip(plain); b != nil {
			all["gzip"] = b
		}
	}
	return all
}

// quickGzip returns b in gzip, or nil where that is not worth it (pictures, small files).
func quickGzip(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b) // a bytes.Buffer does not fail
	z.Close()
	if out.Len() > len(b)*9/10 {
		return nil
	}
	return out.Bytes()
}

// accepts reads an Accept-Encoding header: the coding is listed and not refused by "q=0".
func accepts(header, name string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(part, ";")
		if strings.TrimSpace(coding) != name {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(params), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !found || err == nil && weight > 0
	}
	return false
}
