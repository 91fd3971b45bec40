// images turns whatever shows a drawing into the bytes that the engine reads.
import { OneshotError } from "./errors.js";
import { call } from "./core.js";

// longest is the side that larger pictures are scaled to, by the browser, before their pixels are read.
const longest = 512;

const is = (name, value) => typeof globalThis[name] === "function" && value instanceof globalThis[name];

// inputOf returns the 28 x 28 bytes that the network sees of an image.
export async function inputOf(functions, image) {
  if (Array.isArray(image?.strokes)) return call(functions, "strokes", ...strokesOf(image));
  const { data, width, height } = await pixelsOf(image);
  return call(functions, "pixels", new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height);
}

// strokesOf packs {strokes, size}: a stroke is a list of points, a point is {x, y} or [x, y].
function strokesOf({ strokes, size }) {
  if (!(size > 0)) throw new OneshotError("point", `size is ${size}, want the side of the drawing area in the unit of the points`);
  const points = [];
  const ends = [];
  for (const [i, stroke] of strokes.entries()) {
    if (!Array.isArray(stroke)) throw new OneshotError("point", `stroke ${i} is no list of points`);
    for (const p of stroke) points.push(p?.x ?? p?.[0], p?.y ?? p?.[1]); // what is no number is refused as NaN
    ends.push(points.length / 2);
  }
  return [new Uint8Array(new Float32Array(points).buffer), new Uint8Array(new Int32Array(ends).buffer), size];
}

async function pixelsOf(image) {
  const { data, width, height } = image ?? {};
  if (data && (is("Uint8ClampedArray", data) || is("Uint8Array", data))) {
    if (data.length !== 4 * width * height) {
      throw new OneshotError("image", `${data.length} bytes for ${width} x ${height} pixels, want ${4 * width * height}: red, green, blue, alpha of each`);
    }
    return image;
  }
  const bitmap = await bitmapOf(image);
  try {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    const [w, h] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
    const canvas = new OffscreenCanvas(w, h);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, w, h);
    return context.getImageData(0, 0, w, h);
  } finally {
    if (bitmap !== image) bitmap.close();
  }
}

// bitmapOf decodes a file, or takes the present picture of a canvas, an image or a video.
export async function bitmapOf(image) {
  if (is("ImageBitmap", image)) return image;
  const known = ["Blob", "HTMLCanvasElement", "OffscreenCanvas", "HTMLImageElement", "SVGImageElement", "HTMLVideoElement", "VideoFrame"];
  if (!known.some((name) => is(name, image)) || typeof createImageBitmap !== "function") {
    throw new OneshotError("image", "not an image that can be read here: want ImageData, {strokes, size}, a canvas, an ImageBitmap, an image, a video or a File");
  }
  try {
    return await createImageBitmap(image);
  } catch (cause) {
    throw new OneshotError("image", "the browser cannot read this picture", { cause });
  }
}
