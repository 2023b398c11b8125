"""Retraining: verdicts on the work of those who listened to assistants:

Siri in Cork, Cortana in France.
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

from microwork.retraining.outside import pay_elsewhere


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on the work for assistants."""
    return [*_pace(claims, registry), *_people(claims), *_terms(claims, registry)]


def _pace(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The quota and the pace, from reports of the same kind of work.

    Each is the word of a few workers, or a paper of a firm.
    """
    cork, pace, alexa = (
        ("retraining/facts", name)
        for name in ("siri-cork-per-shift", "cortana-us-items-per-hour", "alexa-clips-per-shift")
    )
    more, most = (registry[f"retraining.{name}"] for name in ("siri-cork-shift", "cortana-ceiling"))
    shift = registry["retraining.alexa-shift"]
    return [
        read(
            claims["siri-quota"],
            "Of the same firm, a newspaper in Cork says more than [[retraining.siri-cork-shift]] a"
            " shift, which any higher quota fits too. Elsewhere Alexa’s listeners did as many as"
            " [[retraining.alexa-shift]] a shift, and Cortana’s up to"
            " [[retraining.cortana-ceiling]] an hour.",
            "other reports of such work: a floor and two ceilings",
            like={Lacks.EXTENT: [cork]},
            about=[alexa, pace],
            beside=[more, shift, most],
        ),
        read(
            claims["cortana-rate"],
            "In the United States the work for Cortana was up to [[retraining.cortana-ceiling]]"
            " clips an hour, which any lower pace fits too; another site prints a higher number"
            " from the same article. Siri’s listeners in Cork did more than"
            " [[retraining.siri-cork-shift]] a shift, and Alexa’s as many as"
            " [[retraining.alexa-shift]].",
            "other reports of such work: two ceilings and a floor",
            like={Lacks.EXTENT: [pace]},
            about=[alexa, cork],
            beside=[most, more, shift],
        ),
    ]


def _people(claims: dict[str, Claim]) -> list[Judgement]:
    return [
        read(
            claims["siri-hundreds"],
            "A newspaper in Cork also says that one company supplied hundreds of people to listen"
            " to Siri recordings. We read its opening.",
            "a local newspaper",
            same=[("retraining/texts", "cork-hundreds")],
        ),
        read(
            claims["siri-dismissed"],
            "The Irish Examiner gives the same number of people laid off at one such firm in Cork."
            " We read only its headline and opening.",
            "another newspaper’s report, of which we read the headline and opening",
            same=[("retraining/texts", "cork-cuts")],
        ),
        read(
            claims["siri-correct-transcripts"],
            "Another newspaper says that staff in Cork graded and transcribed recordings for Apple."
            " It does not say how the thousand-hours programmes worked.",
            "another newspaper’s report",
            far=[("retraining/texts", "cork-transcribes")],
        ),
    ]


def _terms(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    table = "The table is not public, and we found no other report of it."
    word = "This is one former employee’s word, and we found no other text that says so."
    reasons = {
        "siri-fr": table,
        "siri-zh": table,
        "siri-ja": table,
        "siri-day": "We found no other text on the hours at this firm.",
        "siri-left-after-quota": word,
        "siri-six-minutes": word,
    }
    pay = Model(
        registry["retraining.pay-elsewhere"],
        base=lambda pay_days, pay_hours: pay_elsewhere(pay_days, pay_hours),
        takes=("pay_days", "pay_hours"),
        times=("pay_unlike",),
    )
    return [
        *(unchecked(claims[name], reason) for name, reason in reasons.items()),
        tested(
            claims["siri-pay"],
            Check.NEIGHBOUR,
            Evidence("cortana-pay", pay),
            "Workers who checked clips for Cortana in the United States would have earned from"
            " [[retraining.pay-elsewhere|low]] to [[retraining.pay-elsewhere|high]] gross in a"
            " month of full-time work in 2019, if they worked seven and a half hours a day, which"
            " we assume.",
            differs="These are workers of another firm, for another assistant, paid by the hour.",
        ),
    ]
