//go:build !js

package e2e

import "strconv"

// stops are ways to make the program stop, as none of its own faults that are known does, and what the console tells of it.
var stops = []struct{ name, tells, how string }{
	{"PanicInAFrame", "panic: ", `Object.defineProperty(document.documentElement, "clientWidth", {get: () => "wide"}), dispatchEvent(new Event("resize"))`},
	{"PanicInAListener", "panic: ", `document.querySelector("canvas").dispatchEvent(new Event("pointerdown", {bubbles: true}))`},
	{"PanicInAGoroutine", "panic: ", `MediaDevices.prototype.getUserMedia = async () => 7,
		[...document.querySelectorAll("button")].find(b => b.getAttribute("aria-label") === "Camera").click()`},
	{"Trap", "RuntimeError", `new Uint8Array(program.exports.mem.buffer).fill(0xff), dispatchEvent(new Event("resize"))`},
	{"FullStack", "RangeError", `window.deep = () => { window.deep(); }, Object.defineProperty(document.documentElement, "clientWidth", {get: window.deep}), dispatchEvent(new Event("resize"))`},
	{"OutOfMemory", "out of memory", `(() => {
		const mem = program.exports.mem;
		for (let step = 0x4000; step >= 1; step /= 2) {
			try { for (;;) mem.grow(step); } catch {}
		}
		runtime["runtime.resetMemoryDataView"](0); // as Go does when it has grown
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([new Uint8Array(30 << 20)], "large.zip"));
		document.querySelector("canvas").dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer}));
	})()`},
}

// failedWith is a condition for waitFor: the page has given up and says this.
func failedWith(text string) string {
	return `document.documentElement.dataset.failed === "true" && document.getElementById("message").textContent.startsWith(` + strconv.Quote(text) + `)`
}
