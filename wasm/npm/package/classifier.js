// Classifier is the engine in the thread that made it. Its methods are those of index.d.ts.
import { OneshotError } from "./errors.js";
import { call, side, start } from "./core.js";
import { inputOf } from "./images.js";
import { Turns } from "./turns.js";

const format = "oneshot-examples";
const version = 1;
const longestLabel = 1024; // bytes of UTF-8
const most = 10_000; // classes, and examples of all of them
const inputBytes = side * side;

export class Classifier {
  #functions;
  #labels = new Map(); // label -> {number, examples: Map of id -> input}
  #names = new Map(); // number of a class -> label
  #owners = new Map(); // id -> label
  #next = 0; // number of the next class
  #turns = new Turns();
  #live = () => {
    if (!this.#functions) throw new OneshotError("disposed", "the classifier was disposed of");
    return this.#functions;
  };

  static async open({ head = "prototype", weights, wasm } = {}) {
    const c = new Classifier();
    c.#functions = await start({ head, wasm, weights });
    return c;
  }

  async add(label, image) {
    checkLabel(label);
    return this.#turn((input) => this.#learn(label, input), this.#input(image));
  }

  async remove(id) {
    return this.#turn(() => {
      call(this.#live(), "remove", whole(id));
      const label = this.#owners.get(id);
      this.#owners.delete(id);
      const { number, examples } = this.#labels.get(label);
      examples.delete(id);
      if (examples.size === 0) this.#forget(label, number);
    });
  }

  async removeClass(label) {
    return this.#turn(() => this.#removeClass(label));
  }

  async clear() {
    return this.#turn(() => this.#clear());
  }

  async classes() {
    return this.#turn(() => [...this.#labels].map(([label, { examples }]) => ({ label, examples: [...examples.keys()] })));
  }

  async classify(image) {
    return this.#turn((input) => {
      const from = performance.now();
      const packed = call(this.#live(), "classify", input);
      const ms = performance.now() - from;
      return { ...this.#unpack(packed), ms };
    }, this.#input(image));
  }

  async embed(images) {
    if (!images?.[Symbol.iterator]) throw new OneshotError("image", "no list of images");
    const all = [];
    for (const image of images) {
      const bytes = call(this.#live(), "embed", await this.#input(image));
      all.push(Float32Array.from(new Int16Array(bytes.buffer), (v) => v / 4095));
    }
    return all;
  }

  async see(image) {
    return { data: await this.#input(image), width: side, height: side };
  }

  async describe() {
    return this.#turn(() => call(this.#live(), "describe"));
  }

  async setHead(head) {
    return this.#turn(() => call(this.#live(), "setHead", String(head)));
  }

  async setThreshold(evidence) {
    if (typeof evidence !== "number" || Number.isNaN(evidence)) throw new OneshotError("threshold", `the evidence is ${typeof evidence === "number" ? evidence : typeof evidence}, want a number`);
    return this.#turn(() => call(this.#live(), "setThreshold", evidence));
  }

  async export() {
    return this.#turn(() => {
      const classes = [...this.#labels].map(([label, { examples }]) => ({ label, examples: [...examples.values()].map(toText) }));
      return { format, version, classes };
    });
  }

  async import(set) {
    const classes = read(set);
    return this.#turn(() => {
      this.#clear();
      for (const { label, inputs } of classes) {
        for (const input of inputs) this.#learn(label, input);
      }
    });
  }

  // dispose waits for no turn: those that are left are refused.
  async dispose() {
    const functions = this.#functions;
    this.#functions = undefined;
    try {
      if (functions) call(functions, "close");
    } catch {} // it had stopped before
  }

  async #input(image) {
    this.#live();
    return inputOf(this.#live, image);
  }

  // #turn runs act after all that was asked before, with what `ready` promises.
  #turn(act, ready = this.#live()) {
    return this.#turns.take(ready, (value) => {
      this.#live();
      return act(value);
    });
  }

  #removeClass(label) {
    const known = this.#labels.get(label);
    if (!known) throw new OneshotError("no-class", `no class ${JSON.stringify(label)}`);
    call(this.#live(), "removeClass", known.number);
    for (const id of known.examples.keys()) this.#owners.delete(id);
    this.#forget(label, known.number);
  }

  #clear() {
    for (const label of [...this.#labels.keys()]) this.#removeClass(label);
  }

  #learn(label, input) {
    const number = this.#labels.get(label)?.number ?? this.#next;
    const id = call(this.#live(), "add", number, input);
    if (number === this.#next) {
      this.#next++;
      this.#labels.set(label, { number, examples: new Map() });
      this.#names.set(number, label);
    }
    this.#labels.get(label).examples.set(id, input);
    this.#owners.set(id, label);
    return id;
  }

  #forget(label, number) {
    this.#labels.delete(label);
    this.#names.delete(number);
  }

  // #unpack reads what pack.go writes.
  #unpack(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const [similarity, none, id, n] = [view.getFloat32(8, true), view.getUint32(12, true), view.getUint32(16, true), view.getUint32(20, true)];
    const logits = 24, scores = logits + 8 * n, confidences = scores + 4 * n, numbers = confidences + 4 * n;
    const ranking = Array.from({ length: n }, (_, i) => ({
      label: this.#names.get(view.getUint32(numbers + 4 * i, true)),
      confidence: view.getFloat32(confidences + 4 * i, true),
      score: view.getFloat32(scores + 4 * i, true),
      logit: view.getFloat64(logits + 8 * i, true),
    }));
    return { ranking, none: none === 1, evidence: view.getFloat64(0, true), nearest: { id, label: this.#owners.get(id), similarity } };
  }
}

function checkLabel(label) {
  const bytes = typeof label === "string" ? new TextEncoder().encode(label).length : 0;
  if (bytes < 1 || bytes > longestLabel) {
    throw new OneshotError("label", `a label is a string of 1 to ${longestLabel} bytes, got ${typeof label === "string" ? `${bytes} bytes` : typeof label}`);
  }
}

function whole(id) {
  if (!Number.isInteger(id)) throw new OneshotError("no-example", `no example ${id}`);
  return id;
}

const toText = (input) => btoa(String.fromCharCode(...input));

// read checks an exported set from end to end before anything is changed by it.
function read(set) {
  const bad = (what) => { throw new OneshotError("set", `not a set of examples: ${what}`); };
  if (set?.format !== format) bad(`format ${JSON.stringify(set?.format)}, want ${JSON.stringify(format)}`);
  if (set.version !== version) bad(`version ${JSON.stringify(set.version)}, want ${version}`);
  if (!Array.isArray(set.classes)) bad("classes is no list");
  const limit = (n, what) => { if (n > most) throw new OneshotError("limit", `a set of ${n} ${what}, at most ${most}`); };
  limit(set.classes.length, "classes");
  limit(set.classes.reduce((n, c) => n + (c?.examples?.length ?? 0), 0), "examples");
  const seen = new Set();
  return Array.from(set.classes, (c, i) => { // which skips no hole, as map does
    if (!Array.isArray(c?.examples)) bad(`class ${i}: examples is no list`);
    checkLabel(c.label);
    if (seen.has(c.label)) bad(`class ${i}: ${JSON.stringify(c.label)} is there twice`);
    seen.add(c.label);
    if (c.examples.length === 0) bad(`class ${i}: no examples`);
    const inputs = Array.from(c.examples, (text, j) => {
      let raw = "";
      try {
        raw = atob(text);
      } catch {
        bad(`class ${i}, example ${j}: not base64`);
      }
      if (raw.length !== inputBytes) bad(`class ${i}, example ${j}: ${raw.length} bytes, want ${inputBytes}`);
      return Uint8Array.from(raw, (ch) => ch.charCodeAt(0));
    });
    return { label: c.label, inputs };
  });
}
