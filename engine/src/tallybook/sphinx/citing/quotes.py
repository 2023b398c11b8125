"""What a reader takes along of a chapter, a number, a chart or a claim: value, interval, verdict,
sources, and the title of a citation. The page of each is made from it (``item_pages``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from sphinx.application import Sphinx

from tallybook.claims import Claim
from tallybook.data.provenance import source_place
from tallybook.language import capital, ended
from tallybook.language import gettext as _
from tallybook.model.formatting import unit_name
from tallybook.model.numbers import Number
from tallybook.report import Report
from tallybook.sphinx import domain
from tallybook.sphinx.claims import badges, ledger
from tallybook.sphinx.directives import numbers
from tallybook.sphinx.state import get_state


@dataclass(frozen=True)
class Quote:
    """A chapter, a number, a chart or a claim as it is quoted.

    ``id``: as in addresses. ``cited``: the title under which it is cited, and ``note`` beside it.
    ``place``: its address from the site's root. ``big``: what stands large, and ``told``: the lines
    under it. ``claim``: the claim with the ``verdict`` (a key) and the ``judged`` words with chance
    and flag, unless it is the thing itself. ``words``: HTML of those of a claim as they were
    printed. ``rests_on``: its sources by name, and ``sources``: HTML of each. ``drawings``: of a
    chart, broad and narrow.
    """

    id: str
    kind: str
    title: str
    cited: str
    place: str
    note: str = ""
    big: str = ""
    words: str = ""
    told: tuple[str, ...] = ()
    claim: str = ""
    verdict: str = ""
    judged: str = ""
    rests_on: str = ""
    drawings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_chapter(self) -> bool:
        return "#" not in self.place


def everything(app: Sphinx) -> Iterator[Quote]:
    """All that has a page: chapters, charts, claims with a row, and numbers that a page prints. The
    list of all numbers does not count as one."""
    report, places = get_state(app).report, domain.of(app.env).places()
    yield from (of_chapter(app, name) for name in get_state(app).provider.CHAPTERS)
    yield from (of_chart(app, name) for name in sorted(domain.of(app.env).data["charts"]))
    resting = dict[str, str]()
    for claim_id in ledger.listed(report):
        yield of_claim(app, claim_id)
        for name in report.judgements[claim_id].found[:1]:
            resting.setdefault(name, claim_id)
    for number in report.numbers:
        if number.id in places:
            yield of_number(app, number, places[number.id], resting.get(number.id, ""))


def of_number(app: Sphinx, number: Number, place: str, claim_id: str) -> Quote:
    """``place``: the page that prints it. ``claim_id``: the claim whose verdict rests on it, if
    there is one."""
    shared = get_state(app)
    report, whole = shared.report, _whole(shared.report, number)
    label, unit = capital(number.label), unit_name(number)
    told_of = _claimed(app, claim_id) if claim_id else dict[str, Any]()
    interval = "" if number.low is None else report.show(number.id, "interval")
    covers = f"{interval}. {number.covers}" if number.covers else interval
    # Value, interval and name travel together, and what an answer is an answer to.
    cited = _("{label}: {value} (number {name})").format(label=label, value=whole, name=number.id)
    told, note = [_("Unit: {unit}").format(unit=unit), covers], ""
    if answer := report.answered.answers.get(number.id):
        defined = ended(capital(answer.question.definition))
        note = _("{value}, four chances in five (answer {name}). {definition}").format(
            value=whole, definition=defined, name=number.id
        )
        cited, told = label, [defined, *told]
    found = numbers.origins(report, number.lineage, shared.page("sources"))
    return Quote(
        id=number.id,
        kind=_("Answer") if answer else _("Number"),
        title=label,
        cited=cited,
        place=f"{app.builder.get_target_uri(place)}#{number.id}",
        note=note,
        big=report.show(number.id),
        told=tuple(filter(None, told)),
        **told_of,
        rests_on=", ".join(dict.fromkeys(origin.words for origin in found)),
        sources=tuple(origin.html("../") for origin in found),
    )


def of_chart(app: Sphinx, name: str) -> Quote:
    """By its number and the first sentence of its caption."""
    shown = domain.of(app.env).data["charts"][name]
    docname, caption = shown["docname"], shown["caption"]
    (serial,) = app.env.toc_fignumbers[docname]["figure"][name]
    title, kind = caption.split(". ")[0].rstrip("."), _("Figure {serial}").format(serial=serial)
    return Quote(
        id=name,
        kind=kind,
        title=shown["headline"] or title,
        cited=_("{figure}: {title}").format(figure=kind, title=title),
        place=f"{app.builder.get_target_uri(docname)}#{name}",
        told=(caption,),
        rests_on=", ".join(shown["sources"]),
        drawings=(shown["broad"], shown["narrow"]),
    )


def of_chapter(app: Sphinx, name: str) -> Quote:
    """By its answer, with the verdict that the front page shows of it."""
    shared, shown = get_state(app), domain.of(app.env).data
    page = shared.provider.CHAPTERS[name]
    title, answer = app.env.titles[page].astext(), shown["answers"].get(page, "")
    finding = shown["findings"].get(name)
    return Quote(
        id=f"chapter-{name}",
        kind=_("Chapter"),
        title=title,
        cited=title,
        place=app.builder.get_target_uri(page),
        told=(answer,) if answer else (),
        **(_claimed(app, finding["claim_id"]) if finding else {}),
    )


def of_claim(app: Sphinx, claim_id: str) -> Quote:
    """Its place is its row in the ledger, or in its chapter where there is no ledger."""
    shared = get_state(app)
    report, sources = shared.report, shared.page("sources")
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    judged, home = badges.whole(judgement), shared.provider.CHAPTERS[claim.chapter]
    page = shared.page("ledger") or home
    told = [ledger.told(claim)]
    if claim.published:
        told.append(_("Published: {figure}").format(figure=claim.published))
    for name in judgement.found[:1]:
        main = report.numbers[name]
        found = _("Found: {value} ({label})").format(value=_whole(report, main), label=main.label)
        told.append(found)
    source = report.source_name(claim.source_key)
    place = f"{sources}.html#{source_place(claim.source_key)}"
    return Quote(
        id=f"claim-{claim_id}",
        kind=_("Claim"),
        title=claim.statement,
        cited=_("Verdict on the claim “{claim}” ({outlet}, {day}): {verdict}").format(
            claim=claim.statement.rstrip("."), outlet=claim.where, day=claim.day, verdict=judged
        ),
        place=f"{app.builder.get_target_uri(page)}#claim-{claim_id}",
        words=_words(claim) if claim.quoted else "",
        told=(*told, report.expand(judgement.reason)),
        verdict=str(judgement.verdict),
        judged=capital(judged),
        rests_on=source,
        sources=(numbers.Origin(source, place, "").html("../"),) if sources else (),
    )


def _words(claim: Claim) -> str:
    return f'<q lang="{escape(claim.language or "")}">{escape(claim.quoted)}</q>'


def _whole(report: Report, number: Number) -> str:
    return report.show(number.id, "value" if number.low is None else "full")


def _claimed(app: Sphinx, claim_id: str) -> dict[str, Any]:
    """A claim, who said it, and the word on it."""
    report = get_state(app).report
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    statement = claim.statement.rstrip(".")
    return {
        "claim": _("{who}: {claim}").format(who=ledger.told(claim), claim=statement),
        "verdict": str(judgement.verdict),
        "judged": capital(badges.whole(judgement)),
    }
