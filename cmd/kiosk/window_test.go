//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"oneshot/ui"
	"oneshot/ui/session"
)

// The window opens on the main thread of a program of its own: the test's, started once more with this set to what
// it does.
const scriptVariable = "ONESHOT_KIOSK_SCRIPT"

func TestMain(m *testing.M) {
	if script := os.Getenv(scriptVariable); script != "" {
		os.Exit(perform(script, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// actor plays somebody before the window, a step a frame.
type actor struct {
	*window
	steps []func() (done bool)
	frame int
	film  string // the file of the last frame's picture
	err   error
}

// maxFrames is when the actor gives up.
const maxFrames = 2000

// Update implements ebiten.Game.
func (a *actor) Update() error {
	if a.frame++; a.frame > maxFrames {
		a.err = fmt.Errorf("%d steps are left after %d frames", len(a.steps), a.frame)
		return ebiten.Termination
	}
	if a.host.drawn && len(a.steps) > 0 && a.steps[0]() {
		a.steps = a.steps[1:]
	}
	ui.Wake()
	return a.window.Update()
}

// Draw implements ebiten.Game.
func (a *actor) Draw(screen *ebiten.Image) {
	a.window.Draw(screen)
	if len(a.steps) > 0 || a.film == "" {
		return
	}
	b := screen.Bounds()
	img := image.NewRGBA(b)
	seen := ebiten.NewImage(b.Dx(), b.Dy())
	seen.DrawImage(screen, nil)
	a.host.drawOver(seen, ebiten.GeoM{})
	seen.ReadPixels(img.Pix)
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		a.err = err
	} else if err := os.WriteFile(a.film, out.Bytes(), 0o644); err != nil {
		a.err = err
	}
	a.film = ""
	a.host.over = true
}

// stroke draws a line across the pad.
func (a *actor) stroke() bool {
	at := a.host.twin("pad")
	if at < 0 {
		return false
	}
	pad := a.host.twins[at].Rect
	for i := range 11 {
		kind := ui.PointerMove
		switch i {
		case 0:
			kind = ui.PointerDown
		case 10:
			kind = ui.PointerUp
		}
		x, y := pad.X+pad.W*(0.15+0.07*float64(i)), pad.Y+pad.H*(0.3+0.04*float64(i))
		a.host.push(ui.Event{Kind: kind, Pointer: 9, Device: ui.Touch, X: x, Y: y, Pressure: 0.5})
	}
	return true
}

// press presses the control of a name, once it is there.
func (a *actor) press(name string) func() bool {
	return func() bool {
		for _, t := range a.host.twins {
			if t.Name == name && !t.Disabled {
				a.host.push(ui.Event{Kind: ui.Activate, Text: t.ID})
				return true
			}
		}
		return false
	}
}

// sees waits until there is a control of a name.
func (a *actor) sees(name string) func() bool {
	return func() bool {
		for _, t := range a.host.twins {
			if t.Name == name {
				return true
			}
		}
		return false
	}
}

// perform opens the window and plays a script in it.
func perform(script string, args []string) int {
	c, err := parse(args, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	w, err := open(c)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	a := &actor{window: w, film: filepath.Join(c.dir, script+".png")}
	switch script {
	case "teach":
		a.steps = []func() bool{
			a.stroke, a.press("Teach Class A"), a.sees("Example 1 of Class A"), a.press("Rename Class A"),
			func() bool {
				a.host.field.text = []rune("Línea")
				a.host.field.close(a.host, ui.EditDone)
				return true
			},
			a.sees("Teach Línea"),
			func() bool { // with the keyboard alone
				if at := a.host.twin(a.host.focus); at < 0 || a.host.twins[at].Name != "Add class" {
					a.host.tab(true)
					return false
				}
				return a.host.press()
			},
			func() bool { return a.host.field.open },
		}
	case "again":
		a.steps = []func() bool{a.sees("Example 1 of Línea"), a.press("Camera"), a.sees("Try the camera again")}
	case "public":
		a.steps = []func() bool{a.sees("Example 3 of Circle"), a.stroke, a.press("Teach Circle"), a.sees("Example 4 of Circle"), a.press("Menu"), a.sees("Delete a digit")}
	}
	if err := errors.Join(a.run(a), a.err); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("ended")
	return 0
}

// display starts an X server without a screen and returns its name.
func display(t *testing.T) string {
	t.Helper()
	xvfb, err := exec.LookPath("Xvfb")
	if err != nil {
		t.Skip("skipped: Xvfb is missing, so no window was opened")
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command(xvfb, "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	t.Cleanup(func() {
		if err := cmd.Process.Kill(); err != nil {
			t.Logf("ending Xvfb: %v", err)
		}
		_ = cmd.Wait() // it was killed
	})
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb does not say where it is: %v", err)
	}
	return ":" + strings.TrimSpace(line)
}

// play runs a script in a window on a display.
func play(t *testing.T, display, script, dir string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], append([]string{"-dir", dir}, args...)...)
	cmd.Env = append(os.Environ(), scriptVariable+"="+script, "DISPLAY="+display, "LIBGL_ALWAYS_SOFTWARE=1")
	out, err := cmd.CombinedOutput()
	if err != nil && bytes.Contains(out, []byte("cannot open shared object file")) {
		t.Skipf("skipped: the libraries of X and OpenGL are missing, so no window was opened: %s", out)
	}
	if err != nil || !bytes.Contains(out, []byte("ended")) {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
}

// picture reads the picture of a script's last frame and says how many colours it has.
func colours(t *testing.T, dir, script string) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, script+".png"))
	if err != nil {
		t.Fatal(err)
	}
	if to := os.Getenv("ONESHOT_SCREENSHOTS"); to != "" {
		if err := os.WriteFile(filepath.Join(to, "window-"+script+".png"), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[3]uint32]bool{}
	box := img.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y += 3 {
		for x := box.Min.X; x < box.Max.X; x += 3 {
			r, g, bl, _ := img.At(x, y).RGBA()
			seen[[3]uint32{r, g, bl}] = true
		}
	}
	return len(seen)
}

// Something is taught and named in a window and lies in the folder when it is closed, as a zip file that the session package reads.
// The next window shows it, and says that there is no camera. In a public place nothing is kept.
func TestWindow(t *testing.T) {
	d := display(t)
	dir := t.TempDir()
	play(t, d, "teach", dir)
	if n := colours(t, dir, "teach"); n < 20 {
		t.Errorf("the picture of the window has %d colours: it is blank", n)
	}
	sets, err := filepath.Glob(filepath.Join(dir, "set", "*", "*.zip"))
	if err != nil || len(sets) == 0 {
		t.Fatalf("there is no set in the folder: %v", err)
	}
	b, err := os.ReadFile(sets[len(sets)-1])
	if err != nil {
		t.Fatal(err)
	}
	set, err := session.Read(b)
	if err != nil || len(set.Classes) != 4 || set.Classes[0].Name != "Línea" || len(set.Classes[0].Shots) != 1 {
		t.Fatalf("the set in the folder is %+v, %v", set.Classes, err)
	}
	play(t, d, "again", dir, "-dark")
	colours(t, dir, "again")

	public := t.TempDir()
	play(t, d, "public", public, "-kiosk", "shapes")
	colours(t, public, "public")
	if left, _ := filepath.Glob(filepath.Join(public, "set", "*")); len(left) != 0 {
		t.Errorf("a visitor's drawings were kept: %q", left)
	}
}

func TestCommandLine(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-kiosk", "shapes", "now"}, `kiosk: argument "now": there are only flags`},
		{[]string{"-dir", ""}, "kiosk: no folder to keep sets in"},
		{[]string{"-idle", "soon"}, "invalid value"},
	} {
		var out bytes.Buffer
		if code := doMain(c.args, &out); code != 1 || !strings.Contains(out.String(), c.want) {
			t.Errorf("%q: code %d, says %q, want %q", c.args, code, out.String(), c.want)
		}
	}
	c, err := parse([]string{"-dir", "here", "-kiosk", "runes", "-idle", "30", "-dim", "0"}, os.Stderr)
	if err != nil || c.public == nil || c.public.Set != "runes" || c.public.Times.Idle != 30_000 || c.public.Times.Dim != 0 {
		t.Errorf("%+v, %v", c, err)
	}
	var out bytes.Buffer
	if code := doMain([]string{"-help"}, &out); code != 0 || !strings.Contains(out.String(), "-kiosk") {
		t.Errorf("help ends with code %d and says %q", code, out.String())
	}
}
