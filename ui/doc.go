// Package ui is the page a person sees: a pad to draw on, cards of classes to teach, and the answer.
//
// What the user made lives in ui/state. From it and the size of the screen, arrange computes a
// Layout, a plain value: every control with its place and its accessible name. Drawing, hit-testing
// and the DOM mirror all read that one value, so that what is seen, what is touched and what is read
// aloud agree. Game ties them to Ebitengine: Update changes state, Draw only reads it, and nothing is
// drawn while nothing changes.
//
// The browser is behind Host. The package does not know the network: it is handed a state.Learner.
package ui
