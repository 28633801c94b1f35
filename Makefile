# The commands of the project. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run test check check-warc lint audited format bench bench-search bench-reading bench-judged bench-site bench-intake bench-rereading bench-slow pictures fuzz silent-errors mutants kills soak lock clean system-packages

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PORT   ?= 8000

help: ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## set up everything, collect the sample portals, serve http://127.0.0.1:8000 (PORT=… for another)
	@$(BIN)/python -m tests.portals.demo --port $(PORT)

test: $(VENV)/.dev system-packages ## run the whole test suite (installs missing Debian packages when root)
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: lint audited test ## format check, lint, types, tests: what must pass before a commit

lint: $(VENV)/.dev ## format check, lint and types only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

audited: $(VENV)/.dev ## ask for known faults of the pinned packages; said where nobody answers
	@sh tests/audited.sh $(BIN)/pip-audit

format: $(VENV)/.dev ## format the code and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: bench-search ## the same

bench-search: $(VENV)/.dev ## measure the search beside tantivy, SQLite FTS5 and PostgreSQL (N=… reports, 3000 if not told; GROWTH=… ours alone)
	@$(BIN)/python -m benchmarks.search $(or $(N),3000) $(GROWTH)

fuzz: $(VENV)/.dev ## read damaged documents of every format (N=… of them, 1000 if not told)
	@$(BIN)/python -m tests.reading.damage $(or $(N),1000)

bench-judged: $(VENV)/.dev ## how well the search ranks on judged questions
	@$(BIN)/python -m benchmarks.judged

bench-reading: $(VENV)/.dev ## measure the readers beside those one would pick instead, each in an environment of its own (ROUNDS=…, 3 if not told)
	@$(BIN)/python -m benchmarks.reading $(or $(ROUNDS),3)

bench-site: $(VENV)/.dev system-packages ## measure the whole website over N=… invented reports, 2000 if not told, beside Datasette (ARGS=…, see ARGS=--help)
	@$(BIN)/python -m benchmarks.site $(or $(N),2000) --command "make bench-site N=$(or $(N),2000)$(if $(ARGS), ARGS='$(ARGS)')" $(ARGS)

bench-intake: $(VENV)/.dev system-packages ## measure imports of N=… generated pages, 300 if not told, beside reading them (ARGS=…, see ARGS=--help)
	@$(BIN)/python -m benchmarks.intake $(or $(N),300) --command "make bench-intake N=$(or $(N),300)$(if $(ARGS), ARGS='$(ARGS)')" $(ARGS)

bench-rereading: $(VENV)/.dev ## measure how long reading N=… originals again takes, 2000 if not told (ARGS=…, see ARGS=--help)
	@$(BIN)/python -m benchmarks.rereading $(or $(N),2000) --command "make bench-rereading N=$(or $(N),2000)$(if $(ARGS), ARGS='$(ARGS)')" $(ARGS)

bench-slow: $(VENV)/.dev ## what a page takes while 1,350 visitors are slow (ARGS=…, see ARGS=--help)
	@$(BIN)/python -m benchmarks.slow_clients $(ARGS)

pictures: $(VENV)/.dev system-packages ## take the pictures of docs/pictures anew from the sample portals (ARGS=…: names, all if not told)
	@$(BIN)/python -m tests.pictures $(ARGS)

check-warc: $(VENV)/.dev ## open our exports in pywb and others, in an environment of its own (made once, a minute)
	@$(BIN)/python -m tests.evidence.environment
	@$(BIN)/python -m pytest tests/evidence/test_others.py

silent-errors: $(VENV)/.dev ## read N=… random damaged reports, as tables and as files, and count wrong figures that pass as right (10000 if not told)
	@$(BIN)/python -m tests.report.test_damage $(or $(N),10000)
	@$(BIN)/python -m tests.reading.rendered $(or $(N),10000)

mutants: $(VENV)/.dev system-packages ## put N=… small faults into the code (50 if not told, SEED=…) and print those that no test notices
	@$(BIN)/python -m tests.mutants $(or $(N),50) $(SEED)

kills: $(VENV)/.dev system-packages ## kill commands at random moments (N=… of them, 500 if not told, SEED=…) on SQLite and PostgreSQL, and test everything after each
	@$(BIN)/python -m tests.kills $(or $(N),500) $(SEED)

setup: $(VENV)/.dev ## only the virtual environment, with everything for developing

lock: $(VENV)/.dev ## pin all dependencies (UPGRADE=--upgrade for the newest allowed versions)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --generate-hashes pyproject.toml --extra ocr --extra fast --extra browser -o requirements.lock
	$(BIN)/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --generate-hashes pyproject.toml --extra ocr --extra fast --extra browser --group dev -c requirements.lock -o requirements-dev.lock

soak: $(VENV)/.dev system-packages ## play a season of 300 invented sources on 30 hosts, with faults and kill -9, and prove that all was kept (ARGS=…, see ARGS=--help)
	@$(BIN)/python -m benchmarks.soak --command "make soak$(if $(ARGS), ARGS='$(ARGS)')" $(or $(ARGS),--results benchmarks/results-soak.md)

clean: ## remove the virtual environments and caches (never data/)
	rm -rf $(VENV) .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis

system-packages:
	@sh tests/system_packages.sh

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed; install it and run again." >&2; exit 1; fi
	@echo "Making the virtual environment with $(PYTHON) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); sh tests/system_packages.sh python && $(PYTHON) -m venv $(VENV); }

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	@echo "Installing the pinned dependencies (about a minute the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing the pinned dependencies for developing (a minute or two the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.run
