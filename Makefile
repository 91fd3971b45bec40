# What to do with oneshot, by purpose. "make serve" is the one to begin with; "make help" lists all.

GO     ?= go
PINNED := go1.27.4

# The pinned Go release where it can be had: its assembler knows wasm SIMD128, and a machine may
# have GOTOOLCHAIN=local. Asked once: a make below this one inherits the answer.
ifndef ONESHOT_TOOLCHAIN
  ONESHOT_TOOLCHAIN := $(shell GOTOOLCHAIN=$(PINNED) $(GO) version >/dev/null 2>&1 && echo $(PINNED) || echo local)
  ifeq ($(ONESHOT_TOOLCHAIN),local)
    $(warning $(PINNED) cannot be had here, using $(shell GOTOOLCHAIN=local $(GO) env GOVERSION): slower kernels)
  endif
endif
export ONESHOT_TOOLCHAIN
export GOTOOLCHAIN := $(ONESHOT_TOOLCHAIN)

# Native tools take simd/archsimd, which Go 1.27 has for amd64 behind an experiment.
SIMD := $(shell GOTOOLCHAIN=$(ONESHOT_TOOLCHAIN) $(GO) env GOVERSION GOHOSTARCH | tr '\n' ' ' | grep -qE '^go1\.(2[7-9]|[3-9][0-9]).* amd64' && echo GOEXPERIMENT=simd)

# Where the data lies, and what training and fuzzing take.
DATA ?= ../shared/omniglot
DOODLES ?= $(wildcard ../shared/quickdraw/drawings.jsonl.gz)
SEED ?= 1
T    ?= 60s
ADDR ?= localhost:8080

# More flags for every "go test", such as TESTFLAGS=-v.
TESTFLAGS ?=

# A shared machine can be ten times slower for a while: that is no failure.
TIMEOUT := -timeout 40m

# Every package but the browser test, which has a target of its own; those that run in node: what the
# browser carries, without a screen; those for the race detector: without a screen.
NATIVE_PKGS = $$($(GO) list ./... | grep -v /wasm/e2e$$)
SCREENLESS  = {{$$s := false}}{{range .Deps}}{{if eq . "github.com/hajimehoshi/ebiten/v2"}}{{$$s = true}}{{end}}{{end}}{{if not $$s}}{{.ImportPath}}{{end}}
RACE_PKGS   = $$($(GO) list -f '$(SCREENLESS)' ./... | grep -v /wasm/e2e$$)
JS_PKGS     = $$(GOOS=js GOARCH=wasm $(GO) list -f '$(SCREENLESS)' ./weights/... ./engine/... ./ui/... ./wasm/... | grep -v -e /engine/train -e '/wasm$$')

.PHONY: build
build: ## build the site into dist/ (the default)
	@$(SIMD) $(GO) run ./cmd/oneshot build -o dist

.PHONY: serve
serve: build ## build the site and serve it on http://localhost:8080
	@$(SIMD) $(GO) run ./cmd/oneshot serve -addr $(ADDR) -dir dist

.PHONY: npm
npm: ## build the npm package into dist-npm/, ready for npm pack
	@$(SIMD) $(GO) run ./cmd/oneshot build -npm -o dist-npm

.PHONY: test
test: test-simd test-plain test-local test-js test-race e2e ## run every test: both toolchains, node, race detector, browser

.PHONY: test-simd
test-simd: ## run the unit tests with the native SIMD kernels
	@if [ -n "$(SIMD)" ]; then echo "== native, $$($(GO) env GOVERSION), SIMD"; \
		$(SIMD) $(GO) test $(TIMEOUT) $(TESTFLAGS) $(NATIVE_PKGS); \
	else echo "== native SIMD: skipped, needs Go 1.27 or later on amd64"; fi

# The longest tests, those that train, run once: with the fastest kernels that there are.
.PHONY: test-plain
test-plain: ## run the unit tests with the portable kernels
	@echo "== native, $$($(GO) env GOVERSION)"; $(GO) test $(if $(SIMD),-short) $(TIMEOUT) $(TESTFLAGS) $(NATIVE_PKGS)

.PHONY: test-local
test-local: export GOTOOLCHAIN := local
test-local: ## run the unit tests with the installed Go, whatever it is
	@if [ $(ONESHOT_TOOLCHAIN) = local ]; then echo "== installed Go: the same as above"; \
	else echo "== native, $$($(GO) env GOVERSION)"; $(GO) test -short $(TIMEOUT) $(TESTFLAGS) $(NATIVE_PKGS); fi

# Go hands node its whole environment, and the loader allows it 12 kB: hence env -i.
.PHONY: test-js
test-js: ## run the tests of what the browser carries, as wasm in node
	@if command -v node >/dev/null; then echo "== js/wasm in node $$(node --version)"; \
		GOOS=js GOARCH=wasm $(GO) test $(TIMEOUT) $(TESTFLAGS) \
		-exec "env -i 'PATH=$$PATH' 'HOME=$$HOME' '$$($(GO) env GOROOT)/lib/wasm/go_js_wasm_exec'" $(JS_PKGS); \
	else echo "== js/wasm: skipped, node is missing"; fi

.PHONY: test-race
test-race: ## run the unit tests under the race detector
	@if command -v $$($(GO) env CC) >/dev/null; then echo "== race detector"; \
		CGO_ENABLED=1 $(GO) test -race -short $(TIMEOUT) $(TESTFLAGS) $(RACE_PKGS); \
	else echo "== race detector: skipped, the C compiler that it needs is missing"; fi

.PHONY: e2e
e2e: chromium ## draw like people in headless Chromium and read the answers
	@echo "== browser"; ONESHOT_E2E=require $(GO) test -count=1 $(TIMEOUT) $(TESTFLAGS) ./wasm/e2e

# Each kill starts the browser anew, which takes seconds.
KILLS ?= 200
.PHONY: kills
kills: chromium ## kill the browser, crash the tab and leave the page KILLS (200) times each while it saves
	@ONESHOT_E2E=require ONESHOT_KILLS=$(KILLS) $(GO) test -count=1 -timeout 6h -v ./wasm/e2e -run 'TestFaults/(Kills|Crashes|Leaves)'

.PHONY: soak
soak: chromium ## have visitors use a kiosk for T (soak T=1h), and fail if its memory grows or it errs; figures in runs/soak.csv
	@ONESHOT_E2E=require ONESHOT_SOAK=$(T) $(GO) test -count=1 -timeout 0 -v ./wasm/e2e -run '^TestSoak$$'

AXE     := axe-core@4.14.1
AXE_DIR ?= /tmp/oneshot-axe
.PHONY: axe
axe: chromium ## let axe-core look at what screen readers get of the page; it is installed in AXE_DIR
	@[ -d "$(AXE_DIR)/node_modules" ] || npm install --silent --prefix "$(AXE_DIR)" $(AXE)
	@ONESHOT_E2E=require ONESHOT_AXE="$(AXE_DIR)/node_modules/axe-core/axe.min.js" $(GO) test -count=1 -v ./wasm/e2e -run '^TestAxe$$'

.PHONY: check-long
check-long: check ## the gate, and a quarter of an hour of soak
	@$(MAKE) --no-print-directory soak T=15m

.PHONY: chromium
chromium:
	@for c in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$c >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium; \
	else echo "Chromium is missing and only root can install it: apt-get install chromium" >&2; exit 1; fi

.PHONY: screenshot
screenshot: chromium ## save what the page looks like, laptop and phone, in runs/screenshots
	@mkdir -p runs/screenshots
	@ONESHOT_E2E=require ONESHOT_SCREENSHOTS=$(CURDIR)/runs/screenshots $(GO) test -count=1 $(TIMEOUT) ./wasm/e2e
	@ls runs/screenshots

.PHONY: check
check: fmt vet lint cross test ## the whole gate: format, vet, lint, cross-builds, tests, short fuzz
	@$(MAKE) --no-print-directory fuzz T=5s

.PHONY: fmt
fmt: ## fail if gofmt would change a file
	@bad=$$($$($(GO) env GOROOT)/bin/gofmt -l cmd engine ui wasm weights); [ -z "$$bad" ] || { echo "gofmt would change:"; echo "$$bad"; exit 1; }

.PHONY: vet
vet: ## vet for native (both toolchains, with and without SIMD) and for the browser
	@$(GO) vet ./...
	@$(SIMD) $(GO) vet ./...
	@GOTOOLCHAIN=local $(GO) vet ./...
	@GOOS=js GOARCH=wasm $(GO) vet ./...

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

.PHONY: lint
lint: export GOBIN = $(CURDIR)/runs/lint
lint: ## staticcheck, and govulncheck for known holes in what others wrote, where they can be had
	@if $(GO) install $(STATICCHECK) 2>/dev/null; then \
		echo "== staticcheck"; $(GOBIN)/staticcheck ./... && GOOS=js GOARCH=wasm $(GOBIN)/staticcheck ./... || exit 1; \
	else echo "== staticcheck: skipped, it cannot be downloaded"; fi; \
	if $(GO) install $(GOVULNCHECK) 2>/dev/null; then \
		echo "== govulncheck"; $(GOBIN)/govulncheck ./...; case $$? in 0) ;; 3) exit 1;; *) echo "== govulncheck: skipped, it cannot read its database";; esac; \
	else echo "== govulncheck: skipped, it cannot be downloaded"; fi

.PHONY: repro
repro: ## build the site twice, from two folders and from nothing, and compare
	@a=$$(mktemp -d) && trap 'chmod -R u+w $$a; rm -rf $$a' EXIT && \
	for i in 1 2; do mkdir $$a/$$i && git ls-files -z --cached --others --exclude-standard | tar -c --null -T - --ignore-failed-read | tar -x -C $$a/$$i && \
		(cd $$a/$$i && GOCACHE=$$a/cache$$i $(SIMD) $(GO) run ./cmd/oneshot build -o $$a/site$$i >/dev/null) || exit 1; done; \
	diff -r $$a/site1 $$a/site2 && echo "== two builds are the same, byte for byte"

.PHONY: cross
cross: ## build everything for the machines that it must run on
	@GOTOOLCHAIN=local $(GO) build ./...
	@GOTOOLCHAIN=local GOOS=js GOARCH=wasm $(GO) build ./...
	@GOOS=js GOARCH=wasm $(GO) build ./...
	@CGO_ENABLED=0 GOOS=linux GOARCH=arm64 $(GO) build ./weights/... ./engine/... ./cmd/...

# The least share of statements that tests of its own reach in a package, in percent.
BARS ?= weights=100 ui/session=100 engine/prep=100 engine/gate=100 engine=95 ui/state=95

.PHONY: cover
cover: ## print the statement coverage of each package without a screen, and fail below the bars
	@$(SIMD) $(GO) test -short -cover $(TIMEOUT) $(TESTFLAGS) $(RACE_PKGS) 2>&1 | awk -v bars="$(BARS)" '\
		BEGIN { n = split(bars, b, "[ =]"); for (i = 1; i < n; i += 2) least["oneshot/" b[i]] = b[i + 1] + 0 } \
		/no test files/ { next } !/coverage: [0-9]/ { print; bad += /FAIL/; next } \
		{ p = $$1 == "ok" ? $$2 : $$1; match($$0, /[0-9.]+%/); c = substr($$0, RSTART, RLENGTH - 1) + 0; \
			printf "%6.1f %s%s\n", c, p, c < least[p] ? ", want " least[p] : ""; bad += c < least[p]; delete least[p] } \
		END { for (p in least) if (least[p]) { print "not covered: " p; bad++ } exit bad > 0 }'

# An input that reaches something new is made smaller in a few tries: by default that takes a minute, in which nothing is fuzzed.
FUZZ = $(SIMD) $(GO) test -run '^$$' -timeout 0 -fuzzminimizetime 50x

.PHONY: fuzz
fuzz: ## fuzz every target for T (60s)
	@for dir in $$(grep -rl '^func Fuzz' --include=*_test.go . | xargs -n 1 dirname | sort -u); do \
		for f in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$dir/*_test.go); do \
			echo "== $$dir $$f"; $(FUZZ) -fuzz "^$$f\$$" -fuzztime $(T) $$dir || exit 1; \
		done; done

# What reads bytes that somebody else made, and how many inputs each is tried on.
DECODERS ?= weights:FuzzDecode engine/gate:FuzzClaimed engine/prep:FuzzFromStrokes engine/train/safetensors:FuzzDecode \
	ui/session:FuzzRead ui/session:FuzzReadList ui/session:FuzzReadLink ui/session:FuzzReadBody ui/keeping:FuzzDecodeIndex ui/kiosk:FuzzReadLock cmd/kiosk/folder:FuzzReadJournal
N ?= 100000000

.PHONY: fuzz-long
fuzz-long: ## flood every decoder with N inputs (100000000), an hour or two; runs/flood.log tells how far it is
	@mkdir -p runs
	@for d in $(DECODERS); do \
		echo "$${d%%:*}.$${d##*:}" >> runs/flood.log; \
		ONESHOT_FLOOD=$(N) $(GO) test -count=1 -timeout 0 -v -run "^$${d##*:}\$$" ./$${d%%:*} >> runs/flood.log 2>&1 || { tail -n 40 runs/flood.log; exit 1; }; \
		grep " inputs in " runs/flood.log | tail -n 1; \
	done

.PHONY: bench
bench: ## time the kernels and the engine: natively, as wasm in node, and the convolution in Chromium
	@$(SIMD) $(GO) test -run '^$$' -bench . -benchmem ./engine/...
	@GOOS=js GOARCH=wasm $(GO) test -run '^$$' -bench . \
		-exec "env -i 'PATH=$$PATH' 'HOME=$$HOME' '$$($(GO) env GOROOT)/lib/wasm/go_js_wasm_exec'" ./engine ./engine/kernel
	@$(SIMD) $(GO) run ./cmd/oneshot bench

# The benchmark lies outside; what it installs and writes goes to PEERS_DIR.
PEERS     ?= ../shared/peers
PEERS_DIR ?= /tmp/oneshot-peers
PEERS_RUN ?= --what sizes,cold,latency

.PHONY: bench-peers-build
bench-peers-build: ## build what the benchmark against other engines serves of ours, into dist-peers/
	@if [ ! -d "$(PEERS)/models" ]; then echo "the peer benchmark is not in $(PEERS): nothing to build (PEERS=DIR names another place)"; else \
		$(SIMD) $(GO) run ./cmd/oneshot build -npm -o dist-peers && cp wasm/bench/peers/adapter.mjs dist-peers/ && \
		for n in rn conv4; do $(SIMD) $(GO) run ./cmd/oneshot import $(PEERS)/models/$$n.safetensors -o dist-peers/$$n.osm || exit 1; done; fi

.PHONY: bench-peers
bench-peers: bench-peers-build ## measure beside ONNX Runtime and TensorFlow.js in one Chromium, see PEERS/README.md
	@if [ ! -d "$(PEERS)/models" ]; then echo "skipped"; else \
		export PEERS_DIR="$(abspath $(PEERS_DIR))" && mkdir -p "$$PEERS_DIR" && \
		if [ ! -d "$$PEERS_DIR/site" ]; then cp $(PEERS)/package.json "$$PEERS_DIR/" && cp -r $(PEERS)/models "$$PEERS_DIR/" && \
			npm install --prefix "$$PEERS_DIR" --legacy-peer-deps && node $(PEERS)/build.mjs; fi && \
		node $(PEERS)/run.mjs --candidate wasm/bench/peers/candidate.json $(PEERS_RUN); fi

.PHONY: golden
golden: ## write what the tests take for right anew, after a change of the numbers or of the built-in model
	@$(SIMD) $(GO) test ./engine -run Golden -count=1 -update

.PHONY: train
train: ## train a model on DATA, and DOODLES if there are any, with SEED into runs/
	@$(SIMD) $(GO) run ./cmd/oneshot train -data $(DATA) $(if $(DOODLES),-doodles $(DOODLES)) -seed $(SEED)

# The tables stand between two comments in each file. With EPISODES=100 it takes a minute and the intervals are three times
# as wide. Networks were chosen by episodes of seed 1, so these are of another.
EPISODES ?= 1000
.PHONY: table
table: ## measure all figures of the README and the model card with the built-in weights, and write them there
	@mkdir -p runs
	$(SIMD) $(GO) run ./cmd/oneshot eval -data $(DATA) -set validation -table -seed 7 -episodes $(EPISODES) > runs/table.md
	@for f in README.md weights/MODEL_CARD.md; do \
		awk '/<!-- table -->/ { print; print ""; while ((getline line < "runs/table.md") > 0) print line; print ""; skip = 1 } \
			/<!-- end of the table -->/ { skip = 0 } !skip' $$f > runs/spliced.md && cat runs/spliced.md > $$f || exit 1; \
	done; rm runs/spliced.md

.PHONY: clean
clean: ## remove what the other targets made
	rm -rf .build dist dist-npm dist-peers runs/screenshots

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 14
