"""Judges a claim: one small object per claim says what it is held against, and the rules give the
verdict.

A chapter calls one of five functions for each claim. ``tested`` compares numbers, ``reckoned``
compares figures of one source, ``read`` argues from texts, ``named`` shows that a figure is of
something else, and ``unchecked`` says that there is nothing to test it on. None of them takes a
verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tallybook.claims import measurements, rules, standing, wording
from tallybook.claims.assumptions import Judge, Model, axes, ends, turning
from tallybook.claims.claim import Claim
from tallybook.claims.comparison import Comparison
from tallybook.claims.model import Judgement, Tested
from tallybook.claims.rules import Computed
from tallybook.claims.vocabulary import MEASURED, Check, ClaimError, Verdict
from tallybook.language import N_
from tallybook.model.numbers import Number

# A limit is no figure to be near to: 1.01 is near to "more than 1.20", and refutes it.
ONE_SIDED = ("more than", "at least", "less than")


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
        row of ``data/claims.csv`` if they are not given; so in the functions below.
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
    if claim.qualifier in ONE_SIDED and above is None and below is None:
        wanted = "above or below, the threshold that it names"
        raise ClaimError(name, f"{claim.qualifier!r} in column qualifier, and no threshold", wanted)
    limits = rules.thresholds()
    trials = [
        _Trial(
            test.model,
            one,
            Comparison(claim, test.model.number.unit, above, below, bool(one.weak), limits),
        )
        for test, one in zip(tests, known, strict=True)
    ]
    behind = axes(claim.chapter, dict.fromkeys(name for each in trials for name in each.names))
    assumed = {axis.name: axis.value for axis in behind}
    for each in trials:
        each.refuse(name, assumed)
    told = texts.verdict if texts and texts.check is not Check.NONE else None
    judge = _joined(trials, told)
    weak = dict.fromkeys(one.weak for one in known if one.weak)
    return Judgement(
        claim.claim_id,
        check,
        judge(assumed),
        " ".join((said.reason, *weak)),
        found=tuple(dict.fromkeys(each.number.id for each in trials)),
        used=tuple(one.id for one in beside),
        differs=said.differs,
        tests=tuple(each.record() for each in trials),
        flips=turning(behind, judge),
        facts=texts.facts if texts else (),
        lacks=texts.lacks if texts else {},
    )


@dataclass(frozen=True)
class _Trial:
    """One test: the number as a function of its assumptions, what it rests on, and the rule."""

    model: Model
    measurement: measurements.Measurement
    rule: Comparison

    @property
    def number(self) -> Number:
        return self.model.number

    @property
    def names(self) -> tuple[str, ...]:
        return self.model.names

    @property
    def found(self) -> Computed:
        return ends(self.number)

    def verdict(self, values: tuple[float, ...]) -> Verdict:
        """The verdict of this test alone, for values of its assumptions in their order."""
        assumed = dict(zip(self.names, values, strict=True))
        found = self.model(**{name: assumed[name] for name in self.model.names})
        return self.rule.with_limit(assumed.get(self.model.limit or ""))(found)

    def record(self) -> Tested:
        found, number, one = self.found, self.number, self.measurement
        moves = one.spread and self.rule.moves(found, number.scale, one)
        return Tested(
            one.measurement_id,
            number.id,
            found,
            self.rule.kind,
            self.rule.limit,
            number.scale,
            self.rule(found),
            self.rule.severity(found, number.scale) if moves else None,
            frozenset(standing.witnesses(number.facts)),
            self.rule.claim.ends if self.rule.limit is None else None,
        )

    def refuse(self, name: str, assumed: Mapping[str, float]) -> None:
        """Raise ``ClaimError`` unless the test fits its measurement and claim and can fail."""
        number, found, one, rule = self.number, self.found, self.measurement, self.rule
        if (number.low is None) != (one.interval == "none"):
            has = "without" if number.low is None else "with"
            raise ClaimError(
                f"{name}: found {number.id} {has} an interval, and the interval {one.interval!r} in"
                f" {one.measurement_id}; expected the two to agree"
            )
        if rule.kind == "figure" and rule.claim.unit != number.unit:
            wanted = f"{rule.claim.unit}, as published"
            raise ClaimError(name, f"a number in {number.unit}", wanted)
        if not self.names:
            chapter = rule.claim.chapter
            wanted = f"one at least, named in its Model, with a row of data/{chapter}/flips.csv"
            raise ClaimError(name, f"no assumption behind {number.id}", wanted)
        self.model.refuse_other(name, assumed)
        possible = rules.outcomes(found, number.scale, one.least, one.most)
        if not (rule.crossed(one.least, one.most) and rules.can_fail(rule, possible)):
            most = "any value" if one.most is None else f"{one.most:g}"
            raise ClaimError(
                f"{name}: found a test on {number.id} that gives {rule(found)!s} whatever it finds,"
                f" from {one.least:g} to {most}; expected one that can fail"
            )


def _joined(trials: Iterable[_Trial], told: Verdict | None) -> Judge:
    """The verdict of all tests together and of texts (``told``), as a function of all assumptions
    by name."""
    others = [] if told is None else [told]
    asked = [(each.names, cache(each.verdict)) for each in trials]

    def judge(assumed: Mapping[str, float]) -> Verdict:
        alone = (ask(tuple(assumed[name] for name in names)) for names, ask in asked)
        return rules.together([*alone, *others])

    return judge


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
        read=N_("the source’s own figures, compared with each other"),
    )
