"""Retraining: verdicts on the work of those who listened to assistants: Siri in Cork, Cortana in France."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Model, read, tested, unchecked
from microwork.retraining.outside import pay_elsewhere
from microwork.retraining.quotas import others, others_an_hour

OTHERS = (
    "One report is of the same firm in Cork and says more than a thousand a shift. Two are of other assistants. "
    "All are the words of a few workers or of a leaked document."
)


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on the work for assistants."""
    return [*_pace(claims, registry), *_people(claims), *_terms(claims, registry)]


def _pace(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The quota and the pace are tested on the same three reports, and not on each other."""
    a_day, an_hour = registry["retraining.quota-others"], registry["retraining.pace-others"]
    takes = ("listening_ceiling", "listening_day")
    quota = Model(a_day, lambda **of: others(*of.values()), takes, times=("quota_unlike",))
    pace = Model(an_hour, lambda **of: others_an_hour(*of.values()), takes, times=("pace_unlike",))
    return [
        tested(
            claims["siri-quota"], Check.NEIGHBOUR, Evidence("listening-loads", quota),
            "At the same firm, a newspaper in Cork wrote of more than a thousand a shift. With two other reports that leaves "
            "from [[retraining.quota-others|low]] to [[retraining.quota-others|high]] a day.",
            differs=OTHERS,
        ),
        tested(
            claims["cortana-rate"], Check.NEIGHBOUR, Evidence("listening-loads", pace),
            "Three other reports of such work leave from [[retraining.pace-others|low]] to [[retraining.pace-others|high]] items "
            "an hour.",
            differs=OTHERS,
        ),
    ]  # fmt: skip


def _people(claims: dict[str, Claim]) -> list[Judgement]:
    return [
        read(
            claims["siri-hundreds"],
            "A newspaper in Cork also says that one company supplied hundreds of people to listen to Siri recordings. We read "
            "its opening.",
            "a local newspaper",
            same=[("retraining/texts", "cork-hundreds")],
        ),
        read(
            claims["siri-dismissed"],
            "The Irish Examiner, in its own reporting, gives the same number of people laid off at one such firm in Cork. We "
            "read its opening.",
            "another newspaper’s own report",
            same=[("retraining/texts", "cork-cuts")],
        ),
        read(
            claims["siri-correct-transcripts"],
            "Another newspaper says that staff in Cork graded and transcribed recordings for Apple. It does not say how the "
            "thousand-hours programmes worked.",
            "another newspaper’s report",
            like=[("retraining/texts", "cork-transcribes")],
        ),
    ]


def _terms(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    table = "The table is not public, and nobody else that we found reports it. At the reported quota, this row would take"
    word = "This is one former employee’s word, and no other text that we found repeats it."
    reasons = {
        "siri-fr": f"{table} [[retraining.siri-person-days-fr]] person-days.",
        "siri-zh": f"{table} [[retraining.siri-person-days-zh]] person-days.",
        "siri-ja": f"{table} [[retraining.siri-person-days-ja]] person-days.",
        "siri-day": "A working day of that length is common, but this shows nothing about this firm.",
        "siri-left-after-quota": word,
        "siri-six-minutes": word,
    }
    pay = Model(
        registry["retraining.pay-elsewhere"], lambda pay_days: pay_elsewhere(pay_days), ("pay_days",), times=("pay_unlike",)
    )
    return [
        *(unchecked(claims[name], reason) for name, reason in reasons.items()),
        tested(
            claims["siri-pay"], Check.NEIGHBOUR, Evidence("cortana-pay", pay),
            "Workers who checked clips for Cortana in the United States would have earned from [[retraining.pay-elsewhere|low]] "
            "to [[retraining.pay-elsewhere|high]] in a month of the same working hours.",
            differs="This is another firm in another country, and it pays by the hour.",
        ),
    ]  # fmt: skip
