"""Retraining: verdicts on the example of the word "corona"."""

from __future__ import annotations

from tallybook.claims import Claim, Judgement, Lacks, read, unchecked
from tallybook.model.numbers import Registry


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on the beer, the date of the virus, and the thousands who put the results right.

    The set of searches on Bing begins in January 2020, so that its take-off could not have come out
    at the end of 2019: it stands beside a verdict from texts and is no test.
    """
    return [
        unchecked(
            claims["corona-beer-2018"],
            "We found no page of results of that year. The one text that we found on it is the blog"
            " of an agency (grade C), which carries no verdict.",
        ),
        read(
            claims["coronavirus-end-2019"],
            "The World Health Organization named a coronavirus on January"
            " [[retraining.corona-announced]], 2020. Searches for beer and virus took off on"
            " January [[retraining.corona-google-takeoff]]. Neither text dates searches for the"
            " word itself, or says how many people searched.",
            "a chronology of the outbreak, and a report of searches",
            about=[("retraining/facts", "corona-search-takeoff-date")],
            far=[("retraining/facts", "corona-announced")],
            beside=[
                registry[f"retraining.corona-{name}"] for name in ("announced", "google-takeoff")
            ],
        ),
        read(
            claims["corona-thousands"],
            "Google had about [[retraining.raters-2018]] raters in 2018 and more than"
            " [[retraining.raters-2020]] in 2020. Their ratings help to choose between versions of"
            " the search, but cannot change results directly. No text says that they were assigned"
            " to this.",
            "what is said of Google’s raters",
            like={Lacks.WORK: [("retraining/facts", "google-raters-2020")]},
            about=[("retraining/facts", "google-raters-2018")],
            unlike={Lacks.PEOPLE: [("retraining/texts", "raters-cannot-change")]},
            beside=[registry[f"retraining.raters-{year}"] for year in (2018, 2020)],
        ),
    ]
