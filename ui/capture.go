package ui

import "oneshot/ui/state"

// Capture is what the page needs of the machine to see what was not drawn on it.
type Capture interface {
	Shutter
	// PickPictures lets the user choose pictures, for a class or, with 0, for nothing in particular. If they do, a
	// PicturesGiven event, a PicturesReading event for each file and a PicturesRead event follow, as after a drop or a paste.
	PickPictures(to state.ClassID)
}
