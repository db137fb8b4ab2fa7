# One command for each habit. CI calls the same ones.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help venv browser lint lint-pack test quick eval bench docs demo gold knowledge lock clean

help:            ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

venv: $(STAMP)   ## make the virtual environment from the lock file

# uv where it is installed (seconds), else Python's own venv and pip with the same hashed lock.
$(STAMP): requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv -q --allow-existing --python $(PYTHON) $(VENV) && \
	  uv pip sync -q --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock && \
	  uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(STAMP)

browser:         ## install Debian's Chromium, in which the pages are tested (as root)
	@command -v chromium >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; }

lint: venv       ## style, types and the import rules
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }
	@echo "lint: clean"

lint-pack: venv  ## look for event frames that can never fire
	@$(BIN)/python scripts/lint_pack.py

test: venv       ## the whole suite
	@$(BIN)/python -m pytest -q

quick: venv      ## the suite without the slow tests
	@$(BIN)/python -m pytest -q -m "not slow"

eval: venv       ## measure every layer and compare with the floors (RAISE=1 pins better ones, LOWER="NAME ..." lowers)
	@if [ -z "$(NTREX)" ] && [ -d ../shared/training/news ]; then \
	  $(BIN)/kroniek gold texts --ntrex ../shared/training/news >/dev/null; fi
	@$(BIN)/python eval/gate.py $(if $(RAISE),--raise) $(if $(LOWER),--lower $(LOWER))

gold: venv       ## put the texts of the gold corpus beside it (NTREX=DIR for a local copy)
	@$(BIN)/kroniek gold texts $(if $(NTREX),--ntrex $(NTREX),$(if $(wildcard ../shared/training/news),--ntrex ../shared/training/news))

docs: venv       ## write the generated pages: commands, Python interface
	@$(BIN)/python scripts/document.py

bench: venv      ## words per second of each part of the flow (TEXTS="PATH..." for your own reports)
	@$(BIN)/python scripts/bench.py $(TEXTS)

demo: venv       ## read the example reports, print their timeline and write demo/index.html
	@rm -rf demo && mkdir demo
	@$(BIN)/kroniek read examples/reports --into demo/voorbeeld.kroniek
	@$(BIN)/kroniek timeline demo/voorbeeld.kroniek --html demo/index.html
	@echo "open demo/index.html in a browser"

knowledge: venv  ## rebuild the knowledge base from the tables under knowledge/
	@$(BIN)/python -m kroniek.knowledge.build knowledge src/kroniek/knowledge/base.sqlite

lock:            ## renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile -q --universal --generate-hashes --all-extras --python-version 3.11 \
	  --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock

clean:           ## remove the virtual environment and what the commands made
	rm -rf $(VENV) demo site dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
