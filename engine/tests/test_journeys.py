"""What an author does in an afternoon: edits of a report with a second language, one after another,
each built beside the last site. Every site is, byte for byte, what a clean build of the same files
makes elsewhere; a fault is named, and the last good site stays."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from edits import EDITS, FAULTS, FRENCH, Edit, Unfit, catalogue, put, swap
from rooms import BUILD, EXAMPLE, Elsewhere, Sandbox, contents
from tallybook import files


class Journey:
    """The example with a French edition, edited and built again and again."""

    def __init__(self, root: Path, alone: dict[str, str], elsewhere: Elsewhere) -> None:
        self.room, self.elsewhere = Sandbox(root, alone), elsewhere
        self.before: list[dict[str, bytes]] = []

    def own(self) -> dict[str, bytes]:
        root = self.room.root
        return {str(one.relative_to(root)): one.read_bytes() for one in files.own(root)}

    def restore(self, state: dict[str, bytes]) -> None:
        for name in self.own().keys() - state:
            (self.room.root / name).unlink()
        for name, content in state.items():
            if not (path := self.room.root / name).is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    def go(self, edits: Sequence[Edit]) -> None:
        """Make edits, as far as they can be made, and build."""
        for kind, n in edits:
            state = self.own()
            edit, said = FAULTS.get(kind) or (EDITS[kind], "")
            with contextlib.suppress(Unfit):
                edit(self.room.root, n)
                if said:
                    self.fails(said)
                    self.restore(state)
            if kind == "as it was" and self.before:
                self.restore(self.before[-3:][0])
            for name, content in self.own().items() if n % 4 == 0 else ():
                if state.get(name) != content:
                    os.utime(self.room.root / name, (0, 0))  # it is its content that counts
        self.before.append(self.own())
        site, clean = contents(self.room.made(*BUILD)), self.elsewhere.built(self.room.root)
        other = sorted(name for name in {*site, *clean} if site.get(name) != clean.get(name))
        assert not other, f"{edits}: found other bytes than a clean build in {other[:9]}"

    def fails(self, said: str) -> None:
        """Build what cannot be built: the fault is named, and the last good site stays."""
        site, done = contents(self.room.site), self.room.run(*BUILD)
        assert done.returncode == 1 and re.search(said, done.stderr, re.M), (said, done.stderr)
        assert contents(self.room.site) == site, f"{said}: the last good site has changed"


def begun(root: Path, garden: Sandbox, elsewhere: Elsewhere) -> Journey:
    """A journey from the example as its first build has left it."""
    shutil.copytree(garden.root, root, symlinks=True)
    swap(root, "_config.yml", r"^  config:$", "  config:\n    report_languages: [fr]")
    said = ("What the neighbour said", "Ce que dit le voisin")
    put(root, FRENCH.format("rain"), catalogue(("How much did it rain?", "Combien ?"), said))
    put(root, FRENCH.format("index"), catalogue(("Answers", "Réponses")))
    return Journey(root, garden.alone, elsewhere)


def fault(stages: Sequence[Sequence[Edit]], *around: Any) -> str:
    """What is wrong on a journey, if anything."""
    with tempfile.TemporaryDirectory() as room:
        journey = begun(Path(room) / EXAMPLE.name, *around)
        try:
            for stage in stages:
                journey.go(stage)
        except AssertionError as error:
            return str(error)
    return ""


# One afternoon: what stands in a line is built together, and shows on other pages.
AFTERNOON = """a number
French, French of a label
a sentence of the first page
a comment, a page comes
a formula, a cell, an unknown number
a cell moves, a page is renamed, a source
a title, a claim, files that pages show
the same again, files that pages show, a claim in other words
as it was
no French, a setting, a page goes, a build killed, a page changed by hand"""


def test_an_afternoon(tmp_path: Path, garden: Sandbox, elsewhere: Elsewhere):
    journey = begun(tmp_path / EXAMPLE.name, garden, elsewhere)
    for n, stage in enumerate(AFTERNOON.splitlines()):
        journey.go([(kind, n + place) for place, kind in enumerate(stage.split(", "))])


SEEDS = [(date.today().toordinal(), 2)]
SEEDS += [pytest.param(seed, 20, marks=pytest.mark.weekly) for seed in (1, 2, 3)]


@pytest.mark.parametrize(("seed", "count"), SEEDS)
def test_edits_at_random(seed: int, count: int, garden: Sandbox, elsewhere: Elsewhere):
    """Five at a time. When they fail, the fewest of them that fail are told."""
    chance, kinds = Random(seed), [*EDITS, *FAULTS]
    stages = [
        [(chance.choice(kinds), chance.randrange(10)) for _ in range(5)] for _ in range(count)
    ]
    if said := fault(stages, garden, elsewhere):
        for one in reversed(stages[:]):
            if fault(fewer := [other for other in stages if other is not one], garden, elsewhere):
                stages = fewer
        pytest.fail(f"seed {seed}: {stages}\n{said}")
