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


def judged(name: str, verdict: str, chance: int | None) -> dict:
    return {"claim_id": name, "verdict": verdict, "chance": chance}


BEFORE = {
    "pages": ["a.html"],
    "charts": [],
    "numbers": [
        *(number(f"a.{name}", 51234.0, 39000.0, 62000.0) for name in ("moved", "slight")),
        number("a.unit", 5.0, unit="percent"),
        number("a.gone", 3),
    ],
    "claims": [
        {"claim_id": "word", "verdict": "overstated"},  # before there were chances
        *(judged(name, "likely", 70) for name in ("near", "far")),
        judged("none", "no estimate", None),
    ],
}
AFTER = {
    "pages": ["a.html"],
    "charts": [{"id": "a-drawn"}],
    "numbers": [
        number("a.moved", 71234.0, 59000.0, 82000.0),
        number("a.slight", 51234.1, 39000.0, 62000.0),
        number("a.unit", 5.0, unit="EUR per month"),
        number("a.new", 3),
    ],
    "claims": [
        judged("word", "unlikely", 20),
        judged("near", "likely", 74),
        judged("far", "likely", 75),
        judged("none", "no estimate", None),
    ],
}


def test_what_prints_alike_and_a_chance_that_hardly_moves_have_not_changed():
    found = record.compare(BEFORE, AFTER)
    assert (found.moved, found.verdicts) == (["a.moved", "a.unit"], ["word", "far"])
    assert (sorted(found.new), found.gone) == (["a-drawn", "a.new"], ["a.gone"])
