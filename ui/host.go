package ui

import (
	"image/color"
	"math"

	"oneshot/ui/words"
)

// Host is what the page needs of the machine it runs on. wasm/bridge implements it for the browser,
// tests with a plain value. All coordinates are layout units.
type Host interface {
	Text
	Capture
	// Screen says how large the screen is and what the user prefers.
	Screen() Screen
	// Events appends what happened since the last call to dst.
	Events(dst []Event) []Event
	// Mirror shows m to assistive technology in place of what it showed before.
	Mirror(m *Mirror)
	// Edit opens a text field over the screen; an EditDone or EditCancelled event follows.
	Edit(box EditBox)
	// MoveEdit moves the text field, if it is open: its control has moved.
	MoveEdit(r Rect)
	// Focus gives the twin called id the keyboard, as when another screen has opened.
	Focus(id string)
	// Depth tells how many scenes lie over the pad. The system's way back leaves them one by one, as the Escape key does.
	Depth(scenes int)
	// Save hands the user a file to keep, under a name that may already be taken where it goes.
	Save(name string, content []byte)
	// Pick lets the user choose a file; a FileChosen event follows if they do.
	Pick()
	// Answered is called when the answer to a stroke has been drawn, with the time of the event that
	// ended the stroke.
	Answered(strokeEnd float64)
	// Ready is called once, when the first frame has been drawn.
	Ready()
	// Now is the time in milliseconds on the clock of the events.
	Now() float64
}

// Screen is the size of the screen in layout units, how many device pixels a unit has, and what the
// user prefers.
type Screen struct {
	W, H    float64
	Density float64
	Dark    bool
	Still   bool             // reduced motion
	Words   *words.Catalogue // the language, which the host leaves to the page; nil for English
	// Keeps is 0 if what is drawn in one frame is not there in the next. Otherwise it is, for as long
	// as Keeps stays the same number.
	Keeps int
}

// Text measures and draws text, so that every script works that the machine has a font for.
type Text interface {
	// Measure returns the extent of s on one line.
	Measure(f Font, s string) Extent
	// Raster draws s on one line, scale device pixels to a unit.
	Raster(f Font, s string, c color.RGBA, scale float64) Raster
}

// Font is a size in layout units and a weight as in CSS, 400 regular and 700 bold.
type Font struct {
	Size   float64
	Weight int
}

// leading is the distance between the lines of a paragraph.
func (f Font) leading() float64 { return math.Round(f.Size * 1.4) }

// Extent is the advance width of a text and the height of its font above and below the baseline.
type Extent struct{ Width, Ascent, Descent float64 }

// Raster is drawn text: W x H premultiplied RGBA pixels, with the origin of the baseline at
// (OriginX, Baseline).
type Raster struct {
	Pix               []byte
	W, H              int
	OriginX, Baseline int
}

// EventKind says what happened.
type EventKind uint8

const (
	PointerDown EventKind = iota
	PointerMove
	PointerUp
	PointerCancel // the system took the pointer away
	PointerLeave  // the mouse left the screen
	Wheel
	Key
	Activate // a twin was clicked or pressed
	Focused  // a twin got the keyboard focus
	Slid     // the value of a twin was changed
	EditDone
	EditCancelled
	FileChosen      // picked, or dropped on the page
	FilesOver       // files are held over the page
	FilesAway       // and no longer
	PicturesGiven   // Batch was picked, dropped or pasted, and is read when those before it are
	PicturesReading // another file of Batch is read
	PicturesRead    // all are
	CameraFrame     // the camera saw Snapshot
	CameraGone      // it shows nothing, for the reason in Err
	Arrived         // there is something new behind the # sign of the address: Text
	Stirred         // somebody is there, and did nothing that the page needs to know
	Changed         // size, density, colours or fonts changed: draw everything anew
)

// Device is what a pointer is.
type Device uint8

const (
	Mouse Device = iota
	Pen
	Touch
)

// Event is one thing that happened. Which fields are set depends on Kind.
type Event struct {
	Kind     EventKind
	Time     float64 // milliseconds, see Host.Now
	X, Y     float64 // pointer and wheel
	Pointer  int     // the id of the pointer
	Device   Device
	Pressure float64 // 0..1, 0.5 where the device has no sensor
	DeltaY   float64 // wheel, in layout units
	Key      string  // the key's value, as in KeyboardEvent.key
	Command  bool    // key with Control or Command held
	Shift    bool
	Text     string    // EditDone: the text; Activate, Focused and Slid: the twin's id; Key: that of the twin with the keyboard, if any; FileChosen: its name
	Value    int       // Slid
	Data     []byte    // FileChosen: what is in it
	Err      error     // FileChosen: why it could not be read; CameraGone
	Batch    *Batch    // PicturesGiven, PicturesReading, PicturesRead
	Snapshot *Snapshot // CameraFrame
}

// EditBox is where a text field opens and what it starts with.
type EditBox struct {
	Rect  Rect
	Value string
	Label string // its accessible name
	Font  Font
}

// Mirror is what assistive technology sees: a twin for every control, in reading order, and the
// answer.
type Mirror struct {
	Twins []Twin
	// List is the window of the scrolling list and Scroll how far it is scrolled; twins with InList
	// are placed in the list's own coordinates, so that scrolling moves one box.
	List   Rect
	Scroll float64
	Title  string // of the list
	Status Status
	Toast  string // what was just done; empty once that has been there for a while
}

// TwinRole says what a twin is to assistive technology.
type TwinRole uint8

const (
	RoleButton TwinRole = iota
	RoleCanvas          // the drawing pad
	RoleSlider
)

// Twin is the counterpart of one drawn control.
type Twin struct {
	ID       string
	Name     string
	Role     TwinRole
	Rect     Rect
	InList   bool
	Disabled bool
	Edits    bool // activating it opens a text field
	// A slider has a whole number from Least to Most for a value, and words for it.
	Value, Least, Most int
	Words              string
}

// Status is the answer in words. Text changes only when a stroke has ended, so that a screen reader
// is not interrupted while the user draws.
type Status struct {
	Text string
	Rect Rect
}
