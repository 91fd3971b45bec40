// Our engine as a candidate of the peer benchmark: what it serves is made by make bench-peers-build.
import { start, call } from "./core.js";

export async function create({ net, files }) {
  const at = new URL(files, location.href);
  const engine = await start({ head: net === "rn" ? "relation" : "prototype", weights: new URL(`${net}.osm`, at) });
  const bytes = (pixels) => new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const floats = (packed) => new Float32Array(packed.buffer);
  return {
    versions: { "oneshot-engine": "0.1.0" },
    layout: "NHWC",
    embed: (pixels) => floats(call(engine, "embedRaw", bytes(pixels))),
    enroll: (pixels, ways, shots) => call(engine, "enrol", bytes(pixels), ways, shots),
    classify: (pixels, set) => floats(call(engine, "scores", bytes(pixels), set)),
  };
}
