package weights

// Limits of a model file. A file beyond one of them is refused before anything is allocated for it.
// They are several times what a residual encoder with a relation head needs, and no more: whoever
// opens a file must not pay for what it merely claims. FORMAT.md repeats them.
const (
	// MaxFileBytes bounds a whole file, checksum included.
	MaxFileBytes = 8 << 20
	// MaxHeaderBytes bounds the header: the description and the list of tensors.
	MaxHeaderBytes = 64 << 10
	// MaxArchBytes bounds the text that describes the network.
	MaxArchBytes = 1 << 10
	// MaxTensors bounds the number of tensors; there is at least one.
	MaxTensors = 256
	// MaxNameBytes bounds the name of a tensor; it has at least one byte.
	MaxNameBytes = 64
	// MaxDims bounds the number of dimensions of a tensor; there is at least one.
	MaxDims = 4
	// MaxElements bounds the product of a tensor's dimensions, each of which is at least 1.
	MaxElements = 4 << 20
)
