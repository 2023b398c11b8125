"""What a reader takes along of a chapter, a number, a chart or a claim: value, interval, verdict,
sources, and the title of a citation. The page of each is made from it (``item_pages``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from sphinx.application import Sphinx

from tallybook.claims import Claim
from tallybook.data.provenance import source_place
from tallybook.language import capital, ended
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.model.formatting import signs, unit_name
from tallybook.model.numbers import RATIOS, Number
from tallybook.sphinx import domain
from tallybook.sphinx.claims import badges, ledger, wording
from tallybook.sphinx.claims.wording import Word
from tallybook.sphinx.directives import numbers
from tallybook.sphinx.state import get_state


@dataclass(frozen=True)
class Quote:
    """A chapter, a number, a chart or a claim as it is quoted.

    ``id``: as in addresses. ``cited``: the title under which it is cited, and ``note`` beside it.
    ``place``: its address from the site's root. ``big``: what stands large, and ``told``: the lines
    under it. ``verdict`` (a key) and the ``judged`` words with chance and flag: of a claim itself;
    ``claims``: the same of those that the thing is about. ``words``: HTML of those of a claim as
    they were printed. ``rests_on``: its sources by name, and ``sources``: HTML of each.
    ``drawings``: of a chart, broad and narrow.
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
    claims: tuple[Word, ...] = ()
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
    yield from (of_claim(app, claim_id) for claim_id in ledger.listed(report))
    for number in report.numbers:
        if number.id in places:
            yield of_number(app, number, places[number.id])


def of_number(app: Sphinx, number: Number, place: str) -> Quote:
    """``place``: the page that prints it."""
    shared = get_state(app)
    report, claims = shared.report, wording.of_number(shared.report, number.id)
    label, unit = capital(number.label), unit_name(number)
    signed = any(signs(number.unit)) or number.unit in RATIOS
    named = signed or days.of_unit(number.value, number.unit)
    whole = report.whole(number.id) + ("" if named else f" {unit}")
    interval = "" if number.low is None else report.show(number.id, "interval")
    covers = f"{interval}. {number.covers}" if number.covers else interval
    # Value, interval and name travel together, and what an answer is an answer to.
    cited = _("{label}: {value} (number {name})").format(label=label, value=whole, name=number.id)
    said_of = (one.judged for one in claims[: len(report.published(number.id))])
    cited = ". ".join([cited, *said_of])
    told, note = [_("Unit: {unit}").format(unit=unit), covers], wording.text(claims)
    if answer := report.answered.answers.get(number.id):
        defined = ended(capital(answer.question.definition))
        said = _("{value}, four chances in five (answer {name}). {definition}").format(
            value=whole, definition=defined, name=number.id
        )
        note = f"{said} {note}".rstrip()
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
        claims=tuple(claims),
        rests_on=", ".join(dict.fromkeys(origin.words for origin in found)),
        sources=tuple(origin.html("../") for origin in found),
    )


def of_chart(app: Sphinx, name: str) -> Quote:
    """By its headline, or else the first sentence of its caption: its number may change."""
    shown = domain.of(app.env).data["charts"][name]
    docname, caption = shown["docname"], shown["caption"]
    serial = ".".join(map(str, app.env.toc_fignumbers[docname]["figure"][name]))
    title = shown["headline"] or caption.split(". ")[0].rstrip(".")
    claims = wording.of_numbers(get_state(app).report, shown["numbers"])
    return Quote(
        id=name,
        kind=_("Figure {serial}").format(serial=serial),
        title=title,
        cited=title,
        note=wording.text(claims),
        claims=tuple(claims),
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
        claims=(wording.of_claim(shared.report, finding["claim_id"]),) if finding else (),
    )


def of_claim(app: Sphinx, claim_id: str) -> Quote:
    """Its place is its row in the ledger, or in its chapter where there is no ledger."""
    shared = get_state(app)
    report, sources = shared.report, shared.page("sources")
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    judged, home = badges.whole(judgement), shared.provider.CHAPTERS[claim.chapter]
    page = shared.page("ledger") or home
    told = [badges.told(claim)]
    if claim.published:
        told.append(_("Published: {figure}").format(figure=claim.published))
    found = wording.of_claim(report, claim_id).found
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
        note=found and ended(found),
        told=tuple(filter(None, [*told, found, report.expand(judgement.reason)])),
        verdict=str(judgement.verdict),
        judged=capital(judged),
        rests_on=source,
        sources=(numbers.Origin(source, place, "").html("../"),) if sources else (),
    )


def _words(claim: Claim) -> str:
    return f'<q lang="{escape(claim.language or "")}">{escape(claim.quoted)}</q>'
