"""The panel knows each way in which further assumptions change a number."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import tallybook
from tallybook.claims import Model

STATIC = Path(tallybook.__file__).parent / "theme" / "static"


def test_the_panel_has_each_way_in_which_further_assumptions_change_a_number():
    script = (STATIC / "argue.js").read_text(encoding="utf-8")
    [table] = re.findall(r"^const THEN = \{\n(.*?)^\};", script, re.M | re.S)
    names = {field.name for field in fields(Model) if field.type == "tuple[str, ...]"}
    assert set(re.findall(r"^  (\w+): \(", table, re.M)) == names - {"takes", "names"}
