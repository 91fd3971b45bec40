package bridge

import (
	"errors"
	"syscall/js"

	"oneshot/ui"
)

// grabEvery is the least time between two frames for the app, in milliseconds, and grabSide their side in pixels.
const (
	grabEvery = 180
	grabSide  = 224
)

// camera is a live picture that lies over the canvas. The browser shows it by itself; the app gets a small frame of
// it now and then.
type camera struct {
	box, video      js.Value
	canvas, context js.Value
	stream          js.Value // undefined while it is off
	facing          string   // which one is wanted: of phones, "environment" or "user"
	id              string   // which one is wanted where cameras face nowhere; empty for any
	cameras         js.Value // their ids
	on              bool     // wanted
	failed          bool
	turn            int // counts starts, so that one that was given up is known when it comes
	last            float64
	lookNoMore      func() // takes back what lookAgain asked for

	look, ended, muted, ignore js.Func
}

func (p *Page) openCamera() {
	c := &p.camera
	c.facing = "environment"
	c.box = p.document.Call("createElement", "div")
	c.box.Set("id", "camera")
	c.box.Set("hidden", true)
	c.box.Call("setAttribute", "aria-hidden", "true")
	c.video = p.document.Call("createElement", "video")
	for _, attribute := range []string{"muted", "autoplay", "playsInline"} {
		c.video.Set(attribute, true)
	}
	c.box.Call("append", c.video)
	p.document.Get("body").Call("append", c.box)
	c.canvas = p.document.Call("createElement", "canvas")
	c.canvas.Set("width", grabSide)
	c.canvas.Set("height", grabSide)
	c.context = c.canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	c.context.Set("imageSmoothingQuality", "high")
	c.look = js.FuncOf(func(js.Value, []js.Value) any {
		if c.stream.Truthy() {
			p.grab()
			p.lookAgain()
		}
		return nil
	})
	c.ended = js.FuncOf(func(js.Value, []js.Value) any { // not by stop: it was unplugged, or the user took it back
		p.cameraFails(ui.ErrCameraEnded)
		return nil
	})
	c.muted = js.FuncOf(func(js.Value, []js.Value) any { // frames go on by themselves
		p.push(ui.Event{Kind: ui.CameraGone, Err: ui.ErrCameraMuted})
		return nil
	})
	c.ignore = js.FuncOf(func(js.Value, []js.Value) any { return nil })
	p.on(p.document, "visibilitychange", func(js.Value) {
		switch hidden := p.document.Get("hidden").Bool(); {
		case hidden:
			c.stop()
		case c.on && !c.failed:
			p.startCamera()
		}
	})
}

// Camera implements ui.Shutter.
func (p *Page) Camera(box ui.Rect) {
	c := &p.camera
	place(c.box, box, p.zoom())
	if !c.on {
		c.on, c.failed = true, false
		p.startCamera()
	}
}

// CameraOff implements ui.Shutter.
func (p *Page) CameraOff() {
	c := &p.camera
	if c.on {
		c.on = false
		c.stop()
	}
}

// NextCamera implements ui.Shutter. The cameras of a phone face to one side or the other, those of other
// machines stand in a list.
func (p *Page) NextCamera() {
	c := &p.camera
	if !c.stream.Truthy() {
		return
	}
	now := c.stream.Call("getVideoTracks").Index(0).Call("getSettings")
	switch facing := now.Get("facingMode"); {
	case facing.Truthy() && facing.String() == "user":
		c.facing, c.id = "environment", ""
	case facing.Truthy():
		c.facing, c.id = "user", ""
	case c.cameras.Truthy() && c.cameras.Length() > 0:
		n := c.cameras.Length()
		at := 0
		for i := range n {
			if c.cameras.Index(i).Equal(now.Get("deviceId")) {
				at = i
			}
		}
		c.id = c.cameras.Index((at + 1) % n).String()
	}
	c.stop()
	p.startCamera()
}

// stop lets the camera go: its light goes out.
func (c *camera) stop() {
	c.turn++
	c.box.Set("hidden", true)
	if c.stream.Truthy() {
		c.lookNoMore() // or the next stream would be looked at once more for each of its frames
		stopTracks(c.stream)
	}
	c.stream = js.Undefined()
	c.video.Set("srcObject", js.Null())
}

func stopTracks(stream js.Value) {
	tracks := stream.Call("getTracks")
	for i := range tracks.Length() {
		tracks.Index(i).Call("stop")
	}
}

func (p *Page) startCamera() {
	c := &p.camera
	c.turn++
	turn := c.turn
	go func() {
		stream, err := p.askForCamera()
		switch {
		case turn != c.turn: // meanwhile it is wanted no more, or another one is
			if err == nil {
				stopTracks(stream)
			}
		case err != nil:
			p.cameraFails(err)
		default:
			p.showCamera(stream)
		}
	}()
}

func (p *Page) askForCamera() (js.Value, error) {
	devices := p.window.Get("navigator").Get("mediaDevices")
	if !devices.Truthy() || !devices.Get("getUserMedia").Truthy() {
		return js.Value{}, ui.ErrCameraUnsafe
	}
	wish := map[string]any{"width": map[string]any{"ideal": 640}, "height": map[string]any{"ideal": 640}}
	if id := p.camera.id; id != "" {
		wish["deviceId"] = map[string]any{"exact": id}
	} else {
		wish["facingMode"] = map[string]any{"ideal": p.camera.facing}
	}
	stream, err := outcome(devices.Call("getUserMedia", map[string]any{"video": wish, "audio": false}))
	if err != nil {
		return js.Value{}, err
	}
	if all, err := outcome(devices.Call("enumerateDevices")); err == nil {
		p.camera.cameras = p.window.Get("Array").New()
		for i := range all.Length() {
			if d := all.Index(i); d.Get("kind").String() == "videoinput" {
				p.camera.cameras.Call("push", d.Get("deviceId"))
			}
		}
	}
	return stream, nil
}

// cameraFails tells the app why the camera shows nothing.
func (p *Page) cameraFails(err error) {
	p.camera.stop()
	p.camera.failed = true
	var r *rejection
	if errors.As(err, &r) {
		switch r.name {
		case "NotAllowedError", "SecurityError":
			err = ui.ErrCameraRefused
		case "NotFoundError", "OverconstrainedError":
			p.camera.id = ""
			err = ui.ErrCameraMissing
		case "NotReadableError", "AbortError":
			err = ui.ErrCameraBusy
		}
	}
	p.push(ui.Event{Kind: ui.CameraGone, Err: err})
}

// showCamera shows a stream.
func (p *Page) showCamera(stream js.Value) {
	c := &p.camera
	c.stream = stream
	track := stream.Call("getVideoTracks").Index(0)
	facing := track.Call("getSettings").Get("facingMode")
	c.box.Get("classList").Call("toggle", "mirrored", facing.Truthy() && facing.String() == "user")
	track.Set("onended", c.ended)
	track.Set("onmute", c.muted)
	c.video.Set("srcObject", stream)
	c.box.Set("hidden", false)
	if playing := c.video.Call("play"); playing.Truthy() {
		playing.Call("catch", c.ignore) // it was stopped before it had begun
	}
	p.lookAgain()
}

// lookAgain looks again with the next frame of the video, where the browser tells of it, or of the screen.
func (p *Page) lookAgain() {
	c := &p.camera
	target, frame := c.video, "VideoFrameCallback"
	if !target.Get("request" + frame).Truthy() {
		target, frame = p.window, "AnimationFrame"
	}
	asked := target.Call("request"+frame, c.look)
	c.lookNoMore = func() { target.Call("cancel"+frame, asked) }
}

// grab takes a frame, if the app has dealt with the one before.
func (p *Page) grab() {
	c := &p.camera
	now := p.Now()
	if now-c.last < grabEvery || c.video.Get("readyState").Int() < 2 {
		return
	}
	for i := range p.queue {
		if p.queue[i].Kind == ui.CameraFrame {
			return
		}
	}
	w, h := c.video.Get("videoWidth").Float(), c.video.Get("videoHeight").Float()
	side := min(w, h) * ui.CameraFramed
	if side < 1 {
		return
	}
	c.last = now
	c.context.Call("drawImage", c.video, (w-side)/2, (h-side)/2, side, side, 0, 0, grabSide, grabSide)
	n := 0
	if c.cameras.Truthy() {
		n = c.cameras.Length()
	}
	p.push(ui.Event{Kind: ui.CameraFrame, Time: now, Snapshot: &ui.Snapshot{Image: pixels(c.context, grabSide, grabSide), Cameras: n}})
}
