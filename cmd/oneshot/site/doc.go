// Package site builds the static web site of oneshot from the module's source and serves it.
//
//	report, err := site.Build(ctx, root, "dist", os.Stderr)
//	http.Serve(listener, site.NewHandler("dist"))
//
// It does not know the application: it compiles the package wasm, copies the files beside it, and
// serves what it finds with the headers that a static host should send.
package site
