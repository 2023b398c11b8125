"""Retraining: verdicts on the example of the word "corona"."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, Verdict, read


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on the beer, the date of the virus, and the thousands who put the results right.

    The set of searches on Bing begins in January 2020, so that its take-off could not have come out at the end of 2019: it stands
    beside a verdict from texts and is no test.
    """
    return [
        read(
            claims["corona-beer-2018"],
            Verdict.FITS,
            "A text from 2020 says that until then “corona” was a beer that stood high among the results. Only a stored page of "
            "results could show that it came first in 2018.",
            "an agency’s account of the results before and in the pandemic",
            [("retraining/texts", "corona-was-beer")],
        ),
        read(
            claims["coronavirus-end-2019"],
            Verdict.CONTRADICTED,
            "The date is some weeks too early. The World Health Organization named a coronavirus on January "
            "[[retraining.corona-announced]], 2020. Searches for beer and virus took off on January "
            "[[retraining.corona-google-takeoff]]. How many people searched is not in what we could read.",
            "a chronology of the outbreak, and reports of searches",
            [("retraining/facts", "corona-announced"), ("retraining/facts", "corona-search-takeoff-date")],
            beside=[registry["retraining.corona-takeoff-day"]],
        ),
        read(
            claims["corona-thousands"],
            Verdict.NO_EVIDENCE,
            "Google had more than [[retraining.raters-2020]] raters, who check results but cannot change them. No text says "
            "that they were assigned to this. The orders for ratings would settle it.",
            "what Google says of its raters",
            [("retraining/facts", "google-raters-2020"), ("retraining/facts", "google-raters-2018")],
            beside=[registry["retraining.raters-2020"]],
        ),
    ]
