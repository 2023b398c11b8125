"""What a reader takes along of a chapter, a number, a chart or a claim: a sentence with interval,
verdict, version and address, and a citation.

The cards of a page, the page of each (``records``) and the code to embed it (``embed``) say the
same, as they all take it from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sphinx.application import Sphinx

from tallybook.claims import Judgement
from tallybook.language import capital
from tallybook.language import gettext as _
from tallybook.model.formatting import unit_name
from tallybook.model.numbers import Number
from tallybook.sphinx import cite, claims, domain, numbers, versions
from tallybook.sphinx.builders import Page
from tallybook.sphinx.chips import CLAIM_CARD
from tallybook.sphinx.nodes import claim_row, phrase
from tallybook.sphinx.state import get_state, held

SOURCES = 3  # that are named; of more, how many there are


@dataclass(frozen=True)
class Quote:
    """A chapter, a number, a chart or a claim as it is quoted.

    ``id``: as in addresses. ``cited``: the title under which it is cited. ``place``: its address
    from the site's root. ``said``: what a sentence says of it. ``big``: what stands large, and
    ``told``: the lines under it. ``claim``: the claim with the ``verdict`` (a key), unless it is
    the thing itself. ``rests_on``: its sources. ``drawings``: of a chart, broad and narrow.
    ``home``: the page that it belongs to.
    """

    id: str
    home: str
    kind: str
    title: str
    cited: str
    place: str
    said: str
    big: str = ""
    told: tuple[str, ...] = ()
    claim: str = ""
    verdict: str = ""
    rests_on: str = ""
    drawings: tuple[str, ...] = ()


class Known:
    """What is the same for all quotes of a build: the form of a citation, the page where each
    number stands, and the claim whose verdict rests on it; and the numbers that were ``made``
    already, which several pages show."""

    def __init__(self) -> None:
        self.citation = ""
        self.places: dict[str, str] = {}
        self.judged: dict[str, Judgement] = {}
        self.made: dict[str, Quote] = {}


def known(app: Sphinx) -> Known:
    """To be asked when all pages have been read."""
    found = held(app, Known)
    if not found.citation:
        record = cite.part_record(app, "{cited}", "", "") | {"URL": "{address}"}
        found.citation = cite.plain_reference(record)
        found.places = domain.of(app.env).places()
        report = get_state(app).report
        for name in claims.listed(report):
            for number in report.judgements[name].found[:1]:
                found.judged.setdefault(number, report.judgements[name])
    return found


def on_page(app: Sphinx, page: Page) -> Iterator[Quote]:
    """Of all that a page shows: numbers, charts, and claims with a row or a card there."""
    shown, report = domain.of(app.env).data, get_state(app).report
    yield from (of_number(app, report.numbers[name]) for name in shown["uses"].get(page.name, []))
    charts = shown["charts"].items()
    yield from (of_chart(app, name) for name, one in charts if one["docname"] == page.name)
    if page.doctree is not None:
        rows = [row["name"] for row in page.doctree.findall(claim_row)]
        cards = [word["attrs"].get("data-card", "") for word in page.doctree.findall(phrase)]
        named = [card.removeprefix(CLAIM_CARD) for card in cards if card.startswith(CLAIM_CARD)]
        yield from (of_claim(app, claim_id) for claim_id in dict.fromkeys(rows + named))


def of_number(app: Sphinx, number: Number) -> Quote:
    """With the verdict that rests on it, where there is one. Its place is in the text, or its row
    in the page of numbers."""
    made = known(app).made
    if number.id not in made:
        made[number.id] = _number(app, number)
    return made[number.id]


def _number(app: Sphinx, number: Number) -> Quote:
    shared, around = get_state(app), known(app)
    report = shared.report
    page = app.builder.get_target_uri(around.places.get(number.id, shared.page("numbers")))
    whole = report.show(number.id, "value" if number.low is None else "full")
    label = capital(number.label)
    said = _("{label}: {value}. Unit: {unit}.").format(
        label=label, value=whole, unit=unit_name(number)
    )
    claim = verdict = ""
    if judgement := around.judged.get(number.id):
        claim, verdict = _claimed(app, judgement.claim_id), str(judgement.verdict)
        said += f" {judged(claim, verdict)}"
    interval = "" if number.low is None else report.show(number.id, "interval")
    covers = f"{interval}. {number.covers}" if number.covers else interval
    names = (origin.words for origin in numbers.origins(report, number, shared.page("sources")))
    return Quote(
        id=number.id,
        home=shared.provider.CHAPTERS[number.chapter],
        kind=_("Number"),
        title=label,
        # Value, interval and name travel together.
        cited=_("{label}: {value} (number {name})").format(
            label=label, value=whole, name=number.id
        ),
        place=f"{page}#{number.id}",
        said=said,
        big=report.show(number.id),
        told=tuple(filter(None, (_("Unit: {unit}").format(unit=unit_name(number)), covers))),
        claim=claim,
        verdict=verdict,
        rests_on=_named(names),
    )


def of_chart(app: Sphinx, name: str) -> Quote:
    """By its number and the first sentence of its caption."""
    shown = domain.of(app.env).data["charts"][name]
    docname, caption = shown["docname"], shown["caption"]
    (serial,) = app.env.toc_fignumbers[docname]["figure"][name]
    title, kind = caption.split(". ")[0].rstrip("."), _("Figure {serial}").format(serial=serial)
    headline = shown["headline"] or title
    return Quote(
        id=name,
        home=docname,
        kind=kind,
        title=headline,
        cited=_("{figure}: {title}").format(figure=kind, title=title),
        place=f"{app.builder.get_target_uri(docname)}#{name}",
        said=_("{figure}: {title}.").format(figure=kind, title=headline.rstrip(".")),
        told=(caption,),
        rests_on=", ".join(shown["sources"]),
        drawings=(shown["broad"], shown["narrow"]),
    )


def of_chapter(app: Sphinx, name: str) -> Quote:
    """By its answer, with the verdict that the front page shows of it."""
    shared, shown = get_state(app), domain.of(app.env).data
    page = shared.provider.CHAPTERS[name]
    title, answer = app.env.titles[page].astext(), shown["answers"].get(page, "")
    said, claim, verdict = f"{title} {answer}".strip(), "", ""
    if finding := shown["findings"].get(name):
        claim = _claimed(app, finding["claim_id"])
        verdict = str(shared.report.judgements[finding["claim_id"]].verdict)
        said += f" {judged(claim, verdict)}"
    return Quote(
        id=f"chapter-{name}",
        home=page,
        kind=_("Chapter"),
        title=title,
        cited=title,
        place=app.builder.get_target_uri(page),
        said=said,
        told=(answer,) if answer else (),
        claim=claim,
        verdict=verdict,
    )


def of_claim(app: Sphinx, claim_id: str) -> Quote:
    """Its place is its row in the ledger, or in its chapter where there is no ledger."""
    shared = get_state(app)
    report = shared.report
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    verdict = str(judgement.verdict)
    page = shared.page("ledger") or shared.provider.CHAPTERS[claim.chapter]
    said, told = judged(_claimed(app, claim_id), verdict), [claims.told(claim)]
    if claim.published:
        told.append(_("Published: {figure}").format(figure=claim.published))
    for name in judgement.found[:1]:
        main = report.numbers[name]
        whole = report.show(name, "value" if main.low is None else "full")
        found = _("Found: {value} ({label})").format(value=whole, label=main.label)
        told.append(found)
        said += f" {found}."
    return Quote(
        id=f"claim-{claim_id}",
        home=shared.provider.CHAPTERS[claim.chapter],
        kind=_("Claim"),
        title=claim.statement,
        cited=_("Verdict on the claim “{claim}” ({outlet}, {day}): {verdict}").format(
            claim=claim.statement.rstrip("."), outlet=claim.where, day=claim.day, verdict=_(verdict)
        ),
        place=f"{app.builder.get_target_uri(page)}#claim-{claim_id}",
        said=said,
        told=(*told, report.expand(judgement.reason)),
        verdict=verdict,
        rests_on=report.source_name(claim.source_key),
    )


def _claimed(app: Sphinx, claim_id: str) -> str:
    """A claim and who said it."""
    claim = get_state(app).report.claims[claim_id]
    statement = claim.statement.rstrip(".")
    return _("{who}: {claim}").format(who=claims.told(claim), claim=statement)


def judged(claim: str, verdict: str) -> str:
    """The verdict on a claim, as a sentence."""
    return _("Verdict on the claim “{claim}”: {verdict}.").format(claim=claim, verdict=_(verdict))


def _named(names: Iterator[str]) -> str:
    """The first few sources, and how many more there are."""
    each = list(dict.fromkeys(names))
    left = len(each) - SOURCES
    more = [_("and {count} more").format(count=left)] if left > 0 else []
    return ", ".join([*each[:SOURCES], *more])


def sentence_form(app: Sphinx) -> str:
    """What a quoted sentence becomes, with holes for what is ``said`` and its ``address``."""
    config = app.config
    return _("{said} {report}, {version}, {address}").format(
        said="{said}",
        report=config.html_title or config.project,
        version=config.release,
        address="{address}",
    )


def sentence(app: Sphinx, said: str, place: str) -> str:
    """What is said, with report, version and address."""
    return sentence_form(app).format(said=said, address=versions.address(app, place))
