//go:build !js

package e2e

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"oneshot/cmd/oneshot/site"
	"oneshot/weights"
)

// What the benchmark asks of a candidate, asked of ours: embeddings of many images, several sets at once, and the
// scores of an image that was taken for an example.
const peersPage = `<!doctype html><link rel=icon href="data:,"><script type=module>
try {
  const { id, adapter } = window.candidate = await (await fetch("./files/candidate.json")).json();
  const { create } = await import("./files/" + adapter);
  const image = (row) => Float32Array.from({ length: 784 }, (_, i) => (i / 28 | 0) >> 1 === row && i % 28 > 5 && i % 28 < 22 ? 1 : 0);
  const images = new Float32Array(6 * 784);
  [3, 6, 9, 4, 5, 8].forEach((row, i) => images.set(image(row), i * 784));
  const all = {};
  for (const net of ["rn", "conv4"]) {
    const engine = await create({ net, files: "./files/", models: "./models/", params: {} });
    const embedded = engine.embed(images, 6), alone = engine.embed(images.subarray(784, 2 * 784), 1);
    const three = engine.enroll(images.subarray(0, 3 * 784), 3, 1), pairs = engine.enroll(images, 3, 2);
    const scores = [0, 1, 2].map((i) => [...engine.classify(images.subarray(i * 784, (i + 1) * 784), three)]);
    let refused = "";
    try { engine.embed(images.subarray(0, 783), 1); } catch (e) { refused = e.code; }
    all[net] = { length: embedded.length, width: alone.length, same: alone.every((v, i) => v === embedded[alone.length + i]),
      scores, ways: engine.classify(images.subarray(0, 784), pairs).length, refused };
  }
  window.peers = { id, all };
} catch (e) { window.peers = { fault: String(e && e.stack || e) }; }
</script>`

func TestPeersAdapter(t *testing.T) {
	chromium := needChromium(t)
	root, err := site.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "files")
	if _, err := site.BuildPackage(t.Context(), root, dir, t.Output()); err != nil {
		t.Fatal(err)
	}
	model, err := weights.Default() // it has both heads; which networks are compared makes no difference here
	if err != nil {
		t.Fatal(err)
	}
	file, err := weights.Encode(model)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"rn.osm": file, "conv4.osm": file}
	for _, name := range []string{"adapter.mjs", "candidate.json"} {
		if files[name], err = os.ReadFile(filepath.Join(root, "wasm", "bench", "peers", name)); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	mux := http.NewServeMux()
	mux.Handle("/files/", http.StripPrefix("/files/", http.FileServer(http.Dir(dir))))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		if _, err := w.Write([]byte(peersPage)); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	h := harness{url: server.URL + "/", browser: start(t, chromium)}
	p := h.tab(t, laptop)
	p.waitFor("the candidate to have answered", `window.peers`)
	r := eval[struct {
		ID, Fault string
		All       map[string]struct {
			Length, Width, Ways int
			Same                bool
			Scores              [][]float64
			Refused             string
		}
	}](p, `window.peers`)
	if r.Fault != "" || r.ID != "ours" || len(r.All) != 2 {
		t.Fatalf("%+v", r)
	}
	for net, a := range r.All {
		if a.Width == 0 || a.Length != 6*a.Width || !a.Same || a.Ways != 3 || a.Refused != "image" {
			text, err := json.Marshal(a)
			t.Errorf("%s: %s, %v", net, text, err)
		}
		for i, scores := range a.Scores {
			for j, v := range scores {
				if j != i && v >= scores[i] {
					t.Errorf("%s: the image of class %d scores %v with class %d and %v with its own", net, i, v, j, scores[i])
				}
			}
		}
	}
}
