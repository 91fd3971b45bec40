// Package kiosk is the rules of a page that stands in a public place, where one visitor follows another: when
// the board is made fresh and the screen goes dark, and who may change more than the board.
//
// It is plain Go without a clock of its own: the caller says what the time is and what has happened, so that a day
// in a museum is a test of a few lines.
package kiosk
