"""Retraining: verdicts on the example of the word "corona"."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, read, unchecked


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on the beer, the date of the virus, and the thousands who put the results right.

    The set of searches on Bing begins in January 2020, so that its take-off could not have come out at the end of 2019: it stands
    beside a verdict from texts and is no test.
    """
    return [
        unchecked(
            claims["corona-beer-2018"],
            "We found no page of results of that year. The one text that speaks of it is the blog of an agency.",
        ),
        read(
            claims["coronavirus-end-2019"],
            "Two texts put it some weeks later. The World Health Organization named a coronavirus on January "
            "[[retraining.corona-announced]], 2020. Searches for beer and virus took off on January "
            "[[retraining.corona-google-takeoff]]. How many people searched is not in what we could read.",
            "a chronology of the outbreak, and a report of searches",
            unlike=[("retraining/facts", "corona-announced"), ("retraining/facts", "corona-search-takeoff-date")],
            beside=[registry["retraining.corona-takeoff-day"]],
        ),
        read(
            claims["corona-thousands"],
            "Google had more than [[retraining.raters-2020]] raters, who check results but cannot change them. No text that we "
            "could read says that they were assigned to this.",
            "what Google says of its raters",
            about=[("retraining/facts", "google-raters-2020"), ("retraining/facts", "google-raters-2018")],
            beside=[registry["retraining.raters-2020"]],
        ),
    ]
