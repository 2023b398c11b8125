"""Pages for programs that read text, such as assistants: each page as a Markdown file beside it,
and ``llms.txt``, which lists them (llmstxt.org).

A number stands there with its interval, and with the verdict on the claim that it is the figure of,
or that rests on it: what is quoted from the file takes both along.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from tallybook.claims import Claim
from tallybook.language import gettext as _
from tallybook.language import own_name, semicolon
from tallybook.model import days
from tallybook.report import Report
from tallybook.sphinx import chart, domain, edition, state, versions
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.markdown import Text, Writer, escape, link
from tallybook.sphinx.nodes import claim_row
from tallybook.sphinx.nodes import number as number_node
from tallybook.sphinx.state import get_state, held

LIST = "llms.txt"
KIND = "text/markdown"


def path(docname: str) -> str:
    """The file of a page, from the root of the site."""
    return f"{docname}.md"


def write_list(app: Sphinx) -> None:
    group(app, LIST, lambda: write_texts({Path(app.outdir) / LIST: listing(app)}))


def write(app: Sphinx, docname: str, doctree: nodes.document) -> None:
    """Write the file of a page beside it; ``doctree``: with all its links resolved."""
    target = Path(app.outdir) / path(docname)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_texts({target: page(app, docname, doctree)})


def page(app: Sphinx, docname: str, doctree: nodes.document) -> str:
    """A page as Markdown."""
    writer = _PlainWriter(app, docname)
    found = [part for part in writer.blocks(doctree) if isinstance(part, Text)]
    first, *rest = [part.markdown for part in found]
    return "\n\n".join([first, f"> {about(app, writer.address)}", *rest]) + "\n"


def about(app: Sphinx, address: str) -> str:
    """Which version a text is of, where the page is, and how to quote from it."""
    shared, licence = get_state(app), app.config.report_content_licence
    said = _(
        "{page}. Version {version}, {day}. A number leads to its row. Its interval, and the verdict"
        " on its claim, stand beside it: whoever quotes the number quotes them as well."
    ).format(
        page=link(escape(versions.one_line(shared.citation["title"])), address),
        version=escape(versions.in_words(app)),
        day=days.in_words(shared.built),
    )
    return f"{said} {_('Licence: {terms}').format(terms=f'<{licence}>')}" if licence else said


def listing(app: Sphinx) -> str:
    """``llms.txt``: what the report is, its pages and its data."""
    shared, root = get_state(app), versions.address(app)
    chapters = set(shared.provider.CHAPTERS.values())
    pages = [name for name in sorted(app.env.found_docs) if name not in chapters]
    pages.sort(key=lambda name: name != app.config.root_doc)
    data = {
        root + "numbers.json": _("All numbers of the report"),
        root + "claims.json": _("All press claims and their verdicts"),
        versions.whole(app) + "data/datapackage.json": _("Description of the tables"),
    }
    files = [
        f"- {link(address.removeprefix(root), address)}: {said}" for address, said in data.items()
    ]
    others = [
        f"- {link(own_name(code), f'{edition.base(app)}{folder}{LIST}')}"
        for code, folder in edition.folders(app).items()
        if code != state.language(app)
    ]
    parts = [
        (_("Chapters"), _chapters(app)),
        (_("Other pages"), [f"- {_named(app, name)}" for name in pages]),
        (_("Data"), files if shared.report.judgements else files[::2]),
        ("Optional", others),  # the word that the form has for it
    ]
    head = [
        f"# {escape(versions.one_line(shared.citation['title']))}",
        f"> {escape(' '.join(shared.citation['abstract'].split()))}",
        about(app, root),
    ]
    body = [f"## {title}\n\n" + "\n".join(lines) for title, lines in parts if lines]
    return "\n\n".join([*head, *body]) + "\n"


def _chapters(app: Sphinx) -> list[str]:
    """The chapters with their answers, as one list."""
    answers = domain.of(app.env).data["answers"]
    lines = []
    for docname in get_state(app).provider.CHAPTERS.values():
        answer = answers.get(docname, "")
        lines.append(f"- {_named(app, docname)}" + (f": {escape(answer)}" if answer else ""))
    return ["\n".join(lines)]


def _named(app: Sphinx, docname: str) -> str:
    """The title of a page, with a link to its file."""
    title = escape(versions.one_line(app.env.titles[docname].astext()))
    return link(title, versions.address(app, path(docname)))


class _Resting(dict[str, list[str]]):
    """The claims of each number, for all pages."""


def _resting(app: Sphinx) -> _Resting:
    found, report = held(app, _Resting), get_state(app).report
    for name, judgement in () if found else report.judgements.items():
        claim = report.claims[name]
        about = dict.fromkeys([*judgement.found[:1], *_published(report, claim)])
        for number_id in () if claim.repeats else about:
            found.setdefault(number_id, []).append(name)
    return found


class _PlainWriter(Writer):
    """A page without its cells, with words for drawings."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        super().__init__(app, docname)
        self.resting = dict(_resting(app))  # those whose verdict nobody has read yet

    def drawing(self, name: str, alt: str) -> Text:
        """What stands for the picture, and where that is."""
        place = versions.address(self.app, f"{chart.FOLDER}/{name}.svg")
        return Text(f"{alt} {link(_('Drawing'), place)}")

    def number(self, node: number_node, text: str) -> str:
        """The number with its interval, where the line has none; at its first use, with the
        verdicts on it. A heading has room for neither, and the row of a claim has its verdict."""
        linked, name = super().number(node, text), node["name"]
        claims = self.resting.pop(name, [])
        if node.get("main") or _within(node, nodes.title):
            return linked
        report, notes = get_state(self.app).report, list[str]()
        if report.numbers[name].low is not None:
            interval = report.show(name, "interval")
            if interval not in (node.parent.astext() if node.parent else ""):
                notes.append(_("interval {interval}").format(interval=escape(interval)))
        notes += [] if _within(node, claim_row) else map(self.verdict, claims)
        return f"{linked} ({semicolon().join(notes)})" if notes else linked

    def verdict(self, claim_id: str) -> str:
        """Whose claim, and the verdict on it."""
        shared = get_state(self.app)
        claim, judgement = shared.report.claims[claim_id], shared.report.judgements[claim_id]
        place = self.whole(shared.provider.CHAPTERS[claim.chapter], f"claim-{claim_id}")
        said = link(escape(f"{claim.where}, {claim.day}"), place)
        return _("verdict on {claim}: {verdict}").format(
            claim=said, verdict=f"**{_(str(judgement.verdict))}**"
        )


def _published(report: Report, claim: Claim) -> list[str]:
    """The numbers that are the claim's own figure, as its source printed it."""
    return [
        number.id
        for number in report.numbers
        if (number.value, number.unit, number.low) == (claim.value, claim.unit, None)
        and any(fact.source == claim.source_key for fact in number.lineage)
    ]


def _within(node: nodes.Node, kind: type[nodes.Node]) -> bool:
    """Whether a node lies in one of a kind."""
    parent = node.parent
    return parent is not None and (isinstance(parent, kind) or _within(parent, kind))
