"""What code puts together reads well in English and in French: days, figures of tables, notes on
sources, titles, turning points. The words are those of the engine's own catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pybtex.database import Entry, Person
from tallybook import language
from tallybook.charts import words
from tallybook.claims.model import Axis, Severity
from tallybook.claims.settle import turning_point
from tallybook.data import bibliography
from tallybook.model import days, facts
from tallybook.model.tables import column_texts
from tallybook.sphinx.citing import citations
from tallybook.sphinx.directives import sources


def entry(kind: str = "misc", **fields: str) -> Entry:
    made = Entry(kind, fields=[*fields.items()], persons={"author": [Person("Bee, Ann")]})
    made.key = "bee"
    return made


def axis(value: float, least: float, most: float, unit: str = "share") -> Axis:
    return Axis("a", "a", unit, value, least, most, "because", "ours")


def column(*texts: str, name: str = "day") -> list[str]:
    return column_texts(pd.to_datetime(pd.Series(texts, name=name)))


def figures(**row: object) -> str:
    return " ".join(map(str, facts._words(row).values()))


def listed(source: Entry) -> str:
    return str(sources.Graded().format_entry("1", source).text)


def turns(value: float, taken: float, least: float, most: float, unit: str) -> str:
    return turning_point(axis(taken, least, most, unit), value)


BEES = {"title": "Bees", "booktitle": "Of Insects", "year": "2020", "url": "https://a.example/"}
CHAPTER = {"type": "chapter", "title": "Bees", "container-title": "Of Insects"}
RECORD = {"id": "bee", "author": [{"literal": "Ann Bee"}], "URL": "https://a.example/"} | CHAPTER
RECORD |= {"edition": "Version 1.0.0", "issued": {"date-parts": [[2026]]}}
READ = entry(read="abstract, data", urldate="2026-11-01")
PARTLY = "Read: its abstract or a summary and its data files."
EN_PARTIE = "Lu\u00a0: un résumé et les fichiers de données."
# What is said, in English and in French.
SAID: list[tuple[Callable[[], object], object, object]] = [
    (lambda: days.in_words(date(2019, 8, 1), "d MMM y"), "1 Aug 2019", "1er août 2019"),
    (lambda: days.in_words(date(2019, 8, 1), "MMMM y"), "August 2019", "août 2019"),
    (lambda: days.dated("one (2014-07)"), "one (July 2014)", "one (juillet 2014)"),
    (lambda: days.dated("2018-2019, 2000-13, x-2014-07"), *["2018-2019, 2000-13, x-2014-07"] * 2),
    (lambda: days.of_unit(9, "day of January 2020"), "9 January 2020", "9 janvier 2020"),
    (lambda: column("2016-05-01", "2016-06-01", name="month")[1], "June 2016", "juin 2016"),
    (lambda: column("2016-05-01", "2016-06-02")[0], "1 May 2016", "1er mai 2016"),
    (lambda: column_texts(pd.Series(["1996-97", "2000-01"])), *[["1996-97", "2000-01"]] * 2),
    (lambda: bibliography.told(READ), PARTLY, EN_PARTIE),
    (lambda: turns(-4.4989, 0, -65, 10, "share"), "−4.5", "−4,5"),
    (lambda: turns(24.56, 0, 0, 35, "percent"), "25\u202f%", "25\u202f%"),
    (lambda: turns(1.0347, 1, 0.5, 2, "times"), "1.035", "1,035"),
    # The change lies between 20 and a little more, where it was found.
    (lambda: turns(20.0013, 10, 5, 40, "percent"), "20\u202f%", "20\u202f%"),
    (lambda: words.locale()["number"]["thousands"], ",", "\u202f"),
]
# What is said contains it.
HELD: list[tuple[Callable[[], object], str, str]] = [
    (lambda: figures(quantity="births", value=609309.0), "609,309", "609\u202f309"),
    (lambda: figures(quantity="b", value=1.0, n=10000), "n = 10,000", "n = 10\u202f000"),
    (lambda: figures(quantity="b", value=1.0, year=2019), "2019", "2019"),
    (lambda: figures(quantity="b", value=1.0, period="2020-01"), "January 2020", "janvier 2020"),
    (lambda: listed(entry("inproceedings", **BEES)), ">In Of Insects", ">Dans Of Insects"),
    (lambda: listed(entry("inproceedings", **BEES)), "URL: https", "URL\u00a0: https"),
    (lambda: citations.plain_reference(RECORD), "In Of Insects", "Dans Of Insects"),
    # An error that a test notices is rounded up.
    (lambda: Severity(0.772522156, "points").words, "0.78 points", "0,78"),
    (lambda: Severity(1.0729546, "times").words, "1.08", "1,08"),
]


def test_it_is_said_as_the_language_has_it(tmp_path: Path):
    faults = []
    for place, spoken in enumerate(("en", "fr")):
        with language.speaking(spoken, tmp_path):
            faults += [(spoken, say(), one[place]) for say, *one in SAID if say() != one[place]]
            held = [(spoken, str(say()), one[place]) for say, *one in HELD]
            faults += [fault for fault in held if fault[2] not in fault[1]]
    assert faults == []


def test_words_in_square_brackets_in_a_title_are_ours(monkeypatch: pytest.MonkeyPatch):
    ours = {"programme": "émission"}
    monkeypatch.setattr(sources, "_", lambda text: ours.get(text, text))
    said = sources.in_our_words(entry(title="The programme [programme]")).fields["title"]
    assert said == "The programme [émission]"
