"""The releases of this report: besides what the engine does, the version and the day of
``CITATION.cff`` are carried into the files that repeat them, and none is made while the benchmarks
are those of another engine.

    python -m upkeep.release record              (make record)
    python -m upkeep.release archive --keep      (make release)
    python -m upkeep.release publish OUT
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from tallybook.release import command

from microwork.paths import ROOT
from upkeep import bench, tree

# File, what stands before the repeated value in its line, and the value.
REPEATED = [
    ("CITATION.cff", "  edition: Version ", "{version}"),
    ("CITATION.cff", "  date-published: ", "{day}"),
    ("CITATION.cff", "  year: ", "{day:%Y}"),
    ("CITATION.cff", "  month: ", "{day.month}"),
    (".zenodo.json", ' "version": ', '"{version}",'),
    (".zenodo.json", ' "publication_date": ', '"{day}",'),
    ("codemeta.json", '  "version": ', '"{version}",'),
    ("codemeta.json", '  "datePublished": ', '"{day}",'),
    ("pyproject.toml", "version = ", '"{version}"'),
]


def carried(root: Path, version: str, day: str) -> dict[str, str]:
    """Each of these files as ``CITATION.cff`` wants it, by its name."""
    texts: dict[str, str] = {}
    for name, before, value in REPEATED:
        text = texts.get(name) or (root / name).read_text(encoding="utf-8")
        said = before + value.format(version=version, day=date.fromisoformat(day))
        line = re.compile(rf"^{re.escape(before)}.*$", re.M)
        texts[name] = line.sub(lambda _, said=said: said, text, count=1)
    return texts


class Ours(command.Releases):
    """The releases of this report."""

    def stale(self) -> dict[str, str]:
        """The files that do not say what ``CITATION.cff`` says, as they should be."""
        wanted = carried(self.root, self.version, self.day).items()
        return {
            name: text for name, text in wanted if (self.root / name).read_text("utf-8") != text
        }

    def record(self) -> list[str]:
        for name, text in self.stale().items():
            (self.root / name).write_text(text, encoding="utf-8", newline="\n")
        return super().record()

    def refusals(self) -> list[str]:
        said = "found another version or day than in CITATION.cff; expected `make record`"
        stale = (f"{name}: {said}" for name in self.stale())
        return [*super().refusals(), *stale, *filter(None, [bench.outdated(self.root)])]


def ours() -> Ours:
    """Imports the report, which declares its units."""
    from microwork.report import provider

    return Ours(ROOT, provider.KEY, tree.CODE)


if __name__ == "__main__":
    sys.exit(command.main(sys.argv[1:], ours))
