package kernel

import "testing"

func TestIntegersAllocateNothing(t *testing.T) {
	s := Shape{H: 5, W: 5, In: 7, Out: 40}
	acc, src := make([]int32, s.H*s.W*s.Out), make([]int16, s.plane(s.In))
	plane, pooled := make([]int16, s.plane(s.Out)), make([]int16, 4*4*s.Out)
	w3 := PackConv3x3(make([]int8, s.Out*s.In*9), s.In, s.Out)
	w1 := PackConv1x1(make([]int8, s.Out*s.In), s.In, s.Out)
	wd := PackDense(make([]int8, 3*len(src)), len(src), 3)
	c := &Channels{Bias: make([]int32, s.Out), Mult: make([]int32, s.Out), Shift: make([]uint8, s.Out), Hi: 1}
	for i := range c.Shift {
		c.Mult[i], c.Shift[i] = 1<<30, 30
	}
	for _, op := range []struct {
		name string
		f    func()
	}{
		{"Conv3x3", func() { Conv3x3(acc, src, w3, s) }},
		{"Conv1x1", func() { Conv1x1(acc, src, w1, s) }},
		{"AddPair", func() { AddPair(acc, acc, acc) }},
		{"Dense", func() { Dense(acc[:3], src, wd) }},
		{"DotI16", func() { DotI16(src, src) }},
		{"Requantise", func() { Requantise(plane, acc, s, c) }},
		{"AddClamp", func() { AddClamp(plane, plane, plane, 0, 4095) }},
		{"MaxPool2x2", func() { MaxPool2x2(pooled, plane, Shape{H: s.H, W: s.W, In: s.Out}) }},
	} {
		if n := testing.AllocsPerRun(20, op.f); n != 0 {
			t.Errorf("%s allocates %v times", op.name, n)
		}
	}
}
