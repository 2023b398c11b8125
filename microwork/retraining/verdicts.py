"""Retraining: a verdict on each of the chapter's claims."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_rule, by_test


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict per claim of the chapter."""
    return [*_siri(claims, registry), *_work(claims, registry), *_machines(claims, registry)]


def _siri(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    target = "the row would take [[retraining.siri-person-days-{}]] person-days, and the table itself would settle it."
    reasons = {
        "fr": "One article, one table of targets: its three rows are one claim; " + target,
        "zh": "The same claim as the French target, from the same table; " + target,
        "ja": "The same claim as the French target, from the same table; " + target,
    }
    found = [by_argument(claims[f"siri-{code}"], Verdict.CITED_ONLY, reason.format(code)) for code, reason in reasons.items()]
    reason = (
        "Three other reports of such work leave [[retraining.quota-others|interval]] items open in a day of that length, "
        "a weak test; the leaked paper itself is not public."
    )
    found.append(by_rule(claims["siri-quota"], registry["retraining.quota-others"], reason))
    reason = "It comes to [[retraining.siri-wage-hour]] an hour, which is plausible; a payslip or a contract would settle it."
    found.append(by_argument(claims["siri-pay"], Verdict.CITED_ONLY, reason))
    reason = (
        "The report of another newspaper, retold; the three targets would keep [[retraining.siri-fte-share]] of them busy, "
        "and the notice of collective redundancy would settle it."
    )
    found.append(by_argument(claims["siri-dismissed"], Verdict.CITED_ONLY, reason))
    return found


def _work(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    reason = "Three other reports of such work leave [[retraining.pace-others|interval]] items an hour open, a weak test."
    pace = by_rule(claims["cortana-rate"], registry["retraining.pace-others"], reason)
    reason = (
        "The subtraction is right, but nobody says who measured the accuracy: "
        "to verify it to one point takes [[retraining.verify-90-sample]] labels."
    )
    wrong = by_rule(claims["accuracy-90"], registry["retraining.wrong-share"], reason)
    return [pace, wrong]


def _machines(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    reason = (
        "From 1998-2000 to 2004-06 a frozen headline model falls by [[retraining.headlines-titles-fall|full]] points, of which "
        "age, by our split, takes [[retraining.headlines-titles-staleness|full]]; who makes the labels is another question."
    )
    ageing = by_test(claims["constant-retraining"], registry["retraining.headlines-titles-staleness"], reason, above=0)
    reason = (
        "On Bing searches took off [[retraining.corona-takeoff-day]] days after the end of 2019, "
        "from [[retraining.corona-searches-eve]] to [[retraining.corona-searches-leap]] different ones in a day; "
        "how many persons searched is not published."
    )
    corona = by_test(claims["corona-drift"], registry["retraining.corona-takeoff-day"], reason, below=1)
    reason = (
        "No source says so; Google had some [[retraining.raters-2020]] raters, who verify results and can rectify them only "
        "through others, and the orders for ratings of early 2020 would settle it."
    )
    thousands = by_argument(claims["corona-thousands"], Verdict.CITED_ONLY, reason)
    reason = (
        "A forecast: one seller of labels lost sales ([[retraining.appen-change]] in two years) "
        "while another expected [[retraining.scale-rise]] times as much, and sales do not count people."
    )
    lasting = by_argument(claims["not-temporary"], Verdict.NOT_SHOWN, reason)
    reason = (
        "Both kinds of task exist, and one image by the pixel takes [[retraining.cityscapes-minutes]] minutes; what clients "
        "order is not public, and a platform's tasks by kind and year would settle it."
    )
    pixel = by_argument(claims["pixel-shift"], Verdict.CITED_ONLY, reason)
    return [ageing, corona, thousands, lasting, pixel]
