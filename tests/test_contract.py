"""What the extension asks of the module that gives the report (mypy reads ``tests/provider.py`` for the types)."""

from __future__ import annotations

import pytest

from book import contract
from microwork import report


def test_the_report_is_taken_by_its_name():
    assert contract.provider("microwork.report") is report


@pytest.mark.parametrize(("member", "shown"), [("check", "check()"), ("claims_json", "claims_json()"), ("CHAPTERS", "CHAPTERS")])
def test_a_module_that_lacks_a_member_is_refused_in_one_line(monkeypatch, member, shown):
    monkeypatch.delattr(report, member)
    with pytest.raises(contract.ContractError) as refused:
        contract.provider("microwork.report")
    assert str(refused.value) == f"microwork.report: found no {shown}; expected it, as book.contract asks"
