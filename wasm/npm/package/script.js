// For a page without modules: <script src="oneshot/script.js"></script> and then oneshot.load(...), as in index.d.ts.
globalThis.oneshot = (() => {
  const here = document.currentScript.src;
  return { load: async (options) => (await import(new URL("./index.js", here))).load(options) };
})();
