// images turns whatever shows a drawing into the bytes that the engine reads.
import { attempt, OneshotError } from "./errors.js";
import { call } from "./core.js";

// longest is the side that larger pictures are scaled to, by the browser, before their pixels are read.
const longest = 512;

const is = (name, value) => typeof globalThis[name] === "function" && value instanceof globalThis[name];

// inputOf returns the 28 x 28 bytes that the network sees of an image. It takes the image before it returns, and calls live
// for the functions when it needs them: the classifier may be disposed of while a file is decoded.
export async function inputOf(live, image) {
  if (Array.isArray(image?.strokes)) return call(live(), "strokes", ...packed(strokesOf(image)));
  const { data, width, height } = pixelsOf(image) ?? await drawn(image);
  return call(live(), "pixels", new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height);
}

// strokesOf copies {strokes, size}: a stroke is a list of points, a point is {x, y} or [x, y] and becomes the latter.
export function strokesOf({ strokes, size }) {
  if (typeof size !== "number" || !(size > 0)) {
    throw new OneshotError("point", `size is ${typeof size === "number" ? size : typeof size}, want the side of the drawing area in the unit of the points`);
  }
  const number = (v) => (typeof v === "number" ? v : NaN); // which is refused
  return {
    strokes: Array.from(strokes, (stroke, i) => {
      if (!Array.isArray(stroke)) throw new OneshotError("point", `stroke ${i} is no list of points`);
      return Array.from(stroke, (p) => [number(p?.x ?? p?.[0]), number(p?.y ?? p?.[1])]);
    }),
    size,
  };
}

// packed are strokes as the engine reads them.
function packed({ strokes, size }) {
  let end = 0;
  const ends = strokes.map((stroke) => (end += stroke.length));
  return [new Uint8Array(new Float32Array(strokes.flat(2)).buffer), new Uint8Array(new Int32Array(ends).buffer), size];
}

// pixelsOf returns an image that is pixels, and undefined for others.
export function pixelsOf(image) {
  const { data, width, height } = image ?? {};
  if (!is("Uint8ClampedArray", data) && !is("Uint8Array", data)) return undefined;
  if (![width, height].every(Number.isInteger)) throw new OneshotError("image", "width and height are no whole numbers of pixels");
  if (data.length !== 4 * width * height) {
    throw new OneshotError("image", `${data.length} bytes for ${width} x ${height} pixels, want ${4 * width * height}: red, green, blue, alpha of each`);
  }
  return { data, width, height };
}

// drawn returns the pixels of any other image.
async function drawn(image) {
  const bitmap = await bitmapOf(image);
  try {
    return pixelsIn(bitmap);
  } catch (cause) {
    const foreign = cause.name === "SecurityError";
    throw new OneshotError("image", foreign ? "the picture is of another site, which lets no other read it"
      : "the browser has no canvas to read this picture with: hand over its pixels, as ImageData", { cause });
  } finally {
    bitmap.close();
  }
}

function pixelsIn(bitmap) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const [w, h] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
  const canvas = new OffscreenCanvas(w, h);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, w, h);
  return context.getImageData(0, 0, w, h);
}

// bitmapOf decodes a file, or copies the present picture of a canvas, an image or a video.
export async function bitmapOf(image) {
  const known = ["Blob", "ImageBitmap", "HTMLCanvasElement", "OffscreenCanvas", "HTMLImageElement", "SVGImageElement", "HTMLVideoElement", "VideoFrame"];
  if (!known.some((name) => is(name, image)) || typeof createImageBitmap !== "function") {
    throw new OneshotError("image", "not an image that can be read here: want ImageData, {strokes, size}, a canvas, an ImageBitmap, an image, a video or a File");
  }
  return attempt("image", "the browser cannot read this picture", () => createImageBitmap(image));
}
