"""Search without a server: what can be found, as one script file that the search page loads.

A page that was opened from disk may not fetch, but it may load a script. ``searchrecords.js``
holds groups of records (sections of chapters, claims, words, sections of other pages, numbers,
sources); ``search.js`` of the theme looks through them. Sphinx's own index is not built: it
leaves out every word that is all digits, keeps accents apart, and knows pages only, where readers
look for a number, a claim or an author.

A record is four or five strings: the address below the group's base, the words of the link, what
stands under it, words that are searched but not shown (of a section: its page, which is shown, as
the key ``within`` of the group says), and words that are not shown but count like those of the
link: the keywords of a page, and who said a claim.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

from lxml import etree, html
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from tallybook import files
from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.model import html as html_pieces
from tallybook.model.formatting import unit_name
from tallybook.report import Report
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.claims import badges
from tallybook.sphinx.directives.answer_parts import anchor, full
from tallybook.sphinx.state import get_state

FILE, BEFORE, AFTER = "searchrecords.js", "window.searchRecords=", ";\n"
KEPT = "search.json"  # the sections of each page, by its hash and that of this module
Records = list[list[str]]
# What is no text of a section: apparatus, code, and the tables whose rows are records of their own.
NOT_TEXT = (
    "//h1/s | //svg | //script | //style | //noscript | //pre | //button | //summary | //form |"
    " //math |"
    " //a[contains(@class,'headerlink')] | //*[contains(@class,'tools')] |"
    " //section[contains(@class,'cite')] | //p[@class='downloads'] |"
    " //*[contains(@class,'citation-list')] |"
    " //dl[contains(@class,'glossary')] | //details[contains(@class,'references')] |"
    " //table[contains(@class,'numbers') or contains(@class,'claims')] | //table[count(.//tr) > 25]"
)
BLOCKS = "p li td th tr div caption figcaption dt dd h2 h3 h4 table ul ol"
_blocks = etree.XPath(
    " | ".join(f"//{name}" for name in BLOCKS.split()) + ' | //*[starts-with(@class, "v ")]'
)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", replace_index)


def replace_index(app: Sphinx) -> None:
    """Keep the search page and leave out Sphinx's index."""
    if makes_site(app):
        cast(StandaloneHTMLBuilder, app.builder).search = False
        app.config.html_additional_pages["search"] = "search.html"


def export(app: Sphinx) -> None:
    """Write the records at the root of the site, from the report and from the pages as they were
    written."""
    site = Path(app.outdir)
    text = BEFORE + _script(groups(app, site)) + AFTER
    (site / FILE).write_text(text, encoding="utf-8")


def _script(value: object) -> str:
    return html_pieces.script_json(value, separators=(",", ":"))


def groups(app: Sphinx, site: Path) -> list[dict[str, Any]]:
    """The groups in the order in which results are shown. Answers, chapters and claims lead,
    whichever matches better; then comes what a word means, then the other pages and the lists."""
    uri, shared = app.builder.get_target_uri, get_state(app)
    written = {name: site / f"{name}.html" for name in docnames(app)}
    lists = {part: written.get(shared.page(part)) for part in ("sources", "glossary")}
    read = {part: _parsed(page) if page else None for part, page in lists.items()}
    chapters: Records = []
    others: Records = []
    for name, records in _of_pages(app, written).items():
        (chapters if shared.chapter_of(name) else others).extend(records)

    def group(part: str, records: list[list[str]], **more: Any) -> dict[str, Any]:
        one, many = (_called(part, count) for count in (1, 2))
        return {"id": part, "one": one, "many": many, "base": "", "records": records, **more}

    def base(part: str) -> str:
        return f"{uri(shared.page(part))}#" if shared.page(part) else ""

    claimed = claim_records(shared.report) if shared.page("ledger") else []
    found = [
        group("answers", answer_records(shared.report), base=base("answers"), leads=True),
        group("chapters", chapters, within=True, leads=True),
        group("ledger", claimed, base=base("ledger") + "claim-", leads=True),
        group("glossary", terms(read["glossary"]), base=base("glossary")),
        group("pages", others, within=True),
        group("numbers", number_records(shared.report), base=base("numbers")),
        group("sources", citations(read["sources"]), base=base("sources")),
    ]
    return [one for one in found if one["records"]]


def _parsed(page: Path) -> html.HtmlElement:
    return spaced(html.fromstring(page.read_bytes()))


def _of_pages(app: Sphinx, written: dict[str, Path]) -> dict[str, Records]:
    """The sections of every page; of one that is as it was, those that the last build found."""
    path, before = Path(app.doctreedir) / KEPT, dict[str, Records]()
    if path.is_file():
        before = json.loads(path.read_bytes())
    uri, own = app.builder.get_target_uri, files.digest(Path(__file__))
    keys = {name: f"{name} {files.digest(page)} {own}" for name, page in written.items()}
    now = {
        key: before[key] if key in before else sections(uri(name), _parsed(written[name]))
        for name, key in keys.items()
    }
    files.write_whole(path, json.dumps(now).encode())
    return {name: now[key] for name, key in keys.items()}


def _called(part: str, count: int) -> str:
    """What one record, or many, of a group are called."""
    return {
        "answers": ngettext("answer", "answers", count),
        "chapters": ngettext("section of a chapter", "sections of chapters", count),
        "ledger": ngettext("claim", "claims", count),
        "glossary": ngettext("word", "words", count),
        "pages": ngettext("section of another page", "sections of other pages", count),
        "numbers": ngettext("number", "numbers", count),
        "sources": ngettext("source", "sources", count),
    }[part]


def docnames(app: Sphinx) -> list[str]:
    """All pages in reading order."""
    root = app.config.root_doc
    order = [root, *(name for files in app.env.toctree_includes.values() for name in files)]
    return [name for name in dict.fromkeys(order) if name in app.env.all_docs]


def answer_records(report: Report) -> list[list[str]]:
    """The question; the answer with its range; its definition is searched."""
    return [
        [
            anchor(one),
            one.question.question,
            full(one.estimate, one.question.unit),
            one.question.definition,
        ]
        for one in report.answered.answers.values()
    ]


def number_records(report: Report) -> list[list[str]]:
    """Value and label; interval, unit, id."""
    records = []
    for number in report.numbers:
        interval = report.show(number.id, "interval") if number.low is not None else ""
        under = " · ".join(filter(None, [interval, unit_name(number), number.id]))
        records.append([number.id, f"{report.show(number.id)} · {number.label}", under, ""])
    return records


def claim_records(report: Report) -> list[list[str]]:
    """Statement; verdict, who said it where and when, chapter, the words that decide as they were
    printed; its reason is searched."""
    records = []
    for claim_id, judgement in report.judgements.items():
        claim = report.claims[claim_id]
        words = _("“{words}”").format(words=claim.key_phrase) if claim.key_phrase else ""
        parts = (badges.whole(judgement), badges.told(claim), _(claim.chapter), words)
        under = " · ".join(filter(None, parts))
        searched = f"{claim_id} {claim.date} {report.expand(judgement.reason)}"
        speaker = badges.speaker(claim).removesuffix(", ")
        records.append([claim_id, claim.statement, under, searched, speaker])
    return records


def citations(tree: html.HtmlElement | None) -> list[list[str]]:
    """The entries of the bibliography: reference; grade and tables; the key and the address are
    searched."""
    records = []
    for entry in [] if tree is None else tree.find_class("citation"):
        paragraph, name = entry.findall("p")[0], entry.attrib["id"]
        links = [link.get("href", "") for link in paragraph.iter("a")]
        last = paragraph.findall("em")[-1:]
        remark = text_of(last[0]) if last and paragraph[-1] is last[0] else ""
        text = text_of(paragraph).removesuffix(remark)
        for link in paragraph.iter("a"):
            text = text.replace(text_of(link), "")
        text = text.replace("URL: .", "").replace("doi: .", "").strip(" .") + "."
        records.append([name, text, remark, " ".join([name, *links])])
    return records


def terms(tree: html.HtmlElement | None) -> list[list[str]]:
    """The words of the glossary with what they mean."""
    records = []
    for term in [] if tree is None else tree.xpath("//dl[contains(@class,'glossary')]/dt[@id]"):
        for link in term.find_class("headerlink"):
            link.drop_tree()
        records.append([term.get("id"), text_of(term), text_of(term.getnext()), ""])
    return records


def sections(address: str, tree: html.HtmlElement) -> list[list[str]]:
    """A record for each section of a page; changes ``tree``. Pictures count with their text
    alternative. The keywords of a page, which may be in another language, find it as its title
    does."""
    keywords = str(tree.xpath("string(//head/meta[@name='keywords']/@content)"))
    for picture in tree.xpath("//figure//svg[contains(@class,'broad')][@aria-label]"):
        words = html.Element("p")
        words.text = f" {picture.get('aria-label')} "  # text, not HTML: it may hold "<"
        picture.addprevious(words)
    for element in tree.xpath(NOT_TEXT):
        if element.getparent() is not None:
            element.drop_tree()
    records, title = [], ""
    for section in tree.xpath("//main//section[@id]"):
        # A finding has its heading beside its picture.
        heading = section.xpath("h1 | h2 | h3 | h4 | div/h3")[0]
        within = section.xpath("section[@id]")
        parts = [part for part in section if part is not heading and part not in within]
        name = text_of(heading)
        where = f"{address}#{section.get('id')}" if title else address
        said = " ".join(filter(None, map(text_of, parts)))
        records.append([where, name, said, title, "" if title else keywords])
        title = title or name
    return records


def text_of(element: html.HtmlElement) -> str:
    """The text of an element in one line."""
    return re.sub(r"[ \t\r\n]+", " ", element.text_content()).strip()


def spaced(tree: html.HtmlElement) -> html.HtmlElement:
    """A page in which blocks, cells and verdicts are apart even if nothing stands between them."""
    for one in _blocks(tree):
        one.text, one.tail = f" {one.text or ''}", f" {one.tail or ''}"
    return tree
