# Two commands: `make run` starts everything, `make test` proves it. Only Python 3.11+ with venv, git and make needed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
PROJECT := $(VENV)/.project
LOOKING := bench/node/node_modules/.package-lock.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locales/*/LC_MESSAGES/*.po))

# An environment copied along with its folder would run the code of the folder it came from.
ifneq ($(shell cat $(VENV)/.place 2>/dev/null),$(CURDIR))
$(VENV)/.place: FORCE
endif

.PHONY: help
help: ## Show the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.PHONY: run
run: export PYTHONOPTIMIZE := 2
run: setup ## Start the assistant, the web chat and the console on one port
	@exec $(BIN)/passerelle serve

.PHONY: chat
chat: setup ## Talk to the assistant in this terminal; nothing is kept
	@exec $(BIN)/passerelle chat

.PHONY: setup
setup: $(RUNTIME) $(PROJECT) $(CATALOGUES) ## Make the environment only

.PHONY: setup-dev
setup-dev: $(DEV) $(PROJECT) $(CATALOGUES) ## Make the environment with the tools for tests and checks

.PHONY: test
test: setup-dev ## Run all tests; what is skipped is listed with its reason
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --max-worker-restart 2 $(ARGS)

.PHONY: check
check: setup-dev ## Format, lint, types, import contracts, catalogues
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/test_house.py tests/test_catalogues.py

.PHONY: format
format: setup-dev ## Put the code into the house's form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: train
train: setup-dev ## Make the model of the understanding from nlu/data; the same files give the same model
	@$(BIN)/python -m nlu.train

.PHONY: rasa
rasa: setup-dev ## Set up Rasa in an environment of its own, train it, start it on loopback
	@exec $(BIN)/python -m nlu.rasa.service $(ARGS)

.PHONY: bench
bench: setup-dev ## Measure, with the floors beside it
	@$(BIN)/python -m bench $(ARGS)

.PHONY: bench-web
bench-web: setup-dev ## Measure the web chat: weight, first turn, leaving, a slow network, a flood (needs Chromium)
	@$(BIN)/python -m bench.web $(ARGS)

.PHONY: lighthouse
lighthouse: setup-dev $(LOOKING) ## Lighthouse on the chat's pages: 100, or it fails (needs npm and Chromium)
	@$(BIN)/python -m bench.lighthouse $(ARGS)

.PHONY: lighthouse-kinds
lighthouse-kinds: setup-dev $(LOOKING) $(CATALOGUES) ## Lighthouse on every kind of screen, in all languages or those of ARGS
	@$(BIN)/python -m tests.bot.channels.lighthouse $(ARGS)

.PHONY: looking-glass
looking-glass: $(LOOKING)

.PHONY: pa11y
pa11y: setup-dev $(LOOKING) $(CATALOGUES) ## Pa11y on every kind of screen, or with ARGS=all on every screen (needs npm and Chromium)
	@$(BIN)/python -m tests.bot.channels.pa11y $(ARGS)

.PHONY: screens
screens: setup-dev $(CATALOGUES) ## Pictures of every kind of screen, into var/screens, to be looked at (needs Chromium)
	@$(BIN)/python -m tests.bot.channels.screens $(ARGS)

POT := var/messages.pot
LANGUAGES = $(patsubst locales/%/LC_MESSAGES/messages.po,%,$(wildcard locales/*/LC_MESSAGES/messages.po))

.PHONY: $(POT)
$(POT): setup-dev
	@mkdir -p var
	@$(BIN)/pybabel -q extract -F pyproject.toml --project Passerelle --no-wrap --add-location=file --sort-by-file -o $@ .

.PHONY: messages
messages: $(POT) ## Bring every catalogue up to date with the source text
	@for language in $(LANGUAGES); do \
		$(BIN)/pybabel -q update -i $(POT) -d locales -l $$language --no-wrap --ignore-pot-creation-date; \
	done

.PHONY: language
language: $(POT) ## Begin a catalogue: make language CODE=ro
	@test -n "$(CODE)" || { echo "Which language? make language CODE=ro" >&2; exit 1; }
	@$(BIN)/pybabel -q init -i $(POT) -d locales -l $(CODE) --no-wrap
	@echo "Now translate locales/$(CODE)/LC_MESSAGES/messages.po and add [$(CODE)] to locales/languages.toml"

.PHONY: lock
lock: setup-dev ## Choose the newest versions that pyproject.toml allows (needs the network)
	@$(PIP) install -q uv
	@$(BIN)/uv pip compile -q pyproject.toml --group build --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock
	@$(BIN)/uv pip compile -q pyproject.toml --group build --group dev -c requirements.lock --universal \
		--python-version 3.11 --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--no-annotate -o requirements-dev.lock

.PHONY: clean
clean: ## Remove the environment and the compiled catalogues; data is left alone
	@rm -rf $(VENV) $(CATALOGUES)

$(VENV)/.place:
	@chosen=; \
	for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then chosen=$$python; break; fi; \
	done; \
	if [ -z "$$chosen" ]; then \
		echo "Passerelle needs Python 3.11 or newer. $(or $(PYTHON),python3) is missing or older." >&2; \
		echo "Install it, or name another one: make PYTHON=/path/to/python3.11 setup" >&2; exit 1; \
	fi; \
	if ! "$$chosen" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$chosen has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2; \
		echo "(for a Python that is not the system's own: apt install $$(basename "$$chosen")-venv)" >&2; exit 1; \
	fi; \
	echo "Making the environment in $(VENV) (once; about a minute on a slow connection) ..."; \
	"$$chosen" -m venv --clear $(VENV)
	@echo "$(CURDIR)" > $@

$(RUNTIME): $(VENV)/.place requirements.lock
	@echo "Installing what Passerelle needs, each file checked against its hash ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(DEV): $(VENV)/.place requirements-dev.lock
	@echo "Installing what Passerelle and its tests need, each file checked against its hash ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@ $(RUNTIME)

# The package itself, as a link to this folder: the console script and the version.
$(PROJECT): pyproject.toml | $(RUNTIME)
	@$(PIP) install -q --no-deps --no-build-isolation --no-index -e .
	@touch $@

# Unreviewed (fuzzy) messages are left out of what people see. Not by `pybabel compile`: it takes the "% o" of
# "28 % of" for a placeholder. tests/test_catalogues.py checks ours.
COMPILE := import sys; from babel.messages import mofile, pofile; \
	source, result = (open(name, mode) for name, mode in zip(sys.argv[1:], ("rb", "wb"))); \
	mofile.write_mo(result, pofile.read_po(source))

locales/%.mo: locales/%.po | $(RUNTIME)
	@echo "Compiling $<"
	@$(BIN)/python -c '$(COMPILE)' $< $@.new
	@mv $@.new $@

# Tools that look at pages from outside; npm makes this file last.
$(LOOKING): bench/node/package-lock.json
	@cd bench/node && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: FORCE
FORCE:
