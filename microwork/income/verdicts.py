"""Income: the evidence for and against each press claim; the rules give the verdicts.

What the other survey of the same platform says of incomes was read in a machine translation only,
so no verdict rests on it.
"""

from __future__ import annotations

from tallybook.claims import (
    Check,
    Claim,
    Evidence,
    Judgement,
    Lacks,
    Model,
    read,
    tested,
    unchecked,
)
from tallybook.model.numbers import Registry

from microwork.income import pay_verdicts

Claims = dict[str, Claim]


def judgements(claims: Claims, registry: Registry) -> list[Judgement]:
    """One judgement for each claim of this chapter that repeats no other."""
    parts = (pay_verdicts.judgements, _respondents, _yardstick, _unpaid, _contracts, _elsewhere)
    return [one for part in parts for one in part(claims, registry)]


def _respondents(claims: Claims, registry: Registry) -> list[Judgement]:
    """On the income and the hours of the people whom the team questioned: only its own tables can
    tell."""
    return [
        unchecked(
            claims["income-21"],
            "We found no table of incomes from the survey. Another team asked users of the same"
            " platform, but we read its figures in a machine translation only, so no verdict rests"
            " on them.",
        ),
        unchecked(
            claims["hours-half-under-3"],
            "It is a figure of the survey’s own respondents, so only its table of hours can tell,"
            " which we could not read.",
        ),
        unchecked(
            claims["hours-20-60"],
            "It is a statement on the survey’s own respondents, and “some” can be a single one. We"
            " found no table of hours.",
        ),
    ]


def _yardstick(claims: Claims, registry: Registry) -> list[Judgement]:
    """On what prices refer to."""
    return [
        read(
            claims["smic-pricing"],
            "A magazine’s averages for one platform come to [[income.price-wirk|interval]] an hour,"
            " and the platform promised more than [[income.said-foule-factory-promise]]. A text on"
            " the study has [[income.price-minute]]. None says what the prices refer to.",
            "prices quoted with a working time, and a platform’s promise",
            about=[
                ("income/elsewhere", "foule-factory-promise"),
                ("income/task_prices", "wirk-average"),
                ("income/task_prices", "record-phrases"),
            ],
            beside=[registry["income.price-minute"], registry["income.price-wirk"]],
        )
    ]


def _unpaid(claims: Claims, registry: Registry) -> list[Judgement]:
    """On work and time that is not paid."""
    unpaid = registry["income.unpaid-elsewhere"]
    costs = [("income/crowd_costs", job) for job in ("746647", "754530", "755704")]
    return [
        tested(
            claims["unpaid-time"],
            Check.NEIGHBOUR,
            Evidence("unpaid-elsewhere", Model(unpaid, times=("unpaid_like_elsewhere",))),
            "In two surveys, a paid hour comes with [[income.unpaid-elsewhere|full]] unpaid ones. "
            "The value is from the ratio of two pay rates. The range ends at half an hour, as "
            "most British microworkers put in less; that bounds the middle worker, not the mean.",
            differs="The surveys ask about unpaid time in general, not instructions and forums.",
        ),
        read(
            claims["paid-if-validated"],
            "Mechanical Turk pays what the client approves, though silence counts as approval. "
            "But the total costs of three open jobs on CrowdFlower suggest, with a fee of "
            "[[income.crowd-fee|interval]], that workers removed later kept their pay. Each is "
            "one platform. The rules of two French apps do not say that the client decides.",
            "rules of four platforms, and what a client paid in all",
            like={Lacks.EXTENT: _texts("approve-before-pay")},
            unlike={Lacks.EXTENT: costs},
            far=_texts("found-and-accepted", "may-refuse", "quiz-unpaid"),
            beside=[registry["income.crowd-fee"]],
        ),
        read(
            claims["validation-not-always"],
            "A study of Mechanical Turk counts time on rejected tasks, and one case is enough. In "
            "open jobs on CrowdFlower, [[income.crowd-removed|full]] of the workers missed too "
            "many test questions; at least [[income.crowd-nothing]] got nothing. But a test "
            "removed them; no client refused their work.",
            "the abstract of a study of work logs, rules of the platform, and records of open jobs",
            same=_texts("rejected-unpaid"),
            like={
                Lacks.PEOPLE: [
                    *_texts("must-keep-accuracy", "quiz-unpaid"),
                    ("income/crowd_pay", "746647/others/removed"),
                ]
            },
            about=_texts("approve-before-pay", "may-refuse"),
            beside=[registry[f"income.{name}"] for name in ("crowd-removed", "crowd-nothing")],
        ),
        read(
            claims["instruction-time-unpaid"],
            "A survey of five platforms counts unpaid time, such as searching for tasks. The text"
            " that we read does not mention instructions or forums.",
            "a press account of another survey",
            like={Lacks.WORK: _texts("searching-unpaid")},
        ),
        read(
            claims["qualification-unpaid"],
            "An author of another survey says that workers spend much time on tests and unpaid "
            "tasks in order to qualify. The claim says that such tasks exist, and names no place. "
            "CrowdFlower’s rules begin a job with a quiz, and who fails it gets nothing; the "
            "claim is about those who qualify.",
            "a text by an author of another survey, and the rules of a platform",
            same=_texts("tests-unpaid"),
            like={Lacks.PEOPLE: _texts("quiz-unpaid")},
        ),
    ]


def _contracts(claims: Claims, registry: Registry) -> list[Judgement]:
    """On contracts and stability, as far as texts by others go."""
    return [
        read(
            claims["no-employment-contract"],
            "A radio report of 2019 shows a worker who signed no contract; one case is not all."
            " France’s highest court ruled in 2022 that users of one app are not employees, after a"
            " court of appeal had ruled the other way in 2020. It does not say what they sign.",
            "a radio report and a court ruling",
            like={Lacks.EXTENT: _texts("rtl-no-contract")},
            about=_texts("no-employee"),
        ),
        read(
            claims["often-no-real-contract"],
            "A newspaper says that no status covers users of apps for tasks in shops, and a court"
            " ruled in 2022 that users of one are not employees. A radio report shows a worker"
            " without a contract. None says how many have none.",
            "a newspaper, a court ruling and a radio report",
            like={Lacks.EXTENT: _texts("no-status", "no-employee", "rtl-no-contract")},
        ),
        read(
            claims["no-job-stability"],
            "An author of a survey writes that there are too few tasks, and not at all times. That"
            " is of platforms elsewhere, and the text does not follow workers over time. So too"
            " much is missing for it to count.",
            "a text by an author of another survey",
            far=_texts("tasks-uncertain"),
        ),
    ]


def _elsewhere(claims: Claims, registry: Registry) -> list[Judgement]:
    """On pay in other countries and on all labour platforms."""
    fell = registry["income.mturk-income-2020"]
    return [
        read(
            claims["skilled-15usd"],
            "We found no prices of such platforms. On a freelance platform, most projects of 2019"
            " went to countries with a median pay of [[income.skilled-pay|interval]] an hour,"
            " France and Madagascar among them. Freelancing is other work, and a median of a"
            " country is not what a platform pays, so this does not count.",
            "median pay of freelancers by country",
            far=[("income/platform_wages", "FRA/2019"), ("income/platform_wages", "MDG/2019")],
            beside=[registry["income.skilled-pay"]],
        ),
        tested(
            claims["platform-incomes-fell"],
            Check.NEIGHBOUR,
            Evidence("mturk-income-2020", Model(fell, plus=("platforms_like_mturk",))),
            "From 2019 to 2020, mean weekly incomes declared on Mechanical Turk changed by "
            "[[income.mturk-income-2020|interval]].",
            below=0.0,
            differs=(
                "Mechanical Turk is one platform of online tasks. The claim also takes in rides and"
                " deliveries."
            ),
        ),
    ]


def _texts(*names: str) -> list[tuple[str, str]]:
    return [("income/texts", name) for name in names]
