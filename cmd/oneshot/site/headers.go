package site

import (
	"fmt"
	"strings"
)

// header is one response header that every file of the site is sent with.
type header struct{ name, value string }

// securityHeaders let the page run its own scripts and wasm, use the camera, and talk to nobody
// else: no foreign request, no frame around it, no microphone.
var securityHeaders = []header{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
		"img-src 'self' blob: data:; style-src 'self'; worker-src 'self'; manifest-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
	{"Permissions-Policy", "camera=(self), microphone=(), geolocation=(), usb=(), display-capture=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Embedder-Policy", "require-corp"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	// No name in the site holds a hash of its content, so every file is asked about again; an ETag
	// makes the answer short.
	{"Cache-Control", "no-cache"},
}

// headersName is the file in which static hosts (Netlify, Cloudflare Pages) look for headers.
const headersName = "_headers"

// headersFiles are securityHeaders in the words of hosts and servers, by file name: the last two are to be included where
// a server block is configured. No name that begins with an underscore is served.
func headersFiles() map[string]string {
	all := map[string]string{}
	for name, form := range map[string]struct{ before, line, after string }{
		headersName:   {"/*\n", "  %s: %s\n", ""},
		"_nginx.conf": {"", "add_header %s \"%s\" always;\n", ""},
		"_Caddyfile":  {"header {\n", "\t%s \"%s\"\n", "}\n"},
	} {
		var b strings.Builder
		b.WriteString(form.before)
		for _, h := range securityHeaders {
			fmt.Fprintf(&b, form.line, h.name, h.value)
		}
		b.WriteString(form.after)
		all[name] = b.String()
	}
	return all
}

// mimeTypes of what a site may hold. The system's table is not asked: it differs between machines,
// and a browser does not compile wasm of another type while it streams in.
var mimeTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".gif":         "image/gif",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".mjs":         "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
}
