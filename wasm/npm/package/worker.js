// worker is a Classifier behind messages: {id, method, args, made} comes in, {id, value} or {id, error} goes out. What was
// made for it is closed here.
import { Classifier } from "./classifier.js";
import { OneshotError } from "./errors.js";

let classifier;

async function answer(method, args) {
  if (method !== "open") return classifier[method](...args);
  classifier = await Classifier.open(...args);
}

self.onmessage = async ({ data: { id, method, args, made } }) => {
  try {
    self.postMessage({ id, value: await answer(method, args) });
  } catch (err) {
    self.postMessage({ id, error: { code: err instanceof OneshotError ? err.code : "stopped", message: err.message } });
  } finally {
    for (const copy of made) copy.close?.();
  }
};
