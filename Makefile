# make book and make test are all a reader needs; both set up what they use.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell command -v $(p))))
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: book test check baselines seal serve clean lock derive mutate

book: $(READY)
	$(PY) -m book.build

test: $(READY)
	@tests/need-chromium
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

mutate: $(READY)  ## change one cell of the tables at a time and see whether it is noticed
	$(PY) -m upkeep.mutate

clean:
	rm -rf _build

lock:  ## resolve requirements.in anew; needs uv
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
