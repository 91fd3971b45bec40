package site

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// shrinks is text that gzip makes much smaller.
var shrinks = strings.Repeat("the same words again and again. ", 200)

func testSite() fstest.MapFS {
	return fstest.MapFS{
		"index.html":   {Data: []byte("<!doctype html><title>page</title>")},
		"oneshot.wasm": {Data: []byte("\x00asm" + shrinks)},
		"loader.js":    {Data: []byte("0")},
		"data.unknown": {Data: []byte("?")},
		"_headers":     {Data: []byte(headersFiles()[headersName])},
		".hidden":      {Data: []byte("secret")},
		"folder/a.txt": {Data: []byte("deep")},
	}
}

func get(t *testing.T, h http.Handler, method, target string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestHandlerAnswers(t *testing.T) {
	h := NewHandler(testSite())
	for _, c := range []struct {
		method, target string
		status         int
		mime           string
	}{
		{"GET", "/", 200, "text/html; charset=utf-8"},
		{"GET", "/index.html", 200, "text/html; charset=utf-8"},
		{"HEAD", "/oneshot.wasm", 200, "application/wasm"},
		{"GET", "/oneshot.wasm", 200, "application/wasm"},
		{"GET", "/loader.js?v=2", 200, "text/javascript; charset=utf-8"},
		{"GET", "/data.unknown", 200, "application/octet-stream"},
		{"GET", "/missing.js", 404, "text/plain; charset=utf-8"},
		{"GET", "/_headers", 404, "text/plain; charset=utf-8"},
		{"GET", "/.hidden", 404, "text/plain; charset=utf-8"},
		{"GET", "/folder/a.txt", 404, "text/plain; charset=utf-8"},
		{"GET", "/folder", 404, "text/plain; charset=utf-8"},
		{"GET", "/../../etc/passwd", 404, "text/plain; charset=utf-8"},
		{"GET", "/%2e%2e%2findex.html", 200, "text/html; charset=utf-8"}, // cleaned to /index.html
		{"POST", "/", 405, "text/plain; charset=utf-8"},
	} {
		res := get(t, h, c.method, c.target)
		if res.StatusCode != c.status || res.Header.Get("Content-Type") != c.mime {
			t.Errorf("%s %s: %d %q, want %d %q", c.method, c.target, res.StatusCode, res.Header.Get("Content-Type"), c.status, c.mime)
		}
		for _, s := range securityHeaders {
			if got := res.Header.Get(s.name); got != s.value {
				t.Errorf("%s %s: %s is %q, want %q", c.method, c.target, s.name, got, s.value)
			}
		}
	}
}

func TestHandlerCompresses(t *testing.T) {
	h := NewHandler(testSite())
	want := "\x00asm" + shrinks
	res := get(t, h, "GET", "/oneshot.wasm", "Accept-Encoding", "br, gzip;q=0.8")
	if res.Header.Get("Content-Encoding") != "gzip" || res.Header.Get("Vary") != "Accept-Encoding" {
		t.Fatalf("encoding %q, vary %q, want gzip and Accept-Encoding", res.Header.Get("Content-Encoding"), res.Header.Get("Vary"))
	}
	z, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || string(got) != want {
		t.Errorf("unpacked to %d bytes (%v), want %d", len(got), err, len(want))
	}
	for _, refuses := range []string{"", "br", "gzip;q=0", "gzip; q=0.0"} {
		res := get(t, h, "GET", "/oneshot.wasm", "Accept-Encoding", refuses)
		if got, _ := io.ReadAll(res.Body); string(got) != want || res.Header.Get("Content-Encoding") != "" {
			t.Errorf("Accept-Encoding %q: %d bytes in encoding %q, want it plain", refuses, len(got), res.Header.Get("Content-Encoding"))
		}
	}
	if res := get(t, h, "GET", "/loader.js", "Accept-Encoding", "gzip"); res.Header.Get("Content-Encoding") != "" {
		t.Error("one byte was compressed")
	}
}

// What compress left beside a file is sent as it is, unless the file is newer.
func TestHandlerSendsWhatIsCompressed(t *testing.T) {
	files := testSite()
	files["oneshot.wasm.br"] = &fstest.MapFile{Data: []byte("brotli")}
	files["oneshot.wasm.gz"] = &fstest.MapFile{Data: []byte("gzip")}
	for accept, want := range map[string]string{"gzip, br": "brotli", "gzip": "gzip", "gzip, br;q=0": "gzip", "": "\x00asm" + shrinks} {
		res := get(t, NewHandler(files), "GET", "/oneshot.wasm", "Accept-Encoding", accept)
		if got, _ := io.ReadAll(res.Body); string(got) != want || res.Header.Get("Content-Type") != "application/wasm" {
			t.Errorf("accepting %q: %.10q of type %q, want %.10q", accept, got, res.Header.Get("Content-Type"), want)
		}
	}
	files["oneshot.wasm"].ModTime = time.Unix(1, 0)
	res := get(t, NewHandler(files), "GET", "/oneshot.wasm", "Accept-Encoding", "br")
	if got, _ := io.ReadAll(res.Body); string(got) != "\x00asm"+shrinks {
		t.Errorf("sent %.10q, which is older than the file", got)
	}
}

func TestHandlerRevalidates(t *testing.T) {
	site := testSite()
	h := NewHandler(site)
	for _, accept := range []string{"", "gzip"} {
		first := get(t, h, "GET", "/oneshot.wasm", "Accept-Encoding", accept)
		etag := first.Header.Get("Etag")
		again := get(t, h, "GET", "/oneshot.wasm", "Accept-Encoding", accept, "If-None-Match", etag)
		if body, _ := io.ReadAll(again.Body); again.StatusCode != 304 || len(body) != 0 {
			t.Errorf("accepting %q: status %d with %d bytes, want 304 and none", accept, again.StatusCode, len(body))
		}
		changed := bytes.Repeat([]byte(accept+"new"), 10)
		site["oneshot.wasm"] = &fstest.MapFile{Data: changed, ModTime: time.Unix(int64(len(accept)), 0)}
		after := get(t, h, "GET", "/oneshot.wasm", "If-None-Match", etag)
		if body, _ := io.ReadAll(after.Body); after.StatusCode != 200 || !bytes.Equal(body, changed) {
			t.Errorf("accepting %q: after a change status %d and %q", accept, after.StatusCode, body)
		}
	}
}
