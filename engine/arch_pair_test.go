package engine

import "testing"

func TestPairCost(t *testing.T) {
	for _, c := range []struct {
		arch    string
		classes int
		want    PairCost
	}{
		{"conv 8, pool", 5, PairCost{}},
		// 14 x 14 pixels of 8 channels: 14*14*9*8*4 = 56,448 a half.
		{"conv 8, pool; relation 4 6 2", 1, PairCost{112_896, 56_448, 56_448, 784, 42_336 + 2_352 + 2}},
		{"conv 8, pool; relation 4 6 2", 5, PairCost{564_480, 282_240, 56_448, 3_920, 5 * 44_690}},
		{"conv 8, pool; relation 1x1 4 6 2", 5, PairCost{62_720, 31_360, 6_272, 3_920, 5 * 44_690}},
	} {
		a, err := ParseArch(c.arch)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.PairCost(c.classes); got != c.want {
			t.Errorf("%s, %d classes: %+v, want %+v", c.arch, c.classes, got, c.want)
		}
	}
}
