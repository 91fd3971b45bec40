// Package weights is the model file: named tensors and the text that describes the network they
// belong to. It knows tensors, not networks, so that a hostile file meets a package of small files.
//
//	model, err := weights.Default() // the int8 model that is compiled in
//	model, err := weights.Decode(b) // any other
//	b, err := weights.Encode(model)
//
// Decode never panics and never allocates more than a small multiple of the file's own length,
// whatever the file holds. FORMAT.md describes the bytes. The package does not check that the
// tensors fit the description; engine.NewNetwork does.
package weights

// Model is a set of named tensors with the description of the network that reads them.
type Model struct {
	// Arch describes the network, for example
	// "conv 32, pool, residual 64, pool, residual 128, pool; relation 48 48 8". See engine.ParseArch.
	Arch string

	// Tensors are sorted by name, without duplicates.
	Tensors []Tensor
}

// Tensor is one named array, row-major. Exactly one of I8 and F32 is set; its length is the product
// of Dims.
type Tensor struct {
	Name string
	Dims []int
	I8   []int8
	F32  []float32
}

// Tensor returns the tensor called name, or nil.
func (m *Model) Tensor(name string) *Tensor {
	for i := range m.Tensors {
		if m.Tensors[i].Name == name {
			return &m.Tensors[i]
		}
	}
	return nil
}

// Elements returns the product of the tensor's dimensions, which is the length of its data.
func (t *Tensor) Elements() int { return len(t.I8) + len(t.F32) }
