package site

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"
)

// What can be wrong with an address. Errors of Listen wrap one of these.
var (
	ErrAddr  = errors.New("site: the address cannot be listened on")
	ErrTaken = errors.New("site: the address is taken")
)

// Listen opens addr, for example "localhost:8080"; ":8080" is every interface of the machine and
// port 0 is any free one.
func Listen(addr string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(addr); err != nil {
		return nil, fmt.Errorf("%w: %q, want HOST:PORT such as localhost:8080", ErrAddr, addr)
	}
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%w: another program listens on %s; stop it or name another port", ErrTaken, addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%w: %s needs rights that this user has not; name a port above 1023", ErrAddr, addr)
	case err != nil:
		return nil, fmt.Errorf("%w: %s: %w", ErrAddr, addr, err)
	}
	return l, nil
}

// URL is what to open in a browser on this machine to reach l, which was opened for addr.
func URL(l net.Listener, addr string) string {
	host, _, _ := net.SplitHostPort(addr) // Listen has split it before
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

// closeWait is how long Serve lets answers finish after ctx has ended.
const closeWait = 3 * time.Second

// Serve answers on l with h until ctx ends. It returns nil then, after the answers under way are
// finished, and closes l.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("site: %w", err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeWait)
	defer cancel()
	if err := srv.Shutdown(closing); err != nil {
		srv.Close()
	}
	<-failed
	return nil
}
