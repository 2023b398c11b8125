"""Outsourcing: the numbers that claims are tested on and that the chapter needs for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tallybook.model.numbers import Number, number

from microwork.outsourcing import links, neighbours, regions
from microwork.outsourcing.numbers_links import CLIENT_REGIONS, CLUMPED, RATIO

TWO_FIRMS = (
    "The estimates of two firms that sell marketing data, for different years. Not: the error of"
    " either, or work per visit."
)
OUTSIDE = (
    "From nought to the visits of the last of the first twenty countries. Not: work that comes"
    " through no such site."
)
CLIENTS = (
    "Which client countries there are (95 %, countries drawn again). Not: other platforms, years,"
    " or kinds of work."
)
TWO_DECIMALS = ("venezuela-visits-over-second", "philippines-over-never-american")


def tested_numbers() -> Iterator[Number]:
    """Visits of one country over those of another, links over links without the tie, and projects
    from rich to poor."""
    second, over = neighbours.SECOND, "Visits by workers to microwork sites"
    how = (
        "Quotient of the visits of 2017 to 2022; the other end is that of shares of traffic around"
        " the turn of 2022."
    )
    rows: tuple[tuple[str, Callable[[], tuple[float, float, float]], str, str, str], ...] = (
        (
            "venezuela-visits-over-second",
            partial(neighbours.visits_over, "Venezuela", second),
            f"{over}: Venezuela over {second}, the second of all",
            how,
            TWO_FIRMS,
        ),
        (
            "visits-madagascar",
            partial(neighbours.visits_at_most, second),
            f"{over}: Madagascar over {second}, the second of all, at most",
            f"Visits of the last of the first twenty countries over those of {second}.",
            OUTSIDE,
        ),
        (
            "venezuela-visits-over-colombia",
            partial(neighbours.visits_over, "Venezuela", "Colombia"),
            f"{over}: Venezuela over Colombia",
            how,
            TWO_FIRMS,
        ),
        (
            "rich-from-poor",
            neighbours.rich_from_poor,
            (
                "Freelance projects bought from a country at most half as rich, over chance, and"
                " over the same the other way round"
            ),
            (
                "Projects over those that chance gives, from rich to poor, over the same from poor"
                f" to rich; client countries drawn again {neighbours.DRAWS} times, seed"
                f" {neighbours.SEED}."
            ),
            CLIENTS,
        ),
        (
            "china-gulf",
            lambda: links.pooled(links.trade(), neighbours.gulf_links()).interval,
            "China buying from the countries of the Gulf",
            f"{RATIO}, the links added up.",
            CLUMPED,
        ),
        (
            "philippines-over-never-american",
            neighbours.philippines,
            "United States buying from the Philippines, over the same from Bangladesh and Pakistan",
            f"{RATIO}; one over the other.",
            CLUMPED,
        ),
        (
            "french-over-english-africa",
            partial(regions.over_block, "FRA", "francophone-africa", "anglophone-africa"),
            "France buying from French-speaking Africa, over the same from English-speaking Africa",
            (
                f"{RATIO}; one over the other; the client’s regions drawn again {regions.DRAWS}"
                f" times, seed {regions.SEED}."
            ),
            CLIENT_REGIONS,
        ),
    )
    for name, compute, label, words, covers in rows:
        yield number(
            f"outsourcing.{name}",
            compute,
            "ratio",
            label,
            words,
            covers,
            2 if name in TWO_DECIMALS else None,
        )
