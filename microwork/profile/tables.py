"""Profile: what the page shows in tables and charts."""

from __future__ import annotations

import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.model.formatting import plain

from microwork.intervals import manski
from microwork.profile import people, sample, work
from microwork.profile.inputs import BENCHMARKS, SHARES, asked, assumption, benchmark, level, share

# What is compared with the country: fact, name, and the same in the words of a chart.
TRAITS = (
    ("women", "Women"),
    ("age-25-44", "Aged 25 to 44"),
    ("main-job", "With a main job"),
    ("inactive", "Inactive"),
    ("above-bac2", "Above Bac+2"),
)


# Press figures that belong to a trait: the one furthest from the survey's own where there are several.
SAID = {
    "women": "women-rounded",
    "age-25-44": "age-25-44-rounded",
    "main-job": "main-job",
    "inactive": "inactive-third",
    "above-bac2": "above-bac2-rounded",
}


def published() -> pd.DataFrame:
    """Every share that was printed: ``what``, ``printed`` (as printed), ``where`` (first author and year), ``grade``."""
    frame = data.table(SHARES)
    printed = [f"{value:.{places}f} %" for value, places in zip(frame["value"], frame["printed_decimals"], strict=True)]
    # One share was said in words; its digits in the table are ours.
    printed = ["a third" if name == "inactive-third" else text for name, text in zip(frame["fact_id"], printed, strict=True)]
    sources = data.table("sources").set_index("key").loc[frame["source_key"]]
    where = [f"{str(author).split(',')[0]} {year}" for author, year in zip(sources["author"], sources["year"], strict=True)]
    return pd.DataFrame({"what": frame["quantity"], "printed": printed, "where": where, "grade": frame["grade"]})


def errors() -> pd.DataFrame:
    """For each trait its share and three kinds of error, in percent.

    Columns: ``trait``, ``share``; ``low``, ``high`` (sampling at the published number of respondents); ``small_low``,
    ``small_high`` (sampling at the number quoted without a source); ``selected_low``, ``selected_high`` (one group twice as
    ready to answer, either way); ``worst_low``, ``worst_high`` (nothing assumed on those who kept silent).
    """
    rows = []
    for fact_id, trait in TRAITS:
        value = share(fact_id)
        kinds = {
            "": sample.sampled(fact_id)[1:],
            "small_": sample.with_sampling(value, sample.circulating())[1:],
            "selected_": sample.selected(fact_id)[1:],
            "worst_": manski(value, sample.response_rate()),
        }
        ends = {f"{kind}{end}": 100 * pair[i] for kind, pair in kinds.items() for i, end in enumerate(("low", "high"))}
        rows.append({"trait": trait, "share": 100 * value, **ends})
    return pd.DataFrame(rows)


def spans() -> pd.DataFrame:
    """``errors`` for readers: the trait, its share in percent, and each kind of error as text ("53 to 59")."""
    frame = errors()
    kinds = {
        "luck of the draw": "",
        "draw, number without a source": "small_",
        "one group twice as ready": "selected_",
        "nothing assumed": "worst_",
    }
    texts = {
        name: [
            f"{plain(low, 0)} to {plain(high, 0)}" for low, high in zip(frame[f"{kind}low"], frame[f"{kind}high"], strict=True)
        ]
        for name, kind in kinds.items()
    }
    return frame[["trait", "share"]].assign(**texts)


def comparisons() -> pd.DataFrame:
    """Shares of the survey beside their benchmarks, in percent.

    Columns: ``trait``, ``who``, ``value``, ``low``, ``high``, ``said``, ``kind``.
    ``kind`` is ``found`` for the survey, ``ink`` for a benchmark (names of colours). A benchmark has ends only where it
    depends on the unknown ages of the respondents. ``said`` is what the press printed, beside the survey's row.
    """
    jobs, active = work.same_ages_bounds("employment"), work.same_ages_bounds("active")
    weights = work.census_weights()
    employed, _, inactive = work.national_activity()
    idle = (1 - active[1], 1 - active[0])
    same_job, same_idle = work.same_ages("employment", weights), 1 - work.same_ages("active", weights)
    beside: dict[str, list[tuple[str, float, tuple[float, float] | None]]] = {
        "women": [(f"France, {low} to {high}", people.women(low, high), None) for low, high in ((15, 64), (25, 44))],
        "age-25-44": [
            ("of France, 15 to 64", people.core_share(15, 64), None),
            ("of France, 20 to 64", people.core_share(20, 64), None),
            ("of France, 15 and over", people.core_share(15, None), None),
        ],
        "main-job": [("France, 15 to 64", employed, None), ("France, same ages", same_job, jobs)],
        "inactive": [("France, 15 to 64", inactive, None), ("France, same ages", same_idle, idle)],
        "above-bac2": [
            ("France, 25 to 34, 2018", benchmark("above-bac2-2018-25-34"), None),
            ("France, 25 to 64, 2023", benchmark("above-bac2-2023-25-64"), None),
        ],
    }
    rows = []
    for fact_id, trait in TRAITS:
        rows.append((trait, "Survey", *sample.sampled(fact_id), share(SAID[fact_id]), "found"))
        rows += [(trait, who, value, *(ends or (None, None)), None, "ink") for who, value, ends in beside[fact_id]]
    frame = pd.DataFrame(rows, columns=["trait", "who", "value", "low", "high", "said", "kind"])
    numeric = ["value", "low", "high", "said"]
    frame[numeric] = 100 * frame[numeric].astype(float)
    return frame


def selection() -> pd.DataFrame:
    """For the chart with sliders: ``trait``, ``share``, ``benchmark`` (fractions), ``against``, ``z`` (of the level)."""
    weights = work.census_weights()
    against = (
        ("women", people.women(15, 64), "France, 15 to 64"),
        ("age-25-44", people.core_share(15, 64), "France, 15 to 64"),
        ("main-job", work.same_ages("employment", weights), "France, same ages"),
        ("inactive", 1 - work.same_ages("active", weights), "France, same ages"),
        ("above-bac2", benchmark("above-bac2-2018-25-34"), "France, 25 to 34, 2018"),
    )
    names = dict(TRAITS)
    z = float(stats.norm.ppf((1 + level()) / 2))
    rows = [{"trait": names[f], "share": share(f), "benchmark": b, "against": a, "z": z} for f, b, a in against]
    return pd.DataFrame(rows)


def sliders() -> dict[str, float]:
    """Where the sliders of that chart begin and end: ``strongest``, ``fewest``, ``most``, ``answered``."""
    return {
        "strongest": assumption("selection-strongest"),
        "fewest": int(assumption("slider-fewest")),
        "most": int(assumption("n-to")),
        "answered": asked("women"),
    }


def diplomas() -> pd.DataFrame:
    """Share above Bac+2 by age and year in France: ``ages``, ``year``, ``share`` (percent), ``grade``."""
    frame = data.table(BENCHMARKS)
    frame = frame[frame["measure"] == "above Bac+2"]
    ages = [f"{low} to {high}" for low, high in zip(frame["age_low"], frame["age_high"], strict=True)]
    columns = {"ages": ages, "year": frame["period"].astype(str), "share": frame["value"], "grade": frame["grade"]}
    return pd.DataFrame(columns).reset_index(drop=True)
