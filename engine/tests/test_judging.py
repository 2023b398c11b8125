"""The example judges two claims by rows of a table; what a row lacks is said in one line; and words
follow chances."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import tables
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import ENGINE, EXAMPLE, Sandbox, read
from tallybook.answers import Estimate
from tallybook.claims import Chances, ClaimError, Judgement, Verdict, rows
from tallybook.claims.judgement import Quantity, of_figure, of_statement, quantity, word
from tallybook.claims.vocabulary import LACKS

MANUAL = ENGINE / "docs" / "claims.md"
Imported = Callable[[Path], ModuleType]
Copy = Callable[[Path], Sandbox]
ROWS = read(EXAMPLE / "data" / "judgements.csv")
BEANS = ROWS.splitlines()[2]


@pytest.fixture
def root(copy: Copy) -> Path:
    return copy(EXAMPLE).root


def judged(garden: ModuleType) -> dict[str, Judgement]:
    return dict(garden.provider.compute().judgements)


def with_beans(root: Path, cells: str, columns: str = "kind,quantity,rows") -> None:
    """The beans judged by these cells."""
    header, rain, _beans = ROWS.splitlines()
    more = [name for name in columns.split(",") if name not in header]
    row = dict(zip([*columns.split(","), "reason"], [*cells.split(","), "Told."], strict=True))
    names = [*header.split(","), *more]
    beans = ",".join({"claim_id": "neighbour-beans", **row}.get(name, "") for name in names)
    text = "\n".join([f"{','.join(names)}", rain + "," * len(more), beans, ""])
    tables.put(root, "judgements", text)


def test_a_figure_is_held_against_an_answer_and_what_has_none_says_what_would_give_it(
    imported: Imported,
):
    rain, beans = judged(imported(EXAMPLE)).values()
    assert (rain.verdict, rain.chance, rain.found) == (Verdict.LOW_VERY, 100, ("rain.fell",))
    # The pots of the neighbour, who made the claim, are left out.
    assert rain.hidden == (Verdict.LOW_VERY, 100)
    assert (beans.verdict, beans.chance, beans.lacks) == (Verdict.NONE, None, "withheld")
    assert beans.document == "kitchen-book"


def test_other_kinds_of_sentence(imported: Imported, root: Path):
    """The beans weighed 15.0 kg, and the diary is another witness."""
    for cells, columns, verdict, chance in (
        ("statement,rain.beans,14", "kind,quantity,above", Verdict.VERY_LIKELY, 100),
        ("statement,rain.beans,14", "kind,quantity,below", Verdict.VERY_UNLIKELY, 0),
        ("statement,rain.beans,15,0.5,2", "kind,quantity,above,low,high", Verdict.EVEN, 50),
        ("arithmetic,rain.beans,", "kind,quantity,rows", Verdict.FALSE, None),
        # Whatever it is held against, what exists is never said to be more than anything.
        ("existence,rain.beans,99,rain/months/2025-07", "kind,quantity,above,rows", *[None] * 2),
    ):
        with_beans(root, cells, columns)
        one = judged(imported(root))["neighbour-beans"]
        assert (one.verdict, one.chance) == (verdict or Verdict.REPORTED, chance), cells
    assert one.witnesses == ("diary2025",)
    with_beans(root, "arithmetic,rain.beans,")
    tables.change(root, "claims", "20 kg.,20,", "15 kg.,15,")
    assert judged(imported(root))["neighbour-beans"].verdict is Verdict.TRUE


DOZED = """of,claimants,witness,grade,reason
neighbour2026,yes,him,B,a talk
diary2025,no,Ada,C,she dozed
"""
# What stands for what in the table, and what is said of it.
SPOILED = (
    ("neighbour-rain", "neighbour-peas", "2, column claim_id: found 'neighbour-peas'; expected a"),
    ("rain.fell", "", "2, column quantity: found an empty cell; expected it, for the kind figure"),
    ("rain.fell", "rain.fall", "2, column quantity: number 'rain.fall' is used but not defined;"),
    ("kitchen-book", "cook-book", "3, column document_id: found 'cook-book'; expected one of data"),
)
# The cells of the beans, of which columns, and what is said of them.
WRONG = (
    ("statement,rain.beans,", "3, column above: found an empty cell; expected the smallest effect"),
    ("existence,,documents/kitchen-book", "3, column rows: found nobody who reports it; expect"),
    (
        "existence,,rain/pots/the garden next door/2025-06",
        "3, column rows: found rain/pots, the garden next door/2025-06 (the claimants); expected",
    ),
)


def refused(imported: Imported, root: Path, says: str) -> None:
    with pytest.raises(ClaimError) as caught:
        judged(imported(root))
    assert str(caught.value).startswith(f"data/judgements.csv, row {says}")


def test_what_is_wrong_with_a_row_is_said_in_one_line(imported: Imported, root: Path):
    for old, new, says in SPOILED:
        tables.change(root, "judgements", old, new)
        refused(imported, root, says)
        tables.put(root, "judgements", ROWS)
    for cells, says in WRONG:
        with_beans(root, cells)
        refused(imported, root, says)
    with_beans(root, "figure,rain.beans,0.5", "kind,quantity,low")
    refused(imported, root, "3, column high: found an empty cell; expected it, beside low")
    tables.change(root, "questions", "mm,log", "mm,linear")
    refused(imported, root, "2, column kind: found a figure on the scale linear; expected a state")


def test_evidence_of_grade_c_bears_nothing(imported: Imported, root: Path):
    tables.put(root, "standing", DOZED)
    with_beans(root, "existence,,rain/months/2025-07")
    refused(imported, root, "3, column rows: found rain/months, 2025-07 (grade C, she dozed); exp")


def test_a_claim_without_a_row_and_one_of_no_chapter_are_named(imported: Imported, root: Path):
    tables.change(root, "judgements", f"{BEANS}\n", "")
    with pytest.raises(ClaimError, match=r"^data/claims\.csv, row 3, column claim_id: found 'neig"):
        judged(imported(root))
    provider = imported(EXAMPLE).provider
    provider.CHAPTERS = {"sun": "sun"}
    with pytest.raises(ClaimError, match="row 2, column chapter: found 'rain'; expected one of su"):
        provider.judge(None, None)


SCALES = st.sampled_from(["log", "logit"])
DRAWS = st.lists(st.floats(-4, 4), min_size=5, max_size=60).map(np.array)
PLACES = st.floats(0, 1)
DIRECTIONS = {Verdict.HIGH, Verdict.HIGH_VERY, Verdict.LOW, Verdict.LOW_VERY}


def as_printed(scale: str, value: float) -> float:
    return float(np.exp(value) if scale == "log" else 100 / (1 + np.exp(-value)))


@given(SCALES, DRAWS, st.floats(0.001, 0.999))
def test_no_figure_within_our_range_of_one_in_two_is_likely_too_high_or_too_low(
    scale: str, draws: np.ndarray, place: float
):
    found = Quantity(scale, draws)
    low, high = found.middle
    figure = as_printed(scale, low + place * (high - low))
    chances = of_figure(found, figure, figure)
    assert chances.verdict[0] not in DIRECTIONS
    assert chances.too_high + chances.about_right + chances.too_low == 100
    # Rounding apart, no figure does better than the best.
    assert chances.about_right <= chances.best + 1


def test_the_word_of_a_figure_follows_its_chances():
    for high, low, inside in product(range(101), range(101), (False, True)):
        right = 100 - high - low
        if right < 0:
            continue
        verdict, chance = Chances(high, right, low, 100, inside).verdict
        given = {
            Verdict.RIGHT: right,
            Verdict.HIGH: high,
            Verdict.LOW: low,
            Verdict.NOT_LOW: right + high,
            Verdict.NOT_HIGH: right + low,
        }
        plain = {f"very {name}": name for name in (Verdict.RIGHT, Verdict.HIGH, Verdict.LOW)}
        if verdict is Verdict.OPEN:
            firm = max(right, *((0, 0) if inside else (high, low)))
            assert chance is None and firm < 66 and max(right + high, right + low) < 90
        else:
            assert chance == given[plain.get(verdict, verdict)]
            least = 66 if verdict in (Verdict.RIGHT, Verdict.HIGH, Verdict.LOW) else 90
            assert chance >= least and (least == 90 or chance < 90)
        assert not (inside and verdict in DIRECTIONS)


def test_the_word_of_a_statement_follows_its_chance():
    words = "very unlikely", "unlikely", "could go either way", "likely", "very likely"
    ends = dict(zip((0, 11, 35, 66, 90), words, strict=True))
    found = [str(word(chance)) for chance in range(101)]
    assert [found[chance] for chance in ends] == [*ends.values()]
    assert sum(one != two for one, two in zip(found, found[1:], strict=False)) == 4


@given(SCALES, DRAWS, PLACES, PLACES)
def test_a_statement_is_less_likely_the_more_it_asks(
    scale: str, draws: np.ndarray, one: float, two: float
):
    least, most = (as_printed(scale, 8 * place - 4) for place in sorted((one, two)))
    found = Quantity(scale, draws)
    assert of_statement(found, most, None) <= of_statement(found, least, None)
    assert of_statement(found, None, least) <= of_statement(found, None, most)
    assert of_statement(found, least, most) <= of_statement(found, least, None)


@settings(deadline=None, max_examples=30)  # it draws 8,192 points three times
@given(SCALES, DRAWS, st.floats(1.1, 10))
def test_a_transfer_widens_and_moves_by_its_middle(scale: str, draws: np.ndarray, times: float):
    known = Estimate.of(scale, draws)
    transfers = (None, (1 / times, times), (2, 2))
    alone, wider, moved = (quantity(known, scale, one).draws for one in transfers)
    assert wider.std() > 0.99 * alone.std()
    assert moved == pytest.approx(alone + np.log(2))


def test_the_manual_names_every_table_and_column():
    manual = read(MANUAL) + read(MANUAL.with_name("answers.md"))
    for table, columns in rows.kinds().items():
        assert f"{table}.csv`" in manual, table
        for column in columns:
            assert f"`{column}`" in manual, (table, column)
    for reason in LACKS:
        assert f"`{reason}`" in manual, reason
