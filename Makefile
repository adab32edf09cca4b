# Songbridge: `make` lists what can be made. Everything happens in .venv; nothing is installed beside it.

PYTHON ?= python3
VENV ?= .venv
PIP := $(VENV)/bin/python -m pip --quiet --quiet --disable-pip-version-check
BIN := $(VENV)/bin
HINT := { echo "installing failed: see above. When the MIDI library was to be compiled (Python 3.13 and newer), \
	Debian and Ubuntu need: apt install g++ pkg-config python3-dev libasound2-dev libjack-jackd2-dev"; exit 1; }

# Live tests start some hundred services: with compiled modules each is there 0.2 s sooner.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test unit check lint types floors live bench coverage format wheel venv clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/runtime ## the whole of Songbridge with nothing plugged in
	@$(BIN)/songbridge demo

test: $(VENV)/dev ## all tests; those that need jackd are skipped where it is missing
	@$(BIN)/python -m pytest -q -rs -n auto -m "not alone"
	@$(BIN)/python -m pytest -q -rs -m alone tests/live

unit: $(VENV)/dev ## the tests without JACK, sockets and processes of their own: a minute or two
	@$(BIN)/python -m pytest -q -n auto -m "not live"

check: lint types floors test ## everything that CI runs

lint: $(VENV)/dev ## style: ruff, all rules but those that pyproject.toml names
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/dev ## types: mypy, strict
	@$(BIN)/mypy

floors: $(VENV)/dev ## who may import whom
	@$(BIN)/lint-imports --no-cache

live: $(VENV)/dev ## only the tests with a real JACK server, sockets and processes
	@$(BIN)/python -m pytest -q -m live

bench: $(VENV)/dev ## how long a press takes, as ratios to a floor measured in the same run
	@$(BIN)/python -m tests.bench

coverage: $(VENV)/dev ## what the tests reach
	@$(BIN)/coverage run -m pytest -q
	@$(BIN)/coverage report --skip-covered --show-missing

format: $(VENV)/dev ## lay the code out
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

wheel: $(VENV)/dev ## dist/songbridge-….whl, with profiles, layouts and examples inside
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

venv: $(VENV)/dev ## the environment for working on Songbridge

clean: ## remove what the targets made
	rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "Songbridge needs Python 3.11 or newer, and $(PYTHON) is %d.%d; name another: make PYTHON=python3.12 …" % sys.version_info[:2])'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: $(VENV)/bin/python pyproject.toml
	@echo "installing Songbridge into $(VENV) …"
	@$(PIP) install --editable . || $(HINT)
	@touch $@

$(VENV)/dev: $(VENV)/bin/python pyproject.toml
	@echo "installing Songbridge and its tools into $(VENV) …"
	@$(PIP) install --editable '.[dev]' || $(HINT)
	@touch $@ $(VENV)/runtime
