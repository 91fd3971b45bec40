package kiosk_test

import (
	"testing"

	"oneshot/ui/kiosk"
)

const second = 1000.0

// museum is two minutes, ten seconds of them counted down, and darkness a minute later.
var museum = kiosk.Times{Idle: 120 * second, Count: 10 * second, Dim: 60 * second}

// day is a kiosk whose time the test tells.
type day struct {
	t     *testing.T
	watch *kiosk.Watch
	now   float64
	fresh int // boards
}

func begin(t *testing.T, times kiosk.Times) *day {
	const morning = 5_000
	return &day{t: t, watch: kiosk.NewWatch(times, morning), now: morning}
}

// pass lets time pass, with a step whenever the watch wants one.
func (d *day) pass(seconds float64) {
	end := d.now + seconds*second
	for range 10_000 {
		at, ok := d.watch.Next(d.now)
		if !ok || at > end {
			break
		}
		d.step(max(at, d.now))
	}
	d.step(end)
}

func (d *day) step(now float64) {
	d.now = now
	if d.watch.Step(now) {
		d.fresh++
	}
}

func (d *day) touch() (woke bool) {
	d.step(d.now)
	return d.watch.Stir(d.now)
}

func (d *day) want(phase kiosk.Phase, fresh int) {
	d.t.Helper()
	if d.watch.Phase() != phase || d.fresh != fresh {
		d.t.Fatalf("at %v s: phase %d and %d fresh boards, want %d and %d", d.now/second, d.watch.Phase(), d.fresh, phase, fresh)
	}
}

// Somebody draws and walks away: the seconds are counted, the board is made fresh, the screen goes dark.
func TestVisitorWalksAway(t *testing.T) {
	d := begin(t, museum)
	d.pass(30)
	if d.touch() {
		t.Error("a touch on a lit page was taken for one that wakes it")
	}
	d.want(kiosk.Busy, 0)
	d.pass(109)
	d.want(kiosk.Busy, 0)
	d.pass(1)
	d.want(kiosk.Leaving, 0)
	if n := d.watch.Left(d.now); n != 10 {
		t.Errorf("%d seconds are left, want 10", n)
	}
	d.pass(9)
	d.want(kiosk.Leaving, 0)
	if n := d.watch.Left(d.now); n != 1 {
		t.Errorf("%d seconds are left, want 1", n)
	}
	d.pass(1)
	d.want(kiosk.Waiting, 1)
	d.pass(59)
	d.want(kiosk.Waiting, 1)
	d.pass(1)
	d.want(kiosk.Dark, 1)
	if _, ok := d.watch.Next(d.now); ok {
		t.Error("a dark page wants to be woken")
	}
	d.pass(100_000)
	d.want(kiosk.Dark, 1)
}

// Any touch stops the countdown, and is for nothing else. The next one is.
func TestTouchStopsTheCountdown(t *testing.T) {
	d := begin(t, museum)
	d.touch()
	d.pass(115)
	d.want(kiosk.Leaving, 0)
	if !d.touch() {
		t.Error("the touch that stops the countdown was meant for the page")
	}
	d.want(kiosk.Busy, 0)
	if d.touch() {
		t.Error("the touch after it was not")
	}
	d.pass(109)
	d.want(kiosk.Busy, 0)
	d.pass(11)
	d.want(kiosk.Waiting, 1)
}

// A touch lights the screen. If that was all, it goes dark again, and no board is made fresh for it.
func TestTouchLightsTheScreen(t *testing.T) {
	d := begin(t, museum)
	d.pass(179)
	d.want(kiosk.Waiting, 0)
	d.pass(1)
	d.want(kiosk.Dark, 0)
	if !d.touch() {
		t.Error("the touch that lights the screen was meant for the page")
	}
	d.want(kiosk.Waiting, 0)
	d.pass(180)
	d.want(kiosk.Dark, 0)
	d.touch()
	d.touch() // and now they draw
	d.want(kiosk.Busy, 0)
	d.pass(120)
	d.want(kiosk.Waiting, 1)
}

// A machine that slept finds a fresh, dark board, and the touch that woke it does nothing else.
func TestMachineSlept(t *testing.T) {
	d := begin(t, museum)
	d.touch()
	d.now += 3600 * second
	if !d.touch() {
		t.Error("the touch after an hour was meant for a page that was dark")
	}
	d.want(kiosk.Waiting, 1)
}

// Where the screen stays lit, the watch sleeps once the board is fresh. A clock that is set back keeps nobody waiting.
func TestNoDarknessAndClockSetBack(t *testing.T) {
	d := begin(t, kiosk.Times{Idle: 3 * second, Count: 1.5 * second})
	d.touch()
	d.step(d.now - 1000*second)
	d.pass(3)
	d.want(kiosk.Waiting, 1)
	if at, ok := d.watch.Next(d.now); ok {
		t.Errorf("it wants to be woken at %v", at)
	}
	d.pass(100_000)
	d.want(kiosk.Waiting, 1)
}

// Counted down by the second, Left takes every value once.
func TestEverySecondIsCounted(t *testing.T) {
	d := begin(t, museum)
	d.touch()
	d.pass(110)
	for want := 10; want >= 1; want-- {
		if n := d.watch.Left(d.now); n != want {
			t.Fatalf("%d seconds are left, want %d", n, want)
		}
		at, ok := d.watch.Next(d.now)
		if !ok || at != d.now+second {
			t.Fatalf("with %d seconds left the next step is at %v, want %v", want, at, d.now+second)
		}
		d.step(at)
	}
	d.want(kiosk.Waiting, 1)
}
