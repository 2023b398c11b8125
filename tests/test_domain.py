"""What the Sphinx domain of the report keeps of pages.

That others can cite them is tested on the example of the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from types import SimpleNamespace

import pytest
from docutils import nodes
from tallybook.sphinx.domain import ReportDomain
from tallybook.sphinx.state import get_state

from microwork import report


@pytest.fixture
def domain(loaded: report.Report) -> Callable[[], ReportDomain]:
    """Makes domains that have read nothing."""

    def make() -> ReportDomain:
        env = SimpleNamespace(domaindata={}, app=SimpleNamespace(), docname="")
        get_state(env.app).report, get_state(env.app).provider = loaded, report.provider
        return ReportDomain(env)

    return make


def pages_of(into: ReportDomain, names: list[str], *docnames: str) -> None:
    """The domain reads pages that print these numbers and show a chart each."""
    for docname in docnames:
        into.env.docname = docname
        into.place([into.number(name) for name in names])
        into.data["tables"][docname] = [(docname, 3)]
        into.data["hashes"][docname] = f"hash of {docname}"
        chart = {"docname": docname, "caption": "", "files": {}}
        into.data["charts"][f"chart-of-{docname}"] = chart


@pytest.fixture(scope="module")
def ids(loaded: report.Report) -> list[str]:
    return [number.id for number in loaded.numbers][:3]


def test_a_page_read_again_leaves_nothing_of_the_old(ids, domain):
    one = domain()
    pages_of(one, ids[:2], "a")
    before = deepcopy(one.data)
    pages_of(one, ids, "b")
    one.clear_doc("b")
    assert one.data == before


def test_the_first_number_on_a_page_is_its_place(loaded, ids, domain):
    one = domain()
    one.env.docname = "a"
    first, second = one.number(ids[0]), one.number(ids[0], "bare")
    one.place([first, second])
    assert (first["ids"], second["ids"]) == ([ids[0]], [])
    assert first.astext() == loaded.show(ids[0]) and isinstance(first, nodes.TextElement)
