"""Income: the verdicts on the press claims.

Four claims are on prices of tasks. All four are held against the same prices that reporters quote, and none gets a firm verdict.
"""

from __future__ import annotations

from tallybook.model.numbers import Number, Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, read, scaled, tested, unchecked, unlike, wider
from microwork.income import mturk, rival, tasks
from microwork.income.inputs import fact

Claims = dict[str, Claim]
HALF = 50.0  # percent: what a statement on most prices has to pass
PICKED = "Reporters picked the prices, so the test is weak."
OTHER_PEOPLE = "More work may be available there, and busy workers answer more surveys, so the test is weak."


def judgements(claims: Claims, registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter that repeats no other."""
    parts = (_prices, _month, _hours, _wage, _unpaid, _contracts, _elsewhere)
    return [one for part in parts for one in part(claims, registry)]


def _prices(claims: Claims, registry: Registry) -> list[Judgement]:
    """On what a task pays."""
    within, cents, photo = (registry[f"income.{name}"] for name in ("task-prices-within", "task-prices-few-cents", "photo-price"))
    least, most = tasks.few()
    mostly_cents = (
        "Of [[income.task-prices-others]] prices in texts that do not report the survey, [[income.task-prices-few-cents]] are a "
        "few cents. The others are higher. A price list would settle it."
    )
    return [
        tested(
            claims["task-pay"],
            Check.RECOUNT,
            within,
            "Of [[income.task-prices-others]] prices in texts that do not report the survey, [[income.task-prices-within]] lie "
            "between a few cents and a few euros. A price list would settle it.",
            above=HALF,
            weak=PICKED,
            flips=[
                Assumption("few-cents-least", lambda x: tasks.share_within(x, most)),
                Assumption("few-euros-most", lambda x: tasks.share_within(least, x)),
                wider("prices-together", within),
            ],
        ),
        *(
            tested(
                claims[name],
                Check.RECOUNT,
                cents,
                mostly_cents,
                above=HALF,
                weak=PICKED,
                flips=[
                    Assumption("few-cents-most", lambda x: tasks.share_within(0, x)),
                    wider("prices-together", cents),
                ],
            )
            for name in ("task-pay-mediapart", "cents-per-task-sudouest")
        ),
        tested(
            claims["photo-cents"],
            Check.RECOUNT,
            photo,
            "The three prices quoted for a photo in or of a shop are [[income.photo-price|interval]]. Only one of them is for a "
            "single product. An app’s price list would settle it.",
            below=tasks.few_cents(),
            weak=PICKED,
            flips=[
                Assumption("few-cents-most", lambda x: scaled(photo, tasks.few_cents() / x)),
                Assumption("products-a-photo", lambda x: scaled(photo, 1 / x)),
            ],
        ),
    ]


def _month(claims: Claims, registry: Registry) -> list[Judgement]:
    """On the mean monthly income."""
    mean = registry["income.rival-mean-lognormal"]
    return [
        tested(
            claims["income-21"],
            Check.NEIGHBOUR,
            mean,
            "The shares published by another survey of the same platform imply a mean of "
            "[[income.rival-mean-lognormal|interval]]. A table of incomes from either survey would settle it.",
            differs="That survey asked what this one platform paid. The published mean may include income from others.",
            weak="The mean for one platform cannot support a firm verdict on the mean for all platforms.",
            flips=[
                Assumption("few-over-50", lambda x: rival.mean_range(few=x / 100)),
                Assumption("most-a-month", lambda x: rival.mean_range(most=x)),
                Assumption("one-in-ten", lambda x: rival.mean_range(over=x / 100)),
                unlike("all-platforms", mean),
            ],
        )
    ]


def _hours(claims: Claims, registry: Registry) -> list[Judgement]:
    """On weekly hours: both claims are of the respondents, and both are held against the same answers from elsewhere."""
    hours, long = registry["income.mturk-weekly-hours"], registry["income.mturk-long-hours"]
    differs = "These answers are from Mechanical Turk in 2018, mostly from the United States, not from French respondents."
    return [
        tested(
            claims["hours-half-under-3"],
            Check.NEIGHBOUR,
            hours,
            "On Mechanical Turk, half work under [[income.mturk-weekly-hours]] hours weekly. Another French text calls three "
            "hours the average; both can be true. A table of answers would settle it.",
            differs=differs,
            weak=OTHER_PEOPLE,
            flips=[unlike("hours-like-mturk", hours)],
        ),
        unchecked(
            claims["hours-20-60"],
            "“Some” can be a single respondent, so no data from elsewhere could refute it. A table of the answers would show how "
            "many there are. On Mechanical Turk, [[income.mturk-long-hours]] of answers are twenty hours or more.",
            beside=[long],
        ),
    ]


def _wage(claims: Claims, registry: Registry) -> list[Judgement]:
    """On the minimum wage."""
    month, wage = registry["income.month-elsewhere"], fact("smic-net-month-2018")
    return [
        tested(
            claims["no-salary"],
            Check.NEIGHBOUR,
            month,
            "At the hourly pay found by surveys and logs elsewhere, full days bring [[income.month-elsewhere|interval]] a month. "
            "The net minimum wage was [[income.smic-net-month]]. In the United Kingdom, [[income.uk-under-minimum]] of "
            "microworkers were under the hourly minimum.",
            below=wage,
            differs="This is pay on Mechanical Turk and other platforms outside France, most of it before 2018.",
            weak="Pay elsewhere cannot support a firm verdict on France.",
            beside=[registry["income.uk-under-minimum"]],
            flips=[
                unlike("pay-in-france", month),
                Assumption("days-a-week", mturk.month_elsewhere),
                Assumption("a-salary", lambda x: scaled(month, wage / x)),
            ],
        ),
        read(
            claims["smic-pricing"],
            Verdict.NO_EVIDENCE,
            "Prices quoted with a working time come to [[income.price-minute]] and [[income.price-wirk]] an hour. A platform "
            "promised more than [[income.said-foule-factory-promise]]. All are near or above the minimum wage, but none says "
            "what it refers to. A platform’s pricing rules would settle it.",
            "prices quoted with a working time, and a platform’s promise",
            [
                ("income/elsewhere", "foule-factory-promise"),
                ("income/task_prices", "wirk-average"),
                ("income/task_prices", "record-phrases"),
            ],
            beside=[registry["income.price-minute"], registry["income.price-wirk"], registry["income.smic-gross-2019"]],
        ),
    ]


def _unpaid(claims: Claims, registry: Registry) -> list[Judgement]:
    """On work and time that is not paid."""
    unpaid, refused = registry["income.unpaid-elsewhere"], registry["income.ilo-not-paid"]
    return [
        tested(
            claims["unpaid-time"],
            Check.NEIGHBOUR,
            unpaid,
            "Elsewhere, each paid hour comes with [[income.unpaid-elsewhere|interval]] unpaid hours, less than the claim says. A "
            "time diary from France would settle it.",
            differs="These are workers on Mechanical Turk and four other platforms, most of them not in France.",
            weak="The unpaid hours also include searching and refused work, so the test is weak.",
            flips=[unlike("unpaid-like-elsewhere", unpaid)],
        ),
        read(
            claims["paid-if-validated"],
            Verdict.FITS,
            "The rules of Mechanical Turk say so, though silence counts as approval. A French app pays for each product found "
            "and accepted. A court ruling describes another app that checks before it pays.",
            "a platform’s rules, a court ruling and a newspaper",
            _texts("approve-before-pay", "may-refuse", "found-and-accepted"),
        ),
        tested(
            claims["validation-not-always"],
            Check.NEIGHBOUR,
            refused,
            "In a survey of five platforms, [[income.ilo-not-paid]] of workers had not been paid for some of the tasks they had "
            "done.",
            above=0,
            differs="These are workers in many countries, and the text does not say why they were not paid.",
            weak="Not being paid can have other reasons than a refusal.",
            flips=[unlike("refused-of-unpaid", refused)],
        ),
        read(
            claims["instruction-time-unpaid"],
            Verdict.NO_EVIDENCE,
            "A survey of five platforms counts unpaid work around tasks, such as searching for them. The text we read does not "
            "mention instructions or forums. A platform’s rules on pay would settle it.",
            "a press account of another survey",
            _texts("searching-unpaid"),
        ),
        read(
            claims["qualification-unpaid"],
            Verdict.HOLDS,
            "An author of another survey says that workers spend much time on tests and unpaid tasks in order to qualify.",
            "a text by an author of another survey",
            _texts("tests-unpaid"),
        ),
    ]


def _contracts(claims: Claims, registry: Registry) -> list[Judgement]:
    """On contracts and stability, as far as texts by others go."""
    return [
        read(
            claims["no-employment-contract"],
            Verdict.FITS,
            "A radio report presents a worker without one. Another team finds that users are neither employed nor "
            "self-employed. France’s highest court later ruled that users of one app are not employees.",
            "a radio report, a text by another team and a court ruling",
            _texts("rtl-no-contract", "neither-nor", "no-employee"),
        ),
        read(
            claims["often-no-real-contract"],
            Verdict.HOLDS,
            "Two texts each find this for all users of one platform or app. A newspaper says that no status covers such workers.",
            "a text by another team, a court ruling and a newspaper",
            _texts("neither-nor", "no-employee", "no-status"),
        ),
        read(
            claims["no-job-stability"],
            Verdict.FITS,
            "Texts report no employment contract, and too few tasks at uncertain times. None of them follows the same workers "
            "over time. Many workers have another job that may be stable. A platform’s log over several years would settle it.",
            "texts by another team and by an author of another survey",
            _texts("neither-nor", "tasks-uncertain"),
        ),
    ]


def _elsewhere(claims: Claims, registry: Registry) -> list[Judgement]:
    """On pay in other countries and on all labour platforms."""
    skilled, day = registry["income.skilled-pay"], registry["income.day-pay-south"]
    fell = registry["income.mturk-income-2020"]
    return [
        tested(
            claims["skilled-15usd"],
            Check.NEIGHBOUR,
            skilled,
            "Freelancers on one platform earned [[income.skilled-pay|full]] an hour. Prices on platforms for skilled tasks "
            "would settle it.",
            differs="These are freelance projects in 2019, from programming to translation, for clients whom the workers find "
            "themselves.",
            weak="Such projects are a different kind of work, and their pay varies so much that the test is weak.",
            flips=[unlike("skills-like-freelancing", skilled)],
        ),
        tested(
            claims["cents-a-day"],
            Check.NEIGHBOUR,
            day,
            "In three cases reported by the press, workers earned [[income.day-pay-south|interval]] a day. The graduates whom "
            "the speaker met may have worked shorter days. Notes of the interviews would settle it.",
            below=tasks.few_cents(),
            differs="These are other workers in Venezuela and Madagascar, one to three years later.",
            weak="Three cases picked by reporters are a weak test.",
            flips=[
                Assumption("few-cents-day", lambda x: scaled(day, tasks.few_cents() / x)),
                unlike("day-like-cases", day),
            ],
        ),
        tested(
            claims["platform-incomes-fell"],
            Check.NEIGHBOUR,
            fell,
            "In the first year of the crisis, incomes declared on Mechanical Turk changed by "
            "[[income.mturk-income-2020|interval]]. Early reports describe large losses in rides and deliveries. Accounts of "
            "several platforms would settle it.",
            below=0.0,
            differs="Mechanical Turk is one platform of online tasks. The claim also takes in rides and deliveries.",
            weak="One platform cannot stand for all.",
            flips=[Assumption("platforms-like-mturk", lambda x: shifted(fell, x))],
        ),
    ]


def shifted(number: Number, points: float) -> tuple[float, float, float]:
    """A number and its ends, all moved by so many points."""
    low, high = number.ends
    return number.value + points, low + points, high + points


def _texts(*names: str) -> list[tuple[str, str]]:
    return [("income/texts", name) for name in names]
