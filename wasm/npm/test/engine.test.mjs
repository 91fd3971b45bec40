// What a user of the package can rely on, run against the installed package: node --test in a project that has it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { load, OneshotError } from "oneshot-engine";

const frame = 100;
const shaken = (points, by) => points.map(([x, y], i) => [x + by * ((i * 7) % 5 - 2), y + by * ((i * 3) % 5 - 2)]);
const shapes = {
  cross: [[[10, 10], [50, 50], [90, 90]], [[90, 10], [50, 50], [10, 90]]],
  square: [[[15, 15], [85, 15], [85, 85], [15, 85], [15, 15]]],
  hook: [[[50, 10], [50, 80], [30, 90], [15, 70]]],
};
const drawing = (name, by = 0) => ({ strokes: shapes[name].map((s) => shaken(s, by)), size: frame });

// picture paints strokes black on white, as an ImageData has it.
function picture(name, by) {
  const data = new Uint8ClampedArray(4 * frame * frame).fill(255);
  for (const s of drawing(name, by).strokes) {
    for (let i = 1; i < s.length; i++) {
      for (let t = 0; t <= 1; t += 0.005) {
        const [x, y] = [0, 1].map((k) => Math.round(s[i - 1][k] * (1 - t) + s[i][k] * t));
        for (let dx = -2; dx <= 2; dx++) for (let dy = -2; dy <= 2; dy++) data.fill(0, 4 * ((y + dy) * frame + x + dx), 4 * ((y + dy) * frame + x + dx) + 3);
      }
    }
  }
  return { data, width: frame, height: frame };
}

const refused = (code, words = /./) => (err) => err instanceof OneshotError && err.code === code && words.test(err.message);

async function taught(options) {
  const o = await load(options);
  for (const name of Object.keys(shapes)) await o.add(name, drawing(name));
  return o;
}

// faulty loads an engine with some of its functions replaced, by what faults makes of all of them.
async function faulty(faults) {
  Object.defineProperty(globalThis, "oneshotHost", { configurable: true, set(host) {
    const ready = (functions, refusal) => host.ready({ ...functions, ...faults(functions) }, refusal);
    Object.defineProperty(globalThis, "oneshotHost", { configurable: true, value: { ...host, ready } });
  } });
  return load();
}

// echo loads a classifier whose worker answers each call with what it was sent.
async function echo() {
  globalThis.Worker = class {
    postMessage(message, transfer) {
      const { id, args } = structuredClone(message, { transfer });
      queueMicrotask(() => this.onmessage({ data: { id, value: args } }));
    }
    terminate() {}
  };
  try {
    return await load({ worker: true });
  } finally {
    delete globalThis.Worker;
  }
}

for (const head of ["prototype", "siamese", "relation", "matching"]) {
  test(`${head} answers after one example, strokes and pixels alike`, async () => {
    const o = await taught({ head });
    for (const name of Object.keys(shapes)) {
      for (const query of [drawing(name, 1.5), picture(name, 1.5)]) {
        const a = await o.classify(query);
        assert.equal(a.ranking[0].label, name);
        assert.equal(a.none, false);
        assert.equal(a.nearest.label, name);
        assert.ok(Math.abs(a.ranking.reduce((sum, r) => sum + r.confidence, 0) - 1) < 1e-4);
        assert.ok(a.ms >= 0 && a.ranking.length === 3 && a.evidence === a.ranking[0].logit);
      }
    }
    assert.equal((await o.describe()).head, head);
    await o.dispose();
  });
}

test("what is unlike all classes is none of them, by a threshold that can be set", async () => {
  const o = await load();
  await o.add("cross", drawing("cross"));
  assert.equal((await o.classify(drawing("square"))).none, true);
  await o.setThreshold(-Infinity);
  assert.equal((await o.classify(drawing("square"))).none, false);
  await o.setHead("prototype");
  assert.equal((await o.classify(drawing("square"))).none, true);
  await o.dispose();
});

test("examples and classes are forgotten", async () => {
  const o = await taught();
  const extra = await o.add("hook", drawing("hook", 2));
  assert.deepEqual((await o.classes()).map((c) => [c.label, c.examples.length]), [["cross", 1], ["square", 1], ["hook", 2]]);
  const [hook] = (await o.classes())[2].examples;
  await o.remove(hook);
  assert.equal((await o.classify(drawing("hook"))).nearest.id, extra);
  await o.remove(extra);
  await o.removeClass("cross");
  assert.deepEqual((await o.classify(drawing("hook"))).ranking.map((r) => r.label), ["square"]);
  await assert.rejects(o.remove(hook), refused("no-example"));
  await assert.rejects(o.remove("1"), refused("no-example"));
  await assert.rejects(o.removeClass("cross"), refused("no-class", /cross/));
  await o.clear();
  await assert.rejects(o.classify(drawing("hook")), refused("no-examples"));
  await o.dispose();
});

test("a label is any text, and comes back as it was", async () => {
  const o = await load();
  const labels = ["7", "007", "__proto__", "字 😀", " "];
  for (const label of labels) await o.add(label, drawing("cross"));
  assert.deepEqual((await o.classes()).map((c) => c.label), labels);
  assert.deepEqual((await o.classify(drawing("cross"))).ranking.map((r) => r.label).sort(), [...labels].sort());
  for (const label of ["", "x".repeat(1025), 7, undefined]) await assert.rejects(o.add(label, drawing("cross")), refused("label"));
  await o.dispose();
});

test("a set survives JSON, and a broken one changes nothing", async () => {
  const o = await taught(), other = await load({ head: "relation" });
  const set = JSON.parse(JSON.stringify(await o.export()));
  await other.add("gone", drawing("hook"));
  await other.import(set);
  assert.deepEqual(await other.export(), await o.export());
  await other.setHead("prototype");
  const [a, b] = [await o.classify(drawing("hook", 1)), await other.classify(drawing("hook", 1))];
  assert.deepEqual(a.ranking, b.ranking);

  const broken = (change) => { const s = structuredClone(set); change(s); return s; };
  for (const [words, s] of [
    [/format/, null], [/format/, broken((s) => { s.format = "zip"; })], [/version/, broken((s) => { s.version = 2; })],
    [/no list/, broken((s) => { s.classes = {}; })], [/no list/, broken((s) => { s.classes[1].examples = "x"; })],
    [/no examples/, broken((s) => { s.classes[2].examples = []; })], [/twice/, broken((s) => { s.classes[2].label = "cross"; })],
    [/base64/, broken((s) => { s.classes[2].examples[0] = "%"; })], [/3 bytes, want 784/, broken((s) => { s.classes[2].examples[0] = "AAAA"; })],
    [/class 2, example 1: not/, broken((s) => { s.classes[2].examples.length = 2; })], [/class 3: examples is no list/, broken((s) => { s.classes.length = 4; })],
  ]) await assert.rejects(other.import(s), refused("set", words));
  await assert.rejects(other.import(broken((s) => { s.classes[0].label = ""; })), refused("label"));
  const example = set.classes[0].examples[0];
  await assert.rejects(other.import(broken((s) => { s.classes[0].examples = Array(10_000).fill(example); })), refused("limit", /10002 examples, at most 10000/));
  await assert.rejects(other.import(broken((s) => { s.classes = Array.from({ length: 10_001 }, (_, i) => ({ label: `${i}`, examples: [example] })); })), refused("limit", /10001 classes/));
  assert.deepEqual(await other.export(), set);
  await o.dispose();
  await other.dispose();
});

test("drawings that are none are refused, each by its fault", async () => {
  const o = await load();
  const blank = { data: new Uint8ClampedArray(400).fill(255), width: 10, height: 10 };
  await assert.rejects(o.add("x", blank), refused("blank"));
  await assert.rejects(o.add("x", { strokes: [], size: 1 }), refused("blank"));
  await assert.rejects(o.add("x", { strokes: [[[5, 5]]], size: 1e9 }), refused("speck"));
  await assert.rejects(o.add("x", { strokes: [[[NaN, 5], [9, 9]]], size: 10 }), refused("point"));
  await assert.rejects(o.add("x", { strokes: [[null]], size: 10 }), refused("point"));
  await assert.rejects(o.add("x", { strokes: [7], size: 10 }), refused("point"));
  await assert.rejects(o.add("x", { strokes: [[[1, 2]]] }), refused("point", /size/));
  await assert.rejects(o.add("x", { data: new Uint8Array(3), width: 1, height: 1 }), refused("image", /3 bytes.*want 4/));
  await assert.rejects(o.add("x", { data: new Uint8Array(4 * 9000), width: 9000, height: 1 }), refused("size"));
  for (const image of [null, undefined, "cat.png", {}, new Blob([])]) await assert.rejects(o.add("x", image), refused("image"));
  assert.deepEqual(await o.classes(), []);
  await o.dispose();
});

test("a picture that cannot be read is of another site only if the browser says so", async () => {
  const o = await load();
  const canvas = (context) => class { getContext() { return context; } };
  const tainted = { drawImage() {}, getImageData() { throw new DOMException("tainted", "SecurityError"); } };
  globalThis.createImageBitmap = async () => ({ width: 9, height: 9, close() {} });
  for (const [OffscreenCanvas, words] of [[undefined, /ImageData/], [canvas(null), /ImageData/], [canvas(tainted), /another site/]]) {
    Object.assign(globalThis, { OffscreenCanvas });
    await assert.rejects(o.see(new Blob([])), refused("image", words));
  }
  delete globalThis.createImageBitmap;
  delete globalThis.OffscreenCanvas;
  await o.dispose();
});

test("what is of a wrong type is refused, and the engine goes on", async () => {
  const o = await taught();
  const [{ strokes }, { data }] = [drawing("cross"), picture("cross")];
  for (const size of ["100", true, [100], 100n, undefined]) await assert.rejects(o.classify({ strokes, size }), refused("point", /size is/));
  for (const p of [[1n, 2], { x: "1", y: 2 }, [Symbol(), 2]]) await assert.rejects(o.classify({ strokes: [[[9, 9], p]], size: frame }), refused("point"));
  await assert.rejects(o.classify({ strokes: [[, [1, 2]]], size: frame }), refused("point"));
  for (const side of ["100", 100n, true, 99.5]) await assert.rejects(o.classify({ data, width: side, height: frame }), refused("image"));
  for (const evidence of [undefined, "abc", "1", 1n, NaN]) await assert.rejects(o.setThreshold(evidence), refused("threshold"));
  for (const images of [null, 5, {}]) await assert.rejects(o.embed(images), refused("image"));
  assert.equal((await o.classify(drawing("cross"))).ranking[0].label, "cross");
  await o.dispose();
});

test("calls take effect in the order in which they are made", async () => {
  const o = await taught();
  const set = await o.export();
  const labels = async () => (await o.classes()).map((c) => c.label);
  o.add("late", drawing("hook"));
  assert.deepEqual(await labels(), ["cross", "square", "hook", "late"]);
  await Promise.all([o.import(set), o.removeClass("square")]);
  assert.deepEqual(await labels(), ["cross", "hook"]);
  const shown = picture("square");
  const all = [o.add("square", shown), o.clear(), o.classes()];
  shown.data.fill(255); // it was taken before
  assert.deepEqual((await Promise.all(all))[2], []);
  await o.dispose();
});

test("no answer is kept, in either thread", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  for (const o of [await load(), await echo()]) {
    const answers = [];
    for (let i = 0; i < 9; i++) answers.push(new WeakRef(await o.classes()));
    await setTimeout(); // until then a WeakRef keeps what it is made of
    collect();
    assert.equal(answers.filter((a) => a.deref()).length, 0);
    await o.dispose();
  }
});

test("pixels go to a worker as a copy, which a slice of a Buffer is not", async () => {
  const o = await echo();
  const memory = new ArrayBuffer(8);
  for (const data of [Buffer.from(memory, 4), new Uint8Array(memory, 4), new Uint8ClampedArray(memory, 4)]) {
    data.set([1, 2, 3, 4]);
    const sent = o.see({ data, width: 1, height: 1 });
    data.fill(0); // it was taken before
    assert.deepEqual([...(await sent)[0].data], [1, 2, 3, 4]);
    assert.equal(memory.byteLength, 8);
  }
  await o.dispose();
});

test("dispose refuses what is not answered yet, and works after a fault", async () => {
  const o = await taught();
  const [late, ended] = [o.classify(drawing("cross")), o.dispose()];
  await assert.rejects(late, refused("disposed"));
  await ended;

  const fault = () => { throw new Error("a fault"); };
  const broken = await faulty(() => ({ describe: fault, close: fault }));
  await assert.rejects(broken.describe(), refused("stopped"));
  await broken.dispose();
  await assert.rejects(broken.describe(), refused("disposed"));

  const torn = await faulty(() => ({ classify: fault })); // as a trap does, after which the program would answer again
  await assert.rejects(torn.classify(drawing("cross")), refused("stopped"));
  await assert.rejects(torn.describe(), refused("stopped"));
  await torn.dispose();
});

test("the call in which the engine dies is refused, and those after it", async () => {
  for (const [name, ask, left] of [
    ["add", (o) => o.add("cross", drawing("cross")), 0],
    ["remove", async (o) => o.remove(await o.add("cross", drawing("cross"))), 1],
    ["classify", (o) => o.classify(drawing("cross")), 0],
    ["setHead", (o) => o.setHead("siamese"), 0],
  ]) {
    const o = await faulty((functions) => ({ [name]: () => functions[name]() })); // Go panics: the arguments are missing
    await assert.rejects(ask(o), refused("stopped"), name);
    await assert.rejects(o.describe(), refused("stopped"));
    assert.equal((await o.classes()).length, left, name);
    await o.dispose();
  }
});

test("embeddings have the shape that describe tells", async () => {
  const o = await load();
  const [a, b] = await o.embed([drawing("cross"), picture("cross")]);
  assert.equal(a.length, (await o.describe()).embedding.reduce((x, y) => x * y));
  const dot = (x, y) => x.reduce((sum, v, i) => sum + v * y[i], 0);
  assert.ok(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)) > 0.8);
  assert.ok(a.every((v) => v >= 0 && v <= 1));
  const seen = await o.see(drawing("cross"));
  assert.equal(seen.data.length, seen.width * seen.height);
  await o.dispose();
});

test("loading refuses what it cannot use, and two engines share a page", async () => {
  await assert.rejects(load({ head: "oracle" }), refused("head", /oracle/));
  await assert.rejects(load({ weights: new Uint8Array(100) }), refused("weights"));
  await assert.rejects(load({ weights: new Uint8Array(9 << 20) }), refused("weights"));
  await assert.rejects(load({ worker: true }), refused("worker"));
  const wasm = await readFile(new URL("oneshot-engine.wasm", import.meta.resolve("oneshot-engine")));
  const [a, b] = await Promise.all([load({ wasm }), load({ wasm: await WebAssembly.compile(wasm) })]);
  await assert.rejects(load({ wasm: wasm.subarray(0, 1000) }), refused("network", /damaged/));
  await assert.rejects(load({ wasm: new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]) }), refused("stopped")); // another program
  await assert.rejects(load({ wasm: new URL("missing.wasm", import.meta.url) }), refused("network", /missing.wasm could not be read/));
  await assert.rejects(load({ weights: "model.osm" }), refused("network", /model.osm is no address/));
  const own = await load({ weights: new URL("model.osm", import.meta.url), head: "relation" });
  assert.equal((await own.describe()).head, "relation");
  await own.dispose();
  await a.add("cross", drawing("cross"));
  await b.add("square", drawing("square"));
  assert.equal((await a.classify(drawing("cross"))).ranking[0].label, "cross");
  assert.equal((await b.classify(drawing("cross"))).ranking[0].label, "square");
  await a.dispose();
  await a.dispose();
  await assert.rejects(a.classes(), refused("disposed"));
  await assert.rejects(a.add("x", drawing("cross")), refused("disposed"));
  await b.dispose();
  for (const name of ["Go", "fs", "path", "oneshotHost"]) assert.equal(globalThis[name], undefined);
});
