# Every target sets up what it needs. Nothing but Python 3.11+ and make has to be there (and npm for lint-spec).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SPECS = $(filter-out openapi/unseen.yaml,$(wildcard openapi/*.yaml))
NODE := build/node
REDOCLY := 2.77.0
SPECTRAL := 6.16.3
MKDOCS := NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser torture check lint lint-spec format generate docs docs-serve dist sandbox bench bench-docs bench-memory clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.run ## Push 1,000 invoices to a local Amili and show what came of them
	@$(BIN)/python examples/demo.py

test: $(VENV)/.dev ## Run the tests
	@$(BIN)/python -m pytest -n auto --dist loadfile

test-browser: $(VENV)/.dev ## Test the sandbox's page in a real browser (Debian: apt install chromium)
	@$(BIN)/python -m pytest -rs tests/sandbox/browser.py

torture: $(VENV)/.dev ## Kill pushes and workers 1,000 times, and see that nothing is lost or sent twice (20 minutes)
	@KILLS=200 $(BIN)/python -m pytest tests/bulk/test_kill.py tests/workers/test_kill.py

check: lint test ## All that CI runs: lint, types, generated code, tests

lint: $(VENV)/.dev ## Style, types, and whether the generated code is fresh
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m generator --check
	@$(BIN)/mypy

lint-spec: $(VENV)/.dev $(NODE)/.redocly-$(REDOCLY)-spectral-$(SPECTRAL) ## Other people's linters over openapi/ (needs npm)
	@$(BIN)/openapi-spec-validator $(SPECS)
	@REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
		$(NODE)/node_modules/.bin/redocly lint --config openapi/lint/redocly.yaml $(SPECS)
	@$(NODE)/node_modules/.bin/spectral lint --ruleset openapi/lint/spectral.yaml --fail-severity warn $(SPECS)

format: $(VENV)/.dev ## Format the code and fix what can be fixed
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

generate: $(VENV)/.dev ## Write the models, the endpoints, the reference and llms.txt from openapi/ and docs/
	@$(BIN)/python -m generator

docs: $(VENV)/.dev ## Build the documentation as a site into build/site; what leads nowhere is an error
	@$(MKDOCS) build --strict
	@echo "Open build/site/index.html, or run make docs-serve to search as well"

docs-serve: $(VENV)/.dev ## Show the site at http://127.0.0.1:8000/ until Ctrl-C, and follow changes
	@$(MKDOCS) serve --watch amili_async

dist: $(VENV)/.dist ## Build wheel and sdist into dist/, and prove that they work in empty environments (minutes)
	@$(BIN)/python scripts/dist.py

bench: $(VENV)/.bench ## Compare speed and memory with other clients (10 minutes; QUICK=1: one; ONLY="codec push": parts)
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY))

bench-docs: $(VENV)/.bench ## Put the figures of the last make bench into docs/performance.md
	@$(BIN)/python -m benchmarks.page

bench-memory: $(VENV)/.run ## Push a million records and show what it takes of memory
	@$(BIN)/python benchmarks/memory.py

sandbox: $(VENV)/.run ## Run a local Amili until Ctrl-C
	@$(BIN)/amili sandbox

clean: ## Remove the virtual environment and all caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.base: constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("amili-async needs Python 3.11 or newer; this is %s. Try: make PYTHON=python3.11 ..." % sys.version.split()[0])'
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -c constraints.txt --upgrade pip
	@touch $@

$(VENV)/.run: $(VENV)/.base pyproject.toml
	@$(PIP) install -c constraints.txt --build-constraint constraints.txt -e '.[cli,sandbox]'
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(PIP) install -c constraints.txt --group dev
	@touch $@

$(VENV)/.bench: $(VENV)/.run
	@$(PIP) install -c constraints.txt --group bench
	@touch $@

$(VENV)/.dist: $(VENV)/.dev
	@$(PIP) install -c constraints.txt --group dist
	@touch $@

$(NODE)/.redocly-$(REDOCLY)-spectral-$(SPECTRAL):
	@command -v npm >/dev/null || { echo "make lint-spec needs npm (Node.js 20.19 or newer)"; exit 1; }
	@echo "Setting up $(NODE) (once) ..."
	@rm -rf $(NODE) && mkdir -p $(NODE)
	@npm install --prefix $(NODE) --no-save --no-package-lock --no-audit --no-fund --loglevel=error \
		@redocly/cli@$(REDOCLY) @stoplight/spectral-cli@$(SPECTRAL)
	@touch $@
