package prep_test

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"strings"
	"testing"

	"oneshot/engine/prep"
	"oneshot/weights/hostile"

	"pgregory.net/rapid"
)

// hook is an upright with a curl: two strokes in a frame of 100. Its points are whole numbers, since
// math.Cos is not the same everywhere.
func hook() []prep.Stroke {
	return []prep.Stroke{
		{{X: 50, Y: 12}, {X: 52, Y: 60}},
		{{X: 68, Y: 62}, {X: 65, Y: 71}, {X: 58, Y: 78}, {X: 49, Y: 80}, {X: 40, Y: 77}, {X: 34, Y: 70}, {X: 32, Y: 61}, {X: 35, Y: 52},
			{X: 41, Y: 46}, {X: 50, Y: 44}},
	}
}

// hookChecksum is the CRC-32 of hook's Input: every platform draws the same bits.
const hookChecksum = 0xadffd981

func TestFromStrokesIsTheSameEverywhere(t *testing.T) {
	in, err := prep.FromStrokes(hook(), 100)
	if err != nil {
		t.Fatal(err)
	}
	if got := crc32.ChecksumIEEE(in[:]); got != hookChecksum {
		t.Errorf("checksum %#x, want %#x", got, uint32(hookChecksum))
	}
}

func TestFromStrokesDrawsALine(t *testing.T) {
	// A line of 60 across a frame of 100. The crop is 1.2*60/(1-1.2*0.0625) = 77.84 and the pen
	// 1/16 of it: 1.75 pixels of the input, from 13.125 to 14.875.
	in, err := prep.FromStrokes([]prep.Stroke{{{X: 20, Y: 50}, {X: 80, Y: 50}}}, 100)
	if err != nil {
		t.Fatal(err)
	}
	column := func(y int) uint8 { return in[y*prep.Side+14] }
	for y := range prep.Side {
		want := 0.0
		if y == 13 || y == 14 {
			want = 0.875 * 255
		}
		if math.Abs(float64(column(y))-want) > 2 {
			t.Errorf("pixel (14, %d) is %d, want %.0f", y, column(y), want)
		}
	}
	// The margin is a twelfth of the crop on each side: 2.33 pixels.
	row := in[13*prep.Side : 14*prep.Side]
	if row[1] != 0 || row[4] == 0 || row[23] == 0 || row[26] != 0 {
		t.Errorf("the line does not reach from 2.33 to 25.67: %v", row)
	}
}

func TestDotsAreDrawn(t *testing.T) {
	dot := prep.Stroke{{X: 50, Y: 50}, {X: 51, Y: 50}}
	in, err := prep.FromStrokes([]prep.Stroke{dot}, 100)
	if err != nil {
		t.Fatalf("a dot made with a small turn of the pen: %v", err)
	}
	covered := 0
	for _, v := range in {
		covered += int(v)
	}
	// The pen is 1.75 pixels wide and the turn 1: a capsule of pi/4*1.75*1.75 + 1.75 = 4.16 pixels.
	if pixels := float64(covered) / 255; math.Abs(pixels-4.16) > 0.3 {
		t.Errorf("the dot covers %.2f pixels, want 4.16", pixels)
	}
	taps := []prep.Stroke{{{X: 20, Y: 20}}, {}, {{X: 60, Y: 40}}}
	in, err = prep.FromStrokes(taps, 100)
	if err != nil {
		t.Fatalf("two taps apart: %v", err)
	}
	if ink := in[8*prep.Side+3]; ink == 0 {
		t.Error("the first tap is not drawn")
	}
}

func TestFromStrokesErrors(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	line := func(p prep.Point) []prep.Stroke { return []prep.Stroke{{{X: 10, Y: 10}, p}} }
	tests := []struct {
		name    string
		strokes []prep.Stroke
		frame   float32
		is      error
		text    string
	}{
		{"nothing", nil, 100, prep.ErrBlank, "prep: no ink"},
		{"empty strokes", []prep.Stroke{{}, {}}, 100, prep.ErrBlank, ""},
		{"tap", []prep.Stroke{{{X: 50, Y: 50}}}, 100, prep.ErrSpeck, "the pen moved 0, at least 1"},
		{"still", []prep.Stroke{{{X: 50, Y: 50}, {X: 50.5, Y: 50.9}}}, 100, prep.ErrSpeck, "0.9"},
		{"NaN", line(prep.Point{X: nan, Y: 1}), 100, prep.ErrPoint, "point (NaN, 1) in a frame of 100"},
		{"infinite", line(prep.Point{X: 1, Y: -inf}), 100, prep.ErrPoint, "-Inf"},
		{"far away", line(prep.Point{X: 1e30, Y: 1}), 100, prep.ErrPoint, "1e+30"},
		{"frame 0", hook(), 0, prep.ErrPoint, "frame 0"},
		{"frame below 0", hook(), -5, prep.ErrPoint, "frame -5"},
		{"frame NaN", hook(), nan, prep.ErrPoint, "frame NaN"},
		{"frame infinite", hook(), inf, prep.ErrPoint, "frame +Inf"},
		{"too many points", []prep.Stroke{make(prep.Stroke, prep.MaxPoints), {{}}}, 100, prep.ErrSize, "more than 262144 points"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in, err := prep.FromStrokes(test.strokes, test.frame)
			if !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.text) || in != (prep.Input{}) {
				t.Errorf("error %v, want %v with %q and a blank input", err, test.is, test.text)
			}
		})
	}
}

// The ink of strokes is what FromStrokes sees, before four by four of its pixels are averaged.
func TestInkOfStrokes(t *testing.T) {
	want, err := prep.FromStrokes(hook(), 100)
	if err != nil {
		t.Fatal(err)
	}
	ink, err := prep.InkOfStrokes(hook(), 100)
	if err != nil || ink.W != 4*prep.Side || ink.H != 4*prep.Side {
		t.Fatalf("ink %v, %v; want four times %d a side", ink, err, prep.Side)
	}
	for i, v := range want {
		sum := 0
		for j := range 16 {
			sum += int(ink.Pix[(i/prep.Side*4+j/4)*ink.W+i%prep.Side*4+j%4])
		}
		if got := (sum + 8) / 16; got != int(v) {
			t.Fatalf("pixel %d is %d on average, want %d", i, got, v)
		}
	}
	if ink, err := prep.InkOfStrokes(nil, 100); ink != nil || !errors.Is(err, prep.ErrBlank) {
		t.Errorf("of nothing: %v, %v; want ErrBlank", ink, err)
	}
}

// maxStrokeDrift is how much a pixel may change when a drawing is moved or enlarged: the rounding of
// float32 points shifts an edge by less than a cell of the grid.
const maxStrokeDrift = 8

func TestWhereAndHowLargeAPersonDrawsDoesNotMatter(t *testing.T) {
	want, err := prep.FromStrokes(hook(), 100)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Float32Range(0.5, 8).Draw(t, "size")
		dx := rapid.Float32Range(-300, 300).Draw(t, "dx")
		dy := rapid.Float32Range(-300, 300).Draw(t, "dy")
		strokes := hook()
		for _, s := range strokes {
			for i := range s {
				s[i].X, s[i].Y = s[i].X*size+dx, s[i].Y*size+dy
			}
		}
		got, err := prep.FromStrokes(strokes, 100)
		if err != nil {
			t.Fatal(err)
		}
		if d := farthest(got, want); d > maxStrokeDrift {
			t.Fatalf("%v times as large at (%v, %v) a pixel changes by %d", size, dx, dy, d)
		}
	})
}

func TestTheUnitDoesNotMatter(t *testing.T) {
	want, _ := prep.FromStrokes(hook(), 100)
	strokes := hook()
	for _, s := range strokes {
		for i := range s {
			s[i].X, s[i].Y = s[i].X/1024, s[i].Y/1024 // a power of two is exact
		}
	}
	if got, err := prep.FromStrokes(strokes, 100.0/1024); err != nil || got != want {
		t.Errorf("in another unit the input differs, error %v", err)
	}
}

// FuzzFromStrokes draws whatever the bytes say: four of them the frame, then two a point, 255 255 lifts the pen. Sixteen points go
// wherever more do.
func FuzzFromStrokes(f *testing.F) {
	framed := func(frame float32, data ...byte) []byte {
		return append(binary.LittleEndian.AppendUint32(nil, math.Float32bits(frame)), data...)
	}
	hostile.Fuzz(f, [][]byte{
		framed(100, 10, 10, 90, 90, 255, 255, 10, 90, 90, 10),
		framed(float32(math.Inf(1)), 1, 1),
		framed(10, 255, 48),
		framed(100, 48),
		framed(396, 48, 48),
	}, func(t testing.TB, data []byte) error {
		var frame float32
		if len(data) >= 4 {
			frame, data = math.Float32frombits(binary.LittleEndian.Uint32(data)), data[4:]
		}
		strokes := []prep.Stroke{nil}
		for data = data[:min(len(data), 32)]; len(data) > 1; data = data[2:] {
			last := &strokes[len(strokes)-1]
			if data[0] == 255 && data[1] == 255 {
				strokes = append(strokes, nil)
				continue
			}
			*last = append(*last, prep.Point{X: float32(data[0]) - 20, Y: float32(data[1]) - 20})
		}
		in, err := prep.FromStrokes(strokes, frame)
		if err == nil && in == (prep.Input{}) {
			t.Fatal("a blank input without an error")
		}
		return err
	})
}
