# Everything a person types here. `make` alone lists it. Needs Linux and Python 3.11 or newer, nothing else.

# The first Python that is new enough; name another one with PYTHON=.
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && exit; done; echo python3)
PREPARE = @$(PYTHON) -m dev.bootstrap
RUN = @.venv/bin/python -m
SIZE ?= small
# Compiled modules make every start after the first one twice as fast.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run dev stop reset seed manage test check format schema texts lock bench load lighthouse mutants before e2e

help: ## list the commands
	@grep -E '^[a-z0-9]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+): .*## (.*)/  make \1\t\2/' | expand -t 18

run: ## run the product on http://localhost:8888 (PORT=8888 HOST=127.0.0.1)
	$(PREPARE)
	$(RUN) dev.run $(if $(HOST),--host $(HOST))

dev: ## the same from sources: site and server follow every change
	$(PREPARE) --requirements dev --no-build
	$(RUN) dev.run --develop $(if $(HOST),--host $(HOST))

stop: ## stop what `make run` or `make dev` started
	@$(PYTHON) -m dev.instance stop

reset: ## delete all local data: database, pictures, logs (YES=1 does not ask)
	@$(PYTHON) -m dev.instance reset $(if $(YES),--yes)

seed: ## delete all data and make demo data anew (SIZE=small, normal or huge)
	$(PREPARE) --no-site
	$(RUN) dev.manage --migrate seed_db --size $(SIZE)

manage: ## run a Django command on the local database (ARGS="shell")
	$(PREPARE) --no-site
	$(RUN) dev.manage $(ARGS)

test: ## prove the product: server, site and browser tests
	$(PREPARE) --requirements dev
	$(RUN) dev.test

check: ## lint, types, import contracts, migrations, schema, client and diagram up to date
	$(PREPARE) --requirements dev --no-build
	$(RUN) dev.check

format: ## put the code in shape
	$(PREPARE) --requirements dev --no-site
	@.venv/bin/ruff check --quiet --fix backend dev; .venv/bin/ruff format backend dev

schema: ## write backend/openapi.yaml, the site's API client and the ER diagram anew
	$(PREPARE) --requirements dev --no-build
	$(RUN) dev.schema

texts: ## find the server's texts to translate and compile backend/locale
	$(PREPARE) --requirements dev --no-site
	$(RUN) dev.texts

e2e: ## only the browser tests (ARGS="--headed --grep buys")
	$(PREPARE) --requirements dev
	$(RUN) dev.e2e $(ARGS)

bench: ## measure the product on SIZE=normal data
	$(PREPARE) --requirements dev
	$(RUN) dev.bench $(ARGS)

load: ## crowds at the product, on one process and on production's pieces; writes docs/load-report.md
	$(PREPARE) --requirements dev
	$(RUN) dev.load $(ARGS)

mutants: ## put small faults into the code that moves money and count those the tests notice (ARGS="--number 60")
	$(PREPARE) --requirements dev --no-site
	$(RUN) dev.mutants $(ARGS)

before: ## run the last release's tests, its code and all, on the tables of this one (ARGS="--base main")
	$(PREPARE) --requirements dev --no-site
	$(RUN) dev.code_before $(ARGS)

lighthouse: ## print Lighthouse's scores of home, list, event and product
	$(PREPARE) --requirements dev
	$(RUN) dev.lighthouse

lock: ## write the lock files anew (UPGRADE=1 takes newer versions)
	$(PREPARE) --requirements dev --no-build
	$(RUN) dev.lock $(if $(UPGRADE),--upgrade)
