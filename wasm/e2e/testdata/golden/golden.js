"use strict";

// Runs the compiled tests of the engine and leaves what they print and how they end in
// window.goldenResult. Go's loader writes what a program prints to the console, line by line.
(async () => {
	const printed = [];
	const log = console.log;
	console.log = (...args) => { printed.push(args.join(" ")); log(...args); };
	let code = -1;
	try {
		const go = new Go();
		go.argv = ["engine.test", "-test.v", "-test.run=^TestGolden"];
		go.exit = c => { code = c; };
		const { instance } = await WebAssembly.instantiateStreaming(fetch("engine.test.wasm"), go.importObject);
		await go.run(instance);
	} catch (e) {
		printed.push(String(e));
	}
	window.goldenResult = { code, printed: printed.join("\n") };
})();
