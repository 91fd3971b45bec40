// Remote is a Classifier in a Web Worker: each of its methods asks the worker and promises the answer.
import { OneshotError } from "./errors.js";
import { bitmapOf } from "./images.js";

const methods = ["add", "remove", "removeClass", "clear", "classes", "classify", "embed", "see", "describe", "setHead", "setThreshold", "export", "import"];

export async function openRemote(options) {
  if (typeof Worker !== "function") throw new OneshotError("worker", "there are no Web Workers here: leave out worker");
  const remote = new Remote(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
  const absolute = (v) => (typeof v === "string" ? new URL(v, globalThis.location?.href).href : v instanceof URL ? v.href : v);
  try {
    await remote.ask("open", [{ ...options, weights: absolute(options.weights), wasm: absolute(options.wasm) }]);
  } catch (err) {
    remote.stop(err);
    throw err;
  }
  return remote;
}

class Remote {
  #worker;
  #waiting = new Map();
  #next = 0;
  #ended; // why, once it has

  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = ({ data: { id, value, error } }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(new OneshotError(error.code, error.message));
      else resolve(value);
    };
    worker.onerror = (e) => this.stop(new OneshotError("stopped", `the worker has stopped: ${e.message ?? "it could not be loaded"}`));
  }

  async ask(method, args) {
    if (this.#ended) throw this.#ended;
    const sent = await Promise.all(args.map(portable));
    if (this.#ended) throw this.#ended;
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args: sent });
    });
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

// portable makes what cannot be sent to a worker something that can: the picture that an element shows at this moment.
async function portable(arg) {
  if (Array.isArray(arg)) return Promise.all(arg.map(portable));
  const here = ["HTMLElement", "SVGElement", "OffscreenCanvas", "VideoFrame"];
  return here.some((name) => typeof globalThis[name] === "function" && arg instanceof globalThis[name]) ? bitmapOf(arg) : arg;
}
