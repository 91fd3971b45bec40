// The loader fetches the app, starts it, and says in one sentence what is wrong when it cannot.
// It makes no request after the app has started.

const app = "oneshot.wasm";
const maxDensity = 3; // device pixels per CSS pixel that are drawn; more is not seen

const root = document.documentElement;
const message = document.getElementById("message");
const progress = document.getElementById("progress");
const reload = document.getElementById("reload");
const rescue = document.getElementById("rescue");

// say is a sentence in the language of the user, with what stands in its places.
function say(sentence, places = {}) {
  const words = globalThis.oneshotWords?.(sentence) ?? sentence;
  return words.replace(/\{(\w+)\}/g, (_, name) => places[name]);
}

class Plain extends Error {} // an error whose message is meant for the user

function fail(sentence, detail) {
  if (detail) console.error(detail);
  if (root.dataset.failed) return; // the first reason is the one that counts
  message.textContent = sentence;
  reload.hidden = false;
  root.dataset.failed = "true";
  document.querySelector("#camera video")?.srcObject?.getTracks().forEach((track) => track.stop());
  offerDrawings();
  if (new URLSearchParams(location.search).has("kiosk")) startAgain();
}

// startAgain loads the page anew half a minute later: in a public place nobody stands by to do it. A host that does not answer is
// waited for, since the browser's own page about that would stay.
function startAgain() {
  setTimeout(() => fetch("./").then(({ ok }) => ok ? location.reload() : startAgain(), startAgain), 30_000);
}

// crash says that the program has stopped.
function crash(err) {
  fail(say("oneshot has stopped because of a fault in the program. Reload to start it again."), err);
}

// offerDrawings offers the set that was saved last as a file, as Save a copy does (see ui/keeping).
function offerDrawings() {
  let open;
  try {
    open = indexedDB.open("oneshot");
  } catch {
    return; // a browser that keeps nothing
  }
  open.onupgradeneeded = () => open.transaction.abort(); // nothing was ever saved here
  open.onsuccess = () => {
    const values = open.result.transaction("values").objectStore("values");
    values.get("index").onsuccess = ({ target: { result: index } }) => {
      const { current, sets } = index ? JSON.parse(new TextDecoder().decode(index)) : { sets: [] };
      const set = sets?.find(({ id }) => id === current);
      values.get(`set/${current}/${set?.revision}`).onsuccess = ({ target: { result: content } }) => {
        open.result.close();
        if (!content) return;
        rescue.href = URL.createObjectURL(new Blob([content], { type: "application/zip" }));
        rescue.download = "oneshot.zip";
        rescue.hidden = false;
      };
    };
  };
}

function noWebGL() {
  return say("This browser cannot draw with WebGL 2, which oneshot needs. It may be switched off in the settings, or the graphics driver is not supported.");
}

// mixed tells that a part is not of this build.
let mixed = false;

// check names what the browser lacks.
function check() {
  if (window.top !== window) {
    throw new Plain(say("oneshot does not run inside another page. Open it in a tab of its own."));
  }
  if (typeof WebAssembly !== "object") {
    throw new Plain(say("This browser has no WebAssembly, which oneshot needs to run. A current Firefox, Chrome, Edge or Safari has it."));
  }
  const probe = document.createElement("canvas").getContext("webgl2");
  if (!probe) {
    throw new Plain(noWebGL());
  }
  probe.getExtension("WEBGL_lose_context")?.loseContext(); // browsers allow few contexts
  const part = typeof Go !== "function" ? "wasm_exec.js" : !document.querySelector("link[rel=stylesheet]").sheet && "style.css";
  if (part) {
    mixed = true;
    throw new Plain(say("A part of oneshot is missing or damaged: {part} did not load. Reloading may help.", { part }));
  }
}

// counted is the response with its progress shown as it arrives.
function counted(response) {
  const total = Number(response.headers.get("Content-Length"));
  const packed = response.headers.get("Content-Encoding"); // then the length is not that of the bytes seen
  if (!response.body || !total || packed) return response;
  let seen = 0;
  const meter = new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      progress.value = Math.min(seen / total, 1);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(meter), { headers: response.headers, status: response.status });
}

async function fetchApp() {
  const response = await fetch(app, { credentials: "same-origin" });
  if (!response.ok) {
    throw new Plain(say("oneshot could not be loaded: the server answered {status} for {app}.", { status: response.status, app }));
  }
  return response;
}

// isBuilt reports whether a file is the one that the page was built with. Where a browser cannot tell, which is without https,
// whoever could change the file could change the page too.
async function isBuilt(response) {
  const { integrity } = document.querySelector("link[rel=preload]").dataset;
  if (!integrity || !crypto.subtle) return true;
  const sum = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return integrity === "sha256-" + btoa(String.fromCharCode(...new Uint8Array(sum)));
}

// compile compiles while the bytes arrive where the server names their type, and after they have arrived where it
// does not.
async function compile(response) {
  const type = (response.headers.get("Content-Type") || "").split(";")[0].trim();
  if (type === "application/wasm" && WebAssembly.compileStreaming) {
    return WebAssembly.compileStreaming(counted(response));
  }
  const bytes = await counted(response).arrayBuffer();
  const magic = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (String.fromCharCode(...magic) !== "\0asm") {
    throw new Plain(magic[0] === 0x3c
      ? say("oneshot could not be loaded: the server sent a web page in place of {app}.", { app })
      : say("oneshot could not be loaded: the server sent something else in place of {app}.", { app }));
  }
  return WebAssembly.compile(bytes);
}

// instantiate lets nothing run that is not of this build.
async function instantiate(imports) {
  let built, program;
  try {
    const response = await fetchApp();
    [built, program] = await Promise.all([isBuilt(response.clone()), compile(response)]);
  } catch (err) {
    if (!(err instanceof TypeError || err instanceof DOMException)) throw err; // those are what browsers say of a lost connection
    throw new Plain(say("oneshot could not be loaded: the connection failed. Check it and reload."), { cause: err });
  }
  if (!built) {
    mixed = true;
    throw new WebAssembly.CompileError(`${app} is not of this build`);
  }
  return WebAssembly.instantiate(program, imports);
}

// measureInPixels makes the body tell its size in device pixels, which is where Ebitengine reads how
// large to make its canvas. Its own factor for that is fixed when it starts, so that text would
// blur after the browser's zoom has changed.
function measureInPixels() {
  const density = () => Math.min(window.devicePixelRatio || 1, maxDensity);
  Object.defineProperty(document.body, "clientWidth", { get: () => Math.max(Math.round(root.clientWidth * density()), 1) });
  Object.defineProperty(document.body, "clientHeight", { get: () => Math.max(Math.round(root.clientHeight * density()), 1) });

  // A window that moves to another screen changes its density, but not its size.
  const watch = () => {
    matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener("change", () => {
      window.dispatchEvent(new Event("resize"));
      watch();
    }, { once: true });
  };
  watch();
}

// plainContexts makes every WebGL canvas opaque, lasting, and without samples, depth and stencil of
// its own: Ebitengine draws into textures and copies the finished picture to its canvas, so the
// others cost much, above all where there is no graphics card, and give nothing.
function plainContexts() {
  const proto = HTMLCanvasElement.prototype;
  const getContext = proto.getContext;
  proto.getContext = function (type, options) {
    if (type !== "webgl2") return getContext.call(this, type, options);
    const gl = getContext.call(this, type, {
      ...options, alpha: false, antialias: false, depth: false, stencil: false, preserveDrawingBuffer: true,
    });
    if (!gl) fail(noWebGL()); // though the probe got one; Ebitengine gives up
    else if (!this.keeps) {
      keepPicture(this, gl);
      answerHere(gl);
    }
    return gl;
  };
}

// keepPicture lets the app copy only what has changed to the screen: it leaves out the black that
// Ebitengine (2.10.0) paints over the whole screen as its first act there in every frame. In software
// this halves the time of a frame, and the copy then costs almost nothing. The app learns of it from
// the canvas's property keeps.
function keepPicture(canvas, gl) {
  let onScreen = true;
  let first = true;
  const { bindFramebuffer, drawElements, flush } = gl;
  gl.bindFramebuffer = function (target, framebuffer) {
    onScreen = !framebuffer;
    bindFramebuffer.call(gl, target, framebuffer);
  };
  gl.drawElements = function (...args) {
    if (onScreen && first) {
      first = false;
      return;
    }
    drawElements.apply(gl, args);
  };
  gl.flush = function () { // the end of a frame
    first = true;
    flush.call(gl);
  };
  // Setting the size of a canvas empties it, even to the size that it has, as Ebitengine does whenever
  // the window says anything about its size. What does not change anything is left out; keeps
  // counts the rest.
  for (const side of ["width", "height"]) {
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side);
    Object.defineProperty(canvas, side, {
      get: () => get.call(canvas),
      set: (pixels) => {
        if (get.call(canvas) === Math.trunc(pixels)) return;
        set.call(canvas, pixels);
        canvas.keeps++;
      },
    });
  }
  canvas.keeps = 1;
}

// answerHere answers whether something is a buffer without the graphics process. Ebitengine (2.10.0) asks before it deletes one, as
// when a frame has more triangles than any before, and the page stood still until all that was drawn before was done.
// Everything that it asks about is its own, and deleting what is deleted does nothing.
function answerHere(gl) {
  gl.isBuffer = (buffer) => buffer instanceof WebGLBuffer;
}

// saved asks the app to save what is not saved yet, and resolves when it has or after a while.
function saved() {
  return new Promise((done) => {
    setTimeout(done, 3000);
    const heard = !document.dispatchEvent(new CustomEvent("oneshot:leaving", { cancelable: true, detail: { done } }));
    if (!heard) done();
  });
}

// touched tells that somebody has used the page since it was loaded. Chromium's navigator.userActivation outlives a reload.
let touched = false;
for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => { touched = true; }, { capture: true, once: true });

// mayReload reports whether the page may load itself anew: not when it has done so twice within a minute and nobody has
// touched it, nor where it could not remember that.
function mayReload() {
  try {
    const times = JSON.parse(!touched && sessionStorage.getItem("reloads") || "[]").filter((t) => Date.now() - t < 60_000);
    if (times.length >= 2) return false;
    sessionStorage.setItem("reloads", JSON.stringify([...times, Date.now()]));
    return true;
  } catch {
    return false;
  }
}

// Ebitengine reloads the page when the graphics card takes the WebGL context away, and what is not saved yet would go with
// it. This listener hears of it first.
document.addEventListener("webglcontextlost", async (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  await saved();
  if (mayReload()) {
    location.reload();
    return;
  }
  fail(say("The graphics card stopped drawing this page, so oneshot has to start again. Reload to go on."));
}, { capture: true });

// A trap, such as that of a full stack, ends no promise: it comes out of the event that ran into it.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) crash(error);
});

// The app tells so when it cannot read its own network.
document.addEventListener("oneshot:failed", ({ detail }) => {
  fail(say("oneshot cannot start: its network could not be loaded. Reloading the page may help."), detail);
});

reload.textContent = say("Reload");
rescue.textContent = say("Download your drawings");
progress.setAttribute("aria-label", say("Loading"));
reload.addEventListener("click", () => location.reload());

// keepForOffline lets the service worker keep this build, so that the page starts without a network from now on. A newer
// build that it has got meanwhile takes over here, before anything is loaded: a page is of one build.
async function keepForOffline() {
  if (!navigator.serviceWorker) return; // no https, or switched off
  const registered = await navigator.serviceWorker.getRegistration();
  if (registered?.waiting && navigator.serviceWorker.controller) {
    const taken = new Promise((done) => {
      navigator.serviceWorker.addEventListener("controllerchange", () => done(true), { once: true });
      setTimeout(done, 3000, false); // then this build serves once more
    });
    registered.waiting.postMessage("take over");
    if (await taken) {
      location.reload();
      await new Promise(() => {}); // the page is about to go
    }
  }
  navigator.serviceWorker.register("sw.js").catch((err) => console.info("oneshot will need the network to start:", err.message));
}

// forgetKept deletes the build that the service worker keeps, which then fetches it anew, if the host can be reached: a file
// of it is damaged or of another build.
async function forgetKept() {
  const { ok } = await fetch("./", { method: "HEAD", cache: "no-store" }); // the service worker answers no HEAD
  const prefix = `oneshot-${new URL("./", location.href).pathname} `; // as in sw.js
  const names = ok ? await caches.keys() : [];
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
}

try {
  check();
  await keepForOffline().catch(() => {}); // storage may be denied; the page works all the same
  measureInPixels();
  plainContexts();
  const go = new Go();
  const instance = await instantiate(go.importObject);
  progress.removeAttribute("value"); // what is left has no measure
  await go.run(instance);
  crash();
} catch (err) {
  if (mixed && navigator.serviceWorker?.controller && mayReload()) {
    // Another build may have taken over while this one was loading: then the next load is of one. If it was not, a kept file is at fault.
    if (JSON.parse(sessionStorage.getItem("reloads")).length > 1) await forgetKept().catch(() => {});
    location.reload();
  } else if (err instanceof Plain) {
    fail(err.message, err.cause);
  } else if (err instanceof WebAssembly.CompileError || err instanceof WebAssembly.LinkError) {
    fail(say("oneshot could not be started: this browser does not know a part of WebAssembly that it uses, or the file arrived damaged. Update the browser, or reload."), err);
  } else {
    crash(err);
  }
}
