"""Letters that each ask somebody for one table, with the figures of the report as it is now.

    python -m upkeep.letters

``docs/letters/README.md`` says what stands in double brackets.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from tallybook import language
from tallybook.builder.cache import results
from tallybook.errors import TallybookError
from tallybook.report import Report
from tallybook.sphinx.directives.answer_parts import full, percent

from microwork import report
from microwork.paths import ROOT

FACTOR = re.compile(r"\[\[([\w.-]+)\|(\w+) (share|low|high)\]\]")
LETTERS = sorted((ROOT / "docs/letters").glob("[a-z]*.md"))  # each in both languages


def filled(path: Path, ours: Report) -> str:
    """A letter as it is to be sent. Raises ``TallybookError`` if a factor is none of those that
    make most of the doubt of its answer."""

    def known(hole: re.Match[str]) -> str:
        name, factor, part = hole.groups()
        answer = ours.answered.answers[name]
        if factor not in answer.leading:
            raise TallybookError(f"{path.name}, {hole[0]}", factor, ", ".join(answer.leading))
        end = answer.leading[factor][part == "high"]
        share = part == "share"
        return percent(answer.shares[factor]) if share else full(end, answer.question.unit)

    with language.speaking("fr" if path.name.endswith(".fr.md") else language.ENGLISH, ROOT):
        return ours.expand(FACTOR.sub(known, path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    os.environ[results.FOLDER] = str(results.folder(ROOT / "_build/staging/_build"))
    try:
        texts = {path.name: filled(path, report.load()) for path in LETTERS}
    except TallybookError as error:
        sys.exit(str(error))
    (out := ROOT / "_build/letters").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(texts)} letters are in {out}.")
