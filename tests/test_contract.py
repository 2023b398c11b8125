"""What the engine asks of a provider (mypy reads ``tests/provider.py`` for the types)."""

from __future__ import annotations

import pytest
from tallybook import contract

from microwork import report


def test_the_provider_is_taken_by_its_name():
    assert contract.provider("microwork.report:provider") is report.provider


@pytest.mark.parametrize(("member", "shown"), [("check", "check()"), ("claims_json", "claims_json()"), ("CHAPTERS", "CHAPTERS")])
def test_a_provider_that_lacks_a_member_is_refused_in_one_line(monkeypatch, member, shown):
    class Bare:
        """All members but one."""

    for name in vars(contract.Provider):
        if not name.startswith("_") and name != member:
            setattr(Bare, name, None)
    monkeypatch.setattr(report, "bare", Bare(), raising=False)
    with pytest.raises(contract.ContractError) as refused:
        contract.provider("microwork.report:bare")
    assert str(refused.value) == f"microwork.report:bare: found no {shown}; expected it, as tallybook.contract asks"
