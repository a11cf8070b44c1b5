# Everything a developer or a build machine needs to run. `make help` lists it.
#
# Tests, checks and the browser tests share one Cargo profile and one set of features, so that the dependencies are
# compiled once: that is most of the time a clean run takes. Only `make demo` and `make bench` build for release.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

CARGO ?= cargo
NPM ?= npm
PORT ?= 8080
TARGET := $(or $(CARGO_TARGET_DIR),target)

# npm writes this file as the last thing it does: newer than the lock file means nothing to do.
web_packages := crates/web/node_modules/.package-lock.json
e2e_packages := e2e/node_modules/.package-lock.json

.PHONY: help demo test test-parquet check bench chaos load sbom fuzz assets fmt clean need-build need-test

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: need-build assets ## Build and serve the demo municipality at http://127.0.0.1:8080 (PORT=… for another port)
	$(CARGO) build --release --locked -p tovholder
	$(TARGET)/release/tovholder demo --port $(PORT)

test: need-test assets $(e2e_packages) ## Run everything: format, lints, unit, property, storage on both databases, browser
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(CARGO) build --workspace --bins --tests --locked
	TOVHOLDER_PG_FAST=1 dev/with-postgres $(CARGO) test --workspace --locked --no-fail-fast

test-parquet: need-build ## Test what reads registers in Parquet, which the default build leaves out
	$(CARGO) clippy -p tovholder-analysis --features parquet --all-targets --locked -- -D warnings
	$(CARGO) test -p tovholder-analysis --features parquet --locked

check: need-build assets ## Before a commit: format, lints and the tests that need neither browser nor PostgreSQL
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(CARGO) test --workspace --lib --bins --locked

# Only the server is measured, so only the server is built for release.
bench: need-test assets ## Show what each page costs: processor time, SQL queries and bytes, on both databases
	$(CARGO) build --release --locked -p tovholder
	$(CARGO) build --locked -p tovholder-e2e --bins
	dev/with-postgres $(TARGET)/debug/budgets --server $(TARGET)/release/tovholder $(BENCH)
	dev/bench-indicators

# The whole long form; `make test` has a short one. Only the servers that are killed are built for release.
chaos: need-test assets ## Kill servers under people who write, and look for what is lost: 500 times on SQLite, 100 on PostgreSQL
	$(CARGO) build --release --locked -p tovholder
	$(CARGO) build --locked -p tovholder-e2e --bins
	$(TARGET)/debug/chaos --server $(TARGET)/release/tovholder --database sqlite --kills 500 $(CHAOS)
	dev/with-postgres $(TARGET)/debug/chaos --server $(TARGET)/release/tovholder --database postgres --kills 100 --stops yes $(CHAOS)
	dev/with-postgres $(TARGET)/debug/chaos --server $(TARGET)/release/tovholder --database postgres --nodes 2 --kills 40 --first-starts 0 $(CHAOS)

load: need-test assets ## 200 employees and 1,000 citizens for ten minutes: SQLite, PostgreSQL, two servers of which one is killed
	$(CARGO) build --release --locked -p tovholder
	$(CARGO) build --locked -p tovholder-e2e --bins
	$(TARGET)/debug/load --server $(TARGET)/release/tovholder --database sqlite $(LOAD)
	dev/with-postgres $(TARGET)/debug/load --server $(TARGET)/release/tovholder --database postgres $(LOAD)
	dev/with-postgres $(TARGET)/debug/load --server $(TARGET)/release/tovholder --database postgres --nodes 2 $(LOAD)

sbom: need-build ## Write down what the program is made of, in CycloneDX: target/tovholder.cdx.json
	@mkdir -p $(TARGET)
	dev/sbom.mjs > $(TARGET)/tovholder.cdx.json
	@echo $(TARGET)/tovholder.cdx.json

fuzz: need-build assets ## Look for input that breaks a reader, SECONDS=60 for each
	dev/fuzz $(or $(SECONDS),60)

assets: $(web_packages) ## Fetch the front-end packages that the build embeds

fmt: ## Format the code
	$(CARGO) fmt --all

clean: ## Remove everything that was built or fetched
	$(CARGO) clean
	rm -rf crates/web/node_modules crates/web/dist e2e/node_modules

need-build:
	@dev/need.sh build

need-test:
	@dev/need.sh build test

# `npm ci` installs what the lock file says, to the checksum, or fails.
%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && $(NPM) ci --no-audit --no-fund
	touch $@
