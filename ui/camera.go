package ui

import (
	"errors"
	"image"
	"oneshot/ui/words"
)

// Why there is no picture from the camera. What the host reports wraps one of these.
var (
	ErrCameraRefused = errors.New("ui: camera not allowed")
	ErrCameraMissing = errors.New("ui: no camera")
	ErrCameraBusy    = errors.New("ui: camera in use")
	ErrCameraEnded   = errors.New("ui: camera gone")
	ErrCameraUnsafe  = errors.New("ui: camera only over https")
	ErrCameraMuted   = errors.New("ui: camera sends nothing")
)

// Shutter is what the page needs of a camera.
type Shutter interface {
	// Camera shows what the camera sees in a box of the screen, live, until CameraOff is called. It starts the
	// camera or, if it runs, moves its picture. CameraFrame events follow, a few a second, or CameraGone. After
	// CameraGone it stays off until CameraOff has been called.
	Camera(box Rect)
	// NextCamera changes to another one: from the back to the front of a phone.
	NextCamera()
	// CameraOff stops it, so that its light goes out.
	CameraOff()
}

// CameraFramed is the part of the side of the camera's picture that the framing square has. A frame of CameraFrame is what
// is inside it.
const CameraFramed = 0.84

// Snapshot is what the camera saw inside the framing square.
type Snapshot struct {
	Image   image.Image
	Cameras int // that there are to change to, this one included
}

// cameraWords says why there is no picture and what to do.
func cameraWords(w *words.Catalogue, err error) (title, detail string) {
	switch {
	case errors.Is(err, ErrCameraRefused):
		return w.Say("Camera not allowed"), w.Say("Allow it for this page in the browser's settings, then try again.")
	case errors.Is(err, ErrCameraMissing):
		return w.Say("No camera was found"), w.Say("Plug one in, then try again.")
	case errors.Is(err, ErrCameraBusy):
		return w.Say("The camera is taken"), w.Say("Another program may be using it. Close that and try again.")
	case errors.Is(err, ErrCameraEnded):
		return w.Say("The camera has gone"), w.Say("It was unplugged or switched off. Try again when it is back.")
	case errors.Is(err, ErrCameraUnsafe):
		return w.Say("No camera over http"), w.Say("Browsers give a camera only to pages that are loaded over https.")
	case errors.Is(err, ErrCameraMuted):
		return w.Say("The camera is paused"), w.Say("Something else has it for the moment. It goes on by itself when it is free.")
	}
	return w.Say("The camera failed"), w.Say("The browser says: {error}", err)
}
