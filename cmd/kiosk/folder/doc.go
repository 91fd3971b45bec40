//go:build unix

// Package folder keeps values in a folder of files, as a keeping.Store for a program with a window of its own.
//
// A set is a zip file that any program opens; its newest revision and the one before lie side by side. Changes are made
// together or not at all: what is new is written beside the old and flushed, then a journal says what is to take whose place,
// and only then is anything renamed. A program that dies in between finds the journal and ends what it had begun.
package folder
