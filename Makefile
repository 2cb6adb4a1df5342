# A fresh machine needs python3 (3.11 or later), pip and make, nothing else. `make help` lists what there is to do.

UV_VERSION := 0.13.9
PYTHON ?= python3
UV := .tools/bin/uv
HERE := .venv/bin
PIP := -m pip install --quiet --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore
LOCKED := --require-hashes --only-binary :all:

export UV_PYTHON_DOWNLOADS := never
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types validate benchmark benchmark-gradient benchmark-cell docs claims lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-19s %s\n", $$1, $$2 }'

setup: .venv/.project  ## all that the other targets need (they call it by themselves)
	@:

run: setup  ## simulate the example study and write out/acne_scars
	@$(HERE)/microneedling run examples/acne_scars.toml --out out/acne_scars --force

test: setup  ## all tests; ARGS="tests/unit -x" for some of them
	@$(HERE)/python -m pytest -n 2 --dist loadfile $(ARGS)

lint: setup  ## style of the code
	@$(HERE)/ruff check . && $(HERE)/ruff format --check .

types: setup  ## types of the code
	@$(HERE)/mypy src/microneedling

validate: setup  ## hold the model against the published measurements in validation/
	@$(HERE)/microneedling validate validation --out out/validation

benchmark: setup  ## speed, as ratios in one run; ARGS="--people 8" for fewer
	@$(HERE)/python benchmarks/course.py $(ARGS)

benchmark-gradient: setup  ## slopes by every number of a study, against forward runs; ARGS="--repeats 3" for fewer
	@$(HERE)/python benchmarks/gradient.py $(ARGS)

benchmark-cell: setup .venv/.benchmark  ## the resolved unit cell against NGSolve, scikit-fem and FiPy; ARGS="--out FILE"
	@$(HERE)/python benchmarks/cell.py $(ARGS)

docs: setup  ## write the generated pages of docs/ again
	@$(HERE)/python docs/make_model_page.py
	@$(HERE)/python docs/make_habits_page.py
	@$(HERE)/python docs/make_teaching_page.py

claims: setup  ## judge all sayings and write docs/claims.md; studies kept in out/claims are not run again
	@$(HERE)/python docs/make_claims_page.py

lock: $(UV)  ## resolve the dependencies again; ARGS="--upgrade" for newer ones
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --extra test $(ARGS) \
	  pyproject.toml -o requirements.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --extra benchmark \
	  -c requirements.lock $(ARGS) pyproject.toml -o requirements-benchmark.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --extra chemistry \
	  -c requirements.lock $(ARGS) pyproject.toml -o requirements-chemistry.lock

clean:  ## remove what was made: tools, environment, results, caches
	@rm -rf .tools .venv out dist build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up: each stamp is younger than what it was made from, so a second call does nothing ---

# uv where it has a wheel for this machine, else pip
define install
	@if [ -x $(UV) ]; then $(UV) pip install --quiet --python $(HERE)/python $(1); else $(HERE)/python $(PIP) $(1); fi
	@touch $@
endef

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "microneedling needs Python 3.11 or later, and $(PYTHON) is not; try: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Setting up in .venv, once: a few hundred megabytes, about a minute ..." >&2
	@$(MAKE) $(UV) 2>/dev/null \
	  && $(UV) venv --quiet --no-project --allow-existing --python "$$(command -v $(PYTHON))" .venv \
	  || $(PYTHON) -m venv .venv \
	  || { echo "no environment could be made: neither uv nor the venv module works with $(PYTHON)" >&2; exit 1; }
	@touch $@

.venv/.requirements: requirements.lock .venv/.python
	$(call install,$(LOCKED) -r requirements.lock)

.venv/.project: pyproject.toml .venv/.requirements
	$(call install,--no-deps --no-build-isolation -e .)

.venv/.benchmark: requirements-benchmark.lock .venv/.project
	$(call install,$(LOCKED) -r requirements-benchmark.lock)

$(UV):
	@$(PYTHON) $(PIP) --upgrade --no-deps --only-binary :all: --target .tools uv==$(UV_VERSION)
