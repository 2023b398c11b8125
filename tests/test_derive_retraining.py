"""How the tables of the chapter on retraining are made: nothing of a test is learnt, and nothing is
lost."""

from __future__ import annotations

import gzip
import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwork.derive import corona_queries, elec2, headlines, vaccine_tweets
from microwork.derive.raw import Raw
from microwork.retraining import headlines as retraining_headlines

# Searches

HEADER = "Date\tQuery\tIsImplicitIntent\tCountry\tPopularityScore\n"


def searches(*rows):
    return pd.DataFrame(rows, columns=corona_queries.COLUMNS)


SMALL = searches(
    (1, "corona", "FR", 100),
    (2, "corona", "FR", 60),
    (2, "virus", "FR", 100),
    (2, "virus", "US", 100),
    (3, "corona", "FR", 20),
    (3, "virus", "FR", 60),
    (3, "virus", "US", 100),
    (3, "masks", "US", 50),
    (3, "corona map", "US", 50),
)


def test_the_raw_searches_are_read_as_they_are():
    text = HEADER + '2020-01-07\t"Corona\tFalse\tFrance\t3\n2020-01-08\tnull\tTrue\tFrance\t9\n'
    frame = corona_queries.read(text.encode())
    # A quotation mark is a character, and null is a search.
    assert frame["query"].tolist() == ['"corona', "null"] and frame["day"].tolist() == [7, 8]


def test_days_by_hand():
    table = corona_queries.days(SMALL, 1).set_index("day")
    # Day 2: two searches, three lines; one new. Day 3: four searches, two of them new, one known
    # since the first day.
    assert table.loc[2].tolist() == [2, 3, 1, 1]
    assert table.loc[3].tolist() == [4, 5, 2, 1]
    assert table["first_seen"].sum() == SMALL["query"].nunique()


line = st.tuples(
    st.integers(1, 5),
    st.sampled_from("abcdefgh"),
    st.sampled_from(["FR", "US"]),
    st.integers(1, 100),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(line, min_size=3, max_size=40))
def test_countries_add_up_to_the_day(rows):
    frame = searches(*rows).drop_duplicates(["day", "query", "country"])
    first, last = frame["day"].min(), frame["day"].max()
    if first == last:
        return
    table = corona_queries.countries(frame, first, last)
    day = frame[frame["day"] == last]
    known = day[day["query"].isin(set(frame.loc[frame["day"] <= first, "query"]))]
    assert table["rows"].sum() == len(day) and table["known_rows"].sum() == len(known)
    assert table["known_popularity"].sum() == known["popularity"].sum()
    assert table["rule_rows"].sum() == day["query"].str.contains("corona", regex=False).sum()
    by_day = corona_queries.days(frame, first).set_index("day")
    assert by_day.loc[last, "known_distinct"] == known["query"].nunique()


# Headlines

dates = st.lists(st.tuples(st.integers(1996, 2006), st.integers(1, 12)), min_size=60, max_size=160)


@settings(max_examples=40, deadline=None)
@given(dates, st.sampled_from(headlines.REGIMES), st.integers(1998, 2006), st.integers(0, 3))
def test_no_test_item_is_ever_trained_on_and_each_is_tested_once(rows, regime, test, draw):
    year, month = (np.array(column) for column in zip(*rows, strict=True))
    tested = np.flatnonzero(year == test)
    if not len(tested):
        return
    frozen = ((year >= 1996) & (year <= 1997)).sum()
    time, seen = 12 * year + month, []
    for train, part in headlines.splits(year, month, test, regime, (draw,)):
        assert not set(train) & set(part) and len(set(train)) == len(train)
        seen += list(part)
        match regime:
            case "frozen":
                assert set(year[train]) <= {1996, 1997}
            case "fresh":
                assert set(year[train]) <= {test - 2, test - 1}
            case "all":
                assert (year[train] < test).all()
            case "control" | "spaced":
                assert (np.abs(year[train] - test) <= 1).all() and len(train) <= frozen
        if regime == "spaced":
            distance = np.abs(time[train][:, None] - time[part][None, :])
            assert not distance.size or distance.min() > 1
    assert sorted(seen) == list(tested)


def test_a_regime_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="expected one of frozen, fresh, all, control, spaced"):
        list(headlines.splits(np.array([1996, 1998]), np.array([1, 1]), 1998, "thawed"))


def test_a_model_refuses_to_be_tested_on_what_it_has_learnt():
    text, code = np.array(["a b", "c d", "a c"]), np.array([1, 2, 1])
    with pytest.raises(ValueError, match="a test item among the training items"):
        headlines.right(text, code, np.array([0, 1]), np.array([1, 2]))


@given(st.lists(st.integers(1996, 1999), min_size=1, max_size=80), st.integers(1, 20))
def test_a_budget_holds_in_every_year(years, budget):
    year = np.array(years)
    train = np.arange(len(year))
    kept = headlines.thinned(train, year, budget, np.random.default_rng(0))
    assert len(set(kept)) == len(kept)
    for one in set(years):
        assert (year[kept] == one).sum() == min(budget, years.count(one))


def toy(per_month=2):
    """Headlines of two topics, told apart by one word; both words change in 2000."""
    rows = []
    for year in range(1996, 2007):
        for month in range(1, 13):
            for i in range(per_month):
                word = ("sport", "race")[year >= 2000] if i % 2 else ("war", "peace")[year >= 2000]
                rows.append((len(rows) + 1, year, month, word, f"{word} {word}", i % 2))
    return pd.DataFrame(rows, columns=["article", "year", "month", "title", "subject", "code"])


def test_a_changed_word_is_lost_on_the_frozen_model_only(monkeypatch):
    monkeypatch.setattr(headlines, "CONTROL_DRAWS", 1)
    monkeypatch.setattr(headlines, "TESTS", range(1999, 2002))
    frame, regimes = toy(), list(headlines.REGIMES)
    answers = {regime: headlines.tried(frame, "title", regime) for regime in regimes}
    scores = headlines.items(frame, "title", answers).groupby("year")[regimes].mean()
    assert (scores.loc[1999] == 1).all()
    # From 2000 the words are new to the frozen model: it can only give all headlines the same
    # topic, which is right for half. Labels of the year itself know both words; those of the years
    # before know them a year later.
    assert scores["frozen"].tolist() == [1, 0.5, 0.5]
    assert scores["control"].tolist() == scores["spaced"].tolist() == [1, 1, 1]
    assert scores["fresh"].tolist() == scores["all"].tolist() == [1, 0.5, 1]


def test_a_model_of_two_years_is_tried_on_every_later_one(monkeypatch):
    monkeypatch.setattr(headlines, "TESTS", range(1998, 2003))
    table = headlines.starts(toy())
    pairs = table.groupby(["start", "test"])
    assert set(pairs.groups) == {(s, t) for t in range(1998, 2003) for s in range(1996, t - 1)}
    assert (table["labels"] == 48).all() and (table["n"] == 2).all() and (pairs.size() == 12).all()
    score = pairs["right"].sum() / 24
    # Both words change in 2000: who knows the old ones alone is right on half, who has seen a year
    # of the new ones on all.
    assert score[1996, 1999] == 1 and score[1996, 2001] == 0.5
    assert score[1999, 2001] == score[2000, 2002] == 1


def test_draws_and_items_by_hand():
    frame = toy(1)  # a headline a month: 24 in 1996-97, then twelve a year
    control = np.zeros((3, len(frame)), dtype=int)
    control[0, 24:26] = 1  # the first draw is right on two headlines of 1998,
    control[2, [24, -1]] = 1  # the third on the first of them and on the last of 2006
    answers = {"control": control, "frozen": np.ones((1, len(frame)), dtype=int)}
    drawn = headlines.draws(frame, "title", answers)
    assert set(drawn["regime"]) == {"control"}
    assert drawn[["draw", "early", "late"]].values.tolist() == [[0, 2, 0], [1, 0, 0], [2, 1, 1]]
    table = headlines.items(frame, "title", answers)
    assert len(table) == 9 * 12
    assert [*table["control"][:3], table["control"].iloc[-1]] == [2, 1, 0, 1]
    assert table.iloc[0][["year", "month", "topic"]].tolist() == [1998, 1, 0]


def test_accuracies_by_hand(monkeypatch):
    monkeypatch.setattr(headlines, "CONTROL_DRAWS", 10)
    right = {"frozen": [1, 0], "fresh": [1, 1], "all": [0, 0], "control": [10, 5]}
    table = pd.DataFrame({"article": [1, 2], "year": [2004, 2004], **right})
    found = headlines.accuracy(table, toy(1)).set_index("regime")
    # frozen 1 of 2; control (10 + 5) of 2 * 10 draws. The frozen set is 24 items, two years of
    # twelve.
    assert found["accuracy"].to_dict() == {"frozen": 0.5, "fresh": 1.0, "all": 0.0, "control": 0.75}
    assert found.loc["frozen", "labels"] == 24 and (found["n"] == 2).all()


def test_budgets_use_no_more_than_they_may(monkeypatch):
    for name, value in {"BUDGETS": (3,), "BUDGET_DRAWS": 2, "LATE": (1998, 1999)}.items():
        monkeypatch.setattr(headlines, name, value)
    frame = toy()
    found = headlines.budgets(headlines.limited(frame, "title"), frame)
    labels = found.pivot(index="regime", columns="year", values="labels")
    # Three labels a year: two years for frozen and fresh, and for all as many years as have passed.
    expected = {"frozen": [6, 6], "fresh": [6, 6], "all": [6, 9]}
    assert {regime: row.tolist() for regime, row in labels.iterrows()} == expected


def test_the_raw_headlines_are_read():
    head, row = '"Article_ID";"Date";"Title";"Subject";"Topic.Code"', '7;"2-Jan-96";"{}";"{}";3\n'
    text = f"{head}\n{row.format('Café Society', 'coffee')}"
    frame = headlines.read(text.encode("latin1"))
    assert frame.iloc[0].tolist() == [7, 1996, 1, "Café Society", "Café Society coffee", 3]


# Tweets


def scores(**changed):
    row = {"centroid_day": "2019-11-04", "centroid_day_train": "2019-08-06", "repeat": 0}
    row |= {"accuracy": 90 / 150, "f1_macro": 0.5} | dict.fromkeys(vaccine_tweets.RECALLS, 0.25)
    return pd.DataFrame([row | changed]).to_csv(index=False).encode()


def test_right_answers_are_counted_back():
    row = vaccine_tweets.runs(scores()).iloc[0].tolist()
    assert row[:5] == ["2019-08-06", "2019-11-04", 0, 90, 0.5]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"accuracy": 0.601}, "no count out of 150"),
        ({"centroid_day": "2019-05-08"}, "a test before its training"),
    ],
)
def test_scores_that_cannot_be_are_refused(changed, message):
    with pytest.raises(ValueError, match=message):
        vaccine_tweets.runs(scores(**changed))


def test_what_is_kept_of_the_runs():
    one, two, three = "2018-08-11", "2018-11-09", "2020-07-31"  # the second is not shown by class
    pairs = [(one, one), (one, two), (one, three), (two, two), (two, three), (three, three)]
    table = pd.DataFrame(
        [(*pair, 0, 90, 0.5, 0.1, 0.2, 0.3) for pair in pairs],
        columns=["trained", "tested", "run", "right", "macro_f1", *vaccine_tweets.RECALLS],
    )
    kept = vaccine_tweets.used(table)
    left = [*zip(kept["trained"], kept["tested"], strict=True)]
    assert left == [pair for pair in pairs if pair != (one, two)]
    assert kept["recall_neutral"].fillna(-1).tolist() == [0.2, 0.2, -1, -1, 0.2]
    assert (kept["right"] == 90).all()


def test_what_is_kept_of_the_headlines():
    assert {"early": headlines.EARLY, "late": headlines.LATE} == retraining_headlines.PERIODS
    rows = [(year, features) for features in headlines.FEATURES for year in (1999, 2002, 2005)]
    kept = headlines.used_items(pd.DataFrame(rows, columns=["year", "features"]))
    years = kept.groupby("features")["year"].agg(list).to_dict()
    assert years == {"subject": [1999, 2005], "title": [1999, 2002, 2005]}


def test_quarters_are_joined_by_their_middle_day():
    days = "2019-08-06 05:10,2019-06-22 05:10,2019-09-20 05:10"
    labels = f"centroid_day,start_day,end_day,all,public,mturk\n{days},797,4,793\n"
    kappa = "centroid_day,fleiss_kappa,num_annotations,mturk,fleiss_kappa_mode_mturk\n"
    kappa += "2019-08-06,0.42,5821,5721,0.41\n"
    row = vaccine_tweets.quarters(labels.encode(), kappa.encode()).iloc[0]
    assert row.tolist() == ["2019-08-06", "2019-06-22", "2019-09-20", 797, 0.41]


# The stream

stream = st.lists(
    st.tuples(*[st.integers(0, 1_000_000)] * 5, st.integers(0, 1)), min_size=48, max_size=48
)


def published(rows):
    """A day or more as it was published: the half-hour and five values from 0 to 1, with the noise
    of floats."""
    values = [
        (place % 48 / 47, *(v / 1_000_000 for v in row[:5]), row[5])
        for place, row in enumerate(rows)
    ]
    return pd.DataFrame(values, columns=[*(f"feat_{i}" for i in range(1, 7)), "target"])


@settings(max_examples=25, deadline=None)
@given(stream, st.integers(0, 9))
def test_packing_loses_nothing(rows, constant):
    # A series that stays the same is kept as one value.
    rows = [(constant, *row[1:]) for row in rows]
    table = elec2.packed(elec2.whole(published(rows))).set_index("series")["values"]
    assert table["nsw_price"] == str(constant)
    for place, name in enumerate([*elec2.NAMES.values(), "up"]):
        values = [int(v) for v in table[name].split()]
        assert (values * 48 if len(values) == 1 else values) == [row[place] for row in rows]


def test_what_would_be_lost_is_refused():
    frame = published([(1, 2, 3, 4, 5, 1)] * 48)
    frame.loc[3, "feat_3"] += 4e-7
    with pytest.raises(ValueError, match="feat_3: found a value that is no whole number of mill"):
        elec2.whole(frame)


def test_a_missing_half_hour_is_noticed():
    frame = published([(1, 2, 3, 4, 5, 1)] * 96)
    with pytest.raises(ValueError, match="out of order or missing"):
        elec2.whole(frame.drop(index=50))
    with pytest.raises(ValueError, match="out of order or missing"):
        elec2.whole(frame.iloc[::-1].reset_index(drop=True))


def test_derive_gives_the_tables_it_promises(tmp_path, monkeypatch):
    """The whole way for one module, on a small file that is given the sha256 it has."""
    found = ((10, "x", 100), (31, "x", 50), (31, "y", 100))
    lines = [f"2020-01-{d}\tcorona {w}\tFalse\tFrance\t{n}\n" for d, w, n in found]
    content = "".join([HEADER, *lines]).encode()
    (tmp_path / f"{corona_queries.FILE}.gz").write_bytes(gzip.compress(content))
    raw = Raw(hashlib.sha256(content).hexdigest(), "there")
    monkeypatch.setitem(corona_queries.RAW, corona_queries.FILE, raw)
    tables = corona_queries.derive(tmp_path)
    assert tuple(tables) == corona_queries.OUTPUTS
    assert tables["retraining/corona_countries.csv"].splitlines() == [
        "country,rows,popularity,known_rows,known_popularity,rule_rows,source_key,locator,grade",
        "France,2,150,1,50,2,bing2020,QueriesByCountry,A",
    ]
