# Lede: what a person building it needs. "make" alone lists the targets.
#
# make run and make test install what is missing first (they name it, and ask
# for sudo only if they must), so that a machine with git, make and nothing else
# gets by. On Windows use Go directly: go run .

.DEFAULT_GOAL := help
.PHONY: help run build test lint fmt bench bench-large fuzz soak torture e2e deps deps-test \
	package package-linux package-windows package-macos test-packages

GO   := sh assets/packaging/go.sh
BIN  := bin/lede

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build Lede and open it on a copy of the sample project
	@sh assets/packaging/run.sh $(BIN)

build: deps ## build the program, bin/lede
	@mkdir -p bin
	$(GO) build -o $(BIN) .

test: deps-test ## run every check but lint: vet, unit, race, nogui, end to end
	@sh .ci/test

lint: deps ## formatting, vet, staticcheck and our own rules (.golangci.yml)
	@sh .ci/lint run

fmt: deps ## format the code as lint wants it
	@sh .ci/lint fmt

e2e: deps-test ## drive the real window on a virtual screen
	LEDE_E2E=1 $(GO) test -count=1 -timeout 20m ./app/e2e/...

bench: deps-test ## measure speed; the window's on a virtual screen
	@sh .ci/bench

bench-large: deps-test ## measure a project of a million articles; takes 12 GB of disk
	LEDE_BENCH_LARGE=1 $(GO) test -run '^$$' -bench '^BenchmarkProject$$' -benchtime 3x -timeout 0 ./storage

fuzz: deps-test ## fuzz every reader for DURATION (10m), JOBS (2) at a time
	@sh .ci/fuzz

soak: deps-test ## random input to the window: DURATION=1h SEED=1 LOG=docs/reliability/soak.md
	LEDE_E2E=1 LEDE_SOAK=$(or $(DURATION),1h) LEDE_SOAK_SEED=$(or $(SEED),1) LEDE_SOAK_LOG=$(if $(LOG),$(abspath $(LOG))) \
		$(GO) test -count=1 -timeout 0 -run '^TestSoak$$' -v ./app/e2e

torture: deps ## kill and starve the storage: DURATION=1h SEED=1 LOG=docs/reliability/torture.md
	LEDE_TORTURE=$(or $(DURATION),1h) LEDE_TORTURE_SEED=$(or $(SEED),1) LEDE_TORTURE_LOG=$(if $(LOG),$(abspath $(LOG))) \
		$(GO) test -count=1 -timeout 0 -run '^TestTorture$$' -v ./storage/torture

package: ## build the packages this machine can, into dist/
	@sh assets/packaging/package.sh all

package-linux: ## tar.xz, .deb, .rpm, Arch; the window's and the command line's
	@sh assets/packaging/package.sh linux

package-windows: ## installer and portable zip, by mingw-w64
	@sh assets/packaging/package.sh windows

package-macos: ## .app and dmg; on a Mac
	@sh assets/packaging/package.sh macos

test-packages: ## install the packages in clean systems and use them; needs root
	@sh assets/packaging/test.sh all

deps:
	@sh assets/packaging/deps.sh build

deps-test:
	@sh assets/packaging/deps.sh test
