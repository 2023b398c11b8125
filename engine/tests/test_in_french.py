"""What code puts together reads well in English and in French: days, figures of tables, notes on
sources, titles, turning points. The words are those of the engine's own catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pybtex.database import Entry, Person
from pybtex.richtext import Text
from tallybook import language
from tallybook.charts import words
from tallybook.claims.model import Axis, Severity
from tallybook.claims.settle import turning_point
from tallybook.data import source_notes
from tallybook.model import days, facts
from tallybook.model.tables import column_texts
from tallybook.sphinx import cite, filters, source_words, sources

BOTH = {"en": 0, "fr": 1}
Said = Callable[[], object]


@pytest.fixture(params=BOTH)
def spoken(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    """Each language, and the place of its expectation."""
    with language.speaking(request.param, tmp_path):
        yield BOTH[request.param]


def entry(kind: str = "misc", **fields: str) -> Entry:
    made = Entry(kind, fields=[*fields.items()], persons={"author": [Person("Bee, Ann")]})
    made.key = "bee"
    return made


@pytest.mark.parametrize(
    ("say", "wanted"),
    [
        (lambda: days.in_words(date(2019, 8, 1), "d MMM y"), ("1 Aug 2019", "1er août 2019")),
        (lambda: days.in_words(date(2019, 7, 11)), ("11 July 2019", "11 juillet 2019")),
        (lambda: days.in_words(date(2019, 8, 1), "MMMM y"), ("August 2019", "août 2019")),
        (
            lambda: days.dated("one job (2014-07)"),
            ("one job (July 2014)", "one job (juillet 2014)"),
        ),
        (
            lambda: days.dated("2018-2019, 2000-13, x-2014-07"),
            ["2018-2019, 2000-13, x-2014-07"] * 2,
        ),
        (lambda: days.of_unit(9, "day of January 2020"), ("9 January 2020", "9 janvier 2020")),
        (lambda: days.of_unit(9, "days"), ("", "")),
    ],
)
def test_a_day_is_written_as_the_language_has_it(spoken: int, say: Said, wanted: tuple[str, str]):
    assert say() == wanted[spoken]


def test_a_column_of_days_or_months_holds_no_time(spoken: int):
    months = pd.to_datetime(pd.Series(["2016-05-01", "2016-06-01"], name="month"))
    some = pd.to_datetime(pd.Series(["2016-05-01", "2016-06-02"], name="day"))
    texts = pd.Series(["2015-11-09", None], name="first")
    assert column_texts(months) == [["May 2016", "June 2016"], ["mai 2016", "juin 2016"]][spoken]
    assert (
        column_texts(some)
        == [["1 May 2016", "2 June 2016"], ["1er mai 2016", "2 juin 2016"]][spoken]
    )
    assert column_texts(texts)[0] == ["9 November 2015", "9 novembre 2015"][spoken]
    assert column_texts(pd.Series(["1996-97", "2000-01"])) == ["1996-97", "2000-01"]


def test_a_figure_of_a_table_of_facts_has_separators_and_a_year_has_none(spoken: int):
    row = {"quantity": "births", "value": 609309.0, "n": 10000, "year": 2019, "period": "2020-01"}
    found = facts._words(row)
    assert found["value"] == ["609,309", "609\u202f309"][spoken]
    said = " ".join(map(str, found.values()))
    assert ["n = 10,000", "n = 10\u202f000"][spoken] in said and "2019" in said
    assert ["January 2020", "janvier 2020"][spoken] in said


def test_a_fact_that_is_a_day_prints_as_a_day(spoken: int):
    found = facts._words({"quantity": "named", "value": 9.0, "unit": "day of January 2020"})
    assert found["value"] == ["9 January 2020", "9 janvier 2020"][spoken]


def test_what_was_read_of_a_source_and_when_is_said_in_the_language(spoken: int):
    one = entry(read="abstract, data", urldate="2026-11-01")
    assert (
        source_notes.told(one)
        == [
            "Read: its abstract or a summary and its data files.",
            "Lu\u00a0: un résumé et les fichiers de données.",
        ][spoken]
    )
    assert (
        source_notes.recorded(one)
        == ["Recorded on 1 November 2026.", "Enregistré le 1er novembre 2026."][spoken]
    )
    assert (
        source_notes.told(entry())
        == ["What was read of it is not recorded.", "Ce qui en a été lu n’est pas consigné."][
            spoken
        ]
    )


def test_words_in_square_brackets_in_a_title_are_ours(spoken: int, monkeypatch: pytest.MonkeyPatch):
    ours = {"programme": "émission"}
    monkeypatch.setattr(source_words, "_", lambda text: ours.get(text, text) if spoken else text)
    said = source_words.said(entry(title="The programme [programme]")).fields["title"]
    assert said == ["The programme [programme]", "The programme [émission]"][spoken]


def test_an_entry_has_the_small_words_of_the_language(spoken: int):
    held = {"title": "Bees", "booktitle": "Of Insects", "year": "2020", "url": "https://a.example/"}
    said = str(sources.Graded().format_entry("1", entry("inproceedings", **held)).text)
    assert [">In Of Insects", ">Dans Of Insects"][spoken] in said
    assert ["URL: https", "URL\u00a0: https"][spoken] in said


def test_a_part_of_a_report_is_cited_in_it(spoken: int):
    whole = {"type": "chapter", "title": "Bees", "container-title": "Of Insects"}
    record = {"id": "bee", "author": [{"literal": "Ann Bee"}], "URL": "https://a.example/"} | whole
    assert ["In Of Insects", "Dans Of Insects"][spoken] in cite.plain_reference(record)


def test_each_filter_names_all_of_its_own(spoken: int):
    made = filters.form(filters.Listed("claims", "li"), {"Verdict": ["a"], "Assumptions": ["b"]})
    html = str(made["html"])
    assert [">all verdicts<", ">tous les verdicts<"][spoken] in html
    assert [">all assumptions<", ">toutes les hypothèses<"][spoken] in html


def axis(value: float, least: float, most: float, unit: str = "share") -> Axis:
    return Axis("a", "a", unit, value, least, most, "because", "ours")


@pytest.mark.parametrize(
    ("one", "at", "wanted"),
    [
        (axis(0, -65, 10), -4.4989013671875, ("−4.5", "−4,5")),
        (axis(0, -65, 10), 4.1424560546875, ("4.2", "4,2")),
        (axis(0, 0, 35, "percent"), 24.56, ("25\u202f%", "25\u202f%")),
        (axis(1, 0.5, 2, "times"), 1.0347, ("1.035", "1,035")),
        (axis(1, 0.5, 2, "times"), 0.9653, ("0.965", "0,965")),
        # The change lies between 20 and a little more, where it was found.
        (axis(10, 5, 40, "percent"), 20.0013, ("20\u202f%", "20\u202f%")),
    ],
)
def test_a_turning_point_has_two_digits_and_lies_past_the_turn(
    spoken: int, one: Axis, at: float, wanted: tuple[str, str]
):
    assert turning_point(one, at) == wanted[spoken]


@pytest.mark.parametrize(
    ("value", "unit", "wanted"),
    [
        (0.772522156, "points", ("0.78 points", "0,78")),
        (3.0295, "points", ("3.1 points", "3,1")),
        (1.0729546, "times", ("1.08", "1,08")),
        (7.02, "times", ("7.1", "7,1")),
    ],
)
def test_an_error_that_a_test_notices_is_rounded_up(
    spoken: int, value: float, unit: str, wanted: tuple[str, str]
):
    assert Severity(value, unit).words.startswith(wanted[spoken])


def test_the_axes_of_a_chart_have_the_numbers_of_the_language(tmp_path: Path):
    with language.speaking("fr", tmp_path):
        assert words.locale()["number"]["thousands"] == "\u202f"


def test_a_title_of_a_source_stays_as_it_is(spoken: int):
    said = source_words.said(entry(title="How many bees?", year="2020"))
    assert str(Text.from_latex(said.fields["title"])) == "How many bees?"
