package hostile

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Bounds of a flood: how long one input may take, and how much may lie in memory at a time, of all workers.
const (
	mostTime   = 10 * time.Second
	mostMemory = 256 << 20
)

// Fuzz is f.Fuzz on inputs of bytes, and floods the check with inputs before it: 10,000 of them, 1,000 with -short or as WebAssembly, or as
// many as ONESHOT_FLOOD says. check fails the test if something is wrong, and returns the decoder's error.
//
// Go's fuzzing looks for new paths through a program and takes its time for each input; a flood is a hundred times as many
// mutated inputs in the same time. It goes on from each input that gave an error of a new kind, and from what is accepted.
// An input that makes the decoder panic, or check fail, is kept in the folder of Go's fuzzing, whose next run begins with
// it. One that takes 10 s, or makes the heap larger than 256 MB, ends the program, which prints it.
func Fuzz(f *testing.F, seeds [][]byte, check func(t testing.TB, b []byte) error) {
	f.Helper()
	for _, s := range seeds {
		f.Add(s)
	}
	seeds = append(slices.Clip(seeds), kept(f)...)
	if fuzzing := flag.Lookup("test.fuzz"); fuzzing == nil || fuzzing.Value.String() == "" {
		flood(f, seeds, check)
	}
	f.Fuzz(func(t *testing.T, b []byte) { _ = check(t, b) })
}

func flood(f *testing.F, seeds [][]byte, check func(t testing.TB, b []byte) error) {
	f.Helper()
	n := 10_000
	if testing.Short() || runtime.GOARCH == "wasm" {
		n = 1_000
	}
	if s := os.Getenv("ONESHOT_FLOOD"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			f.Fatalf("ONESHOT_FLOOD: %v", err)
		}
	}
	workers := make([]*worker, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	began := time.Now()
	for i := range workers {
		w := &worker{random: rand.New(rand.NewPCG(uint64(i), 1)), check: check, seeds: seeds, kinds: map[string]bool{}, left: n / len(workers)}
		workers[i] = w
		wait.Go(w.run)
	}
	done := make(chan struct{})
	go func() { wait.Wait(); close(done) }()
	most := watch(workers, done)

	kinds, accepted := map[string]bool{}, 0
	for _, w := range workers {
		accepted += w.accepted
		for k := range w.kinds {
			kinds[k] = true
		}
		if w.failed != nil {
			f.Errorf("%v\n%q is kept in %s", w.failed, w.input, keep(f, w.input))
		}
	}
	f.Logf("%d inputs in %v: %d accepted, %d kinds of answers, at most %.1f MB in memory", n/len(workers)*len(workers),
		time.Since(began).Round(time.Millisecond), accepted, len(kinds), float64(most)/(1<<20))
}

// watch ends the program if a worker takes too long or too much memory, and returns how much memory there was when the most was
// in use.
func watch(workers []*worker, done <-chan struct{}) (most uint64) {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		metrics.Read(heap)
		most = max(most, heap[0].Value.Uint64())
		if most > mostMemory {
			panic(fmt.Sprintf("the heap has %d bytes, at most %d; inputs of now: %q", most, mostMemory, inputs(workers)))
		}
		for _, w := range workers {
			if since := w.since.Load(); since != 0 && time.Since(time.Unix(0, since)) > mostTime {
				panic(fmt.Sprintf("an input takes more than %v: %q", mostTime, w.input))
			}
		}
		select {
		case <-done:
			return most
		case <-tick.C:
		}
	}
}

func inputs(workers []*worker) (all [][]byte) {
	for _, w := range workers {
		all = append(all, w.input)
	}
	return all
}

// keep writes an input to where Go's fuzzing looks for some.
func keep(f *testing.F, input []byte) string {
	f.Helper()
	sum := sha256.Sum256(input)
	name := filepath.Join("testdata", "fuzz", f.Name(), fmt.Sprintf("flood-%x", sum[:6]))
	err := os.MkdirAll(filepath.Dir(name), 0o777)
	if err == nil {
		err = os.WriteFile(name, fmt.Appendf(nil, "go test fuzz v1\n[]byte(%q)\n", input), 0o666)
	}
	if err != nil {
		return err.Error()
	}
	return name
}

// kept returns the inputs that lie in the folder of Go's fuzzing.
func kept(f *testing.F) (all [][]byte) {
	f.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "fuzz", f.Name(), "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		text, _ := strings.CutPrefix(strings.TrimSpace(string(b)), "go test fuzz v1\n[]byte(")
		text, err = strconv.Unquote(strings.TrimSuffix(text, ")"))
		if err != nil {
			f.Fatalf("%s: not one input of bytes", name)
		}
		all = append(all, []byte(text))
	}
	return all
}

// worker tries one input after another.
type worker struct {
	random *rand.Rand
	check  func(t testing.TB, b []byte) error
	left   int

	// What inputs are made from: the seeds, those that gave a new kind of answer, and the last few that were accepted.
	seeds, novel, recent [][]byte

	kinds    map[string]bool // of answers
	accepted int

	input  []byte
	since  atomic.Int64 // when the check of input began, or 0
	failed error
}

// Bounds of what a worker remembers.
const (
	mostKinds  = 1000
	mostRecent = 16
	mostBytes  = 1 << 12 // of an input that others are made from: they would grow and grow
)

func (w *worker) run() {
	for ; w.left > 0 && w.failed == nil; w.left-- {
		w.input = w.mutate(w.input[:0])
		w.since.Store(time.Now().UnixNano())
		err := w.try()
		w.since.Store(0)
		if err == nil {
			w.accepted++
			if w.random.IntN(64) == 0 && len(w.input) <= mostBytes {
				w.remember()
			}
		}
		if k := kind(err); !w.kinds[k] && len(w.kinds) < mostKinds && len(w.input) <= mostBytes {
			w.kinds[k] = true
			w.novel = append(w.novel, bytes.Clone(w.input))
		}
	}
}

// try checks the input and notes what is wrong.
func (w *worker) try() (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			w.failed = errors.New(string(r))
		default:
			w.failed = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return w.check(probe{}, w.input)
}

// remember puts the input among the recent ones, in the place of one of them if there are enough.
func (w *worker) remember() {
	if len(w.recent) < mostRecent {
		w.recent = append(w.recent, bytes.Clone(w.input))
		return
	}
	w.recent[w.random.IntN(mostRecent)] = bytes.Clone(w.input)
}

// pick returns an input to make others from: half of the time a seed, else one of those that were met.
func (w *worker) pick() []byte {
	from := w.seeds
	switch w.random.IntN(4) {
	case 0:
		from = w.novel
	case 1:
		from = w.recent
	}
	if len(from) == 0 {
		return nil
	}
	return from[w.random.IntN(len(from))]
}

// kind is the text of an error without what differs from input to input: numbers, and what is quoted.
func kind(err error) string {
	if err == nil {
		return "accepted"
	}
	text := err.Error()
	var b strings.Builder
	quoted := false
	for i := range len(text) {
		c := text[i]
		switch {
		case c == '"':
			quoted = !quoted
		case quoted || c >= '0' && c <= '9':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// mutate appends an input to dst: another one with one to four changes.
func (w *worker) mutate(dst []byte) []byte {
	dst = append(dst, w.pick()...)
	for range 1 + w.random.IntN(4) {
		dst = w.change(dst)
	}
	return dst
}

// odd are numbers that programs are wrong about.
var odd = [...]uint64{0, 1, 2, 3, 4, 7, 8, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1<<24 - 1, 1<<31 - 1, 1 << 31, 1<<32 - 1, 1 << 32, 1<<63 - 1, 1 << 63, 1<<64 - 1}

// change makes one change.
func (w *worker) change(b []byte) []byte {
	r := w.random
	if len(b) == 0 {
		return append(b, byte(r.Uint32()))
	}
	i := r.IntN(len(b))
	some := 1 + r.IntN(1+r.IntN(32))
	switch r.IntN(10) {
	case 0, 1:
		b[i] ^= 1 << r.IntN(8)
	case 2:
		b[i] = byte(r.Uint32())
	case 3: // a small step
		b[i] += byte(1 + r.IntN(8) - 4)
	case 4: // a number
		v := odd[r.IntN(len(odd))]
		size := 1 << r.IntN(4)
		var raw [8]byte
		binary.LittleEndian.PutUint64(raw[:], v)
		if r.IntN(2) == 0 {
			slices.Reverse(raw[:size])
		}
		copy(b[i:], raw[:size])
	case 5: // a number in digits
		b = slices.Replace(b, i, min(i+r.IntN(4), len(b)), strconv.AppendUint(nil, odd[r.IntN(len(odd))], 10)...)
	case 6: // cut
		b = slices.Delete(b, i, min(i+some, len(b)))
		if r.IntN(8) == 0 {
			b = b[:min(i, len(b))]
		}
	case 7: // twice
		part := bytes.Clone(b[i:min(i+some, len(b))])
		b = slices.Insert(b, i, part...)
	case 8: // a part of another input
		if other := w.pick(); len(other) > 0 {
			j := r.IntN(len(other))
			b = slices.Replace(b, i, min(i+r.IntN(some+1), len(b)), other[j:min(j+some, len(other))]...)
		}
	default: // new bytes
		raw := make([]byte, some)
		for k := range raw {
			raw[k] = byte(r.Uint32())
		}
		b = slices.Insert(b, i, raw...)
	}
	return b
}

// probe is the test as a check of a flood sees it: a failure ends the check, and the worker tells of it.
type probe struct{ testing.TB }

type failure string

func (probe) Helper()                        {}
func (probe) Error(args ...any)              { panic(failure(fmt.Sprint(args...))) }
func (probe) Errorf(format string, a ...any) { panic(failure(fmt.Sprintf(format, a...))) }
func (probe) Fatal(args ...any)              { panic(failure(fmt.Sprint(args...))) }
func (probe) Fatalf(format string, a ...any) { panic(failure(fmt.Sprintf(format, a...))) }
