"""What the engine asks of a report: chapters that judge the claims there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from rooms import EXAMPLE
from tallybook.claims import ClaimError
from tallybook.errors import TallybookError
from tallybook.model.numbers import Registry

Imported = Callable[[Path], ModuleType]


@pytest.mark.parametrize("given", [lambda: None, lambda: ["wrong"]], ids=["nothing", "a word"])
def test_what_is_no_judgement_is_refused(given: Callable[[], object], imported: Imported):
    chapter = ModuleType("garden.rain")
    chapter.judgements = lambda claims, registry: given()
    says = r"^garden/rain.py, judgements\(\): found .*; expected a list"
    with pytest.raises(TallybookError, match=says):
        imported(EXAMPLE).provider.judge([chapter], Registry())


def test_a_claim_of_no_chapter_is_refused(imported: Imported):
    provider = imported(EXAMPLE).provider
    provider.CHAPTERS = {"sun": "sun"}
    with pytest.raises(
        ClaimError, match="row 2, column chapter: found 'rain'; expected one of sun"
    ):
        provider.judge([], Registry())
