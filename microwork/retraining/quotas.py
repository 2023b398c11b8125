"""Retraining: the numbers that ``labour`` gives the report."""

from __future__ import annotations

from microwork.numbers import Number
from microwork.retraining.inputs import ASSUMPTIONS, FACTS, SHARES, assumption, fact, published, share
from microwork.retraining.labour import (
    CALENDARS,
    HOLIDAYS,
    LANGUAGES,
    QUARTERS,
    day_loads,
    hour_loads,
    ladder,
    piece_costs,
    snippets,
    tweets_a_quarter,
    usual_upkeep,
    verify_sample,
    verify_table,
    working_days,
)

WORKLOADS = (
    "From the lightest to the heaviest day's work reported elsewhere. Not a sampling error, and not whether the target was met."
)


def numbers() -> list[Number]:
    """The labour numbers of the chapter."""
    return [*_siri(), *_days(), *_costs(), *_paces(), *_verify(), *_upkeep()]


def _siri() -> list[Number]:
    loads = day_loads()["items"]
    lightest, heaviest = float(loads.min()), float(loads.max())
    quota, days = fact("siri-daily-quota"), assumption("working-days-quarter")
    found = []
    for code, count in snippets().items():
        label = f"Snippets targeted, {LANGUAGES[code]}, iPad, Q3 2019"
        found.append(published(f"siri-snippets-{code}", f"siri-ipad-q3-2019-{code}-snippets", "items", label))
        how = "Target over the daily quota, each snippet once."
        label = f"Person-days for the target, {LANGUAGES[code]}"
        ends = count / heaviest, count / lightest
        found.append(
            Number(f"retraining.siri-person-days-{code}", count / quota, "person-days", label, how, (FACTS,), *ends, WORKLOADS)
        )
    total = sum(snippets().values())
    ends = total / heaviest, total / lightest
    used = (FACTS, ASSUMPTIONS)
    fte = "Full-time equivalents for the three targets"
    found += [
        Number("retraining.siri-snippets-total", int(total), "items", "Snippets targeted, three languages", "Sum.", (FACTS,)),
        Number(
            "retraining.siri-person-days-total",
            total / quota,
            "person-days",
            "Person-days, three languages",
            "Sum.",
            (FACTS,),
            *ends,
            WORKLOADS,
        ),
        Number(
            "retraining.siri-fte-total",
            total / quota / days,
            "FTE",
            fte,
            "Person-days over thirteen weeks of five days.",
            used,
            ends[0] / days,
            ends[1] / days,
            WORKLOADS,
        ),
    ]
    for calendar, text in {"calendar": "calendar quarter", "fiscal": "fiscal quarter"}.items():
        how = f"Person-days over the working days of the {text}, without Irish public holidays."
        value = total / quota / working_days(calendar)
        tables = (FACTS, CALENDARS, HOLIDAYS)
        found.append(Number(f"retraining.siri-fte-{calendar}", value, "FTE", f"{fte}, {text}", how, tables, decimals=1))
    part = 100 * total / quota / days / fact("siri-cork-laid-off")
    label = "Those full-time equivalents, of the people dismissed in Cork"
    return [*found, Number("retraining.siri-fte-share", part, "percent", label, "FTE over persons.", used, decimals=1)]


def _days() -> list[Number]:
    found = []
    for calendar, text in {"calendar": "calendar quarter", "fiscal": "fiscal quarter"}.items():
        label, how = f"Working days of the {text}", "Weekdays, without Irish public holidays."
        tables = (CALENDARS, HOLIDAYS)
        found.append(Number(f"retraining.days-{calendar}", working_days(calendar), "days", label, how, tables, decimals=0))
    label = "Working days of a quarter, as a rule"
    value = int(assumption("working-days-quarter"))
    return [*found, Number("retraining.days-rule", value, "days", label, "Thirteen weeks of five.", (ASSUMPTIONS,), decimals=0)]


def _costs() -> list[Number]:
    costs = piece_costs()
    eur = costs["eur"]
    used = (FACTS, ASSUMPTIONS)
    model = fact("gilardi-cost") * fact("fx-eur-2023")
    quotas = sum(snippets().values())
    return [
        Number(
            "retraining.cost-per-item",
            float(eur[0]),
            "EUR per item",
            "Wage cost of one item, Siri, Cork, 2019",
            "Monthly gross wage over working days of a month times the daily quota.",
            used,
            float(eur.min()),
            float(eur.max()),
            "The two other piece costs, at the exchange rate of their year. Not employers' charges, offices, managers or profit.",
            decimals=3,
        ),
        Number(
            "retraining.cost-cortana",
            float(eur[1]),
            "EUR per item",
            "Wage cost of one item, Cortana, 2019",
            costs["how"][1] + ".",
            (FACTS,),
            decimals=3,
        ),
        Number(
            "retraining.cost-mturk",
            float(eur[2]),
            "EUR per item",
            "Price of one annotation, Mechanical Turk, 2023",
            costs["how"][2] + ".",
            (FACTS,),
            decimals=3,
        ),
        Number(
            "retraining.cost-model",
            model,
            "EUR per item",
            "Price of one annotation by a language model, at the most",
            "As published, in euros of 2023.",
            (FACTS,),
            decimals=4,
        ),
        Number(
            "retraining.cost-quotas",
            quotas * float(eur[0]),
            "EUR per quarter",
            "Wage cost of the three targets, 2019",
            "Snippets times the wage cost of one.",
            used,
            quotas * float(eur.min()),
            quotas * float(eur.max()),
            "The two other piece costs. Not employers' charges, offices, managers or profit.",
        ),
    ]


def _paces() -> list[Number]:
    hours = fact("siri-workday-hours") - fact("siri-breaks-min") / 60
    seconds = 3600 * hours / fact("siri-daily-quota")
    wage = fact("siri-monthly-gross-pay") / (assumption("working-days-month") * fact("siri-workday-hours"))
    loads = {"quota-elsewhere": (day_loads(), "snippets per day", "Items in a day of seven and a half hours, elsewhere")}
    loads["pace-elsewhere"] = (hour_loads(), "items per hour", "Items an hour, elsewhere")
    found = []
    for name, (frame, unit, label) in loads.items():
        ends = float(frame["items"].min()), float(frame["items"].max())
        covers = "The lowest and the highest report. Testimonies and leaked papers, not a sample."
        value = float(frame["items"].median())
        found.append(Number(f"retraining.{name}", value, unit, label, "Median of the other reports.", (FACTS,), *ends, covers, 0))
    return [
        *found,
        Number(
            "retraining.siri-seconds",
            seconds,
            "seconds",
            "Seconds for one snippet under the quota",
            "Working day less breaks, over the quota.",
            (FACTS,),
        ),
        Number(
            "retraining.siri-wage-hour",
            wage,
            "EUR per hour",
            "Gross wage an hour, Siri, Cork",
            "Monthly wage over working hours.",
            (FACTS, ASSUMPTIONS),
        ),
        published("siri-quota", "siri-daily-quota", "snippets per day", "Daily quota of a worker"),
        published("siri-pay", "siri-monthly-gross-pay", "EUR per month", "Gross monthly wage of a Siri transcriber"),
        published("siri-dismissed", "siri-cork-laid-off", "persons", "People told that their contract ended in Cork"),
        published("cortana-slow", "cortana-fr-rate-low", "items per hour", "Transcriptions checked an hour, at the least"),
        published("cortana-fast", "cortana-fr-rate-high", "items per hour", "Transcriptions checked an hour, at the most"),
        published("siri-reviewed", "apple-siri-share-reviewed", "percent", "Siri activations reviewed, at the most", SHARES),
        published("google-reviewed", "google-assistant-share-reviewed", "percent", "Google Assistant snippets reviewed", SHARES),
    ]


def _verify() -> list[Number]:
    margin = assumption("verify-margin")
    table = verify_table((1, 2, 3, 5)).set_index("margin")
    how = "Sample size of a share for a 95 % interval of that half-width, normal approximation."
    used = (SHARES, ASSUMPTIONS)
    needed = verify_sample(share("va-accuracy-claimed") / 100, margin / 100)
    label = "Labels to verify an accuracy of nine in ten to one point"
    found = [Number("retraining.verify-90-sample", needed, "items", label, how, used)]
    for points, word in ((2, "two"), (3, "three"), (5, "five")):
        label = f"Labels to verify it to {word} points"
        found.append(Number(f"retraining.verify-90-{word}-points", int(table.loc[points, "labels"]), "items", label, how, used))
    days = usual_upkeep(needed).person_days
    label = "Person-days for the labels that verify it to one point"
    found.append(Number("retraining.verify-90-person-days", days, "person-days", label, "Over the daily quota.", (*used, FACTS)))
    wrong = 100 - share("va-accuracy-claimed")
    return [
        *found,
        published("accuracy-claimed", "va-accuracy-claimed", "percent", "Accuracy in the remark of the press", SHARES),
        Number(
            "retraining.wrong-share",
            int(wrong),
            "percent",
            "Answers that are wrong at that accuracy",
            "One minus it.",
            (SHARES,),
            decimals=0,
        ),
    ]


def _upkeep() -> list[Number]:
    tweets = tweets_a_quarter()
    times = fact("siri-ipad-q3-2019-fr-snippets") / tweets
    cost = usual_upkeep(tweets)
    staff = float(ladder()["labels"].iloc[-1])
    days = "Person-days a quarter for the upkeep of the vaccine-tweet model"
    how = "Tweets labelled a quarter over the daily quota, one look each."
    money = "Cheapest and dearest piece cost. Not the checking of the labels."
    euros = float(piece_costs()["eur"][0]) * tweets
    return [
        Number("retraining.tweets-person-days", cost.person_days, "person-days", days, how, (QUARTERS, FACTS)),
        Number(
            "retraining.tweets-hours",
            tweets / ((fact("cortana-fr-rate-low") + fact("cortana-fr-rate-high")) / 2),
            "hours",
            "Hours a quarter for it",
            "At the middle pace reported for Cortana.",
            (QUARTERS, FACTS),
            cost.hours_low,
            cost.hours_high,
            "The fast and the slow pace. Tweets are not sound snippets.",
        ),
        Number(
            "retraining.tweets-cost",
            euros,
            "EUR per quarter",
            "Wages a quarter for it, one look each",
            "Tweets times the wage cost of one item.",
            (QUARTERS, FACTS),
            cost.money_low,
            cost.money_high,
            money,
        ),
        Number(
            "retraining.siri-over-tweets",
            times,
            "ratio",
            "French target over the upkeep of the tweet model",
            "Quotient.",
            (FACTS, QUARTERS),
        ),
        Number(
            "retraining.staff-capacity",
            staff,
            "items",
            "Full quotas of those dismissed, in a quarter",
            "Persons times days times quota.",
            (FACTS, ASSUMPTIONS),
            decimals=-5,
        ),
    ]
