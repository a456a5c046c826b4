# The commands of Tranche. All of them need Python 3.11 or newer with venv, and nothing else.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
PY := .venv/bin/python
RUN_STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
# What the deployment check wants to see set: an installation behind TLS.
DEPLOYED := DEBUG=false BEHIND_TLS=true ALLOWED_HOSTS=tranche.example \
	BASE_URL=https://tranche.example EMAIL_URL=smtp://mail.example

.DEFAULT_GOAL := help
.PHONY: help run kit test cover check lint rules format bench openapi pictures

help: ## Show the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Tranche needs Python 3.11 or newer. Install it, or run make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; rm -rf .venv; exit 1; }

$(RUN_STAMP): requirements.txt | .venv/bin/python
	@echo "Installing what Tranche needs (once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt requirements.txt | .venv/bin/python
	@echo "Installing what tests and checks need (once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)

run: $(RUN_STAMP) kit ## Start Tranche (PORT=, DEMO=full|small|none, DATABASE_URL=, REDIS_URL=)
	@$(PY) -m config.run

kit: $(RUN_STAMP) ## Build the front-end kit
	@$(PY) -m config.kit

test: $(DEV_STAMP) kit ## Run every test on servers of its own (ARGS="tests/setup -k health" for some)
	@$(PY) -m pytest -n auto --dist loadgroup $(ARGS)

cover: $(DEV_STAMP) kit ## Run every test with branch coverage; fails under the floor in pyproject.toml
	@$(MAKE) --no-print-directory test ARGS=--cov

lint: $(DEV_STAMP) ## Lint, format, imports, templates
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@.venv/bin/lint-imports
	@.venv/bin/djlint --quiet --lint templates

rules: $(DEV_STAMP) ## Types, migrations, deployment check, OpenAPI file (needs servers: make check brings them)
	@$(PY) -m mypy .
	@$(PY) manage.py makemigrations --check --dry-run
	@$(DEPLOYED) $(PY) manage.py check --deploy --fail-level WARNING
	@mkdir -p var
	@$(PY) manage.py spectacular --validate --fail-on-warn --file var/openapi.yaml
	@diff -u docs/reference/openapi.yaml var/openapi.yaml || { echo "The API has changed: run make openapi and commit the file."; exit 1; }

check: lint kit ## Everything that CI asks for: lint, rules, then the tests
	@$(PY) -m config.embedded $(MAKE) --no-print-directory rules
	@$(MAKE) --no-print-directory test

format: $(DEV_STAMP) ## Format the code
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

openapi: $(RUN_STAMP) ## Write docs/reference/openapi.yaml
	@$(PY) -m config.embedded $(PY) manage.py spectacular --validate --file docs/reference/openapi.yaml

bench: $(RUN_STAMP) kit ## Measure the numbers of docs/reference (ARGS= goes to the benchmark)
	@$(PY) -m bench $(ARGS)

pictures: $(DEV_STAMP) ## Take the guides' pictures from the running demo (ADDRESS= where it is not the usual one)
	@$(PY) -m config.help.pictures $(ADDRESS)
