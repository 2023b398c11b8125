"""What the engine asks of a report: a provider, and chapters that judge the claims there are."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import garden
import pytest
from tallybook import contract
from tallybook.claims import ClaimError, claims
from tallybook.model.numbers import Registry
from tallybook.report import Provider


def test_the_provider_is_taken_by_its_name():
    assert contract.provider("garden:provider") is garden.provider


def test_anything_else_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(garden, "bare", type("Bare", (), {})(), raising=False)
    with pytest.raises(contract.ContractError) as refused:
        contract.provider("garden:bare")
    assert str(refused.value) == "garden:bare: found Bare; expected a tallybook.report.Provider"


@pytest.mark.parametrize("given", [lambda: None, lambda: ["wrong"]], ids=["nothing", "a word"])
def test_what_is_no_judgement_is_refused(given: Callable[[], object]):
    chapter = ModuleType("garden.rain")
    chapter.judgements = lambda claims, registry: given()
    with pytest.raises(
        ClaimError, match=r"^garden/rain.py, judgements\(\): found .*; expected a list"
    ):
        garden.provider.judge([chapter], Registry())


def test_a_claim_of_no_chapter_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Provider, "CHAPTERS", {"sun": "sun"}, raising=False)
    other = Provider.__new__(Provider)
    assert claims()
    with pytest.raises(
        ClaimError, match="row 2, column chapter: found 'rain'; expected one of sun"
    ):
        other.judge([], Registry())
