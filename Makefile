# make book and make test are all a reader needs; both set up what they use.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell command -v $(p))))
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: book test check baselines seal serve clean lock derive environments links

book: $(READY)
	$(PY) -m book.build

test: $(READY)
	@tests/need-chromium
	@tests/need-tools $(PY)
	$(PY) -m pytest

check: $(READY)  ## the tables alone
	$(PY) -m microwork.data

seal: $(READY)  ## write the hashes of changed tables into the data package
	$(PY) -m microwork.derive.sources
	$(PY) -m microwork.seal

baselines: $(READY)  ## execute every chapter again and keep its notebook
	$(PY) -m tests.notebooks

serve: book
	$(PY) -m http.server --directory _build/html 8000

RAW ?= raw
derive: $(READY)  ## rebuild every derived table from raw files in RAW and compare
	$(PY) -m microwork.derive --raw "$(RAW)"

PYTHONS ?= 3.11 3.12 3.13
environments: $(READY)  ## the lock and the numbers on every Python of PYTHONS that is here
	$(PY) -m upkeep.environments --python $(PYTHONS) $(if $(ALL),--all)

REPORT ?= _build/links.md
links: $(READY)  ## ask every cited address; the report of what does not answer goes to REPORT
	$(PY) -m upkeep.links --out "$(REPORT)"

clean:
	rm -rf _build

LOCKED := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links
lock:  ## resolve requirements.in anew, and the pins of the validators; needs uv and npm
	$(LOCKED) requirements.in -o requirements.txt
	$(LOCKED) tests/tools/validators.in -o tests/tools/validators.txt
	$(LOCKED) tests/tools/cffconvert.in -o tests/tools/cffconvert.txt
	cd tests/tools && npm install --package-lock-only --silent

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
