//go:build !js

package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestCapture teaches and asks by files and by a camera. The camera is a fake one: before it lies a sheet of grey
// paper in uneven light with the first symbol on it.
func TestCapture(t *testing.T) {
	video := filepath.Join(t.TempDir(), "paper.y4m")
	if err := os.WriteFile(video, y4m(paper(symbols()[0].queries[0], 640, 480)), 0o666); err != nil {
		t.Fatal(err)
	}
	h := newHarness(t, withCamera(video)...)
	t.Run("Microphone", func(t *testing.T) { microphone(t, h.open(t, laptop)) })
	t.Run("Pictures", func(t *testing.T) { pictures(t, h.open(t, laptop)) })
	t.Run("Camera", func(t *testing.T) { camera(t, h.open(t, laptop)) })
	t.Run("CameraOnAPhone", func(t *testing.T) { camera(t, h.open(t, phone.darkened())) })
	t.Run("CameraAgainAndAgain", func(t *testing.T) { cameraAgainAndAgain(t, h.open(t, laptop)) })
	t.Run("CameraAfterACrash", func(t *testing.T) { cameraAfterACrash(t, h.open(t, laptop)) })
}

// withCamera gives the browser a camera that shows a video, and grants every page what it asks for.
func withCamera(video string) []chromedp.ExecAllocatorOption {
	return []chromedp.ExecAllocatorOption{
		chromedp.Flag("use-fake-ui-for-media-stream", true),
		chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("use-file-for-fake-video-capture", video),
	}
}

// microphone asks for what the page has no use for, in a browser that grants everything: its headers refuse it.
func microphone(t *testing.T, p *page) {
	p.lenient() // the browser tells of it
	for asks, want := range map[string]string{
		`navigator.mediaDevices.getUserMedia({video: true})`: "granted",
		`navigator.mediaDevices.getUserMedia({audio: true})`: "NotAllowedError",
		`navigator.mediaDevices.getDisplayMedia()`:           "NotAllowedError",
		`navigator.usb.requestDevice({filters: []})`:         "SecurityError",
		`new Promise((granted, refused) => navigator.geolocation.getCurrentPosition(granted, (e) => refused({name: e.message})))`: "Geolocation has been disabled in this document by permissions policy.",
	} {
		if got := eval[string](p, asks+`.then(() => "granted", (e) => e.name)`); got != want {
			t.Errorf("%s: %s, want %s", asks, got, want)
		}
	}
}

// TestCameraRefused does not let the page use the camera.
func TestCameraRefused(t *testing.T) {
	p := newHarness(t, chromedp.Flag("use-fake-device-for-media-stream", true)).open(t, phone)
	run(p, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		c := chromedp.FromContext(ctx)
		_, err := cdp.Call(ctx, c.Browser, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: "camera"}, Setting: browser.PermissionSettingDenied, BrowserContextID: c.BrowserContextID,
		})
		return chromedp.Void{}, err
	})
	p.press("Camera")
	p.waitFor("a word about the camera", statusHas("Camera not allowed."))
	p.screenshot("camera-refused")
	p.waitForButton("Try the camera again")
	p.press("Back")
	p.waitForButton("Teach Class A")
	p.draw(symbols()[0].example)
	p.press("Teach Class A")
	p.waitForButton("Example 1 of Class A")
}

// pictures picks files for a class, drops one on another's card and a folder beside them, and pastes what it asks about.
func pictures(t *testing.T, p *page) {
	all := symbols()
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	p.press("Menu")
	p.press("Pictures")
	p.waitForButton("Add pictures to Class A")
	p.screenshot("pictures")
	p.pick("Add pictures to Class A",
		file("one.png", pngOf(t, scan(all[0].example))), file("two.jpg", jpegOf(t, paper(all[0].queries[0], 1200, 900))), file("notes.txt", []byte("hello")))
	p.waitFor("a word about the files", statusHas("2 pictures added to Class A. 1 of 3 files was no picture."))
	p.screenshot("pictures-refused")

	x, y := p.place("button", "Rename Class B").centre()
	p.dropFiles(x, y, file("three.png", pngOf(t, scan(all[1].example))))
	p.waitForButton("Example 1 of Class B")

	file("Bolt/first.png", pngOf(t, scan(all[2].example)))
	file("Bolt/second.png", pngOf(t, scan(all[2].queries[0])))
	file("Bolt/.DS_Store", []byte("litter"))
	p.dropFiles(x, y, filepath.Join(dir, "Bolt"))
	p.waitForButton("Example 2 of Bolt")

	for i, want := range []string{"Class A", "Class B", "Bolt"} {
		p.paste(fmt.Sprintf("shot%d.png", i), "image/png", pngOf(t, scan(all[i].queries[1])))
		p.waitFor("the answer "+want, statusBegins(want+","))
	}
	p.screenshot("pictures-asked")
	p.press("Teach Class B") // wrong, but that is for the user to say
	p.waitForButton("Example 2 of Class B")
	p.press("Undo")
	p.waitForNoButton("Example 2 of Class B")
	p.waitFor("the picture to be back on the pad", statusBegins("Bolt,"))
	p.press("Clear")
	p.waitFor("a blank pad", statusBegins("Ready."))
}

// camera teaches what lies before the camera, sees it answered while the camera runs, and puts it on the pad.
func camera(t *testing.T, p *page) {
	p.press("Camera")
	p.waitFor("the camera to see the drawing", statusBegins("Now give it a name"))
	p.screenshot("camera-start")
	p.press("Teach Class A")
	p.waitFor("the live answer", statusBegins("Class A,"))
	p.screenshot("camera-live")
	if p.has("Other camera") {
		t.Error("there is one camera, and another is offered")
	}
	p.press("Put it on the pad")
	p.waitForButton("Example 1 of Class A")
	p.waitFor("the answer on the pad", statusBegins("Class A,"))
	if p.has("Example 2 of Class A") {
		t.Error("one press taught two examples")
	}
	p.screenshot("camera-on-pad")
	p.waitFor("the camera to be off", `document.querySelector("video").srcObject === null`)

	// A tab that nobody sees has no camera either.
	p.press("Camera")
	p.waitFor("the camera to be on", `document.querySelector("video").srcObject?.active`)
	p.press("Back")
	p.waitFor("the camera to be off again", `document.querySelector("video").srcObject === null`)
}

// countLooks makes window.looks what waits for a frame of a video.
const countLooks = `
	window.looks = new Set();
	const {requestVideoFrameCallback, cancelVideoFrameCallback} = HTMLVideoElement.prototype;
	HTMLVideoElement.prototype.requestVideoFrameCallback = function (look) {
		const asked = requestVideoFrameCallback.call(this, (...frame) => { looks.delete(asked); look(...frame); });
		looks.add(asked);
		return asked;
	};
	HTMLVideoElement.prototype.cancelVideoFrameCallback = function (asked) {
		looks.delete(asked);
		cancelVideoFrameCallback.call(this, asked);
	};`

// cameraAgainAndAgain opens the camera three times: each frame is looked at once.
func cameraAgainAndAgain(t *testing.T, p *page) {
	p.beforeLoad(countLooks)
	for range 3 {
		p.press("Camera")
		p.waitFor("the camera to be on", `document.querySelector("video").srcObject?.active`)
		if n := eval[int](p, `looks.size`); n != 1 {
			t.Errorf("%d wait for the next frame, want one", n)
		}
		p.press("Back")
		p.waitFor("the camera to be off", `document.querySelector("video").srcObject === null`)
		if n := eval[int](p, `looks.size`); n != 0 {
			t.Errorf("%d wait for a frame of a camera that is off", n)
		}
	}
}

// cameraAfterACrash stops the program while the camera runs: its light goes out.
func cameraAfterACrash(t *testing.T, p *page) {
	p.press("Camera")
	p.waitFor("the camera to be on", `document.querySelector("video").srcObject?.active`)
	p.lenient() // the console tells of the fault
	eval[any](p, `void setTimeout(() => { `+stops[0].how+` })`)
	p.waitFor("a word about the fault", failedWith("oneshot has stopped because of a fault in the program."))
	if eval[bool](p, `document.querySelector("video").srcObject.active`) {
		t.Error("the camera is still on")
	}
}

// pick presses a button and picks files in the window that the browser then shows.
func (p *page) pick(button string, files ...string) {
	p.t.Helper()
	call(p, cdppage.SetInterceptFileChooserDialog, cdppage.SetInterceptFileChooserDialogParams{Enabled: true})
	asked := make(chan cdp.BackendNodeID, 1)
	if err := chromedp.Listen(p.ctx, func(ev any) {
		if e, ok := ev.(*cdppage.EventFileChooserOpened); ok {
			select {
			case asked <- e.BackendNodeID:
			default:
			}
		}
	}); err != nil {
		p.t.Fatal(err)
	}
	p.press(button)
	select {
	case id := <-asked:
		call(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, BackendNodeID: id})
	case <-time.After(patience):
		p.giveUp("%s shows no window to choose files", button)
	}
}

// dropFiles drops files or folders at a place of the page, as from another window.
func (p *page) dropFiles(x, y float64, paths ...string) {
	p.t.Helper()
	for _, ev := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		call(p, input.DispatchDragEvent, input.DispatchDragEventParams{
			Type: ev, X: x, Y: y, Data: &input.DragData{Items: []*input.DragDataItem{}, Files: paths, DragOperationsMask: 1},
		})
		if ev == input.DispatchDragEventTypeDragOver {
			p.screenshot("pictures-dragged")
		}
	}
}

// paste pastes a file, as after Copy in another program.
func (p *page) paste(name, mime string, content []byte) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(() => {
		const clipboardData = new DataTransfer();
		clipboardData.items.add(new File([Uint8Array.from(atob(%q), c => c.charCodeAt(0))], %q, {type: %q}));
		document.body.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData}));
		return true;
	})()`, base64.StdEncoding.EncodeToString(content), name, mime))
}

// scan is a drawing in black on white, not square.
func scan(d drawing) *image.Gray {
	return onPaper(d, 300, 360, func(x, y float64) float64 { return 255 }, 10)
}

// paper is a drawing in pencil on grey paper that lies in uneven light.
func paper(d drawing, w, h int) *image.Gray {
	return onPaper(d, w, h, func(x, y float64) float64 { return 210 - 70*x - 40*y }, 70)
}

// onPaper draws with a pen of the given darkness on paper whose light depends on the place, 0..1.
func onPaper(d drawing, w, h int, light func(x, y float64) float64, ink float64) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	side := 0.6 * math.Min(float64(w), float64(h))
	left, top, half := (float64(w)-side)/2, (float64(h)-side)/2, side*0.018
	type segment struct{ ax, ay, bx, by float64 }
	var all []segment
	for _, s := range d.strokes {
		for i := 1; i < len(s); i++ {
			at := func(x, y float32) (float64, float64) {
				return left + side*float64(x/d.frame), top + side*float64(y/d.frame)
			}
			ax, ay := at(s[i-1].X, s[i-1].Y)
			bx, by := at(s[i].X, s[i].Y)
			all = append(all, segment{ax, ay, bx, by})
		}
	}
	for y := range h {
		for x := range w {
			px, py := float64(x), float64(y)
			v := light(px/float64(w), py/float64(h))
			for _, s := range all {
				dx, dy := s.bx-s.ax, s.by-s.ay
				along := 0.0
				if n := dx*dx + dy*dy; n > 0 {
					along = min(max(((px-s.ax)*dx+(py-s.ay)*dy)/n, 0), 1)
				}
				if math.Hypot(px-s.ax-along*dx, py-s.ay-along*dy) <= half {
					v *= ink / 210
					break
				}
			}
			img.SetGray(x, y, color.Gray{Y: uint8(v)})
		}
	}
	return img
}

// y4m is a video that shows one picture without colours, with a little noise.
func y4m(img *image.Gray) []byte {
	var b bytes.Buffer
	w, h := img.Rect.Dx(), img.Rect.Dy()
	fmt.Fprintf(&b, "YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n", w, h)
	grey := strings.Repeat("\x80", 2*((w+1)/2)*((h+1)/2))
	noise := uint32(1)
	for range 4 {
		b.WriteString("FRAME\n")
		for _, v := range img.Pix {
			noise = noise*1664525 + 1013904223
			b.WriteByte(v + byte(noise>>30)) // at most 3
		}
		b.WriteString(grey)
	}
	return b.Bytes()
}

func pngOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
