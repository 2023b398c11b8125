"""Judges a claim: one small object per claim says what it is held against, and the rules give the
verdict.

A chapter calls one of five functions for each claim. ``tested`` compares numbers, ``reckoned``
compares figures of one source, ``read`` argues from texts, ``named`` shows that a figure is of
something else, and ``unchecked`` says that there is nothing to test it on. None of them takes a
verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain

from tallybook import data
from tallybook.claims import measurements, rules, standing, wording
from tallybook.claims.assumptions import CLOSE, Model, axes, ends, joint, turning
from tallybook.claims.comparison import Comparison
from tallybook.claims.model import Claim, Judgement, Tested, step
from tallybook.claims.rules import Computed
from tallybook.claims.vocabulary import MEASURED, Check, ClaimError, Lacks, Verdict
from tallybook.data.provenance import Fact, tracing, untraced, whole
from tallybook.model.numbers import Number

Row = tuple[str, str]  # a table, and the key of a row
NOTHING: Mapping[Lacks, Collection[Row]] = {}


@dataclass(frozen=True)
class Evidence:
    """A measurement, by its row in ``measurements.csv``, and the number that it gave as a function
    of its assumptions."""

    measurement: str
    model: Model


def tested(
    claim: Claim,
    check: Check,
    tests: Evidence | Iterable[Evidence],
    reason: str | None = None,
    *,
    above: float | None = None,
    below: float | None = None,
    differs: str | None = None,
    texts: Judgement | None = None,
    beside: Iterable[Number] = (),
) -> Judgement:
    """Compare a claim with numbers: its published figure with their ranges, or their ranges with a
    threshold.

    Parameters
    ----------
    tests: one or several, whose verdicts ``rules.together`` joins; for a claim of a family, all
        measurements of it.
    above, below: for a statement without a figure, the side of a threshold on which it holds.
    reason: why, in a sentence or two whose numbers are ``[[id]]`` placeholders.
    differs: for a neighbour, how it differs from what was claimed. Both are taken from the claim's
        row of ``data/<chapter>/reasons.csv`` if they are not given; so in the functions below.
    texts: what ``read`` makes of texts on the same claim; its verdict joins those of the tests, as
        one more.
    beside: further numbers that the reason mentions.

    A neighbour, and a measurement that its row calls weak, bear no firm verdict; the words of the
    row end the reason.

    Raises ``ClaimError`` if the claim, the check and a number do not go together, if a number has
    no interval but its measurement one, or the other way round, if no assumption stands behind a
    test, if an assumption does not give the number itself, or if every outcome that a test could
    have had gives the same verdict.
    """
    name = f"claim {claim.claim_id!r}"
    said = wording.of(claim, reason, "", differs if check is Check.NEIGHBOUR else differs or "")
    tests = [tests] if isinstance(tests, Evidence) else list(tests)
    known = [measurements.known(test.measurement) for test in tests]
    _refuse_unfit(name, check, said.differs, known)
    limits = rules.thresholds()
    applied = [
        Comparison(claim, test.model.number.unit, above, below, bool(one.weak), limits)
        for test, one in zip(tests, known, strict=True)
    ]
    behind = axes(claim.chapter, dict.fromkeys(name for test in tests for name in test.model.names))
    assumed = {axis.name: axis.value for axis in behind}
    results = [
        _compare(name, test, one, rule, assumed)
        for test, one, rule in zip(tests, known, applied, strict=True)
    ]
    alone = [rule(found) for rule, found in zip(applied, results, strict=True)]
    told = [texts.verdict] if texts and texts.check is not Check.NONE else []
    verdict = rules.together([*alone, *told])
    asked = [
        cache(partial(_verdict, rule, test.model))
        for rule, test in zip(applied, tests, strict=True)
    ]

    def judge(assumed: Mapping[str, float]) -> Verdict:
        values = (tuple(assumed[name] for name in test.model.names) for test in tests)
        return rules.together(
            [*(ask(given) for ask, given in zip(asked, values, strict=True)), *told]
        )

    weak = dict.fromkeys(one.weak for one in known if one.weak)
    return Judgement(
        claim.claim_id,
        check,
        verdict,
        " ".join((said.reason, *weak)),
        found=tuple(dict.fromkeys(test.model.number.id for test in tests)),
        used=tuple(one.id for one in beside),
        differs=said.differs,
        tests=tuple(map(_record, tests, known, applied, results)),
        flips=turning(behind, judge),
        joint=joint(behind, judge),
        facts=texts.facts if texts else (),
        lacks=texts.lacks if texts else {},
    )


def _refuse_unfit(
    name: str, check: Check, differs: str, known: Iterable[measurements.Measurement]
) -> None:
    """Raise ``ClaimError`` for a check that is no test, and for a neighbour without words or a
    measurement that is not weak."""
    if check not in MEASURED:
        raise ClaimError(
            f"{name}: found a test for the check {check!s}; expected a recount, neighbour or bound"
        )
    if (check is Check.NEIGHBOUR) != bool(differs):
        raise ClaimError(
            f"{name}: expected the words how it differs for a neighbour, and for no other check"
        )
    if check is Check.NEIGHBOUR and not all(one.weak for one in known):
        raise ClaimError(
            f"{name}: found a neighbour whose measurement is not weak; expected the words why, in"
            " measurements.csv"
        )


def _verdict(rule: Comparison, model: Model, values: tuple[float, ...]) -> Verdict:
    """What a comparison gives for values of the assumptions of a model, in their order."""
    return rule(model(**dict(zip(model.names, values, strict=True))))


def _record(
    test: Evidence, measurement: measurements.Measurement, rule: Comparison, found: Computed
) -> Tested:
    number = test.model.number
    severity = (
        rule.severity(found, number.scale)
        if measurement.spread and rule.moves(found, number.scale, measurement)
        else None
    )
    return Tested(
        measurement.measurement_id,
        number.id,
        found,
        rule.kind,
        rule.limit,
        number.scale,
        rule(found),
        severity,
        frozenset(standing.witnesses(number.facts)),
        rule.claim.ends if rule.limit is None else None,
    )


def _compare(
    name: str,
    test: Evidence,
    measurement: measurements.Measurement,
    rule: Comparison,
    assumed: Mapping[str, float],
) -> Computed:
    """Value, low and high of the number of a test, after the checks that need no other test."""
    number, found = test.model.number, ends(test.model.number)
    if (number.low is None) != (measurement.interval == "none"):
        raise ClaimError(
            f"{name}: found {number.id} {'without' if number.low is None else 'with'} an interval,"
            f" and the interval {measurement.interval!r} in {measurement.measurement_id}; expected"
            " the two to agree"
        )
    if rule.kind == "figure" and rule.claim.unit != number.unit:
        raise ClaimError(
            f"{name}: found a number in {number.unit}; expected {rule.claim.unit}, as published"
        )
    if not test.model.names:
        raise ClaimError(
            f"{name}: found no assumption behind {number.id}; expected at least one row of"
            " flips.csv"
        )
    given = test.model(**assumed)
    if any(abs(a - b) > CLOSE * max(1.0, abs(b)) for a, b in zip(given, found, strict=True)):
        raise ClaimError(
            f"{name}: found {given} for the values that are assumed; expected {number.id}, which is"
            f" {found}"
        )
    possible = rules.outcomes(found, number.scale, measurement.least, measurement.most)
    if not (rule.crossed(measurement.least, measurement.most) and rules.can_fail(rule, possible)):
        most = "any value" if measurement.most is None else f"{measurement.most:g}"
        raise ClaimError(
            f"{name}: found a test on {number.id} that gives {rule(found)!s} whatever it finds,"
            f" from {measurement.least:g} to {most}; expected one that can fail"
        )
    return found


def reckoned(
    claim: Claim,
    number: Number,
    reason: str | None = None,
    *,
    above: float | None = None,
    below: float | None = None,
    beside: Iterable[Number] = (),
) -> Judgement:
    """Compare a claim with other figures of its own source: arithmetic, on which no assumption
    bears.

    A number without an interval follows from the others, and gives a firm verdict. A range shows
    only what they leave open, and gives none. Raises ``ClaimError`` for a number in another unit
    than the figure.
    """
    rule = Comparison(claim, number.unit, above, below, number.low is not None, rules.thresholds())
    if rule.kind == "figure" and claim.unit != number.unit:
        raise ClaimError(
            f"claim {claim.claim_id!r}: found a number in {number.unit}; expected {claim.unit}, as"
            " published"
        )
    return Judgement(
        claim.claim_id,
        Check.ARITHMETIC,
        rule(ends(number)),
        wording.of(claim, reason).reason,
        used=tuple(one.id for one in (number, *beside)),
        read="the source’s own figures, compared with each other",
    )


def read(
    claim: Claim,
    reason: str | None = None,
    what: str | None = None,
    *,
    same: Iterable[Row] = (),
    like: Mapping[Lacks, Collection[Row]] = NOTHING,
    against: Iterable[Row] = (),
    unlike: Mapping[Lacks, Collection[Row]] = NOTHING,
    about: Iterable[Row] = (),
    far: Iterable[Row] = (),
    beside: Iterable[Number] = (),
) -> Judgement:
    """The verdict that texts give, by ``rules.documents``. ``what``: in a few words, what was read.

    Each text is a row (table, key), by what it says of the claim: ``same``, ``like``, ``against``
    and ``unlike`` as there, and ``about`` for one that is of the matter and leaves it open. Rows
    that are ``like`` or ``unlike`` stand under the one thing that they lack. A row that lacks two
    is ``far`` and no evidence: where there is nothing else, the verdict is that of ``unchecked``.
    Only a row of somebody else than the claimants may be the first four. Raises ``ClaimError``
    otherwise, for a row that stands twice, for no row at all, and for one without a place in its
    source.
    """
    said = wording.of(claim, reason, what)
    rows = {
        "same": [*same],
        "like": [*chain(*like.values())],
        "against": [*against],
        "unlike": [*chain(*unlike.values())],
        "about": [*about],
        "far": [*far],
    }
    if twice := [row for row, times in Counter(chain(*rows.values())).items() if times > 1]:
        raise ClaimError(
            f"claim {claim.claim_id!r}: found {', '.join(twice[0])} twice; expected each text once,"
            " under the one thing that it lacks if it is like the claim or unlike it"
        )
    told = {name: _texts(claim, found) for name, found in rows.items()}
    lacks = {
        thing: len(
            standing.witnesses(_texts(claim, [*like.get(thing, ()), *unlike.get(thing, ())]))
        )
        for thing in Lacks
    }
    facts = tuple(dict.fromkeys(chain(*told.values())))
    if not facts:
        raise ClaimError(
            f"claim {claim.claim_id!r}: found no text; expected at least one row that quotes one"
        )
    for name, texts in told.items():
        own = [
            fact for fact in texts if name not in ("about", "far") and standing.of(fact).claimants
        ]
        if own:
            raise ClaimError(
                f"claim {claim.claim_id!r}: found {own[0].table}, {own[0].row}, which reports those"
                f" who made the claim, as {name}; expected a text from elsewhere"
            )
    if not any(texts for name, texts in told.items() if name != "far"):
        return replace(
            unchecked(claim, said.reason, beside=beside),
            read="texts that lack two things or more",
            facts=facts,
        )
    verdict = rules.documents(*(bool(told[name]) for name in ("same", "like", "against", "unlike")))
    return Judgement(
        claim.claim_id,
        Check.DOCUMENTS,
        verdict,
        said.reason,
        used=tuple(one.id for one in beside),
        read=said.read,
        facts=facts,
        lacks={thing: count for thing, count in lacks.items() if count},
    )


def named(
    claim: Claim,
    rows: Iterable[tuple[str, str, str]],
    reason: str | None = None,
    *,
    figure: str = "value",
) -> Judgement:
    """The verdict *counts something else*: texts give the figure another name than the claim does.

    ``rows``: each a table, the key of a row and its column with the name; ``figure``: the column
    with the number. Raises ``ClaimError`` if the claim's figure lies outside those of the rows by
    more than rounding, a name is that of the claim, or a row has no place in its source.
    """
    rows = list(rows)
    facts = _texts(claim, [row[:2] for row in rows])
    with untraced():
        found = [data.row(table, *data.keys(table)[key]) for table, key, _ in rows]
    figures = [float(str(row[figure])) for row in found]
    names = [str(row[column]) for row, (_, _, column) in zip(found, rows, strict=True)]
    room = max(map(step, (*figures, claim.figure))) / 2 * (1 + 1e-9)
    if not min(figures) - room <= claim.figure <= max(figures) + room:
        shown = ", ".join(f"{one:g}" for one in figures)
        raise ClaimError(
            f"claim {claim.claim_id!r}: found the figures {shown}; expected them to take in"
            f" {claim.figure:g}"
        )
    if claim.key_phrase in names:
        raise ClaimError(
            f"claim {claim.claim_id!r}: found the name {claim.key_phrase!r} in both texts; expected"
            " two names"
        )
    what = "; ".join(f"“{name}”" for name in dict.fromkeys(names))
    return Judgement(
        claim.claim_id,
        Check.DOCUMENTS,
        Verdict.SOMETHING_ELSE,
        wording.of(claim, reason).reason,
        read=f"what another text calls the figure: {what}",
        facts=facts,
    )


def unchecked(
    claim: Claim, reason: str | None = None, *, beside: Iterable[Number] = ()
) -> Judgement:
    """There is nothing to test it on. ``beside``: numbers the reason mentions that are no test.

    The verdict is *nothing public*; it becomes *not read by us* where ``settles.csv`` names a
    public document.
    """
    return Judgement(
        claim.claim_id,
        Check.NONE,
        Verdict.NOTHING_PUBLIC,
        wording.of(claim, reason).reason,
        used=tuple(one.id for one in beside),
        read="nothing to test it on",
    )


def _texts(claim: Claim, rows: Iterable[Row]) -> tuple[Fact, ...]:
    """The rows as facts.

    Raises ``ClaimError`` for one that is not there or names no place in a source.
    """
    with tracing() as seen:
        for table, key in rows:
            if (found := data.keys(table).get(key)) is None:
                raise ClaimError(
                    f"claim {claim.claim_id!r}: found no row {key!r} in {table}; expected the key"
                    " of one"
                )
            data.row(table, *found)
    facts = whole(seen)
    for fact in facts:
        if not fact.source or not fact.locator:
            raise ClaimError(
                f"claim {claim.claim_id!r}: found no place in a source for {fact.table},"
                f" {fact.row}; expected one"
            )
    return facts
