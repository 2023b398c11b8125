"""What code puts together reads well in English and in French: days, figures of tables,
chances. The words are those of the engine's own catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from tallybook import language
from tallybook.charts import words
from tallybook.claims import Judgement, Verdict
from tallybook.claims.vocabulary import in_hundred
from tallybook.model import days
from tallybook.model.tables import column_texts
from tallybook.sphinx.claims import badges


def judged(**more: object) -> str:
    return badges.whole(Judgement("a", "figure", Verdict.HIGH, "why", **more))  # type: ignore[arg-type]


MONTHS = pd.to_datetime(pd.Series(["2016-05-01", "2016-06-01"], name="month"))
# What is said, in English and in French.
SAID: list[tuple[Callable[[], object], object, object]] = [
    (lambda: days.dated("one (2014-07)"), "one (July 2014)", "one (juillet 2014)"),
    (lambda: column_texts(MONTHS)[1], "June 2016", "juin 2016"),
    (lambda: column_texts(pd.Series(["1996-97", "2000-01"])), *[["1996-97", "2000-01"]] * 2),
    (lambda: in_hundred(0), "under 1 in 100", "moins de 1 chance sur 100"),
    (
        lambda: judged(chance=72, counts="a", instead_of="b"),
        "likely too high, 72 in 100; ⚑ counts a, not b",
        "probablement trop élevé, 72 chances sur 100\u202f; ⚑ compte a, pas b",
    ),
    (lambda: words.locale()["number"]["thousands"], ",", "\u202f"),
]


def test_it_is_said_as_the_language_has_it(tmp_path: Path):
    faults = []
    for place, spoken in enumerate(("en", "fr")):
        with language.speaking(spoken, tmp_path):
            faults += [(spoken, say(), one[place]) for say, *one in SAID if say() != one[place]]
    assert faults == []
