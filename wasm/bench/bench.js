"use strict";

// Runs bench.wasm. What goes wrong is told in window.oneshotBenchError.
(async () => {
	try {
		const go = new Go();
		const { instance } = await WebAssembly.instantiateStreaming(fetch("bench.wasm"), go.importObject);
		await go.run(instance);
		if (window.oneshotBench === undefined) {
			throw new Error("the program ended without a result; see the console");
		}
	} catch (e) {
		window.oneshotBenchError = String(e);
		document.querySelector("pre").textContent = String(e);
	}
})();
