/**
 * Recognises a class of drawings from one example, in the browser, with nothing sent anywhere.
 *
 *     const oneshot = await load();
 *     await oneshot.add("heart", canvas);          // one example is enough
 *     const { ranking, none } = await oneshot.classify(canvas);
 */
export function load(options?: Options): Promise<Classifier>;

export interface Options {
  /** How drawings are compared, `"prototype"` unless told: see `Classifier.setHead`. */
  head?: Head;
  /** Run in a Web Worker, so that the page never waits. The methods are the same. */
  worker?: boolean;
  /** Another model file (`.osm`): its bytes, or where it is. Unless told, `oneshot.osm` beside the modules. */
  weights?: ArrayBuffer | ArrayBufferView | Blob | string | URL;
  /** Where `oneshot-engine.wasm` is, if not beside the modules; or its bytes, or the compiled module. */
  wasm?: string | URL | ArrayBuffer | ArrayBufferView | WebAssembly.Module;
}

/**
 * - `prototype`: cosine to the mean embedding of a class (Snell et al. 2017)
 * - `siamese`: weighted L1 distance to each example (Koch et al. 2015)
 * - `relation`: a small network judges the pair (Sung et al. 2018)
 * - `matching`: cosine to each example in the light of all classes (Cai et al. 2018)
 */
export type Head = "prototype" | "siamese" | "relation" | "matching";

/**
 * Whatever shows one drawing. Ink may be dark on light or light on dark; where it is and how large makes no
 * difference. Pictures beyond 512 pixels are scaled down by the browser; an element is taken as it looks now.
 */
export type Image =
  | ImageData
  | PixelData
  | Strokes
  | ImageBitmap
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLImageElement
  | SVGImageElement
  | HTMLVideoElement
  | VideoFrame
  | Blob;

/** Pixels outside a browser: red, green, blue, alpha of each, `4 * width * height` bytes in rows; a side has at most 8192 pixels. */
export interface PixelData {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
}

/** What a pen drew, x to the right and y down, in any unit. No canvas is needed, in node either. */
export interface Strokes {
  strokes: ReadonlyArray<ReadonlyArray<{ x: number; y: number } | readonly [number, number]>>;
  /** The side of the drawing area in the unit of the points: it decides what is a dot and what a small drawing. */
  size: number;
}

/**
 * Calls take effect in the order in which they are made, awaited or not. An image is taken at the moment of the call; `embed`
 * takes them one after the other.
 */
export interface Classifier {
  /**
   * Shows one example of a class, which is made if there is none of that label (1 to 1024 bytes of UTF-8). Resolves to the number
   * of the example, which is never used again. At most 10,000 classes and 10,000 examples.
   * Rejects with code `label`, `limit`, or one of those of an image.
   */
  add(label: string, image: Image): Promise<number>;
  /** Forgets one example, and its class with the last one. Rejects with code `no-example`. */
  remove(example: number): Promise<void>;
  /** Forgets a class and its examples. Rejects with code `no-class`. */
  removeClass(label: string): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;
  /** The classes in the order in which they were first added, with the numbers of their examples. */
  classes(): Promise<{ label: string; examples: number[] }[]>;

  /** Says which class a drawing is of. Rejects with code `no-examples` before the first `add`, or one of those of an image. */
  classify(image: Image): Promise<Answer>;
  /** The embeddings of drawings: each `height * width * channels` numbers from 0 to 1, see `describe`. */
  embed(images: Iterable<Image>): Promise<Float32Array[]>;
  /** What the network sees of a drawing: 28 x 28 bytes in rows, 0 where there is no ink. */
  see(image: Image): Promise<{ data: Uint8Array; width: 28; height: 28 }>;

  /** Compares in another way from now on, without forgetting anything. Rejects with code `head`. */
  setHead(head: Head): Promise<void>;
  /**
   * Answers `none` from now on where `evidence` is below this; `-Infinity` never does. `setHead` brings the model's own back.
   * Rejects with code `threshold` if it is not a number.
   */
  setThreshold(evidence: number): Promise<void>;
  describe(): Promise<Description>;

  /** What was taught, as plain data for JSON: labels, and the 784 bytes that the network sees of each example, as base64. */
  export(): Promise<ExampleSet>;
  /** Replaces what was taught. A set that is not right changes nothing: it rejects with code `set`, `label` or `limit`. */
  import(set: ExampleSet): Promise<void>;

  /** Ends the engine at once and gives its memory back. What is not answered yet and what is asked later rejects with code `disposed`. */
  dispose(): Promise<void>;
}

export interface Answer {
  /** Every class, the likeliest first. */
  ranking: Rank[];
  /** The drawing is like none of the classes: `evidence` is below the threshold. `ranking` is there all the same. */
  none: boolean;
  /** The logit of the first class: how much speaks for the best answer by itself. */
  evidence: number;
  /** The example whose embedding is nearest, and the cosine to it, 0 to 1. Its class need not be the first. */
  nearest: { id: number; label: string; similarity: number };
  /** Milliseconds that the engine took, reading the image not counted. */
  ms: number;
}

export interface Rank {
  label: string;
  /** The chance that this is the class, if it is one of the classes: 0 to 1, all add up to 1. Calibrated. */
  confidence: number;
  /** How like the class by itself, up to 1; no chance. */
  score: number;
  /** What the head computes. */
  logit: number;
}

export interface Description {
  heads: Head[];
  head: Head;
  threshold: number;
  /** Height, width, channels of an embedding. */
  embedding: [number, number, number];
  /** The layers of the network in one line. */
  network: string;
}

export interface ExampleSet {
  format: "oneshot-examples";
  version: 1;
  classes: { label: string; examples: string[] }[];
}

/** Every refusal. `message` names the thing, the value and the bound. */
export class OneshotError extends Error {
  readonly code: Code;
}

/**
 * Of an image: `blank` (no ink), `speck` (too little), `size` (too large), `point` (not a number), `image` (not readable).
 * Of a request: `label`, `limit`, `no-example`, `no-examples`, `no-class`, `head`, `threshold`, `set`, `disposed`.
 * Of loading: `network` (a file that cannot be had, or is not what it should be), `weights`, `worker`. And `stopped`, a fault in the engine.
 */
export type Code =
  | "blank" | "speck" | "size" | "point" | "image"
  | "label" | "limit" | "no-example" | "no-examples" | "no-class" | "head" | "threshold" | "set" | "disposed"
  | "network" | "weights" | "worker" | "stopped";
