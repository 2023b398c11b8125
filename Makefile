# make book and make test are all a reader needs; both set up what they use. make alone lists the rest.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell command -v $(p))))
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
SPREAD := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
SBOM := .tools/sbom/.ready
KEEP := .tools/keep/.ready

.PHONY: help book keep live new test tools translate drills weekly check baselines describe seal serve clean lock derive bench pages verify record release public environments links mutate

help:  ## list what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## */  \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

book: $(READY)  ## build the book beside the old site and publish it with one rename
	$(PY) -m tallybook build

keep: book $(KEEP)  ## PDF and EPUB of the report, and PDF of each chapter, in _build/keep; five minutes
	$(PY) -m tallybook keep

PORT ?= 8000
live: $(READY)  ## serve the site at PORT, build when a file is saved, reload the page
	@$(PY) -m tallybook live --port "$(PORT)"

new: $(READY)  ## begin the chapter CHAPTER: page, package, tables, claim and test, which build and pass; or change nothing
	@$(PY) -m upkeep.newchapter "$(CHAPTER)"

test:  ## run all checks, in a real browser too
	@$(MAKE) --no-print-directory --jobs 2 $(READY) tools
	@echo "Running all checks, some twelve minutes. The first of them build the book, so the first dots take a while."
	$(PY) -m pytest $(SPREAD)

tools:  # of the tests, set up beside the environment of the book
	@tests/need-chromium
	@tests/need-tools $(PYTHON)

DRILLS ?= engine/tests/test_drills.py
drills: $(READY)  ## the checks of failures and strange machines alone
	$(PY) -m pytest $(DRILLS) $(SPREAD)

weekly: book $(SBOM)  ## what is rare or slow: other clocks, wrong cells, strange surroundings; two hours
	@tests/need-tools $(PY)
	@tests/need-chromium both
	@tests/drills/need-faketime
	@tests/drills/need-ace
	@bad=0; $(PY) -m pytest -m "" $(DRILLS) $(SPREAD) || bad=1; \
	$(PY) -m pytest -m weekly $(SPREAD) || bad=1; \
	OTHER_BROWSER=1 $(PY) -m pytest $$(grep -l "tests.visits" tests/test_*.py) $(SPREAD) || bad=1; \
	for job in verify mutate environments; do $(MAKE) $$job || bad=1; done; exit $$bad

check: $(READY)  ## the tables alone
	$(PY) -m tallybook check

describe: $(READY)  ## describe TABLE, such as data/wages/pay.csv, or its new columns
	$(PY) -m tallybook describe "$(TABLE)"

seal: $(READY)  ## write sources.csv, and the hashes of changed tables
	$(PY) -m tallybook seal

translate: $(READY)  ## bring the catalogues of other languages up to date, and list what is to be translated
	$(PY) -m tallybook translate

baselines: $(READY)  ## execute every chapter again and keep its notebook
	$(PY) -m tests.notebooks

serve: book  ## serve the site to this machine at PORT
	@$(PY) -m tallybook live --still --port "$(PORT)"

RAW ?= raw
derive: $(READY)  ## rebuild every derived table from raw files in RAW and compare
	$(PY) -m microwork.derive --raw "$(RAW)"

PYTHONS ?= 3.11 3.12 3.13
environments: $(READY)  ## the lock and the whole site on every Python of PYTHONS that is here
	$(PY) -m upkeep.environments $(PYTHONS) $(if $(ALL),--all)

REPORT ?= _build/links.md
links: $(READY)  ## ask every cited address; the report of what does not answer goes to REPORT; needs a network
	$(PY) -m upkeep.links --out "$(REPORT)"

LIGHTHOUSE := .tools/lighthouse/.ready
pages: book $(LIGHTHOUSE)  ## weight, axe and Lighthouse of every page
	$(PY) -m upkeep.pages

bench: pages  ## the same, and how long builds take beside a stock Jupyter Book; half an hour on an idle machine
	$(PY) -m upkeep.bench

$(LIGHTHOUSE): upkeep/tools/package-lock.json upkeep/tools/.npmrc
	mkdir -p .tools/lighthouse && cp upkeep/tools/package.json upkeep/tools/package-lock.json upkeep/tools/.npmrc .tools/lighthouse/
	npm ci --silent --prefix .tools/lighthouse
	touch $@

verify: $(READY)  ## build twice in unlike surroundings and compare every file; PROCESSORS=1: five builds more, as on other processors
	$(PY) -m upkeep.verify $(if $(PROCESSORS),--processors)

record: $(READY)  ## write ids, sums and changelog of this version, to be committed before its release
	$(PY) -m upkeep.release record

release: $(READY) $(SBOM) $(KEEP)  ## make dist/microwork-x.y.z.tar.gz from the commit at HEAD
	$(PY) -m upkeep.release archive --keep

public: book  ## the newest site with every release of RELEASES under v/, in _build/public
	rm -rf _build/public
	$(PY) -m upkeep.release publish _build/public $(if $(RELEASES),--releases "$(RELEASES)")

mutate: $(READY)  ## change one cell of the tables at a time and see whether it is noticed
	$(PY) -m upkeep.mutate

clean:  ## remove what was built
	rm -rf _build

COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links
lock:  ## resolve what is needed anew, for the build and for readers, and the pins of the validators; needs uv and npm
	$(COMPILE) --all-extras --no-emit-package tallybook requirements.in pyproject.toml engine/pyproject.toml -o requirements.txt
	$(COMPILE) --extra notebook --no-emit-package tallybook -c requirements.txt pyproject.toml -o requirements-chapters.txt
	$(COMPILE) upkeep/pip.in -o upkeep/pip.txt
	$(COMPILE) upkeep/sbom.in -o upkeep/sbom.txt
	$(COMPILE) upkeep/keep.in -o upkeep/keep.txt
	$(COMPILE) tests/tools/validators.in -o tests/tools/validators.txt
	$(COMPILE) tests/tools/cffconvert.in -o tests/tools/cffconvert.txt
	cd tests/tools && npm install --package-lock-only --silent
	cd tests/tools/ace && npm install --package-lock-only --silent

$(READY): requirements.txt pyproject.toml engine/pyproject.toml upkeep/pip.txt
	@echo "Setting up $(VENV) from the hashed lock; this takes two to four minutes, once."
	upkeep/environment $(PYTHON) $(VENV) requirements.txt
	PYTHONWARNINGS=ignore $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable engine --editable .
	touch $@

$(SBOM): upkeep/sbom.txt upkeep/pip.txt  # its packages clash with those of the book
	upkeep/environment $(PYTHON) .tools/sbom upkeep/sbom.txt
	touch $@

$(KEEP): upkeep/keep.txt upkeep/pip.txt  # it needs Pango of the machine; the book needs neither
	upkeep/environment $(PYTHON) .tools/keep upkeep/keep.txt
	touch $@
