package distort

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
)

// figure4 is the figure 4, of lines 3 pixels wide on a sheet of 105 x 105.
func figure4() *image.Gray {
	m := image.NewGray(image.Rect(0, 0, 105, 105))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	bar := func(x0, y0, x1, y1 int) {
		for i := range 101 {
			x, y := x0+(x1-x0)*i/100, y0+(y1-y0)*i/100
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					m.SetGray(x+dx, y+dy, color.Gray{})
				}
			}
		}
	}
	bar(60, 20, 30, 60)
	bar(30, 60, 75, 60)
	bar(60, 20, 60, 85)
	return m
}

func inputOf(t *testing.T, m image.Image) prep.Input {
	t.Helper()
	in, err := prep.FromImage(m)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// likeness is the cosine of two inputs.
func likeness(a, b prep.Input) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

func TestDistortionsAreTheSameDrawing(t *testing.T) {
	src := figure4()
	published := inputOf(t, src)
	names := map[string]bool{}
	for _, d := range All() {
		if names[d.Name] {
			t.Errorf("%s stands twice", d.Name)
		}
		names[d.Name] = true
		for seed := range uint64(6) {
			again := func() prep.Input { return inputOf(t, d.Apply(src, rand.New(rand.NewPCG(1, seed)))) }
			in := again()
			if in == published {
				t.Errorf("%s, seed %d: nothing is distorted", d.Name, seed)
			}
			// A turn moves thin lines away from each other: a third of the ink is still where it was.
			if l := likeness(in, published); l < 0.35 {
				t.Errorf("%s, seed %d: likeness %.2f", d.Name, seed, l)
			}
			if again() != in {
				t.Errorf("%s, seed %d: another picture from the same seed", d.Name, seed)
			}
		}
	}
	if src.Pix[0] != 255 || inputOf(t, src) != published {
		t.Error("the source was changed")
	}
}

// components counts the parts of ink that hang together, corners included.
func components(b bitmap) (n int) {
	seen := make([]bool, len(b.v))
	for start, ink := range b.v {
		if !ink || seen[start] {
			continue
		}
		n++
		seen[start] = true
		for stack := []int{start}; len(stack) > 0; {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for d := range 9 {
				x, y := i%b.w+d%3-1, i/b.w+d/3-1
				if j := y*b.w + x; b.has(x, y) && !seen[j] {
					seen[j] = true
					stack = append(stack, j)
				}
			}
		}
	}
	return n
}

func TestSkeletonIsThinAndWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		k := newInk(40, 40)
		for range 1 + r.IntN(5) { // bars and squares, some of them dots of 2 x 2
			x, y, w, h := r.IntN(34), r.IntN(34), 2+r.IntN(3), 2+r.IntN(3)
			if r.IntN(2) == 0 {
				w = 2 + r.IntN(30)
			}
			for i := range w * h {
				if u, v := x+i%w, y+i/w; u < 40 && v < 40 {
					k.v[v*40+u] = 1
				}
			}
		}
		thick := bitmap{40, 40, make([]bool, 1600)}
		for i, v := range k.v {
			thick.v[i] = v > 0
		}
		thin := skeleton(k)
		if components(thin) != components(thick) {
			t.Fatalf("%d parts, want %d", components(thin), components(thick))
		}
		blocks := 0
		for i := range thin.v {
			if thin.v[i] && !thick.v[i] {
				t.Fatal("ink where there was none")
			}
			x, y := i%40, i/40
			if thin.has(x, y) && thin.has(x+1, y) && thin.has(x, y+1) && thin.has(x+1, y+1) && thin.has(x+2, y) && thin.has(x+2, y+1) {
				blocks++
			}
		}
		if blocks > 0 {
			t.Fatalf("%d places are still two lines thick", blocks)
		}
	}
}

func TestStrokeHasThePensWidth(t *testing.T) {
	for _, width := range []float64{0.012, 0.03, 0.065} {
		k := stroke(figure4(), width)
		// The upright of the 4 below the bar is crossed once by each row.
		var covered float64
		y := penScale * 75
		for x := range k.w {
			covered += float64(k.v[y*k.w+x])
		}
		if want := width * 105 * penScale; math.Abs(covered-want) > 0.6 {
			t.Errorf("a pen of %v draws %.2f pixels, want %.2f", width, covered, want)
		}
	}
}

func TestAThinLineIsNotLost(t *testing.T) {
	k := newInk(30, 30)
	k.line(5, 15.5, 25, 15.5, 0.2)
	var sum float64
	for y := range 30 {
		sum += float64(k.v[y*30+15])
	}
	if math.Abs(sum-0.4) > 0.05 {
		t.Errorf("a line of 0.4 pixels covers %.2f", sum)
	}
}

func TestPlaceStaysOnTheSheet(t *testing.T) {
	k := inkOf(figure4())
	var ink float64
	for _, v := range k.v {
		ink += float64(v)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		angle := (2*r.Float64() - 1) * maxTurn
		sheet := k.place(r, 300, 200, angle, 0.2, 0.9)
		x0, y0, x1, y1 := sheet.bounds(0.3)
		if span := float64(max(x1-x0, y1-y0)) / 200; span < 0.15 || span > 0.93 {
			t.Fatalf("the ink spans %.2f of the sheet", span)
		}
		// Nothing is cut off: the ink has grown as the square of the scale.
		var all float64
		for _, v := range sheet.v {
			all += float64(v)
		}
		scale := math.Sqrt(all / ink)
		if x0 == 0 && y0 == 0 && x1 == 300 && y1 == 200 || scale < 0.4 || scale > 3 {
			t.Fatalf("ink from (%d, %d) to (%d, %d), scale %.2f", x0, y0, x1, y1, scale)
		}
	}
}

func TestThroughTurnsAndScales(t *testing.T) {
	k := newInk(21, 21)
	k.v[10*21+16] = 1 // 6 pixels to the right of the middle
	for angle, want := range map[float64][2]float64{0: {12, 0}, math.Pi / 2: {0, -12}, -math.Pi / 4: {12 / math.Sqrt2, 12 / math.Sqrt2}} {
		turned := k.through(similarity(angle, 2, k, 61, 61), 61, 61)
		var x, y, all float64
		for i, v := range turned.v {
			x += float64(v) * (float64(i%61) - 30)
			y += float64(v) * (float64(i/61) - 30)
			all += float64(v)
		}
		if math.Abs(x/all-want[0]) > 0.1 || math.Abs(y/all-want[1]) > 0.1 || math.Abs(all-4) > 0.2 {
			t.Errorf("turned by %.2f: at (%.2f, %.2f) with %.2f ink, want %v with 4", angle, x/all, y/all, all, want)
		}
	}
}

func TestBlurKeepsTheInk(t *testing.T) {
	k := newInk(41, 41)
	k.v[20*41+20] = 1
	soft := k.blur(2)
	var all, spread float64
	for i, v := range soft.v {
		all += float64(v)
		spread += float64(v) * float64((i%41-20)*(i%41-20))
	}
	if math.Abs(all-1) > 1e-3 || math.Abs(math.Sqrt(spread/all)-2) > 0.05 {
		t.Errorf("ink %.3f with a deviation of %.2f, want 1 with 2", all, math.Sqrt(spread/all))
	}
}

func TestCoarseHasTwoLevels(t *testing.T) {
	for seed := range uint64(8) {
		m := coarse(figure4(), rand.New(rand.NewPCG(1, seed))).(*image.Gray)
		if side := m.Rect.Dx(); side < 48 || side > 64 || m.Rect.Dy() != side {
			t.Errorf("%v", m.Rect)
		}
		for _, v := range m.Pix {
			if v != 0 && v != 255 {
				t.Fatalf("grey level %d", v)
			}
		}
	}
}

func TestPhotographedIsUneven(t *testing.T) {
	uneven := 0
	for seed := range uint64(20) {
		m := photographed(figure4(), rand.New(rand.NewPCG(2, seed))).(*image.YCbCr)
		corners := []int{}
		for _, p := range []image.Point{{8, 8}, {m.Rect.Dx() - 9, 8}, {8, m.Rect.Dy() - 9}, {m.Rect.Dx() - 9, m.Rect.Dy() - 9}} {
			corners = append(corners, int(m.Y[m.YOffset(p.X, p.Y)]))
		}
		if max(corners[0], corners[1], corners[2], corners[3])-min(corners[0], corners[1], corners[2], corners[3]) > 40 {
			uneven++
		}
	}
	if uneven < 10 {
		t.Errorf("%d of 20 photographs have uneven light", uneven)
	}
}

func TestSetDoesNotDependOnWhatIsWanted(t *testing.T) {
	set := &fewshot.Set{}
	for c := range 3 {
		class := fewshot.Class{Name: fmt.Sprint(c)}
		for range 4 {
			class.Drawings = append(class.Drawings, &fewshot.Drawing{Image: figure4()})
		}
		set.Classes = append(set.Classes, class)
	}
	blank := image.NewGray(image.Rect(0, 0, 105, 105))
	for i := range blank.Pix {
		blank.Pix[i] = 255
	}
	set.Classes[1].Drawings[2].Image = blank
	d := All()[6]
	all := Set(set, d, 5, func(*fewshot.Drawing) bool { return true })
	last := set.Classes[2].Drawings[3]
	some := Set(set, d, 5, func(w *fewshot.Drawing) bool { return w == last })
	if len(all) != 12 || len(some) != 1 || some[last] == nil || some[last].Input != all[last].Input {
		t.Errorf("%d and %d drawings, or others", len(all), len(some))
	}
	if other := Set(set, d, 6, func(w *fewshot.Drawing) bool { return w == last }); other[last].Input == all[last].Input {
		t.Error("another seed gives the same picture")
	}
	if first := set.Classes[0].Drawings[0]; all[first].Input == all[last].Input {
		t.Error("two drawings are distorted alike")
	}
	if picture, ok := all[set.Classes[1].Drawings[2]]; !ok || picture != nil {
		t.Error("a blank picture has ink")
	}
}
