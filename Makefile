PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
READY_TO_VERIFY := .venv/.ready-to-verify
PYTEST := pytest -n 2 --dist loadscope --no-loadscope-reorder
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: verify test slow coverage site deep crosshair certificates mutants mutants-readers bench bench-keep docs picture interpreters renew lint lock clean

verify: $(READY_TO_VERIFY)  ## prove the laws, check the recorded decisions, print the report
	@$(BIN)/runas-spec verify

test: lint  ## the tests but the slow ones, with lint, types and import rules
	$(BIN)/$(PYTEST) -m "not slow"

interpreters:  ## the tests but the slow ones on each version of Python that is there; TESTS="tests/model" for a part
	@cd tests && $(PYTHON) -m interpreters $(TESTS)

slow: $(READY)  ## the tests that `make test` leaves out, but those that `make deep` alone runs
	$(BIN)/$(PYTEST) -m "slow and not deep"

coverage: lint  ## the tests of `make test` and `make slow`, measuring which code they run: takes twice as long
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m $(PYTEST) -m "not deep"
	@$(BIN)/coverage combine -q
	$(BIN)/coverage report

site: $(READY)  ## build the documentation, follow its links, and test the playground in Chromium
	$(BIN)/$(PYTEST) tests/site

deep: $(READY)  ## all tests with 100 times as many examples, then the site and CrossHair
	HYPOTHESIS_PROFILE=deep $(BIN)/$(PYTEST)
	@$(MAKE) site crosshair

crosshair: $(READY)  ## check the decision laws over all paths of the decision, and on those that CrossHair finds
	$(BIN)/pytest tests/every_path
	HYPOTHESIS_PROFILE=crosshair $(BIN)/pytest tests/laws/test_crosshair.py

mutants: $(READY)  ## change the model at one place at a time: verify sees each change, or it makes no difference
	@cd tests && ../$(BIN)/python -m mutants

mutants-readers: $(READY)  ## the same for what reads inputs and tells decisions, seen by tests: every tenth, for minutes
	@cd tests && ../$(BIN)/python -m mutants --readers --every 10

renew: $(READY)  ## make every derived file again, and say what changed and what is left to do
	@cd tests && ../$(BIN)/python -m renew

certificates: $(READY)  ## renew the certificates that the package keeps, where an obligation has changed
	@$(BIN)/python -m runas_solver.certificates

bench: $(READY)  ## measure performance; never part of the tests
	$(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-columns=min,median,max,rounds -s

bench-keep: $(READY)  ## measure the figures of the comparison page again, into docs/data/benchmarks.json
	$(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-columns=min,median,max,rounds -s --keep docs/data/benchmarks.json

picture: $(READY)  ## regenerate the picture in the README
	@cd docs && ../$(BIN)/python -c "from spec_site.picture import decision_picture as picture; print(picture(), end='')" > decision.svg

docs: $(READY)  ## build the documentation: docs/_build/html/index.html
	@$(BIN)/sphinx-build -q -E -W --keep-going docs docs/_build/html
	@echo docs/_build/html/index.html

lint: $(READY)
	@$(BIN)/ruff check -q
	@$(BIN)/ruff format -q --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links --no-emit-package runas-spec pyproject.toml

lock:  ## re-resolve the dependencies: versions and hashes, no addresses
	$(LOCK) --group dev --extra cross-check --extra testing --extra explorer -o requirements.lock
	$(LOCK) --group editable --extra solver --constraint requirements.lock -o requirements-verify.lock

# What the proofs need comes first, and is all that `make verify` installs; the tests and the documentation need the rest.
$(READY_TO_VERIFY): requirements-verify.lock pyproject.toml
	@echo "installing what the proofs need into .venv: $$(grep -c == requirements-verify.lock) packages"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-verify.lock
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(READY): $(READY_TO_VERIFY) requirements.lock
	@echo "installing what the tests and the documentation need besides: $$(grep -c == requirements.lock) packages in all"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	@touch $@

clean:
	rm -rf docs/_build .venv .mypy_cache .ruff_cache .import_linter_cache .coverage .coverage.* dist build node_modules
