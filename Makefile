# make run     the dashboard with sample data (架空データ)     make check   formatters, linters, types
# make test    every check and test                            make bench   accuracy and speed against peers
# make fuzz    10,000 damaged files are read; FILES= and SEED= change it
# Needs git, make and Python 3.11 or newer with venv; another Python: make run PYTHON=python3.12

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin

# One thread a process: answers do not depend on the number of cores, and parallel tests do not fight.
export OMP_NUM_THREADS := 1

ifdef UV
venv = $(UV) venv --quiet --allow-existing --seed --python $(PYTHON) $(1)
install = $(UV) pip install --quiet --compile-bytecode --python $(1)/bin/python $(2)
else
venv = $(PYTHON) -m venv $(1)
install = $(1)/bin/python -m pip install --quiet --disable-pip-version-check $(2)
endif

.PHONY: images setup setup-dev setup-bench run check format test fuzz bench lock clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

setup: .venv/.run-ready .venv/.project-ready
setup-dev: .venv/.dev-ready .venv/.project-ready

run: setup
	$(BIN)/madoguchi demo --if-empty --out out/demo
	$(BIN)/madoguchi serve

check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

format: setup-dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

test: check
	$(BIN)/python -m planner.docs --check
	$(BIN)/python -m pytest -n 2 --dist loadfile

# Every file of tests/cases/imports, damaged in many ways; files that show a fault go to out/fuzz.
FILES := 10000
SEED := 20260302
fuzz: setup-dev
	$(BIN)/python -m tests.fuzz --files $(FILES) --seed $(SEED)

# Pictures of the pages for README and docs, from the demo.
images: setup-dev
	MADOGUCHI_IMAGES=docs/images $(BIN)/python -m pytest tests/browser/test_walk.py -k "record or data"

bench: setup-bench
	.venv-bench/bin/python -m benchmarks --keep

# --- environments: a stamp per lock; nothing happens while the lock stays the same ---

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 以上が必要です。 Python 3.11 or newer is needed: make PYTHON=python3.11'; exit 1; }
	@echo '初回の準備には1〜3分かかります。 Setting up; a cold install takes 1-3 minutes.'
	@$(call venv,.venv)

.venv/.run-ready: requirements.lock | .venv/bin/python
	@echo '部品を導入しています。 Installing requirements.lock …'
	@$(call install,.venv,--require-hashes -r requirements.lock)
	@touch $@

.venv/.dev-ready: requirements-dev.lock | .venv/bin/python
	@echo '部品を導入しています。 Installing requirements-dev.lock …'
	@$(call install,.venv,--require-hashes -r requirements-dev.lock)
	@touch $@

# Either lock brings the build tool, so this step fetches nothing.
.venv/.project-ready: pyproject.toml | .venv/bin/python
	@test -e .venv/.run-ready || test -e .venv/.dev-ready
	@$(call install,.venv,--no-deps --no-build-isolation --editable .)
	@touch $@

setup-bench: .venv-bench/.ready

.venv-bench/.ready: requirements-bench.lock requirements-bench-nodeps.lock pyproject.toml
	@echo '比較用の部品を導入しています。 Installing the benchmark peers takes 1-3 minutes …'
	@test -x .venv-bench/bin/python || $(call venv,.venv-bench)
	@$(call install,.venv-bench,--require-hashes -r requirements-bench.lock)
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --ignore-requires-python --require-hashes -r requirements-bench-nodeps.lock
	@$(call install,.venv-bench,--no-deps --no-build-isolation --editable .)
	@touch $@

# Raise all versions: make lock UPGRADE=--upgrade
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
  --python-version 3.11 --fork-strategy fewest $(UPGRADE) pyproject.toml --group build
lock:
	@test -n '$(UV)' || { echo 'uv が必要です。 uv is needed: pip install uv'; exit 1; }
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --group bench --constraint requirements.lock --output-file requirements-bench.lock

clean:
	rm -rf .venv .venv-bench .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
