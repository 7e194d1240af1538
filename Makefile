# Every command sets itself up: the first one makes .venv and installs the tested versions.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export HF_HUB_OFFLINE = 1
export HF_HUB_DISABLE_TELEMETRY = 1
export PYTHONHASHSEED = 0

.PHONY: help setup demo test lint lab formgrader build data models kill-table bench browser postgres clean

help:  ## say what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(READY)  ## make .venv and install the tested versions

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints.txt --editable '.[teacher,test]'
	touch $@

demo: $(READY)  ## a whole week end to end with a pretend class
	$(BIN)/gradelib demo

test: $(READY) lint  ## lint, type check, and all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: $(READY)  ## open the course in JupyterLab
	cd notebooks && ../$(BIN)/jupyter lab

formgrader: $(READY)  ## mark written answers by hand in nbgrader's formgrader
	$(BIN)/jupyter lab --LabApp.default_url=/formgrader

build: $(READY)  ## write the notebooks and the recorded answers
	$(BIN)/gradelib build

data: $(READY)  ## write the course's data again, byte for byte
	$(BIN)/python -m data.build

models: $(READY)  ## train the tiny models again; goes on where it was interrupted
	$(BIN)/python -m data.training

kill-table: $(READY)  ## prove the checks and write docs/kill_table.md
	$(BIN)/python -m tests.proofs.table

bench: $(READY)  ## measure, and write docs/benchmarks.md
	$(BIN)/python -m tests.bench

browser:  ## install Chromium for the browser tests (Debian and Ubuntu, as root)
	command -v chromium || (apt-get update -qq && apt-get install -y -qq chromium)

postgres:  ## install PostgreSQL for the gradebook's tests (Debian and Ubuntu, as root)
	ls /usr/lib/postgresql/*/bin/initdb || (apt-get update -qq && apt-get install -y -qq postgresql)

clean:  ## remove what the commands above made (not the class folder)
	rm -rf $(VENV) build dist
