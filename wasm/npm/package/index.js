// load is where everything begins: see index.d.ts.
import { Classifier } from "./classifier.js";
import { openRemote } from "./remote.js";

export { OneshotError } from "./errors.js";

export async function load({ worker = false, ...options } = {}) {
  return worker ? openRemote(options) : Classifier.open(options);
}
