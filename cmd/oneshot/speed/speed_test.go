package speed

import (
	"math"
	"testing"
	"time"

	"oneshot/engine/kernel"
)

func TestMeasure(t *testing.T) {
	s := kernel.Shape{H: 2, W: 2, In: 2, Out: 16}
	r := Measure(s, time.Microsecond)
	if r.Shape != s || r.Implementation != kernel.Implementation() {
		t.Errorf("Measure(%+v) is of %+v with %q", s, r.Shape, r.Implementation)
	}
	for _, v := range []float64{r.Fast, r.Scalar, r.Ref, r.OverScalar, r.OverRef} {
		if !(v > 0) || math.IsInf(v, 0) {
			t.Errorf("Measure(%+v) = %+v, want finite positive figures", s, r)
		}
	}
}

func TestMedian(t *testing.T) {
	if m := median([]float64{5, 1, 9, 2, 3}); m != 3 {
		t.Errorf("median = %v, want 3", m)
	}
}

func TestFirstShapeIsTheAim(t *testing.T) {
	if s := Shapes()[0]; s != (kernel.Shape{H: 14, W: 14, In: 64, Out: 64}) {
		t.Errorf("the first shape is %+v, want 64 to 64 at 14x14", s)
	}
}
