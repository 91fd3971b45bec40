// core starts the WebAssembly program and calls it. It knows bytes and numbers; classifier.js knows labels and images.
import { Go } from "./go.js";
import { attempt, OneshotError } from "./errors.js";

export const side = 28; // of the network's input, in pixels

// start runs a program of its own, with memory of its own, and returns its functions.
export async function start({ wasm, weights, head }) {
  const damaged = "the engine's WebAssembly is damaged, or needs what is not known here";
  const [module, model] = await Promise.all([
    attempt("network", damaged, () => compile(wasm ?? new URL("./oneshot-engine.wasm", import.meta.url))),
    bytesOf(weights ?? new URL("./oneshot.osm", import.meta.url)),
  ]);
  const go = new Go();
  const instance = await attempt("network", damaged, () => WebAssembly.instantiate(module, go.importObject));
  let functions, refusal;
  globalThis.oneshotHost = { head, weights: model, ready: (f, r) => { functions = f; refusal = r; } };
  const ended = go.run(instance); // the program says ready before this returns
  delete globalThis.oneshotHost;
  if (refusal) throw new OneshotError(refusal.code, refusal.message);
  if (!functions) throw new OneshotError("stopped", "the engine stopped while it started", { cause: await ended.catch((err) => err) });
  return functions;
}

// call is one call of the program, with a refusal thrown. A program that has failed stays so.
export function call(functions, name, ...args) {
  let value;
  try {
    if (functions.fault) throw functions.fault;
    value = functions[name](...args);
    if (value === undefined) throw new Error(`the engine ended during ${name}`);
  } catch (cause) {
    functions.fault = cause; // who knows what it left half done
    throw new OneshotError("stopped", "the engine has stopped because of a fault", { cause });
  }
  if (value?.code) throw new OneshotError(value.code, value.message);
  return value;
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const url = await addressOf(source);
  const response = await answered(url);
  const type = (response.headers.get("Content-Type") ?? "").split(";")[0].trim();
  if (type === "application/wasm" && WebAssembly.compileStreaming) return WebAssembly.compileStreaming(response);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "\0asm") {
    throw new OneshotError("network", `${url} is no WebAssembly: the server sent ${bytes[0] === 0x3c ? "a web page" : "something else"}`);
  }
  return WebAssembly.compile(bytes);
}

// addressOf is a URL, of the page where it is not whole.
export async function addressOf(source) {
  return attempt("network", `${source} is no address`, () => new URL(source, globalThis.location?.href));
}

async function answered(url) {
  if (url.protocol === "file:" && globalThis.process?.versions?.node) {
    const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ "node:fs/promises");
    return new Response(await attempt("network", `${url} could not be read`, () => readFile(url)));
  }
  const response = await attempt("network", `${url} could not be fetched`, () => fetch(url));
  if (!response.ok) throw new OneshotError("network", `${url}: the server answered ${response.status}`);
  return response;
}

// bytesOf reads a model file from wherever it is: bytes, a Blob, or an address.
async function bytesOf(source) {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (typeof Blob === "function" && source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  const response = await answered(await addressOf(source));
  return new Uint8Array(await response.arrayBuffer());
}
