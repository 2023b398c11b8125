# make book and make test are all a reader needs; both set up what they use. make alone lists the rest. What has no
# target here is a command: python -m tallybook and the modules of upkeep say what they do with --help.
unexport PYTHONPATH  # a module there would stand before the library of the same name
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell command -v $(p))))
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
SPREAD := --numprocesses logical --dist loadfile --no-loadscope-reorder
KEEP := .tools/keep/.ready

.PHONY: help book live new test describe seal translate baselines keep bench verify weekly record release lock

help:  ## list what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## */  \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

book: $(READY)  ## build the book beside the old site and publish it with one rename
	$(PY) -m tallybook build

PORT ?= 8000
live: $(READY)  ## serve the site at PORT, build when a file is saved, reload the page
	@$(PY) -m tallybook live --port "$(PORT)"

new: $(READY)  ## begin the chapter CHAPTER: page, package, tables, claim and test, which build and pass; or change nothing
	@$(PY) -m tallybook new --chapter "$(CHAPTER)" --template upkeep/chapter --run tests.notebooks

test: $(READY)  ## run all checks, in a real browser too
	@tests/need-chromium
	@tests/need-tools $(PYTHON)
	@echo "Running all checks, which takes minutes. The first of them build the book, so the first dots take a while."
	$(PY) -m pytest $(SPREAD)

describe: $(READY)  ## describe TABLE, such as data/wages/pay.csv, or its new columns
	$(PY) -m tallybook describe "$(TABLE)"

seal: $(READY)  ## write sources.csv, and the hashes of changed tables
	$(PY) -m tallybook seal

translate: $(READY)  ## bring the catalogues of other languages up to date, and list what is to be translated
	$(PY) -m tallybook translate

baselines: $(READY)  ## execute every chapter again and keep its notebook
	$(PY) -m tests.notebooks

keep: book $(KEEP)  ## PDF and EPUB of the report, in _build/keep; a minute or two
	$(PY) -m tallybook keep

bench: $(READY)  ## how long builds take beside a stock Jupyter Book; half an hour on an idle machine
	$(PY) -m upkeep.bench

PYTHONS ?=
verify: $(READY)  ## build twice in unlike surroundings, and on each Python of PYTHONS, and compare every file
	$(PY) -m upkeep.verify $(if $(PYTHONS),--pythons $(PYTHONS))

weekly: book  ## what is rare or slow: slow tests, the other browser, unlike surroundings; an hour
	@tests/need-chromium both
	@tests/need-tools $(PY)
	@tests/drills/need-faketime
	@bad=0; $(PY) -m pytest -m weekly $(SPREAD) || bad=1; \
	OTHER_BROWSER=1 $(PY) -m pytest $$(grep -l "tests.visits" tests/test_*.py) $(SPREAD) || bad=1; \
	$(MAKE) verify || bad=1; exit $$bad

record: $(READY)  ## write ids, sums and changelog of this version, to be committed before its release
	$(PY) -m upkeep.release record

release: $(READY) $(KEEP)  ## make dist/microwork-x.y.z.tar.gz from the commit at HEAD
	$(PY) -m upkeep.release archive --keep

COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links
lock:  ## resolve what is needed anew, for the build and for readers, and the pins of the validators; needs uv and npm
	$(COMPILE) --all-extras --no-emit-package tallybook requirements.in pyproject.toml engine/pyproject.toml -o requirements.txt
	$(COMPILE) --extra notebook --no-emit-package tallybook -c requirements.txt pyproject.toml -o requirements-chapters.txt
	$(COMPILE) upkeep/pip.in -o upkeep/pip.txt
	$(COMPILE) upkeep/keep.in -o upkeep/keep.txt
	$(COMPILE) tests/tools/validators.in -o tests/tools/validators.txt
	cd tests/tools && npm install --package-lock-only --silent

$(READY): requirements.txt pyproject.toml engine/pyproject.toml upkeep/pip.txt
	@echo "Setting up $(VENV) from the hashed lock; this takes two to four minutes, once."
	upkeep/environment $(PYTHON) $(VENV) requirements.txt
	PYTHONWARNINGS=ignore $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable engine --editable .
	touch $@

$(KEEP): upkeep/keep.txt upkeep/pip.txt  # it needs Pango of the machine; the book needs neither
	upkeep/environment $(PYTHON) .tools/keep upkeep/keep.txt
	touch $@
