"""What the engine asks of a report: a provider, and chapters that judge the claims there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from rooms import EXAMPLE
from tallybook import report
from tallybook.claims import ClaimError
from tallybook.errors import TallybookError
from tallybook.model.numbers import Registry
from tallybook.settings import SettingsError

Imported = Callable[[Path], ModuleType]


def test_the_provider_is_taken_by_its_name(imported: Imported):
    garden = imported(EXAMPLE)
    assert report.provider("garden:provider") is garden.provider


def test_anything_else_is_refused_in_one_line(imported: Imported, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(imported(EXAMPLE), "bare", type("Bare", (), {})(), raising=False)
    with pytest.raises(TallybookError) as refused:
        report.provider("garden:bare")
    assert str(refused.value) == "garden:bare: found Bare; expected a tallybook.report.Provider"


@pytest.mark.parametrize("given", [lambda: None, lambda: ["wrong"]], ids=["nothing", "a word"])
def test_what_is_no_judgement_is_refused(given: Callable[[], object], imported: Imported):
    chapter = ModuleType("garden.rain")
    chapter.judgements = lambda claims, registry: given()
    says = r"^garden/rain.py, judgements\(\): found .*; expected a list"
    with pytest.raises(SettingsError, match=says):
        imported(EXAMPLE).provider.judge([chapter], Registry())


def test_a_claim_of_no_chapter_is_refused(imported: Imported):
    provider = imported(EXAMPLE).provider
    provider.CHAPTERS = {"sun": "sun"}
    with pytest.raises(
        ClaimError, match="row 2, column chapter: found 'rain'; expected one of sun"
    ):
        provider.judge([], Registry())
