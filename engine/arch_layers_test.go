package engine

import (
	"strings"
	"testing"
)

// Layers follow one another, spend together what the encoder spends, and name the ranges that a model has.
func TestLayers(t *testing.T) {
	for _, arch := range []string{goldenArch, plainArch, residualArch, sungArch, sumArch} {
		m := randomModel(t, arch, 6)
		a, err := ParseArch(arch)
		if err != nil {
			t.Fatal(err)
		}
		macs, ranges := 0, map[string]bool{}
		var last Layer
		for i, l := range a.Layers() {
			if i > 0 && l.In != last.Out && l.Name != "relation.0" {
				t.Errorf("%q: %s reads %v, the layer before gives %v", arch, l.Name, l.In, last.Out)
			}
			if strings.HasPrefix(l.Name, "encoder") {
				macs += l.MultiplyAdds
			}
			for _, r := range l.Ranges {
				ranges[r] = true
				if m.Tensor(r+".range") == nil {
					t.Errorf("%q: %s has no range %q", arch, l.Name, r)
				}
			}
			last = l
		}
		if macs != a.MultiplyAdds() {
			t.Errorf("%q: %d multiply-adds, want %d", arch, macs, a.MultiplyAdds())
		}
		for _, x := range m.Tensors {
			if name, ok := suffix(x.Name, ".range"); ok && !ranges[name] {
				t.Errorf("%q: no layer names the range %q", arch, name)
			}
		}
		if last.Out != [3]int{1, 1, 1} {
			t.Errorf("%q: the last layer gives %v", arch, last.Out)
		}
	}
	a, err := ParseArch("valid 64, pool, valid 64, pool, conv 64, conv 64; relation sum pool 64 64 8")
	if err != nil {
		t.Fatal(err)
	}
	pair := 0
	for _, l := range a.Layers()[6:] {
		pair += l.MultiplyAdds
	}
	if want := 25*9*128*64 + 4*9*64*64 + 64*8 + 8; pair != want {
		t.Errorf("a pair of Sung's network: %d multiply-adds, want %d", pair, want)
	}
}
