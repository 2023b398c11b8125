"""Income: the evidence for and against each press claim; the rules give the verdicts.

What the other survey of the same platform says of incomes was read in a machine translation only, so no verdict rests on it.
"""

from __future__ import annotations

from functools import partial

from tallybook.model.numbers import Number, Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Lacks, Model, read, tested, unchecked
from microwork.income import mturk, tasks
from microwork.income.inputs import fact

Claims = dict[str, Claim]
Ranged = tuple[float, float, float]
HALF = 50.0  # percent: what a statement on most prices has to pass


def judgements(claims: Claims, registry: Registry) -> list[Judgement]:
    """One judgement for each claim of this chapter that repeats no other."""
    parts = (_prices, _respondents, _wage, _unpaid, _contracts, _elsewhere)
    return [one for part in parts for one in part(claims, registry)]


def _photos(photo: Number, few_cents_most: float) -> Ranged:
    """The prices of a photo against another reading of a few cents: a larger one counts like smaller prices."""
    by = tasks.few_cents() / few_cents_most
    return photo.value * by, photo.ends[0] * by, photo.ends[1] * by


def _prices(claims: Claims, registry: Registry) -> list[Judgement]:
    """On what a task pays."""
    within, cents, photo = (registry[f"income.{name}"] for name in ("task-prices-within", "task-prices-few-cents", "photo-price"))

    mostly_cents = (
        "[[income.task-witnesses]] witnesses from outside the study quote [[income.task-prices-others]] prices. With each "
        "witness counted once, however many it quotes, [[income.task-prices-few-cents|full]] are ten cents or less. So few "
        "cannot tell what most tasks pay."
    )
    return [
        tested(
            claims["task-pay"],
            Check.RECOUNT,
            Evidence(
                "task-prices",
                Model(
                    within,
                    base=lambda few_cents_least, few_euros_most: tasks.share_within(few_cents_least, few_euros_most),
                    takes=("few_cents_least", "few_euros_most"),
                    wider=("prices_together",),
                ),
            ),
            "[[income.task-witnesses]] witnesses from outside the study quote [[income.task-prices-others]] prices. With each "
            "witness counted once, however many it quotes, [[income.task-prices-within|full]] lie from one cent to ten euros. "
            "One is higher: [[income.task-price|high]] for checking shelves.",
            above=HALF,
            beside=[registry["income.task-price"]],
        ),
        *(
            tested(
                claims[name],
                Check.RECOUNT,
                Evidence(
                    "task-prices",
                    Model(
                        cents,
                        base=lambda few_cents_most: tasks.share_within(0, few_cents_most),
                        takes=("few_cents_most",),
                        wider=("prices_together",),
                    ),
                ),
                mostly_cents,
                above=HALF,
            )
            for name in ("task-pay-mediapart", "cents-per-task-sudouest")
        ),
        tested(
            claims["photo-cents"],
            Check.RECOUNT,
            Evidence(
                "photo-prices", Model(photo, base=partial(_photos, photo), takes=("few_cents_most",), over=("products_a_photo",))
            ),
            "The three prices quoted for a photo in or of a shop are [[income.photo-price|interval]]. Only one of them is for a "
            "single product. If each paid for some ten products, the verdict would be undecided.",
            below=tasks.few_cents(),
        ),
    ]


def _respondents(claims: Claims, registry: Registry) -> list[Judgement]:
    """On the income and the hours of the people whom the team questioned: only its own tables can tell."""
    return [
        unchecked(
            claims["income-21"],
            "We found no table of incomes from the survey. Another team asked users of the same platform, but we read its "
            "figures in a machine translation only, so no verdict rests on them.",
        ),
        unchecked(
            claims["hours-half-under-3"],
            "It is a figure of the survey’s own respondents, so only its table of hours can tell, which we could not read.",
        ),
        unchecked(
            claims["hours-20-60"],
            "It is a statement on the survey’s own respondents, and “some” can be a single one. We found no table of hours.",
        ),
    ]


def _wage(claims: Claims, registry: Registry) -> list[Judgement]:
    """On the minimum wage."""
    month, wage = registry["income.month-elsewhere"], fact("smic-net-month-2018")

    def full_days(days_a_week: float, a_salary: float) -> Ranged:
        # a larger salary counts like smaller pay
        value, low, high = mturk.month_elsewhere(days_a_week)
        return value * wage / a_salary, low * wage / a_salary, high * wage / a_salary

    return [
        tested(
            claims["no-salary"],
            Check.NEIGHBOUR,
            Evidence("pay-elsewhere", Model(month, base=full_days, takes=("days_a_week", "a_salary"), times=("pay_in_france",))),
            "At the pay found elsewhere, full days bring [[income.month-elsewhere|full]] a month. The net minimum wage was "
            "[[income.smic-net-month]]. Only the highest reading of the income brackets on Mechanical Turk crosses it. "
            "In the United Kingdom in 2022, [[income.uk-under-minimum]] were under its minimum wage.",
            below=wage,
            differs="This is pay on Mechanical Turk and other platforms outside France, most of it before 2018.",
            beside=[registry["income.uk-under-minimum"]],
        ),
        read(
            claims["smic-pricing"],
            "A magazine’s averages for one platform come to [[income.price-wirk|interval]] an hour, and the platform promised "
            "more than [[income.said-foule-factory-promise]]. A text on the study has [[income.price-minute]]. None says what "
            "the prices refer to.",
            "prices quoted with a working time, and a platform’s promise",
            about=[
                ("income/elsewhere", "foule-factory-promise"),
                ("income/task_prices", "wirk-average"),
                ("income/task_prices", "record-phrases"),
            ],
            beside=[registry["income.price-minute"], registry["income.price-wirk"]],
        ),
    ]


def _unpaid(claims: Claims, registry: Registry) -> list[Judgement]:
    """On work and time that is not paid."""
    unpaid = registry["income.unpaid-elsewhere"]
    return [
        tested(
            claims["unpaid-time"],
            Check.NEIGHBOUR,
            Evidence("unpaid-elsewhere", Model(unpaid, times=("unpaid_like_elsewhere",))),
            "Elsewhere, a paid hour comes with [[income.unpaid-elsewhere|full]] unpaid ones. The value is from the ratio of "
            "two pay rates. The range ends at half an hour, as most British microworkers put in less; that bounds the middle "
            "worker, not the mean.",
            differs="These are workers of other platforms, most of them not in France.",
        ),
        read(
            claims["paid-if-validated"],
            "A French app pays for each product that is found and accepted. Mechanical Turk pays what the client approves, "
            "though silence counts as approval. Another French app may refuse the money.",
            "rules of three platforms, through a newspaper, a firm and a court ruling",
            like={Lacks.PEOPLE: _texts("found-and-accepted", "may-refuse"), Lacks.PLACE: _texts("approve-before-pay")},
        ),
        read(
            claims["validation-not-always"],
            "A study of work logs on Mechanical Turk counts time on rejected tasks as unpaid. There the client decides. The "
            "claim names no place, so one is enough. How often clients refuse we did not find.",
            "the abstract of a study of work logs",
            same=_texts("rejected-unpaid"),
            about=_texts("approve-before-pay", "may-refuse"),
        ),
        read(
            claims["instruction-time-unpaid"],
            "A survey of five platforms counts unpaid time, such as searching for tasks. The text that we read does not mention "
            "instructions or forums.",
            "a press account of another survey",
            like={Lacks.WORK: _texts("searching-unpaid")},
        ),
        read(
            claims["qualification-unpaid"],
            "An author of another survey says that workers spend much time on tests and unpaid tasks in order to qualify. The "
            "claim says that such tasks exist, and names no place.",
            "a text by an author of another survey",
            same=_texts("tests-unpaid"),
        ),
    ]


def _contracts(claims: Claims, registry: Registry) -> list[Judgement]:
    """On contracts and stability, as far as texts by others go."""
    return [
        read(
            claims["no-employment-contract"],
            "A radio report of 2019 shows a worker who signed no contract; one case is not all. France’s highest court ruled in "
            "2022 that users of one app are not employees, after a court of appeal had ruled the other way in 2020. It does not "
            "say what they sign.",
            "a radio report and a court ruling",
            like={Lacks.EXTENT: _texts("rtl-no-contract")},
            about=_texts("no-employee"),
        ),
        read(
            claims["often-no-real-contract"],
            "A newspaper says that no status covers users of apps for tasks in shops, and a court ruled in 2022 that users of "
            "one are not employees. A radio report shows a worker without a contract. None says how many have none.",
            "a newspaper, a court ruling and a radio report",
            like={Lacks.EXTENT: _texts("no-status", "no-employee", "rtl-no-contract")},
        ),
        read(
            claims["no-job-stability"],
            "An author of a survey writes that there are too few tasks, and not at all times. That is of platforms elsewhere, "
            "and the text does not follow workers over time.",
            "a text by an author of another survey",
            like={Lacks.PLACE: _texts("tasks-uncertain")},
        ),
    ]


def _elsewhere(claims: Claims, registry: Registry) -> list[Judgement]:
    """On pay in other countries and on all labour platforms."""
    fell = registry["income.mturk-income-2020"]
    return [
        read(
            claims["skilled-15usd"],
            "We found no prices of such platforms. On a freelance platform, most projects of 2019 went to countries with a "
            "median pay of [[income.skilled-pay|interval]] an hour, France and Madagascar among them. Freelancing is other "
            "work.",
            "median pay of freelancers by country",
            about=[("income/platform_wages", "FRA/2019"), ("income/platform_wages", "MDG/2019")],
            beside=[registry["income.skilled-pay"]],
        ),
        read(
            claims["cents-a-day"],
            "A radio report has [[income.venezuela-week-now]] for such work in Venezuela in 2023, which is some two dollars a "
            "day. The claim is of people whom the speaker met there and in Madagascar.",
            "a radio report",
            unlike={Lacks.PEOPLE: [("income/facts", "venezuela-week-now")]},
            beside=[registry["income.venezuela-week-now"]],
        ),
        tested(
            claims["platform-incomes-fell"],
            Check.NEIGHBOUR,
            Evidence("mturk-income-2020", Model(fell, plus=("platforms_like_mturk",))),
            "From 2019 to 2020, mean weekly incomes declared on Mechanical Turk changed by "
            "[[income.mturk-income-2020|interval]].",
            below=0.0,
            differs="Mechanical Turk is one platform of online tasks. The claim also takes in rides and deliveries.",
        ),
    ]


def _texts(*names: str) -> list[tuple[str, str]]:
    return [("income/texts", name) for name in names]
