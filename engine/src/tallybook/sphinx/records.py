"""What a reader takes along of a chapter, a number, a chart or a claim: a sentence with interval,
verdict, version and address, a citation, and what another page shows of it in a frame. Each has a
page for that.

``_cite/<id>.html`` works without a script. A frame asks for it with ``#embed``; then the style
sheet leaves out all but what is quoted. Its canonical address is its place in the report, so that
indexes see no second copy. Beside the page of a chapter, chart or claim lies the answer of oEmbed.
The citations of the report and of chapters are files as well; those of all else, texts to copy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook.language import capital
from tallybook.language import gettext as _
from tallybook.model.formatting import unit_name
from tallybook.model.numbers import Number
from tallybook.report import Report
from tallybook.sphinx import chips, cite, claims, domain, meta, origins, state, versions
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.state import RECORDS, get_state

WIDTH, CHART_WIDTH = 640, 760  # px of a frame; a chart has its broad drawing there
# A frame cannot ask the page around it for room without a script. On a phone, these are the letters
# of a line, px of a line and under a text, of a large number and around all, and of a drawing.
LETTERS, LINE, UNDER, BIG, AROUND, NARROW = 38, 22, 8, 52, 48, 360
SOURCES = 3  # that are named; of more, how many there are
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Quote:
    """A chapter, a number, a chart or a claim as it is quoted.

    ``id``: as in addresses. ``cited``: the title under which it is cited. ``place``: its address
    from the site's root. ``said``: what a sentence says of it. ``big``: what stands large, and
    ``told``: the lines under it. ``claim``: the claim with the ``verdict`` (a key), unless it is
    the thing itself. ``rests_on``: its sources by name, and ``sources``: HTML of each.
    ``drawings``: of a chart, broad and narrow.
    """

    id: str
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
    for claim_id in claims.listed(report):
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
    said = _("{label}: {value}. Unit: {unit}.").format(label=label, value=whole, unit=unit)
    claim = verdict = ""
    if claim_id:
        claim, verdict = _claimed(app, claim_id), str(report.judgements[claim_id].verdict)
        said += f" {judged(claim, verdict)}"
    interval = "" if number.low is None else report.show(number.id, "interval")
    covers = f"{interval}. {number.covers}" if number.covers else interval
    found = origins.origins(report, number, shared.page("sources"))
    return Quote(
        id=number.id,
        kind=_("Number"),
        title=label,
        # Value, interval and name travel together.
        cited=_("{label}: {value} (number {name})").format(
            label=label, value=whole, name=number.id
        ),
        place=f"{app.builder.get_target_uri(place)}#{number.id}",
        said=said,
        big=report.show(number.id),
        told=tuple(filter(None, (_("Unit: {unit}").format(unit=unit), covers))),
        claim=claim,
        verdict=verdict,
        rests_on=_named(origin.words for origin in found),
        sources=tuple(origin.html("../") for origin in found),
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
    report, sources = shared.report, shared.page("sources")
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    verdict, home = str(judgement.verdict), shared.provider.CHAPTERS[claim.chapter]
    page = shared.page("ledger") or home
    said, told = judged(_claimed(app, claim_id), verdict), [claims.told(claim)]
    if claim.published:
        told.append(_("Published: {figure}").format(figure=claim.published))
    for name in judgement.found[:1]:
        main = report.numbers[name]
        found = _("Found: {value} ({label})").format(value=_whole(report, main), label=main.label)
        told.append(found)
        said += f" {found}."
    source = report.source_name(claim.source_key)
    place = f"{sources}.html#{report.source_place(claim.source_key)}"
    return Quote(
        id=f"claim-{claim_id}",
        kind=_("Claim"),
        title=claim.statement,
        cited=_("Verdict on the claim “{claim}” ({outlet}, {day}): {verdict}").format(
            claim=claim.statement.rstrip("."), outlet=claim.where, day=claim.day, verdict=_(verdict)
        ),
        place=f"{app.builder.get_target_uri(page)}#claim-{claim_id}",
        said=said,
        told=(*told, report.expand(judgement.reason)),
        verdict=verdict,
        rests_on=source,
        sources=(origins.Origin(source, place, "").html("../"),) if sources else (),
    )


def _whole(report: Report, number: Number) -> str:
    return report.show(number.id, "value" if number.low is None else "full")


def _claimed(app: Sphinx, claim_id: str) -> str:
    """A claim and who said it."""
    claim = get_state(app).report.claims[claim_id]
    statement = claim.statement.rstrip(".")
    return _("{who}: {claim}").format(who=claims.told(claim), claim=statement)


def judged(claim: str, verdict: str) -> str:
    """The verdict on a claim, as a sentence."""
    return _("Verdict on the claim “{claim}”: {verdict}.").format(claim=claim, verdict=_(verdict))


def _named(names: Iterable[str]) -> str:
    """The first few sources, and how many more there are."""
    each = list(dict.fromkeys(names))
    left = len(each) - SOURCES
    more = [_("and {count} more").format(count=left)] if left > 0 else []
    return ", ".join([*each[:SOURCES], *more])


def sentence(app: Sphinx, said: str, place: str) -> str:
    """What is said, with report, version and address."""
    return _("{said} {report}, {version}, {address}").format(
        said=said,
        report=app.config.html_title or app.config.project,
        version=app.config.release,
        address=versions.address(app, place),
    )


def write_pages(app: Sphinx) -> None:
    """Write the pages of all things and what lies beside them, and nothing that the report does not
    have any more."""
    charts = domain.of(app.env).data["charts"].values()
    drawn = "".join(chart["broad"] + chart["narrow"] for chart in charts)
    group(app, "things", lambda: _write(app), drawn)


def _write(app: Sphinx) -> list[Path]:
    folder, whole = Path(app.outdir) / RECORDS, cite.report_record(app)
    numbers, texts = get_state(app).report.numbers, _files(whole["id"], whole)
    for quote in everything(app):
        record = cited_by(app, quote)
        texts[f"{quote.id}.html"] = page(app, quote, record)
        if quote.id not in numbers:
            texts[_answer(quote)] = oembed(app, quote)
        if quote.is_chapter:
            texts |= _files(quote.id, record)
    folder.mkdir(exist_ok=True)
    for old in {path.name for path in folder.iterdir()} - texts.keys():
        (folder / old).unlink()
    return write_texts({folder / name: text for name, text in texts.items()})


def _files(name: str, record: dict[str, Any]) -> dict[str, str]:
    return {f"{name}.{end}": text for end, text in cite.formats(record).items()}


def _answer(quote: Quote) -> str:
    """The file with the answer of oEmbed."""
    return f"{quote.id}.oembed.json"


def cited_by(app: Sphinx, quote: Quote) -> dict[str, Any]:
    """The CSL record of a thing."""
    key = quote.id.removeprefix("chapter-") if quote.is_chapter else f"-{quote.id}"
    return cite.part_record(app, quote.cited, quote.place, key)


def page(app: Sphinx, quote: Quote, record: dict[str, Any]) -> str:
    """The page of a thing."""
    shared = get_state(app)
    answer = "" if quote.id in shared.report.numbers else _answer(quote)
    place = quote.place.partition("#")[0]
    return bare(
        app,
        "record.html",
        root="../",
        quote=quote,
        verdict=chips.name(quote.verdict) if quote.verdict else "",
        look=shared.provider.VERDICTS[quote.verdict] if quote.verdict else None,
        address=app.config.html_baseurl + quote.place,
        head="\n".join(meta.highwire(record)),
        chapter=app.env.titles[place.removesuffix(".html")].astext(),
        cite=cite.block(record, "cite-this", _("Cite this"), quote.id if quote.is_chapter else ""),
        sentence=sentence(app, quote.said, quote.place),
        embed=fold(app, quote, ""),
        oembed=answer and f"{app.config.html_baseurl}{RECORDS}/{answer}",
        newest=app.config.html_baseurl,
        back=_back(app),
        of_version=_("version {version}").format(version=versions.in_words(app)),
    )


def _back(app: Sphinx) -> str:
    name = app.config.html_title or app.config.project
    return _("Read it in “{report}”").format(report=name)


def bare(app: Sphinx, template: str, root: str, **more: Any) -> str:
    """A page with a name and a text and no more (``bare.html``). ``root`` leads to the site's
    root."""
    context = {
        "language": state.language(app),
        "policy": meta.POLICY,
        "root": root,
        "report_name": app.config.html_short_title,
        "built": get_state(app).built.isoformat(),
    }
    return str(app.builder.templates.render(template, context | more))


def fold(app: Sphinx, quote: Quote, up: str) -> str:
    """HTML of a fold with the code to embed it. ``up`` leads to the folder of these pages."""
    return (
        f'<details class="more"><summary>{_("Code for another page")}</summary>'
        f'<pre tabindex="0">{escape(code(app, quote))}</pre>'
        f'<p><a href="{escape(up)}{quote.id}.html#embed">{_("What it shows there")}</a></p>'
        "</details>"
    )


def code(app: Sphinx, quote: Quote) -> str:
    """The HTML by which another page shows it, in the newest version: an article shows what is
    known now."""
    width, height = size(app, quote)
    address = f"{app.config.html_baseurl}{RECORDS}/{quote.id}.html#embed"
    return (
        f'<iframe src="{escape(address)}" title="{escape(quote.cited)}" width="{width}"'
        f' height="{height}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )


def size(app: Sphinx, quote: Quote) -> tuple[int, int]:
    """Width and height of a frame, in pixels, with room for the text on a phone."""
    texts = [quote.kind, quote.title, *quote.told, quote.claim, quote.verdict, quote.rests_on]
    texts.append(_back(app) + versions.in_words(app))
    tall = AROUND + (BIG if quote.big else 0)
    tall += sum((len(text) // LETTERS + 1) * LINE + UNDER for text in texts if text)
    if not quote.drawings:
        return WIDTH, tall
    (_, broad), (width, narrow) = (
        map(float, _BOX.search(drawing).groups())  # type: ignore[union-attr]  # each has one
        for drawing in quote.drawings
    )
    return CHART_WIDTH, tall + round(max(broad, narrow * NARROW / width))


def oembed(app: Sphinx, quote: Quote) -> str:
    """The answer of oEmbed 1.0, as a file: a host of files has no endpoint that could ask for a
    width."""
    width, height = size(app, quote)
    base = app.config.html_baseurl
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": app.config.html_title or app.config.project,
        "provider_url": base,
        "title": quote.cited,
        "author_name": ", ".join(one["name"] for one in get_state(app).citation["authors"]),
        "url": base + quote.place,
        "html": code(app, quote),
        "width": width,
        "height": height,
    }
    return json.dumps(answer, ensure_ascii=False) + "\n"
