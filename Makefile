# The two commands of the README are `make demo` and `make test`; they need python3 (3.11 or later) only.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# Registries of tests lie in memory where there is such a folder: most of the time they wait for the
# disk, which every commit syncs twice.
export PYTEST_DEBUG_TEMPROOT ?= $(firstword $(wildcard /dev/shm /tmp))

.PHONY: demo test faults soak check bench messages clean

demo: $(STAMP)
	$(BIN)/flowparty demo demo

test: $(STAMP)
	$(BIN)/pytest

# Fault injection and simulations at the figures of each commit, and those of a release (hours).
faults: $(STAMP)
	TEST_TIER=faults $(BIN)/pytest -m "faults or tiered"

soak: $(STAMP)
	TEST_TIER=soak $(BIN)/pytest -m "faults or tiered"

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 0 tests/test_arrows.py

bench: $(STAMP)
	$(BIN)/python tools/bench.py
	$(BIN)/python tools/bench_exchange.py

messages: $(STAMP)
	$(BIN)/python tools/messages.py

clean:
	rm -rf $(VENV) demo dist build

# An editable install, byte code compiled, so that what is measured is what is used.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP)
