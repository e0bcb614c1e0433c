# Every task of the project. `make run` and `make test` need nothing but make, a shell and Python 3.11 or newer:
# they make .venv and install what is missing (requirements/prepare.sh).

PY := .venv/bin/python
ARGS ?=
JOBS ?= 3

.DEFAULT_GOAL := help
.PHONY: help run test test-slow test-services browser check house format messages lock bench bench-rules bench-rates \
	bench-brief bench-web bench-api bench-admin bench-reader walk chaos for-run for-dev for-bench

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | awk -F'\t' '{ printf "make %-14s %s\n", $$1, $$2 }'

for-run:
	@sh requirements/prepare.sh run
for-dev:
	@sh requirements/prepare.sh dev
for-bench:
	@sh requirements/prepare.sh bench

run: for-run ## Start everything on this machine: database, web, worker; Ctrl-C stops it
	@exec $(PY) manage.py run_embedded $(ARGS)

test: for-dev ## All tests, those in a browser included where Chromium is installed
	@$(PY) -m pytest -n $(JOBS) --dist worksteal -m "not slow and not services" $(ARGS)

test-slow: for-dev ## What is too long for `make test`: every mutation, every page, properties on all their cases
	@EXAMPLES=all $(PY) -m pytest -n $(JOBS) --dist worksteal -m "slow or hypothesis" $(ARGS)

test-services: for-dev ## The tests against PostgreSQL (DATABASE_URL) and Redis (BROKER_URL); a skip is a failure
	@FAIL_ON_SKIP=1 $(PY) -m pytest -n $(JOBS) -m "not slow and not browser" tests/web tests/accounts tests/outbox tests/editions \
		tests/rates tests/decisions tests/intake tests/briefs tests/sharing $(ARGS)

check: for-dev ## Style, types, layers, figures of the code, settings, migrations, known weaknesses, secrets
	@bash .ci/check

house: for-dev ## Lines by room, complexity, imports: the figures of the code; ARGS=--check fails past a bound
	@$(PY) .ci/house.py $(ARGS)

format: for-dev ## Rewrite the code in the house style
	@$(PY) -m ruff check --fix-only --quiet . && $(PY) -m ruff format .

messages: for-dev ## Collect every text for translation and compile the translations (needs GNU gettext)
	@$(PY) manage.py messages

lock: for-dev ## Write the hashed lock files anew from pyproject.toml
	@sh requirements/lock.sh

bench: for-bench ## The main job: submit to PDF, memory, size
	@$(PY) -m benchmarks.load --only job $(ARGS)
bench-rules: for-bench ## The decision against zen-engine
	@$(PY) -m benchmarks.rules $(ARGS)
bench-rates: for-bench ## Every figure traced to its source, against recomputation by hand
	@$(PY) -m benchmarks.rates $(ARGS)
bench-brief: for-bench ## The PDF against its peers
	@$(PY) -m benchmarks.brief $(ARGS)
bench-web: for-bench ## Pages under load: 50 recruiters at once
	@$(PY) -m benchmarks.load --only pages $(ARGS)
bench-api: for-bench ## Calls of programs, and a batch of 1,000 decisions
	@$(PY) -m benchmarks.load --only "calls batch memory pdfs" --seconds 5 $(ARGS)
bench-admin: for-bench ## Lists and pages with 100,000 decisions
	@$(PY) -m benchmarks.admin $(ARGS)
walk: for-dev ## From a text to a brief in a browser: clicks, screens, seconds
	@$(PY) -m benchmarks.walk $(ARGS)
bench-reader: for-bench ## The description reader on labelled cases: make bench-reader CASES=path
	@$(PY) -m benchmarks.reader $(CASES) $(ARGS)
chaos: for-dev ## Kill, freeze, fill and wipe; count what is lost
	@$(PY) -m benchmarks.chaos $(ARGS)
