"""Calibration: hide what was measured, predict it with the same function, and count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from tallybook.answers import special
from tallybook.answers.factors import EIGHTY, Factor
from tallybook.answers.pool import Question, Route, pool
from tallybook.answers.predict import Family, Fit, Prediction
from tallybook.answers.scales import Floats, onto
from tallybook.data.provenance import Fact
from tallybook.language import N_
from tallybook.model.numbers import Number

EACH = N_("Each measured value was hidden in turn and predicted from all others of its family.")
WHOLE = N_("All values of one source on one platform were hidden at once and predicted.")
TEAMS = N_("All values of one team, on whatever platform, were hidden at once and predicted.")
CHAINS = N_("Formulas over predicted factors, with the known answer hidden from all of them.")
WIDER = N_("The widening with which four in five of them lie in their range.")
OTHERS = N_("As before, with the range widened by what all other kinds of measurement ask for.")
APART = N_(
    "Squared distances of routes from their weighted mean over their variances, summed over all"
    " routes of questions that differ; as found, or the mean in draws of the same factors."
)
# For each number of a calibration its unit, its label, and how it was made.
WORDS = {
    "rows": ("values", N_("Measured values that were hidden"), EACH),
    "families": ("families", N_("Kinds of measurement"), EACH),
    "in50": ("percent", N_("Hidden values within the range of one in two"), EACH),
    "in80": ("percent", N_("Hidden values within the range of four in five"), EACH),
    "in95": ("percent", N_("Hidden values within the range of nineteen in twenty"), EACH),
    "score_won": ("families", N_("Kinds in which the ranges beat the plain mean"), EACH),
    "score_won_blocks": (
        "families",
        N_("Kinds in which they beat it with whole blocks hidden"),
        WHOLE,
    ),
    "blocks": ("blocks", N_("Blocks that were hidden as a whole"), WHOLE),
    "block80": ("percent", N_("Of blocks hidden as a whole, values within four in five"), WHOLE),
    "team80": ("percent", N_("Of teams hidden as a whole, values within four in five"), TEAMS),
    "team_families": ("families", N_("Kinds in which whole teams could be hidden"), TEAMS),
    "chains": ("chains", N_("Whole calculations whose result is known"), CHAINS),
    "chains80": ("percent", N_("Chains whose answer lay within four in five"), CHAINS),
    "inflation": ("ratio", N_("What whole teams ask predictions to be widened by"), WIDER),
    "wider80": ("percent", N_("Of teams hidden as a whole, values within the wider range"), OTHERS),
    "routes_apart": ("variances", N_("How far all routes lie apart"), APART),
    "routes_usual": ("variances", N_("How far one expects all routes to lie apart"), APART),
}
COVERS = N_(
    "Nineteen chances in twenty, by a jackknife that leaves out one kind at a time. Some kinds come"
    " from the same surveys, so it may be too narrow."
)
SMALL = 12  # rows of a family up to which what is hidden would move the grid


@dataclass(frozen=True)
class Hidden:
    """A measured value that was hidden from its family.

    Attributes
    ----------
    family, block: where it belongs.
    rank: the probability that the prediction, its sampling error included, gave to a smaller value.
    away: how far it lies from the median, in half-widths of the 80 percent on its side; below the
        median if negative.
    score, naive: the interval score of the 80 percent (Winkler 1972), and that of the mean of the
        rest with its raw spread.
    """

    family: str
    block: str
    rank: float
    away: float
    score: float
    naive: float

    def within(self, percent: int) -> bool:
        """Whether the value lies in the range of 50, 80 or 95 percent."""
        return abs(self.rank - 0.5) <= percent / 200


@dataclass(frozen=True)
class Chain:
    """A route to something known, with the truth hidden from all its factors.

    Attributes
    ----------
    question: what is asked; only its scale counts.
    route: the formula.
    factors: those that the formula names.
    truth: the known answer, as printed.
    """

    question: Question
    route: Route
    factors: Mapping[str, Factor]
    truth: float


@dataclass(frozen=True)
class Tested:
    """A chain as it came out: how far the truth lies ``away``, as of what is ``Hidden``."""

    chain: Question
    away: float

    @property
    def inside(self) -> bool:
        """Whether the truth lies in the range."""
        return abs(self.away) <= 1


@dataclass(frozen=True)
class Calibration:
    """How answers did on what is known.

    Attributes
    ----------
    counts: how many of what, by the names in ``WORDS``; shares in percent, each family counting the
        same.
    ends: of the 95 percent of the shares of hidden values.
    single, whole, tested: what this was counted from; ``tables``: the tables behind it.
    """

    counts: Mapping[str, float]
    ends: Mapping[str, tuple[float, float]]
    single: Sequence[Hidden]
    whole: Sequence[Hidden]
    tested: Sequence[Tested]
    tables: tuple[str, ...]

    def numbers(self, disagreement: tuple[float, float]) -> list[Number]:
        """What a page says of it, and of the ``disagreement`` of routes (``Answered``), as numbers
        of the report."""
        counts = {
            **self.counts,
            **dict(zip(("routes_apart", "routes_usual"), disagreement, strict=True)),
        }
        return [
            Number(
                f"calibration.{name.replace('_', '-')}",
                float(counts[name]),
                unit,
                label,
                how,
                tables,
                low,
                high,
                COVERS if name in self.ends else None,
                facts=tuple(Fact(table) for table in tables),
                decimals=2 if unit == "ratio" else 0,
            )
            for name, (unit, label, how) in WORDS.items()
            for low, high in [self.ends.get(name, (None, None))]
            for tables in [("factors", "routes") if how == APART else self.tables]
        ]


def hide(fit: Fit, together: Iterable[Any]) -> list[Hidden]:
    """Each value of a family as the others predict it. ``together``: for each row what it is hidden
    with; rows of the same are hidden at once."""
    blocks = fit.family.blocks
    places: dict[Any, list[int]] = {}
    for place, one in enumerate(together):
        places.setdefault(one, []).append(place)
    found = []
    for at in places.values():
        if len(at) > len(blocks) - 3:
            continue  # a family that is one block says nothing without it
        others = np.delete(fit.values, at)
        mean, raw = float(np.mean(others)), EIGHTY * float(np.std(others, ddof=1))
        for place, prediction in zip(at, predicted(fit, at), strict=True):
            value, ends = float(fit.values[place]), prediction.quantiles(np.array([0.1, 0.5, 0.9]))
            ranged, plain = score(value, ends[0], ends[2]), score(value, mean - raw, mean + raw)
            known = prediction.below(value), away(value, ends), ranged, plain
            found.append(Hidden(fit.family.name, blocks[place], *known))
    return found


def predicted(fit: Fit, at: Sequence[int]) -> list[Prediction]:
    """What the others say of some rows. Of a small family they are fitted anew: the grid of the
    whole family would know where the hidden ones lie."""
    family, errors = fit.family, fit.family.errors
    if len(errors) > SMALL:
        return fit.hidden(at)
    rest = Fit(family.without([place in at for place in range(len(errors))]))
    found = []
    for place in at:
        truth = rest.new(family.rows.iloc[place].to_dict())
        found.append(replace(truth, deviations=np.hypot(truth.deviations, errors[place])))
    return found


def score(value: float, low: float, high: float, outside: float = 0.2) -> float:
    """The interval score: the width, and for a value outside what it misses by, times ten at 80
    percent. Smaller is better."""
    return high - low + 2 / outside * (max(0.0, low - value) + max(0.0, value - high))


def calibrate(
    families: Iterable[Family],
    chains: Sequence[Chain],
    tables: Sequence[str] = (),
    team: Callable[[str], str] = str,
) -> Calibration:
    """How often what is known falls into its range. ``team``: who stands behind a source."""
    fits = [Fit(family) for family in families]
    single = [one for fit in fits for one in hide(fit, range(len(fit.values)))]
    whole = [one for fit in fits for one in hide(fit, fit.family.blocks)]
    teams = [one for fit in fits for one in hide(fit, map(team, fit.family.rows["source_key"]))]
    tried = [Tested(one.question, _missed(one)) for one in chains]
    shares = {f"in{percent}": _within(single, percent) for percent in (50, 80, 95)}
    shares |= {"block80": _within(whole, 80), "team80": _within(teams, 80)}
    shares["wider80"] = _by_family(teams, [abs(one.away) <= times for one, times in asked(teams)])
    counts = {
        "rows": len(single),
        "blocks": len({(one.family, one.block) for one in whole}),
        "families": len(shares["in80"]),
        **{name: float(np.mean(of)) if of else 0.0 for name, of in shares.items()},
        "team_families": len(shares["team80"]),
        "score_won": _won(single),
        "score_won_blocks": _won(whole),
        "chains": len(tried),
        "chains80": 100 * float(np.mean([one.inside for one in tried])) if tried else 0.0,
        "inflation": widening(teams),
    }
    ends = {name: _ends(of) for name, of in shares.items() if len(of) > 1}
    return Calibration(counts, ends, single, whole, tried, tuple(tables))


def _within(hidden: Sequence[Hidden], percent: int) -> list[float]:
    return _by_family(hidden, [one.within(percent) for one in hidden])


def _by_family(hidden: Sequence[Hidden], inside: Sequence[bool]) -> list[float]:
    """Of each family the share inside in percent; in it each block counts the same."""
    import pandas as pd  # slow to import, so only where answers are computed

    of = [[one.family for one in hidden], [one.block for one in hidden]]
    shares = 100.0 * pd.Series(inside, dtype=float).groupby(of).mean()
    return [*map(float, shares.groupby(level=0).mean())]


def _ends(shares: Sequence[float]) -> tuple[float, float]:
    """The ends of the 95 percent of the mean of families. The jackknife that leaves out one at a
    time gives the usual standard error of a mean."""
    reach = special.stdtrit(len(shares) - 1, 0.975) * np.std(shares, ddof=1) / len(shares) ** 0.5
    middle = np.mean(shares)
    return float(max(0, middle - reach)), float(min(100, middle + reach))


def _won(hidden: Sequence[Hidden]) -> int:
    """In how many families the ranges score better than the mean of the rest."""
    import pandas as pd  # slow to import, so only where answers are computed

    gains = pd.Series([one.naive - one.score for one in hidden])
    return int((gains.groupby([one.family for one in hidden]).sum() > 0).sum())


def _missed(chain: Chain) -> float:
    (draws,) = pool(chain.question, [chain.route], chain.factors).draws
    ends = np.quantile(draws, [0.1, 0.5, 0.9])
    return away(float(onto(chain.question.scale, chain.truth)), ends)


def away(truth: float, ends: Floats) -> float:
    """How far a truth lies from the median, in half-widths on its side. ``ends``: the tenth, the
    fiftieth and the ninetieth percent of its prediction."""
    low, middle, high = ends
    return float((truth - middle) / (high - middle if truth > middle else middle - low))


def widening(hidden: Sequence[Hidden]) -> float:
    """What ranges must be multiplied by, so that four of five hidden values lie in theirs: the
    80th percentile of how far they lie ``away``, each family counting the same and in it each
    block; never below 1."""
    blocks = Counter((one.family, one.block) for one in hidden)
    families = Counter(family for family, _block in blocks)
    weights = [1 / (blocks[one.family, one.block] * families[one.family]) for one in hidden]
    reached = 0.0
    for size, weight in sorted(zip((abs(one.away) for one in hidden), weights, strict=True)):
        reached += weight / len(families)
        if reached >= 0.8:
            return max(1.0, size)
    return 1.0


def asked(hidden: Sequence[Hidden]) -> Iterator[tuple[Hidden, float]]:
    """Each hidden value with the widening that all other families ask for."""
    for family, of in groupby(hidden, lambda one: one.family):
        times = widening([one for one in hidden if one.family != family])
        yield from ((one, times) for one in of)
