package site

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestListenRefuses(t *testing.T) {
	l, err := Listen("localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, c := range []struct {
		addr string
		want error
	}{
		{l.Addr().String(), ErrTaken},
		{"8080", ErrAddr},
		{"", ErrAddr},
		{"localhost:notaport", ErrAddr},
		{"localhost:99999", ErrAddr},
	} {
		if got, err := Listen(c.addr); !errors.Is(err, c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("Listen(%q) = %v, %v, want one line that wraps %v", c.addr, got, err, c.want)
		}
	}
}

func TestURL(t *testing.T) {
	for _, c := range []struct{ addr, host string }{
		{"localhost:0", "localhost"}, {":0", "localhost"}, {"0.0.0.0:0", "localhost"}, {"127.0.0.1:0", "127.0.0.1"},
	} {
		l, err := Listen(c.addr)
		if err != nil {
			t.Fatal(err)
		}
		if url := URL(l, c.addr); !strings.HasPrefix(url, "http://"+c.host+":") || strings.HasSuffix(url, ":0/") {
			t.Errorf("URL for %q is %s", c.addr, url)
		}
		l.Close()
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l, err := Listen("localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, NewHandler(testSite())) }()
	res, err := http.Get(URL(l, "localhost:0"))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || !strings.Contains(string(body), "<title>page</title>") {
		t.Errorf("the page is %q (%v)", body, err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Serve: %v, want nil after its context ended", err)
	}
	if again, err := Listen(l.Addr().String()); err != nil {
		t.Errorf("the port is still taken: %v", err)
	} else {
		again.Close()
	}
}
