package float

import (
	"testing"

	"oneshot/weights"
)

// The float32 model describes the same network as the int8 one and has no int8 tensors.
func TestFloatMatchesDefault(t *testing.T) {
	f, err := Float()
	if err != nil {
		t.Fatal(err)
	}
	q, err := weights.Default()
	if err != nil {
		t.Fatal(err)
	}
	if f.Arch != q.Arch {
		t.Errorf("float32 model is %q, int8 model is %q", f.Arch, q.Arch)
	}
	for _, x := range f.Tensors {
		if x.F32 == nil {
			t.Errorf("%s is not float32", x.Name)
		}
		if q.Tensor(x.Name) == nil {
			t.Errorf("%s is missing in the int8 model", x.Name)
		}
	}
}
