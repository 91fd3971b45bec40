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
	gzipped  []byte // nil if gzip saves less than a tenth
	etag     string // of plain; gzipped has "-gzip" in it too
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
	if !plainName(name) || name[0] == '_' {
		http.Error(w, "no such page", http.StatusNotFound)
		return
	}
	e, err := h.entry(name)
	if err != nil {
		http.Error(w, "no such page", http.StatusNotFound)
		return
	}
	body, etag := e.plain, `"`+e.etag+`"`
	if e.gzipped != nil {
		w.Header().Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			body, etag = e.gzipped, `"`+e.etag+`-gzip"`
			w.Header().Set("Content-Encoding", "gzip")
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
	e := &entry{size: info.Size(), modified: info.ModTime(), plain: b, etag: hashOf(b)[:32], gzipped: compress(b)}
	h.cache[name] = e
	return e, nil
}

// compress returns b in gzip, or nil where that is not worth it (pictures, small files).
func compress(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b) // a bytes.Buffer does not fail
	z.Close()
	if out.Len() > len(b)*9/10 {
		return nil
	}
	return out.Bytes()
}

// acceptsGzip reads an Accept-Encoding header: gzip is listed and not refused by "q=0".
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(part, ";")
		if strings.TrimSpace(coding) != "gzip" {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(params), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !found || err == nil && weight > 0
	}
	return false
}
