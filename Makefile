# Every command sets itself up: the first one makes .venv and installs the tested versions.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready
EXTRAS := teacher,postgres,cluster,test,lint
BY_TWO := -n 2 --dist loadfile --no-loadscope-reorder
PYTEST := $(BIN)/python -m pytest $(BY_TWO)
MARKS ?= quick
FORMS := .github/ISSUE_TEMPLATE
export HF_HUB_OFFLINE = 1
export HF_HUB_DISABLE_TELEMETRY = 1
export PYTHONHASHSEED = 0
export PYTHONUTF8 = 1

.PHONY: help setup hooks demo test test-all quick quick-tests lint lint-types lint-code lint-forms format coverage versions lab formgrader \
  build course data models preferences scaling kill-table bench dist browser postgres clean

help:  ## say what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(READY)  ## make .venv and install the tested versions

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints.txt --editable '.[$(EXTRAS)]'
	touch $@

hooks: $(READY)  ## run lint before each commit, from now on
	$(BIN)/pre-commit install

demo: $(READY)  ## a whole week end to end with a pretend class
	$(BIN)/gradelib demo

test: $(READY) lint  ## lint, type check, and all tests but the slow ones
	$(PYTEST) -m "not slow"

test-all: $(READY) lint  ## lint, type check, and all tests
	$(PYTEST)

quick: lint quick-tests  ## lint, type check, and the quick tests: a few minutes

quick-tests: $(READY)  ## the quick tests alone (MARKS="quick or trained": and those with trained models)
	$(PYTEST) -m "$(MARKS)"

lint: $(READY)  ## style, types, layers, dependencies, workflows
	$(MAKE) --no-print-directory -j 2 lint-types lint-code lint-forms

lint-types:
	$(BIN)/mypy

lint-code:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .

lint-forms:
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config $(FORMS)/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms \
	  $(filter-out %/config.yml,$(wildcard $(FORMS)/*.yml))
	$(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/pre-commit validate-config

format: $(READY)  ## put the code into its format, and mend what lint can mend by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: $(READY)  ## all tests, and which lines they ran: build/coverage (TESTS="-m quick" for some)
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest $(BY_TWO) $(TESTS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage html --quiet
	$(BIN)/python -m coverage report

versions: $(READY)  ## the quick tests with the oldest and with the newest versions allowed
	$(BIN)/python -m tests.versions $(SETS)

lab: $(READY)  ## open the course in JupyterLab
	cd notebooks && ../$(BIN)/jupyter lab

formgrader: $(READY)  ## mark written answers by hand in nbgrader's formgrader
	$(BIN)/jupyter lab --LabApp.default_url=/formgrader

build: $(READY)  ## write the notebooks and the recorded answers
	$(BIN)/gradelib build

course: $(READY)  ## run all notebooks with the reference answers (NOTEBOOKS="00 01" for some)
	$(BIN)/python -m tests.bench.notebooks $(NOTEBOOKS)

data: $(READY)  ## write the course's data again, byte for byte
	$(BIN)/python -m data.build

models: $(READY)  ## train the tiny models again; goes on where it was interrupted
	$(BIN)/python -m data.training

preferences: $(READY)  ## let the decoder write pairs of endings, as `make models` does
	$(BIN)/python -m data.training.on_policy

scaling: $(READY)  ## make the scaling runs again, at the lowest priority; takes many hours
	$(BIN)/python -m data.training.scaling

kill-table: $(READY)  ## prove the checks and write docs/kill_table.md
	$(BIN)/python -m tests.proofs.table

bench: $(READY)  ## measure, and write docs/benchmarks.md (PARTS="grading imports" for some)
	$(BIN)/python -m tests.bench $(PARTS)

dist: $(READY)  ## build the wheel and the source archive into dist/
	$(BIN)/python -m hatchling build

browser:  ## install Chromium for the browser tests (Debian and Ubuntu, as root)
	command -v chromium || (apt-get update -qq && apt-get install -y -qq chromium)

postgres:  ## install PostgreSQL for the gradebook's tests (Debian and Ubuntu, as root)
	ls /usr/lib/postgresql/*/bin/initdb || (apt-get update -qq && apt-get install -y -qq postgresql)

clean:  ## remove what the commands above made (not the class folder)
	rm -rf $(VENV) build dist
