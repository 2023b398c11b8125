"""Another survey of the same platform and year: the mean that its shares allow, and what its
best-paid would have to earn."""

from __future__ import annotations

from dataclasses import replace

from scipy import stats
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.income import bounds, joint
from microwork.income.inputs import assumption, declared, fact, share

COVERS = (
    "not sampling, for the number of respondents is not known, nor that they too are volunteers on"
    " one platform"
)
NEEDED = f"covers everything the others can earn within the shares; {COVERS}"


@step
def fit() -> stats.rv_continuous:
    """Lognormal of monthly income through the two published shares of the rival survey (EUR per
    month)."""
    low, high = fact("rival-level-low"), fact("rival-level-high")
    return bounds.lognormal(low, share("rival-under-five"), high, 1 - share("rival-over-ten"))


def mean_range(
    few: float | None = None, most: float | None = None, over: float | None = None
) -> tuple[float, float, float]:
    """Mean income in the rival survey (EUR per month): under the lognormal, the least, and the
    largest (``joint.mean_range``)."""
    return float(fit().mean()), *joint.mean_range(few, most, over)


def top(over: float) -> tuple[float, float]:
    """What the best-paid share ``over`` (0 to 1) must average for the published mean, the others as
    rich and as poor as can be.

    EUR per month; nothing caps the best-paid.
    """
    under = share("rival-under-five")
    low, high = fact("rival-level-low"), fact("rival-level-high")
    return bounds.top_needed(
        fact("mean-income"), [under, 1 - under - over], [0.0, low], [low, high]
    )


def top_tenth() -> tuple[float, float, float]:
    """The same for the published tenth; the value if the others earn what the lognormal gives
    them."""
    others = fit().expect(lambda income: income, ub=fact("rival-level-high"))
    return (fact("mean-income") - others) / share("rival-over-ten"), *top(share("rival-over-ten"))


def _top_at(end: str) -> tuple[float, float, float]:
    """Middle, least and most of what the best-paid must average at one end of what one in ten
    can stand for."""
    low, high = top(float(assumption("tenth-read")[end]) / 100)
    return (low + high) / 2, low, high


def smallest_top() -> float:
    """Least share of people (0 to 1) above the higher level for the published mean, under the
    platform's cap."""
    mean = fact("mean-income")
    figures = replace(joint.said(), mean=(mean, mean), over_ten=None, over_rare=None)
    found = joint.extreme(figures, "over_ten")
    if found is None:
        raise ValueError("found no incomes under the cap with the published mean")
    return found[0]


_DIVIDED = "The published mean less what the others earn, divided by that share."
_NUMBERS = (
    (
        "rival-mean-lognormal",
        mean_range,
        "EUR per month",
        "mean income in another survey of the same platform, under a lognormal",
        "The lognormal through its two shares; the ends by linear programming.",
        (
            "covers every distribution with these shares in which few, as many as we assume, pass"
            f" the level that few reach; {COVERS}"
        ),
    ),
    (
        "max-mean-if-cap-50",
        lambda: joint.mean_range(most=fact("rival-rare"))[1],
        "EUR per month",
        "largest mean if nobody earns more than the level that few reach",
        (
            "By linear programming: the shares of the rival survey, and that level as the most that"
            " anybody earns."
        ),
    ),
    (
        "top-tenth-needed",
        top_tenth,
        "EUR per month",
        "what the best-paid tenth must average for the published mean",
        _DIVIDED,
        NEEDED,
    ),
    (
        "top-tenth-8",
        lambda: _top_at("low"),
        "EUR per month",
        "what the best-paid must average if they are eight percent",
        _DIVIDED,
        NEEDED,
        0,
    ),
    (
        "top-tenth-12",
        lambda: _top_at("high"),
        "EUR per month",
        "what the best-paid must average if they are twelve percent",
        _DIVIDED,
        NEEDED,
        0,
    ),
    (
        "smallest-top-at-cap",
        lambda: smallest_top() * 100,
        "percent",
        (
            "least share of people over the higher level of the rival survey, for the published"
            " mean under the cap"
        ),
        (
            "By linear programming: all of them at the cap, everybody else at the most that is"
            " allowed."
        ),
        None,
        1,
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
