"""Judges a claim: one small object per claim says what it is held against, and the rules give the verdict.

A chapter calls one of four functions for each claim. ``tested`` compares a number, ``read`` argues from texts, ``named`` shows
one number with two names, and ``unchecked`` says what is missing. Only ``read`` takes a verdict, from texts that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, partial

from tallybook import data
from tallybook.data.provenance import Fact, tracing, untraced, whole
from tallybook.model.numbers import Number

from microwork.claims import rules
from microwork.claims.model import MEASURED, Check, Claim, ClaimError, Flip, Judgement, Severity, Verdict, step

Computed = tuple[float, float, float]  # value, low, high
Outcome = tuple[Verdict, Severity | None]
Name = tuple[str, str, str]  # a table, the key of a row, and the column with the name
READ = (
    Verdict.HOLDS,
    Verdict.FITS,
    Verdict.DOUBTFUL,
    Verdict.TOO_HIGH,
    Verdict.TOO_LOW,
    Verdict.CONTRADICTED,
    Verdict.NO_EVIDENCE,
)
FINE = 0.01  # how near a change is found, as a part of the step between two values tried
SCAN = 8  # values tried on each side of an assumption; a change is then looked for between two of them


@dataclass(frozen=True)
class Assumption:
    """One assumption behind a verdict: its row in ``data/<chapter>/flips.csv``, and the number as a function of its value.

    ``of`` gives value, low and high of the tested number for a value of the assumption, by the functions that made it.
    """

    flip_id: str
    of: Callable[[float], Computed]


def wider(flip_id: str, number: Number) -> Assumption:
    """The assumption that the range of a number is as wide as it says: its ends move out by a factor, on both sides."""
    low, high = number.ends

    def of(factor: float) -> Computed:
        return number.value, number.value - factor * (number.value - low), number.value + factor * (high - number.value)

    return Assumption(flip_id, of)


def unlike(flip_id: str, number: Number) -> Assumption:
    """The assumption that a neighbour is like what was claimed: the claimed quantity is a factor times the neighbour's."""
    return Assumption(flip_id, partial(scaled, number))


def scaled(number: Number, factor: float) -> Computed:
    """A number and its ends, or the number alone three times, times a factor."""
    low, high = _ends(number)
    return factor * number.value, factor * low, factor * high


def _ends(number: Number) -> tuple[float, float]:
    return number.ends if number.low is not None else (number.value, number.value)


def tested(
    claim: Claim,
    check: Check,
    number: Number,
    reason: str,
    *,
    above: float | None = None,
    below: float | None = None,
    differs: str = "",
    exact: bool = False,
    weak: str = "",
    disputed: str = "",
    flips: Iterable[Assumption] = (),
    beside: Iterable[Number] = (),
) -> Judgement:
    """Compare a claim with a number: its published figure with the range, or the range with a threshold.

    Parameters
    ----------
    number: measures what the claim names; needs an interval unless ``exact``, for a full count without any.
    above, below: for a statement without a figure, the side of a threshold on which it holds.
    differs: for a neighbour, how it differs from what was claimed.
    weak: why the test cannot bear a firm verdict, if so: a firm one then becomes a weak one on the same side.
    disputed: why nothing follows from it, if other evidence of the same kind points the other way: the verdict is then open.
    flips: the assumptions that enter; at least one for a number that was measured.
    beside: further numbers that were measured and stand with the first.

    Raises ``ClaimError`` if the claim, the check and the number do not go together.
    """
    name = f"claim {claim.claim_id!r}"
    if check in (Check.NONE, Check.DOCUMENTS):
        raise ClaimError(f"{name}: found a number for the check {check!s}; expected a recount, neighbour, bound or arithmetic")
    if (check is Check.NEIGHBOUR) != bool(differs):
        raise ClaimError(f"{name}: expected the words how it differs for a neighbour, and for no other check")
    if number.low is None and not exact:
        raise ClaimError(f"{name}: found no interval for {number.id}; expected one, or exact=True for a full count")
    ends = _ends(number)
    rule = partial(_verdict, claim, number.unit, above, below, bool(weak), rules.thresholds())
    verdict, severity = rule((number.value, *ends))
    found_flips = () if disputed else tuple(flip(claim, one, rule, verdict, number) for one in flips)
    if check in MEASURED and not found_flips and not disputed:
        raise ClaimError(f"{name}: found no assumption behind the verdict; expected at least one (flips)")
    ids = tuple(one.id for one in (number, *beside))
    measured = check in MEASURED
    if ends[0] == ends[1]:
        severity = None  # a full count, or arithmetic: there is no range to be blunt
    return Judgement(
        claim.claim_id, check, Verdict.NO_EVIDENCE if disputed else verdict, " ".join(filter(None, (reason, weak, disputed))),
        found=ids if measured else (), used=() if measured else ids, differs=differs, weak=bool(weak), disputed=bool(disputed),
        severity=severity and replace(severity, unit=severity.unit or distance_unit(number.unit)),
        flips=found_flips, said=claim.said if above is None and below is None else None, range=ends,
        read="" if measured else "the source’s own figures, compared with each other",
    )  # fmt: skip


def read(
    claim: Claim, verdict: Verdict, reason: str, what: str, facts: Iterable[tuple[str, str]], *, beside: Iterable[Number] = ()
) -> Judgement:
    """A verdict from texts. ``facts``: the rows (table, key) that quote them; ``what``: in a few words, what was read.

    To bear a claim out, one text at least must come from elsewhere than the claim. Raises ``ClaimError`` otherwise, or for a
    row without a place in its source.
    """
    if verdict not in READ:
        raise ClaimError(f"claim {claim.claim_id!r}: found {verdict!s} from texts; expected one of {', '.join(READ)}")
    rows = _texts(claim, facts)
    if verdict in (Verdict.HOLDS, Verdict.FITS) and all(fact.source == claim.source_key for fact in rows):
        raise ClaimError(f"claim {claim.claim_id!r}: found no text but its own; expected one from another source for {verdict!s}")
    return Judgement(
        claim.claim_id, Check.DOCUMENTS, verdict, reason, used=tuple(one.id for one in beside), read=what, facts=rows
    )  # fmt: skip


def named(claim: Claim, reason: str, first: Name, second: Name, *, figure: str = "value") -> Judgement:
    """The verdict *wrong name*: two texts, each a row (table, key, column of the name), give one number two names.

    ``figure``: the column with the number. Raises ``ClaimError`` if the numbers differ by more than their rounding, the names are
    the same, or a row has no place in its source.
    """
    rows = _texts(claim, [first[:2], second[:2]])
    with untraced():
        found = [data.row(table, *data.keys(table)[key]) for table, key, _ in (first, second)]
    numbers = [float(str(row[figure])) for row in found]
    names = [str(row[column]) for row, (_, _, column) in zip(found, (first, second), strict=True)]
    if abs(numbers[0] - numbers[1]) > max(map(step, numbers)) / 2 * (1 + 1e-9):
        raise ClaimError(f"claim {claim.claim_id!r}: found {numbers[0]:g} and {numbers[1]:g}; expected one number with two names")
    if names[0] == names[1]:
        raise ClaimError(f"claim {claim.claim_id!r}: found the name {names[0]!r} in both texts; expected two names")
    what = f"two texts: “{names[0]}” and “{names[1]}”"
    return Judgement(claim.claim_id, Check.DOCUMENTS, Verdict.WRONG_NAME, reason, read=what, facts=rows)


def unchecked(claim: Claim, reason: str, *, beside: Iterable[Number] = ()) -> Judgement:
    """Nothing public allows a test; the reason says what would. ``beside``: numbers it mentions that are no test."""
    return Judgement(
        claim.claim_id, Check.NONE, Verdict.CANNOT, reason, used=tuple(one.id for one in beside), read="nothing to test it on"
    )


def flip(claim: Claim, assumption: Assumption, rule: Callable[[Computed], Outcome], verdict: Verdict, number: Number) -> Flip:
    """Where, in the range of an assumption, the verdict changes: the nearest such value on either side, by bisection.

    Raises ``ClaimError`` if the value that is assumed does not give the verdict itself, or lies outside its range.
    """
    with untraced():
        row = data.row(f"{claim.chapter}/flips", assumption.flip_id)
    value, least, most = (float(str(row[column])) for column in ("value", "least", "most"))
    place = f"data/{claim.chapter}/flips.csv, {assumption.flip_id}"
    if not least <= value <= most:
        raise ClaimError(f"{place}: found the value {value:g} outside its range; expected {least:g} to {most:g}")

    @cache  # the search asks again for endpoints it has tried
    def same(x: float) -> float:
        return 1.0 if rule(assumption.of(x))[0] is verdict else -1.0

    if same(value) < 0:
        raise ClaimError(
            f"{place}: with the value {value:g} {number.id} gives another verdict than {verdict!s}; expected the same"
        )
    turns = _change(same, value, least, most)
    return Flip(str(row["assumption"]), str(row["unit"]), value, least, most, str(row["reason"]), turns)


def distance_unit(unit: str) -> str:
    """The unit of a distance between two numbers in a unit."""
    return "points" if unit in ("percent", "percentage points") else unit


def _change(same: Callable[[float], float], start: float, least: float, most: float) -> float | None:
    """The value nearest to ``start``, on either side, at which ``same`` turns negative: the nearest are tried first."""
    from scipy.optimize import bisect  # slow to import, and not needed in a build that judges nothing anew

    steps = [(end - start) / SCAN for end in (least, most) if end != start]
    tried = sorted(((place, size) for place in range(1, SCAN + 1) for size in steps), key=lambda one: one[0] * abs(one[1]))
    for place, size in tried:
        if same(start + place * size) < 0:
            found = float(bisect(same, start + (place - 1) * size, start + place * size, xtol=abs(size) * FINE))
            across = min(max(2 * start - found, least), most)  # as far on the other side, which may have turned before
            return float(bisect(same, start, across, xtol=abs(size) * FINE)) if same(across) < 0 else found
    return None


def _verdict(
    claim: Claim,
    unit: str,
    above: float | None,
    below: float | None,
    weak: bool,
    limits: rules.Thresholds,
    found: Computed,
) -> Outcome:
    value, low, high = found
    if above is None and below is None:
        if claim.unit != unit:
            raise ClaimError(f"claim {claim.claim_id!r}: found a number in {unit}; expected {claim.unit}, as published")
        return compared(claim, (low, high), weak, limits)
    verdict, severity = rules.threshold((low, high), value, above, below)
    return rules.weakened(verdict) if weak else verdict, severity


def compared(claim: Claim, found: rules.Ends, weak: bool, limits: rules.Thresholds) -> Outcome:
    """The verdict on a published figure, against the range that was found."""
    verdict, severity = rules.quantity(claim.ends, claim.said, found, claim.unit == "percent", limits)
    return rules.weakened(verdict) if weak else verdict, severity


def _texts(claim: Claim, rows: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
    """The rows as facts. Raises ``ClaimError`` for one that is not there or names no place in a source."""
    with tracing() as seen:
        for table, key in rows:
            if (found := data.keys(table).get(key)) is None:
                raise ClaimError(f"claim {claim.claim_id!r}: found no row {key!r} in {table}; expected the key of one")
            data.row(table, *found)
    facts = whole(seen)
    if not facts:
        raise ClaimError(f"claim {claim.claim_id!r}: found no text; expected at least one row that quotes one")
    for fact in facts:
        if not fact.source or not fact.locator:
            raise ClaimError(f"claim {claim.claim_id!r}: found no place in a source for {fact.table}, {fact.row}; expected one")
    return facts
