//go:build !js

// Package e2e tests the finished site as a person meets it: it builds and serves it like "oneshot
// build" and "oneshot serve", opens it in headless Chromium, draws with the mouse, a finger or the
// keyboard alone, and reads the answers where a screen reader reads them.
//
// What is drawn are pen strokes of people, from Omniglot, where the data lies beside the module;
// elsewhere they are the symbols of this package. The test's log says which.
//
// ONESHOT_E2E=require turns a missing Chromium from a skip into a failure, ONESHOT_CHROMIUM names
// the program, and ONESHOT_SCREENSHOTS is a folder for pictures of the page. ONESHOT_KILLS is how often the
// browser is killed, and ONESHOT_SOAK how long the page is used: see make kills and make soak.
package e2e
