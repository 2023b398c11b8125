"""Profile: what the page shows in tables and charts."""

from __future__ import annotations

import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.model.formatting import plain

from microwork.intervals import odds_ratio
from microwork.profile import neighbours, people, sample, standing, work
from microwork.profile.inputs import SHARES, SINCE, asked, assumption, level, share

# What is compared with the country: fact, name, and the same in the words of a chart.
TRAITS = (
    ("women", "Women"),
    ("age-25-44", "Aged 25 to 44"),
    ("main-job", "With a main job"),
    ("inactive", "Inactive"),
    ("above-bac2", "Above Bac+2"),
)


# With whom in France, in the words of a chart.
AGAINST = {
    "women": "France, 15 to 64",
    "age-25-44": "France, 18 to 64",
    "main-job": "France, same ages",
    "inactive": "France, same ages",
    "above-bac2": "France, 25 to 64",
}
# Women among the facts known since 2022: fact, place in the words of a chart, and whether the source counts men.
WOMEN_SINCE = (
    ("critics-women-top", "Foule Factory, most active, 2018", False),
    ("br-women-2023", "Brazil, 2023", False),
    ("fr-men-2023", "France, self-employed via platforms, 2023", True),
    ("toloka-women-2022", "Toloka, all countries, 2022", False),
    ("mdg-men", "Madagascar, data workers, 2023", True),
    ("eg-men-2025", "Egypt, data workers, 2025", True),
)
TURNED = {"main-job": "Without a main job"}
# The first picture: what is compared, in the words of the interview's figures, and with whom in France.
FIRST = (
    ("women", "women-rounded", "Women"),
    ("age-25-44", "age-25-44-rounded", "Aged 25 to 44"),
    ("above-bac2", "above-bac2-rounded", "Bachelor or higher"),
)


def published() -> pd.DataFrame:
    """Every share that was printed: ``what``, ``printed`` (as printed), ``where`` (first author and year), ``grade``."""
    frame = data.table(SHARES)
    printed = [f"{value:.{places}f} %" for value, places in zip(frame["value"], frame["printed_decimals"], strict=True)]
    # One share was said in words; its digits in the table are ours.
    printed = ["a third" if name == "inactive-third" else text for name, text in zip(frame["fact_id"], printed, strict=True)]
    sources = data.table("sources").set_index("key").loc[frame["source_key"]]
    where = [f"{str(author).split(',')[0]} {year}" for author, year in zip(sources["author"], sources["year"], strict=True)]
    return pd.DataFrame({"what": frame["quantity"], "printed": printed, "where": where, "grade": frame["grade"]})


def first() -> pd.DataFrame:
    """A hundred respondents beside a hundred people in France, trait by trait: ``trait``, ``who``, ``of a hundred``, ``hue``.

    The respondents are as the interview rounds them.
    """
    rows = []
    for fact_id, said, trait in FIRST:
        rows.append((trait, "Respondents", 100 * share(said), "claim"))
        rows.append((trait, AGAINST[fact_id], 100 * _france()[fact_id], "soft"))
    return pd.DataFrame(rows, columns=["trait", "who", "of a hundred", "hue"])


def comparisons() -> pd.DataFrame:
    """Shares of the survey beside those of France and, where there are any, of Mechanical Turk, in percent.

    Columns: ``trait``, ``who``, ``value``, ``low``, ``high``, ``kind``. ``kind`` is ``claim`` for the survey, ``soft`` for
    France and ``found`` for another platform (names of colours). France has ends only where it depends on the unknown ages of the
    respondents.
    """
    plain_shares = {fact_id: (one, None, None) for fact_id, one in _france().items()}
    france: dict[str, tuple[float, float | None, float | None]] = {
        **plain_shares,
        "main-job": work.expected("employed", work.YOUNG),
        "inactive": work.expected("inactive", work.YOUNG),
    }
    platform = {
        "women": neighbours.mturk(*neighbours.WOMEN, neighbours.US),
        "age-25-44": neighbours.mturk(*neighbours.CORE, neighbours.US),
    }
    rows: list[tuple[str, str, float, float | None, float | None, str]] = []
    for fact_id, trait in TRAITS:
        rows.append((trait, "Respondents", *sample.sampled(fact_id), "claim"))
        rows.append((trait, AGAINST[fact_id], *france[fact_id], "soft"))
        if fact_id in platform:
            rows.append((trait, "Mechanical Turk, US", *platform[fact_id], "found"))
    frame = pd.DataFrame(rows, columns=["trait", "who", "value", "low", "high", "kind"])
    numeric = ["value", "low", "high"]
    frame[numeric] = 100 * frame[numeric].astype(float)
    return frame


def strength() -> pd.DataFrame:
    """How strong each gap to France is, in the same terms for all: ``who``, ``respondents`` and ``France`` (percent), and
    ``times as ready``: the self-selection that alone would make the gap (odds ratio), with its sampling interval as text.
    """
    rows = []
    for fact_id, trait in TRAITS:
        there, shares = _france()[fact_id], sample.sampled(fact_id)
        if fact_id in TURNED:  # fewer than in France: turned round, so that all gaps read the same way
            trait, there = TURNED[fact_id], 1 - there
            shares = 1 - shares[0], 1 - shares[2], 1 - shares[1]
        ready = [odds_ratio(one, there) for one in shares]
        text = f"{plain(ready[0], 1)} ({plain(ready[1], 1)} to {plain(ready[2], 1)})"
        rows.append({"who": trait, "respondents": 100 * shares[0], "France": 100 * there, "times as ready": text})
    return pd.DataFrame(rows)


def age_ranges() -> pd.DataFrame:
    """The band of ages against France, by whom one takes as France: ``France aged``, ``25 to 44`` (percent),
    ``times as often``, ``times as ready``."""
    rows = []
    for *_, ages, words in people.RANGES:
        there, band = people.core_share(*ages), share("age-25-44")
        rows.append({"France aged": words, "25 to 44": 100 * there, "times as often": band / there})
        rows[-1]["times as ready"] = odds_ratio(band, there)
    return pd.DataFrame(rows)


def women_since() -> pd.DataFrame:
    """Women by source among the facts known since 2022, most first: ``place``, ``women`` (percent).

    Where a source counts men, women are the rest.
    """
    rows = []
    for fact_id, place, counts_men in WOMEN_SINCE:
        value = data.value(SINCE, fact_id)
        rows.append({"place": place, "women": 100 - value if counts_men else value})
    return pd.DataFrame(rows).sort_values("women", ascending=False, kind="stable").reset_index(drop=True)


def _france() -> dict[str, float]:
    """What each trait is held against, as a fraction (see ``AGAINST``)."""
    return {
        "women": people.women(*people.WORKING),
        "age-25-44": people.core_share(*people.ADULTS),
        "main-job": work.expected("employed", work.YOUNG)[0],
        "inactive": work.expected("inactive", work.YOUNG)[0],
        "above-bac2": standing.above_bac2_in_france(*standing.SCHOOLED),
    }


def selection() -> pd.DataFrame:
    """For the chart with sliders: ``trait``, ``share``, ``benchmark`` (fractions), ``against``, ``z`` (of the level)."""
    z = float(stats.norm.ppf((1 + level()) / 2))
    rows = [
        {"trait": trait, "share": share(fact_id), "benchmark": _france()[fact_id], "against": AGAINST[fact_id], "z": z}
        for fact_id, trait in TRAITS
    ]
    return pd.DataFrame(rows)


def sliders() -> dict[str, float]:
    """Where the sliders of that chart begin and end: ``strongest``, ``fewest``, ``most``, ``answered``."""
    return {
        "strongest": assumption("selection-strongest"),
        "fewest": int(assumption("slider-fewest")),
        "most": int(assumption("n-to")),
        "answered": asked("women"),
    }
