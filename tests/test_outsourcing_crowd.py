"""Outsourcing: the workers of open jobs, by hand, by properties, and by second ways to the same
result."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tallybook import claims, data
from tallybook.charts.drawing import px
from tallybook.charts.publish import specification
from tallybook.charts.theme import BROAD, NARROW, colour
from tallybook.claims import measurements
from tallybook.model.numbers import Registry

from microwork import outsourcing
from microwork.outsourcing import clumps, crowd, figures_crowd
from microwork.outsourcing.crowd import AUGUST, JULY, MARCH, RIVALS, SUMMER
from microwork.outsourcing.tables import MONTHS

PLACE = ("mg-nerve-centre", "ve-nerve-centre", "us-venezuela-particularly")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(outsourcing.numbers())


@pytest.fixture(scope="module")
def judged(registry) -> dict[str, claims.Judgement]:
    return {one.claim_id: one for one in outsourcing.judgements(claims.claims(), registry)}


def wilson_by_hand(part: int, whole: int) -> tuple[float, float]:
    """The two shares whose score statistic is the normal quantile: roots of a quadratic (Wilson
    1927)."""
    z2 = stats.norm.ppf(0.975) ** 2
    roots = np.roots([whole + z2, -(2 * part + z2), part**2 / whole])
    return 100 * float(min(roots)), 100 * float(max(roots))


# Shares


@pytest.mark.parametrize(
    ("name", "part", "whole"),
    [
        # Counted in the published reports of the jobs: workers of the country, and all workers.
        ("venezuela", 167, 1354),
        ("india", 135, 1354),
        ("madagascar", 1, 1354),
        ("africa", 12 + 10 + 5 + 3 + 2 + 2 + 1 + 1 + 1, 1354),
        ("top-five", 167 + 135 + 89 + 70 + 58, 1354),
        ("venezuela-2014-07", 5, 187),
        ("venezuela-2015-03", 11, 274),
        ("venezuela-2015-04", 8 + 14, 168 + 297),
        ("venezuela-2015-06", 7 + 6 + 20, 76 + 30 + 206),
        ("venezuela-2015-07", 11 + 7, 92 + 75),
        ("venezuela-2015-08", 122, 750),
        ("venezuela-midday", 32, 290),
        ("venezuela-evening", 85, 425),
    ],
)
def test_shares_by_hand(registry, name, part, whole):
    number = registry[f"outsourcing.crowd-{name}"]
    assert number.value == pytest.approx(100 * part / whole)
    assert (number.low, number.high) == pytest.approx(wilson_by_hand(part, whole), rel=1e-6)


def test_every_month_with_an_open_job_has_a_share(registry):
    frame = data.table("outsourcing/crowd_places")
    assert crowd.months() == sorted(MONTHS)
    for month in MONTHS:
        assert f"outsourcing.crowd-venezuela-{month}" in registry
        batches = crowd.batches_of(month)
        rows = frame[frame["batch"].isin(batches)]
        assert rows["first_month"].eq(month).all() and rows["last_month"].eq(month).all()
    # Where a group counts each worker once, it stands for its month instead of its jobs.
    assert crowd.batches_of("2015-08") == [AUGUST] and crowd.batches_of("2015-03") == [MARCH]


def test_groups_hold_their_jobs_and_count_no_worker_twice():
    frame = data.table("outsourcing/crowd_places")
    for group, jobs in ((SUMMER, crowd.jobs()), (AUGUST, crowd.jobs("2015-08"))):
        assert frame.loc[frame["batch"] == group, "jobs"].unique().tolist() == [len(jobs)]
        once, often = crowd.workers(group), crowd.workers(*jobs)
        assert set(once.index) == set(often.index)
        assert (once <= often.reindex(once.index)).all() and once.sum() < often.sum()
        # No fewer than the largest of the jobs has.
        largest = crowd.by_job().loc[jobs].max()
        assert (once >= largest.reindex(once.index)).all()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", 1354),
        ("jobs", 12),
        ("countries", 79),
        ("venezuela-workers", 167),
        ("madagascar-workers", 1),
        ("workers-2014-07", 187),
        ("workers-2015-03", 274),
        ("venezuela-rank", 1),
        ("venezuela-rank-2014-07", 14),
        ("venezuela-rank-2015-03", 8),
        ("madagascar-rank", 63),
    ],
)
def test_counts_by_hand(registry, name, value):
    assert registry[f"outsourcing.crowd-{name}"].value == value


def test_place_of_madagascar_by_hand():
    # Seventeen countries have one worker; so 62 of 79 have more than Madagascar.
    counts = crowd.by_country(SUMMER)
    assert (counts == 1).sum() == 17 and crowd.UNKNOWN not in counts.index


def test_the_five_largest_are_the_five_largest():
    counts = crowd.by_country(SUMMER)
    assert counts[crowd.largest()].min() >= counts.drop(crowd.largest()).max()


# Jobs drawn again


def test_jobs_drawn_again_by_a_formula(registry):
    # A second way without draws: the delta method for a ratio of two totals over jobs (Cochran
    # 1977, chapter 6).
    for name, codes in (("venezuela", ["VEN"]), ("india", ["IND"]), ("africa", crowd.africa())):
        number, counts = registry[f"outsourcing.crowd-{name}-jobs"], crowd.by_job()
        part = counts.loc[:, counts.columns.isin(codes)].sum(axis=1)
        whole = counts.sum(axis=1)
        ratio, n = part.sum() / whole.sum(), len(counts)
        error = 100 * np.sqrt(((part - ratio * whole) ** 2).sum() * n / (n - 1)) / whole.sum()
        assert number.value == pytest.approx(100 * ratio)
        assert (number.high - number.low) / (2 * 1.96 * error) == pytest.approx(1, abs=0.2), name
    # Jobs differ, so their range is wider than that of workers as if all came from one crowd.
    jobs, workers = (registry[f"outsourcing.crowd-venezuela{tail}"] for tail in ("-jobs", ""))
    assert jobs.high - jobs.low > 1.5 * (workers.high - workers.low)


def test_jobs_drawn_again_are_the_same_every_time_and_alike_jobs_have_no_spread(monkeypatch):
    assert crowd.share_redrawn(["VEN"], draws=300) == crowd.share_redrawn(["VEN"], draws=300)
    alike = pd.DataFrame({"VEN": [1, 2, 3], "IND": [3, 6, 9]}, index=["a", "b", "c"])
    monkeypatch.setattr(crowd, "by_job", lambda: alike)
    assert crowd.share_redrawn(["VEN"]) == pytest.approx((25, 25, 25))


# Over the country that has to be surpassed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # The largest others: Spain with 12 is second to India in July 2014, Bosnia with 22 in
        # March, the United States with 89 after India, or India with 135 after Venezuela.
        ("venezuela-over-second-2014-07", 5 / 12),
        ("venezuela-over-second-2015-03", 11 / 22),
        ("venezuela-over-second", 167 / 89),
        ("madagascar-over-second", 1 / 135),
        ("madagascar-over-second-2014-07", 0),
        ("madagascar-over-second-2015-03", 0),
        ("venezuela-over-neighbours-2014-07", 5 / 4),
        ("venezuela-over-neighbours-2015-03", 11 / 3),
        ("venezuela-over-neighbours", 167 / 32),
    ],
)
def test_over_others_by_hand(registry, name, value):
    number = registry[f"outsourcing.crowd-{name}"]
    assert number.value == pytest.approx(value) and number.low <= number.value < number.high


@given(st.sampled_from([JULY, MARCH, SUMMER]), st.integers(2, 10))
@settings(max_examples=27, deadline=None)
def test_a_country_is_among_the_first_if_it_has_more_than_the_one_to_surpass(batch, centres):
    counts = crowd.by_country(batch)
    for code in ("VEN", "MDG", "IND"):
        value, low, high = crowd.over_others(code, batch, centres)
        assert low <= value <= high
        assert (value > 1) == (
            code in counts.index and (counts >= counts[code]).sum() <= centres
        ), code


def test_the_interval_of_two_counts_by_another_way():
    # The ends are ratios at which as many workers of the first country, or more, have a chance of
    # 2.5 %.
    value, low, high = crowd.over_others("VEN", SUMMER, job_clumps=1 / crowd.clump("VEN", "USA"))
    own, both = 167, 167 + 89
    assert value == pytest.approx(own / 89)
    assert stats.binom.sf(own - 1, both, low / (1 + low)) == pytest.approx(0.025, abs=1e-6)
    assert stats.binom.cdf(own, both, high / (1 + high)) == pytest.approx(0.025, abs=1e-6)


def test_clumps_of_jobs_by_simulation():
    # Jobs that draw from one crowd show none; the real ones differ more than that.
    counts = crowd.by_job()
    pair = counts[["VEN", "USA"]].to_numpy()
    share, rng = pair.sum(axis=0) / pair.sum(), np.random.default_rng(5)
    drawn = [
        np.array([rng.multinomial(n, share) for n in pair.sum(axis=1)], float) for _ in range(200)
    ]
    assert np.mean([clumps.pearson(one) for one in drawn]) == pytest.approx(1, abs=0.1)
    everything = clumps.pearson(counts.to_numpy(float))
    assert everything > 1
    for other in ("USA", "ESP", "BIH", "ARG"):
        assert crowd.clump("VEN", other) >= everything
    # Against Spain the factor is that of the two columns: Pearson's statistic over eleven degrees
    # of freedom.
    pair = counts[["VEN", "ESP"]]
    chi2 = stats.chi2_contingency(pair, correction=False).statistic
    assert crowd.clump("VEN", "ESP") == pytest.approx(chi2 / 11)


def test_a_wider_clump_gives_a_wider_range():
    for code in ("VEN", "MDG"):
        one, four = (crowd.over_others(code, SUMMER, job_clumps=size) for size in (1.0, 4.0))
        assert four[1] < one[1] < one[2] < four[2] and one[0] == four[0]


# Mechanical Turk


def test_answers_on_mechanical_turk_by_hand(registry):
    number = registry["outsourcing.mturk-venezuela-answers"]
    years = (4, 138, 133, 135, 42, 36, 105, 41, 2, 3, 2, 0)  # 2015 to 2026
    assert number.value == pytest.approx(100 * sum(years) / 392_995)
    assert registry["outsourcing.mturk-madagascar-answers"].value == 0
    # Workers are fewer than answers, so the range is wider than that of answers as if all were
    # independent.
    low, high = wilson_by_hand(sum(years), 392_995)
    assert number.low < low < high < number.high


# Verdicts


def test_every_claim_on_place_is_tested_on_every_group_of_jobs(judged):
    declared = set(measurements.family("place"))
    known = claims.claims()
    assert {name for name, claim in known.items() if claim.family == "place"} == set(PLACE)
    for name in PLACE:
        assert {test.measurement for test in judged[name].tests} == declared
        assert judged[name].check is claims.Check.NEIGHBOUR and judged[name].differs


def test_no_verdict_on_place_is_firm_and_each_follows_from_its_ranges(judged):
    wanted = {
        "mg-nerve-centre": claims.Verdict.UNDECIDED,
        "ve-nerve-centre": claims.Verdict.NOT_CONTRADICTED,
        "us-venezuela-particularly": claims.Verdict.NOT_CONTRADICTED,
    }
    for name, verdict in wanted.items():
        one = judged[name]
        beyond = [test.range[1] > 1 for test in one.tests]
        below = [test.range[2] < 1 for test in one.tests]
        # No text compares countries. Those on Venezuela name no American clients either: of the
        # third claim they lack two things.
        lacks = {claims.Lacks.EXTENT: 2} if name in PLACE[:2] else {}
        assert one.verdict is verdict and one.lacks == lacks
        # Texts place thousands in Madagascar and the count hardly anybody: that decides nothing.
        assert all(below) if verdict is claims.Verdict.UNDECIDED else any(beyond) and not any(below)


def test_what_turns_the_verdicts_on_centres(judged, registry):
    flips = {
        (name, flip.axis.assumption.split(",")[0]): tuple(at for at, _ in flip.turns)
        for name in PLACE
        for flip in judged[name].flips
    }
    # Ten countries may be called centres: neither verdict changes.
    for name in PLACE[:2]:
        assert flips[name, "How many countries the words can mean"] == ()
    # The range of Madagascar in the largest group reaches one when it is multiplied by one over its
    # upper end.
    (firms,) = flips["mg-nerve-centre", "How many work in firms for each who takes open jobs"]
    assert min(1 / test.range[2] for test in judged["mg-nerve-centre"].tests) == pytest.approx(
        1 / registry["outsourcing.crowd-madagascar-over-second-2014-07"].high
    )
    assert firms == pytest.approx(
        1 / registry["outsourcing.crowd-madagascar-over-second"].high, rel=1e-2
    )
    (like,) = flips["ve-nerve-centre", "The ratio in the whole industry of 2022"]
    # The texts agree, so it takes a range that lies wholly below one to turn it.
    assert like == pytest.approx(
        1 / registry["outsourcing.crowd-venezuela-over-second"].high, rel=1e-2
    )


def test_rivals_are_the_other_countries_that_the_interview_names():
    links = data.table("outsourcing/links")
    named = links[
        (links["client"] == "USA")
        & (links["role"] == "named")
        & (links["claim_id"] == "us-latin-america")
    ]
    assert set(RIVALS) == set(named["supplier"]) - {"VEN"}


# Drawings


def texts_of(drawing, full: int) -> list[tuple[str, str, float, float]]:
    """Text, side and place of every label of a drawing, as Vega draws it."""
    svg = vl_convert.vegalite_to_svg(json.dumps(specification("outsourcing-test", drawing, full)))
    found = re.findall(
        r'<text text-anchor="(\w+)" transform="translate\(([\d.]+),([\d.]+)\)[^>]*>([^<]+)</text>',
        svg,
    )
    return [(text, side, float(x), float(y)) for side, x, y, text in found]


def labels_of(rows: pd.DataFrame) -> pd.Series:
    """The label of each country."""
    return pd.Series([figures_crowd._label(row) for row in rows.itertuples()], rows["country"])


@pytest.mark.parametrize("full", [BROAD, NARROW])
def test_names_in_the_strip_are_all_there_and_do_not_overlap(full):
    rows = outsourcing.crowd_rows()
    drawing = figures_crowd.strip(rows)
    found = texts_of(drawing.broad if full == BROAD else drawing.narrow, full)
    labels = labels_of(rows)
    names = set(labels[labels != ""])
    assert names <= {text for text, *_ in found} and len(names) == 6
    boxes = [
        (x - (px(t) if side == "end" else 0), x + (0 if side == "end" else px(t)), y)
        for t, side, x, y in found
    ]
    for place, (left, right, y) in enumerate(boxes):
        assert left >= -1 and right <= full + 8
        for other_left, other_right, other_y in boxes[place + 1 :]:
            assert right <= other_left or other_right <= left or abs(y - other_y) >= 15


def test_columns_are_as_high_as_their_workers():
    rows = outsourcing.crowd_rows()
    assert rows["workers"].is_monotonic_decreasing and len(rows) == 79
    assert rows.loc[rows["colour"] == "found", "country"].tolist() == ["Venezuela", "Madagascar"]
    svg = vl_convert.vegalite_to_svg(
        json.dumps(specification("outsourcing-test", figures_crowd.strip(rows).broad, BROAD))
    )
    fills = f"{colour('found')}|{colour('soft')}"
    found = re.findall(rf'd="M[\d.]+,[\d.]+h[\d.]+v([\d.]+)h[^"]+" fill="(?:{fills})"', svg)
    tall = [float(height) for height in found]
    assert len(tall) == 79
    assert tall[0] / tall[1] == pytest.approx(167 / 135, rel=0.01)
    assert tall[-1] / tall[0] == pytest.approx(1 / 167, rel=0.05)


def test_a_country_with_less_than_one_percent_shows_its_workers():
    labels = labels_of(outsourcing.crowd_rows())
    assert labels["Venezuela"] == "Venezuela: 12\u202f%" and labels["France"] == "France: 8 workers"
    assert labels["Madagascar"] == "Madagascar: 1 worker" and labels["Spain"] == ""
