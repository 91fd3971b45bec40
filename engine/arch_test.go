package engine

import (
	"errors"
	"strings"
	"testing"
)

func TestParseArch(t *testing.T) {
	tests := []struct {
		text                string
		h, w, c, macs, size int
	}{
		{"conv 1", 28, 28, 1, 28 * 28 * 9, 9 + 1 + 1},
		{"conv 4, pool, root", 14, 14, 4, 28 * 28 * 9 * 4, 4*10 + 1},
		{"conv 4, pool, pool", 7, 7, 4, 28 * 28 * 9 * 4, 4*10 + 1},
		// A small residual encoder: 22.7 million multiply-adds, 288 thousand parameters.
		{"conv 32, pool, residual 64, pool, residual 128, pool", 3, 3, 128,
			28*28*9*32 + 14*14*(9*32+9*64+32)*64 + 7*7*(9*64+9*128+64)*128,
			(9+1)*32 + (9*32+9*64+32+3)*64 + (9*64+9*128+64+3)*128 + 1},
		// The Conv-4 of the literature: 64 channels, 112 thousand parameters.
		{"conv 64, pool, conv 64, pool, conv 64, pool, conv 64, pool", 1, 1, 64,
			28*28*9*64 + (14*14+7*7+3*3)*9*64*64, (9+1)*64 + 3*(9*64+1)*64 + 1},
		{"conv 2, pool; relation 3 4 5", 14, 14, 2, 28 * 28 * 9 * 2,
			20 + 1 + (9*4+1)*3 + (9*3+1)*4 + (14*14*4+1)*5 + 6},
		{"conv 2, pool; relation 1x1 3 4 5", 14, 14, 2, 28 * 28 * 9 * 2,
			20 + 1 + (4+1)*3 + (9*3+1)*4 + (14*14*4+1)*5 + 6},
		{"conv 2, pool; relation sum 3 4 5", 14, 14, 2, 28 * 28 * 9 * 2,
			20 + 1 + (9*4+1)*3 + (9*3+1)*4 + (14*14*4+1)*5 + 6},
		{"conv 2, pool; relation 1x1 sum pool 3 4 5", 14, 14, 2, 28 * 28 * 9 * 2,
			20 + 1 + (4+1)*3 + (9*3+1)*4 + (3*3*4+1)*5 + 6},
		// The Relation Network of Sung's code: 6.7 million multiply-adds, 223 thousand parameters.
		{"valid 64, pool, valid 64, pool, conv 64, conv 64; relation sum pool 64 64 8", 5, 5, 64,
			26*26*9*64 + (11*11+5*5+5*5)*9*64*64,
			10*64 + 3*(9*64+1)*64 + 1 + (9*128+1)*64 + (9*64+1)*64 + 65*8 + 9},
		{"conv 2, pool; siamese", 14, 14, 2, 28 * 28 * 9 * 2, 20 + 1 + 14*14*2 + 1},
		{"conv 2, pool; matching", 14, 14, 2, 28 * 28 * 9 * 2, 20 + 1 + 2*2 + 2},
		{"conv 2, pool; relation 3 4 5; siamese; matching", 14, 14, 2, 28 * 28 * 9 * 2,
			20 + 1 + (9*4+1)*3 + (9*3+1)*4 + (14*14*4+1)*5 + 6 + 14*14*2 + 1 + 2*2 + 2},
	}
	for _, test := range tests {
		a, err := ParseArch(test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if a.String() != test.text {
			t.Errorf("%q comes back as %q", test.text, a.String())
		}
		if h, w, c := a.EmbeddingDims(); h != test.h || w != test.w || c != test.c {
			t.Errorf("%q: embedding (%d, %d, %d), want (%d, %d, %d)", test.text, h, w, c, test.h, test.w, test.c)
		}
		if got := a.MultiplyAdds(); got != test.macs {
			t.Errorf("%q: %d multiply-adds, want %d", test.text, got, test.macs)
		}
		if got := a.Params(); got != test.size {
			t.Errorf("%q: %d parameters, want %d", test.text, got, test.size)
		}
	}
	a, err := ParseArch(" conv 7 ,pool ;  relation 1  2 3 ;siamese;  matching ")
	if err != nil || a.String() != "conv 7, pool; relation 1 2 3; siamese; matching" {
		t.Errorf("spaces: %q, %v", a.String(), err)
	}
}

func TestParseArchRefuses(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", `unknown stage ""`},
		{"convolution 3", `unknown stage "convolution"`},
		{"conv", `size "", want 1 to 512`},
		{"conv 0", `size "0", want 1 to 512`},
		{"conv -3", `size "-3"`},
		{"conv 513", `size "513", want 1 to 512`},
		{"conv 99999999999999999999", "want 1 to 512"},
		{"conv 3x", `size "3x"`},
		{"pool", "the first stage must be conv or valid"},
		{"residual 3", "the first stage must be conv or valid"},
		{"conv 3, pool 2", "pool takes no size"},
		{"conv 3, root 2", "root takes no size"},
		{"conv 3, root, pool", "root must be the last stage"},
		{"conv 3,", `unknown stage ""`},
		{"conv 3, pool, pool, pool, pool, pool", "too many pools or valid convolutions for a plane of 28"},
		{strings.Repeat("conv 3, ", 16) + "conv 3", "17 stages, at most 16"},
		{"conv 3; prototype", `unknown head "prototype"`},
		{"conv 3; relation 1 2", "relation has 2 sizes, want 3"},
		{"conv 3; relation 1 2 3 4", "relation has 4 sizes, want 3"},
		{"conv 3; relation 1x1 2 3", "relation has 2 sizes, want 3"},
		{"conv 3; relation", "relation has 0 sizes, want 3"},
		{"conv 3; relation 3x3 1 2 3", "relation has 4 sizes, want 3"},
		{"valid 3, valid", `size ""`},
		{strings.Repeat("valid 3, ", 13) + "valid 3", "too many pools or valid convolutions for a plane of 28"},
		{"valid 3, pool, pool, pool, valid 3, pool", "too many pools or valid convolutions"},
		{"conv 3; relation pool sum 1 2 3", "relation has 4 sizes, want 3"},
		{"conv 3; relation sum sum 1 2 3", "relation has 4 sizes, want 3"},
		{"conv 3, pool, pool, pool; relation pool 1 2 3", "needs an embedding of 4 by 4 or more, got 3 by 3"},
		{"conv 3; relation 1 2 0", `size "0"`},
		{"conv 3; relation 1 2 3; relation 1 2 3", "relation stands twice or out of order"},
		{"conv 3; matching; siamese", "siamese stands twice or out of order; the order is relation, siamese, matching"},
		{"conv 3; siamese 4", `siamese takes no size, got "4"`},
		{"conv 3; siamese; ; matching", "an empty head"},
		{"conv 3; siamese;", "an empty head"},
	}
	for _, test := range tests {
		_, err := ParseArch(test.text)
		if !errors.Is(err, ErrArch) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want ErrArch with %q", test.text, err, test.want)
		}
	}
}
