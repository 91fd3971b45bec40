// Package session reads and writes the file that a taught set is kept in: one zip with a folder of PNG
// pictures for each class and one JSON with names, order and strokes. FORMAT.md describes it.
//
// Write gives the same bytes for the same set. Read believes nothing: whatever it is given, it returns
// every class of a valid file or an error that names the part, the value and the bound, it does
// not panic, and what it allocates is bounded by the constants in limits.go. It also reads plain zips
// of class folders with PNG pictures, as PyTorch's ImageFolder has them.
//
// The package knows no screen, no file system and no browser: bytes in, classes out.
//
//	b, err := session.Write(board.Classes)
//	classes, err := session.Read(b)
package session
