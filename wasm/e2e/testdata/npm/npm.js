// What the package does in a page, in both threads and with every kind of image. The test reads window.npmResult.
import { load, OneshotError } from "./package/index.js";

const side = 120;

// draw paints a cross or a box on a canvas, by a little moved.
function draw(canvas, what, by = 0) {
  Object.assign(canvas, { width: side, height: side });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, side, side);
  pen.lineWidth = 7;
  pen.beginPath();
  if (what === "box") pen.rect(25 + by, 25, 70, 65 + by);
  else for (const [x, y] of [[20, 20 + by], [100, 20]]) { pen.moveTo(x, y); pen.lineTo(side - x + by, 100); }
  pen.stroke();
  return canvas;
}

const canvas = (what, by) => draw(document.createElement("canvas"), what, by);

async function kinds(what) {
  const c = canvas(what, 4);
  const blob = await new Promise((done) => c.toBlob(done));
  const img = new Image();
  img.src = c.toDataURL();
  await img.decode();
  const big = document.createElement("canvas");
  Object.assign(big, { width: 1500, height: 1500 });
  big.getContext("2d").drawImage(c, 0, 0, 1500, 1500);
  return {
    canvas: c, blob, file: new File([blob], "x.png"), img, big, bitmap: await createImageBitmap(c), offscreen: draw(new OffscreenCanvas(1, 1), what, 4),
    data: c.getContext("2d").getImageData(0, 0, side, side), frame: new VideoFrame(c, { timestamp: 0 }),
    strokes: { strokes: what === "box" ? [[[20, 20], [90, 20], [90, 90], [20, 90], [20, 20]]] : [[[20, 20], [100, 100]], [[100, 20], [20, 100]]], size: side },
  };
}

async function use(options) {
  const wrong = [];
  const o = await load(options);
  await o.add("box", canvas("box"));
  await o.add("cross", canvas("cross"));
  const requests = performance.getEntriesByType("resource").length;
  for (const what of ["box", "cross"]) {
    for (const [kind, image] of Object.entries(await kinds(what))) {
      const { ranking } = await o.classify(image);
      if (ranking[0].label !== what) wrong.push(`${kind} of a ${what} is a ${ranking[0].label}`);
    }
  }
  const code = await o.add("bad", new Blob(["no picture"])).then(() => "added", (err) => err instanceof OneshotError && err.code);
  if (code !== "image") wrong.push(`a broken file: ${code}`);
  wrong.push(...await uncommon(o));
  const again = await load(options);
  await again.import(await o.export());
  if ((await again.classify(canvas("cross", 3))).ranking[0].label !== "cross") wrong.push("an imported set does not answer");
  await again.dispose();
  if ((await again.classes().catch((err) => err.code)) !== "disposed") wrong.push("it answers after dispose");
  const [late, dropped] = [o.classes(), o.dispose()];
  await Promise.allSettled([late, dropped]);
  const more = performance.getEntriesByType("resource").slice(requests).filter((e) => !/package\/|\.wasm$|^data:/.test(e.name)).map((e) => e.name);
  return [...wrong, ...more.map((name) => `a request: ${name}`)];
}

const foreign = new Image(); // of another site
foreign.src = `http://localhost:${location.port}/foreign.svg`;
await foreign.decode();

const codeOf = (promise) => promise.then(() => "no refusal", (err) => (err instanceof OneshotError ? err.code : String(err)));

// uncommon asks for what a program may well have in place of an array, a plain object or a picture of its own.
async function uncommon(o) {
  const wrong = [];
  const right = (what, got, want) => { if (got !== want) wrong.push(`${what}: ${got}, want ${want}`); };
  const parent = document.createElement("p");
  parent.append(canvas("box"), canvas("cross"));
  const [list, both] = [parent.querySelectorAll("canvas"), (list) => o.embed(list).then((all) => all.length, String)];
  right("a NodeList", await both(list), 2);
  right("a Set", await both(new Set(list)), 2);
  right("a generator", await both((function* () { yield* list; })()), 2);
  const events = [[20, 20], [100, 100]].map(([x, y]) => new PointerEvent("pointermove", { clientX: x, clientY: y }));
  const { strokes } = (await kinds("cross")).strokes;
  right("events", (await o.classify({ strokes: [events, strokes[1]], size: side })).ranking[0].label, "cross");
  right("a proxy", (await o.classify({ strokes: new Proxy(strokes, {}), size: side })).ranking[0].label, "cross");
  right("a set that is a proxy", await o.import(new Proxy(await o.export(), {})), undefined);
  right("no picture", await codeOf(o.classify(() => {})), "image");
  right("a picture of another site", await codeOf(o.classify(foreign)), "image");

  const [pixels, bitmap] = [canvas("box").getContext("2d").getImageData(0, 0, side, side), await createImageBitmap(canvas("cross"))];
  const answers = [o.classify(pixels), o.classify(bitmap)];
  pixels.data.fill(255);
  bitmap.close();
  right("pixels and a bitmap that are gone after the call", (await Promise.all(answers)).map((a) => a.ranking[0].label).join(), "box,cross");
  right("a bitmap that was gone before", await codeOf(o.classify(bitmap)), "image");

  const before = await o.export();
  const pad = canvas("box");
  const calls = [o.add("late", pad), o.clear(), o.classes()];
  pad.getContext("2d").clearRect(0, 0, side, side);
  const [added, , none] = await Promise.allSettled(calls);
  right("a canvas that is cleared after the call", added.status, "fulfilled");
  right("classes after clear", none.value.length, 0);
  await o.import(before);
  return wrong;
}

// transfers counts the pictures that go to a worker without a copy, of those that it is shown.
async function transfers() {
  const [post, counts] = [Worker.prototype.postMessage, []];
  const o = await load({ worker: true });
  Worker.prototype.postMessage = function (message, transfer) {
    post.call(this, message, transfer);
    counts.push(transfer.filter((bitmap) => bitmap.width === 0).length); // it is gone from here
  };
  const mine = await createImageBitmap(canvas("box"));
  await o.see(canvas("box"));
  await o.embed([canvas("box"), canvas("cross"), mine]);
  Worker.prototype.postMessage = post;
  return [...counts, mine.width];
}

const refusal = (options) => load(options).then(() => "loaded", (err) => `${err.code}: ${err.message}`);

const result = {};
try {
  result.page = await use({});
  result.worker = await use({ worker: true });
  result.typed = await use({ wasm: "wrong-type/oneshot-engine.wasm" });
  result.script = (await (await globalThis.oneshot.load()).describe()).head;
  result.html = await refusal({ wasm: "html.wasm" });
  result.missing = await refusal({ wasm: "missing.wasm" });
  result.damaged = [await codeOf(load({ wasm: "damaged.wasm" })), await codeOf(load({ worker: true, wasm: "damaged.wasm" }))];
  const other = await import("./no-worker/index.js");
  result.workerless = await other.load({ worker: true }).then(() => "loaded", (err) => `${err.name}: ${err.code}`);
  result.transfers = await transfers();
  result.globals = Reflect.ownKeys(window).filter((name) => !window.globals.has(name)).map(String);
  result.missingInWorker = await refusal({ worker: true, wasm: "missing.wasm" });
} catch (err) {
  result.fault = String(err.stack ?? err);
}
window.npmResult = result;
