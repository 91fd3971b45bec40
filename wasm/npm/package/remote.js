// Remote is a Classifier in a Web Worker: each of its methods asks the worker and promises the answer.
import { attempt, OneshotError } from "./errors.js";
import { addressOf } from "./core.js";
import { bitmapOf, pixelsOf, strokesOf } from "./images.js";
import { Turns } from "./turns.js";

const methods = ["add", "remove", "removeClass", "clear", "classes", "classify", "embed", "see", "describe", "setHead", "setThreshold", "export", "import"];

export async function openRemote(options) {
  if (typeof Worker !== "function") throw new OneshotError("worker", "there are no Web Workers here: leave out worker");
  const absolute = async (v) => (typeof v === "string" || v instanceof URL ? (await addressOf(v)).href : v);
  const [weights, wasm] = [await absolute(options.weights), await absolute(options.wasm)];
  const remote = await attempt("worker", "a Web Worker cannot be made of this package here", () =>
    new Remote(new Worker(new URL("./worker.js", import.meta.url), { type: "module" })));
  try {
    await remote.ask("open", [{ ...options, weights, wasm }]);
  } catch (err) {
    remote.stop(err);
    throw err;
  }
  return remote;
}

class Remote {
  #worker;
  #turns = new Turns(); // to send
  #waiting = new Map();
  #next = 0;
  #heard = false; // it has answered once
  #ended; // why, once it has

  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = ({ data: { id, value, error } }) => {
      this.#heard = true;
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(new OneshotError(error.code, error.message));
      else resolve(value);
    };
    worker.onerror = (e) => this.stop(new OneshotError(this.#heard ? "stopped" : "worker", `the worker has stopped: ${e.message ?? "it could not be loaded"}`));
  }

  async ask(method, args) {
    if (this.#ended) throw this.#ended;
    const made = []; // copies of pictures, which go to the worker for good
    const sent = Promise.all(args.map((arg) => portable(arg, made)));
    const { answer } = await this.#turns.take(sent, (args) => ({ answer: this.#send({ method, args, made }) }));
    return answer;
  }

  #send(message) {
    if (this.#ended) throw this.#ended;
    const id = this.#next++;
    try {
      this.#worker.postMessage({ id, ...message }, message.made);
    } catch (cause) {
      for (const copy of message.made) copy.close?.();
      throw new OneshotError("image", "not an image that can be sent to the worker: pictures of another site cannot", { cause });
    }
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  stop(why) {
    this.#ended ??= why;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }

  async dispose() {
    this.stop(new OneshotError("disposed", "the classifier was disposed of"));
  }
}

for (const method of methods) {
  Remote.prototype[method] = function (...args) { return this.ask(method, args); };
}

// portable copies an argument as it is at this moment. It makes what cannot be sent to a worker something that can: lists
// that are no arrays, points that are events, sets that a framework watches, what an element shows. Copies that can move to
// the worker are added to made.
async function portable(arg, made) {
  if (Array.isArray(arg?.strokes)) return strokesOf(arg);
  const pixels = pixelsOf(arg);
  if (pixels) {
    pixels.data = new Uint8Array(pixels.data); // a slice of a Buffer is no copy
    made.push(pixels.data.buffer);
    return pixels;
  }
  const shown = ["ImageBitmap", "HTMLElement", "SVGElement", "OffscreenCanvas", "VideoFrame"];
  if (shown.some((name) => typeof globalThis[name] === "function" && arg instanceof globalThis[name])) {
    const bitmap = await bitmapOf(arg);
    made.push(bitmap);
    return bitmap;
  }
  if (arg?.format) return attempt("set", "not a set of examples: it is no data for JSON", () => JSON.parse(JSON.stringify(arg)));
  if (typeof arg === "object" && arg?.[Symbol.iterator] && !ArrayBuffer.isView(arg)) return Promise.all(Array.from(arg, (a) => portable(a, made)));
  return arg;
}
