package engine

import (
	"math"
	"math/rand/v2"
	"testing"
)

// MaxExpError bounds the relative error of exp against math.Exp.
const MaxExpError = 1e-15

func TestExp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 10000 {
		x := -700 * r.Float64()
		if i%2 == 0 {
			x /= 700
		}
		got, want := exp(x), math.Exp(x)
		if math.Abs(got-want) > MaxExpError*want {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	for _, c := range [][2]float64{{0, 1}, {-746, 0}, {-1e300, 0}, {math.Inf(-1), 0}} {
		if got := exp(c[0]); got != c[1] {
			t.Errorf("exp(%v) = %v, want %v", c[0], got, c[1])
		}
	}
}

func TestLogUnit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 10000 {
		x := 1 - r.Float64()
		switch i % 3 {
		case 1:
			x = math.Pow(x, 20)
		case 2:
			x = 1 - x*1e-9
		}
		got, want := logUnit(x), math.Log(x)
		if math.Abs(got-want) > MaxExpError*max(1, -want) {
			t.Fatalf("logUnit(%v) = %v, want %v", x, got, want)
		}
	}
	if got := logUnit(1); got != 0 {
		t.Errorf("logUnit(1) = %v", got)
	}
}

func TestSigmoid(t *testing.T) {
	for _, x := range []float64{0, 0.5, 3, 20, 800, 1e300} {
		lo, hi := sigmoid(-x), sigmoid(x)
		if math.Abs(lo+hi-1) > MaxExpError || lo > 0.5 || hi < 0.5 || hi > 1 || lo < 0 {
			t.Errorf("sigmoid(±%v) = %v, %v", x, lo, hi)
		}
	}
}

func TestSoftmax(t *testing.T) {
	x := []float64{1000, 999, 1000 - math.Ln2, -1e300}
	softmax(x)
	sum := x[0] + x[1] + x[2] + x[3]
	if math.Abs(sum-1) > MaxExpError || math.Abs(x[0]/x[2]-2) > 1e-12 || math.Abs(x[0]/x[1]-math.E) > 1e-12 || x[3] != 0 {
		t.Errorf("got %v", x)
	}
}
