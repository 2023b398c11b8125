"""Retraining: verdicts on the work of those who listened to assistants: Siri in Cork, Cortana in France."""

from __future__ import annotations

from tallybook.model.numbers import Number, Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, read, tested, unchecked, unlike
from microwork.retraining.inputs import fact
from microwork.retraining.outside import pay_elsewhere
from microwork.retraining.quotas import others

REPORTS = "Three reports are not a sample."
OTHERS = (
    "One report is of the same firm in Cork and says more than a thousand a shift. Two are of other assistants. "
    "All are the words of a few workers or of a leaked document."
)


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on the work for assistants."""
    return [*_pace(claims, registry), *_people(claims), *_terms(claims, registry)]


def _pace(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The quota and the pace are tested on the same three reports, and not on each other."""
    hours = fact("siri-workday-hours")
    return [
        tested(
            claims["siri-quota"], Check.NEIGHBOUR, registry["retraining.quota-others"],
            "Three other reports of such work suggest [[retraining.quota-others|interval]] items in a working day of that "
            "length. The leaked document would settle it.",
            differs=OTHERS, weak=REPORTS, flips=_doubts("quota", registry["retraining.quota-others"], 1),
        ),
        tested(
            claims["cortana-rate"], Check.NEIGHBOUR, registry["retraining.pace-others"],
            "Three other reports of such work suggest [[retraining.pace-others|interval]] items an hour. Only this worker’s "
            "papers would show what the worker was told.",
            differs=OTHERS, weak=REPORTS, flips=_doubts("pace", registry["retraining.pace-others"], hours),
        ),
    ]  # fmt: skip


def _doubts(name: str, number: Number, hours: float) -> list[Assumption]:
    """What is assumed of the other reports: the shift of one, the ceiling of another, and that they are alike."""
    return [
        Assumption("listening-ceiling", lambda ceiling: others(hours, ceiling=ceiling)),
        Assumption("listening-shift", lambda shift: others(hours, shift=shift)),
        unlike(f"{name}-unlike", number),
    ]


def _people(claims: dict[str, Claim]) -> list[Judgement]:
    return [
        read(
            claims["siri-hundreds"],
            Verdict.HOLDS,
            "A newspaper in Cork also says that one company supplied hundreds of people to listen to Siri recordings.",
            "a local newspaper",
            [("retraining/texts", "cork-hundreds")],
        ),
        read(
            claims["siri-dismissed"],
            Verdict.HOLDS,
            "The Irish Examiner, in its own reporting, gives the same number of people laid off at one such firm in Cork.",
            "another newspaper’s own report",
            [("retraining/texts", "cork-cuts"), ("retraining/facts", "siri-cork-laid-off")],
        ),
        read(
            claims["siri-correct-transcripts"],
            Verdict.FITS,
            "Another newspaper says that staff in Cork graded and transcribed recordings for Apple. It does not say how the "
            "thousand-hours programmes worked. Their instructions would settle it.",
            "another newspaper’s report",
            [("retraining/texts", "cork-transcribes")],
        ),
    ]


def _terms(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    pay = registry["retraining.pay-elsewhere"]
    reasons = {
        "siri-fr": "The table is not public, and nobody else reports it. At the reported quota, this row would take "
        "[[retraining.siri-person-days-fr]] person-days.",
        "siri-zh": "The table is not public, and nobody else reports it. At the reported quota, this row would take "
        "[[retraining.siri-person-days-zh]] person-days.",
        "siri-ja": "The table is not public, and nobody else reports it. At the reported quota, this row would take "
        "[[retraining.siri-person-days-ja]] person-days.",
        "siri-day": "A working day of that length is common, but this shows nothing about this firm. A contract would settle it.",
        "siri-left-after-quota": "This is one former employee’s word, and no other text that we found repeats it. The firm’s "
        "records of hours would settle it.",
        "siri-six-minutes": "This is one former employee’s word, and no other text that we found repeats it. The firm’s rules "
        "on breaks would settle it.",
    }
    return [
        *(unchecked(claims[name], reason) for name, reason in reasons.items()),
        tested(
            claims["siri-pay"], Check.NEIGHBOUR, pay,
            "Workers who checked clips for Cortana in the United States would have earned [[retraining.pay-elsewhere|interval]] "
            "in a month of the same working hours. A payslip would settle it.",
            differs="This is another firm in another country, and it pays by the hour.",
            weak="Pay at one firm abroad says little about pay in Cork.",
            flips=[Assumption("pay-days", pay_elsewhere), unlike("pay-unlike", pay)],
        ),
    ]  # fmt: skip
