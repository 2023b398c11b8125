"""Releases without a site: how an archive is packed, what changed from one to the next, and which
lines of reasons cannot be."""

from __future__ import annotations

import os
import tarfile

import pytest
from rooms import EXAMPLE
from tallybook import project
from tallybook.project import Unit
from tallybook.release import public, record

STAMP = 1_700_000_000


@pytest.fixture(autouse=True)
def units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "_here", [])
    project.use(EXAMPLE, "garden", {"persons": Unit(counted=True)})


def test_packing_depends_on_names_and_contents_alone(tmp_path):
    names = ["b.txt", "a/é ü.txt", "a/" + "long" * 40 + ".txt"]
    for folder, order, mode in (("one", names, 0o600), ("other", names[::-1], 0o755)):
        for name in order:
            path = tmp_path / folder / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
            path.chmod(mode)
            os.utime(path, (mode, mode))

    def packed(folder: str) -> bytes:
        target = tmp_path / folder / "packed" / "x-1.tar.gz"
        return public.pack(tmp_path / folder / "in", target, STAMP).read_bytes()

    one = packed("one")
    assert one == packed("other")
    assert one[3] == 0 and one[4:8] == bytes(4)  # gzip: no name, no time
    with tarfile.open(tmp_path / "one/packed/x-1.tar.gz") as made:
        entries = made.getmembers()
        owners = {(e.uid, e.gid, e.uname, e.gname, e.mtime) for e in entries}
        assert owners == {(0, 0, "", "", STAMP)}
        files = [entry for entry in entries if entry.isfile()]
        assert [entry.name for entry in files] == [
            f"x-1/{name}" for name in sorted([*names, "SHA256SUMS"])
        ]
        assert {entry.mode for entry in files} == {0o644}
    (tmp_path / "one/in/b.txt").write_text("c", encoding="utf-8")
    assert packed("one") != one


def number(name: str, value: float, low=None, high=None, unit: str = "persons") -> dict:
    return {"id": name, "value": value, "low": low, "high": high, "unit": unit}


def claims(**verdicts: tuple[str, int | None]) -> list[dict]:
    return [
        {"claim_id": name, "verdict": verdict, "chance": chance}
        for name, (verdict, chance) in verdicts.items()
    ]


BEFORE = {
    "version": "1.0.0",
    "pages": ["a.html"],
    "charts": [],
    "numbers": [
        *(number(f"counts.{name}", 51234.0, 39000.0, 62000.0) for name in ("moved", "slight")),
        number("counts.unit", 5.0, unit="percent"),
        *(number(f"counts.{name}", 3) for name in ("gone", "same")),
    ],
    "claims": [
        {"claim_id": "a", "verdict": "overstated"},  # before there were chances
        *claims(b=("likely", 70), c=("likely", 70), d=("no estimate", None)),
    ],
}
AFTER = {
    "version": "1.1.0",
    "pages": ["a.html"],
    "charts": [{"id": "counts-drawn"}],
    "date": "2030-01-02",
    "numbers": [
        number("counts.moved", 71234.0, 59000.0, 82000.0),
        number("counts.slight", 51234.1, 39000.0, 62000.0),
        number("counts.unit", 5.0, unit="EUR per month"),
        *(number(f"counts.{name}", 3) for name in ("same", "new")),
    ],
    "claims": claims(
        a=("unlikely", 20), b=("likely", 74), c=("likely", 75), d=("no estimate", None)
    ),
}
CHANGED = ("counts.moved", "counts.unit", "counts.gone", "a", "c")
WHY = {(name, "1.1.0"): record.Reason(f"Why {name}.", "") for name in CHANGED}
WHY["counts.moved", "1.1.0"] = record.Reason("Moved.", "")
SECTION = """## 1.1.0 (2030-01-02)

Numbers that moved:

- `counts.moved`: 51,000 (39,000 to 62,000) persons, now 71,000 (59,000 to 82,000) persons. Moved.
- `counts.unit`: 5.00\u202f%, now 5.00\u202fEUR. Why counts.unit.

Verdicts that changed:

- `a`: overstated, now unlikely, 20 in 100. Why a.
- `c`: likely, 70 in 100, now likely, 75 in 100. Why c.

Gone:

- `counts.gone`: 3 persons. Why counts.gone.

New:

- `counts.new`: 3 persons.
- `counts-drawn`.
"""


def test_a_section_says_from_what_to_what_and_why():
    assert record.section(BEFORE, AFTER, WHY) == SECTION
    assert "No number and no verdict changed." in record.section(AFTER, AFTER, {})
