// worker is a Classifier behind messages: {id, method, args} comes in, {id, value} or {id, error} goes out.
import { Classifier } from "./classifier.js";

let classifier;

async function answer(method, args) {
  if (method !== "open") return classifier[method](...args);
  classifier = await Classifier.open(...args);
}

self.onmessage = async ({ data: { id, method, args } }) => {
  try {
    self.postMessage({ id, value: await answer(method, args) });
  } catch (err) {
    self.postMessage({ id, error: { code: err.code ?? "stopped", message: err.message } });
  }
};
