package session

import "oneshot/ui/state"

// Limits of a file. One that breaks a limit is refused, and as early as the limit can be seen: sizes that
// a zip claims before anything is inflated, sizes of pictures before they are decoded. The
// numbers of classes, of examples in a class and of points in an example are those of package state.
// FORMAT.md repeats them with the reasons.
const (
	// MaxFileBytes bounds the whole file.
	MaxFileBytes = 32 << 20
	// MaxEntries bounds the files and folders in the zip.
	MaxEntries = 2*state.MaxClasses*state.MaxShots + 1000
	// MaxPathBytes bounds the path of a file in the zip.
	MaxPathBytes = 1024
	// MaxTotalBytes bounds the sum of the sizes of all files in the zip, inflated.
	MaxTotalBytes = 64 << 20
	// MaxListBytes bounds the JSON, inflated.
	MaxListBytes = 16 << 20
	// MaxStrokes bounds the strokes of all examples together.
	MaxStrokes = 200_000
	// MaxPictureBytes bounds one PNG.
	MaxPictureBytes = 4 << 20
	// MaxPictureSide bounds the width and the height of a PNG, in pixels.
	MaxPictureSide = 2048
	// MaxPixels bounds the pixels of all PNGs that are decoded together.
	MaxPixels = 64 << 20
)
