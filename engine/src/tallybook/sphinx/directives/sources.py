"""The bibliography, with what is said of each source: what was read of it and when, its grade and
the tables that rest on it.

Every page ends with the sources it cites, in full and folded: a printed page needs no other.

What we say of a source ourselves, the month, and what stands between names are in the language that
is written. Titles, people and publishers stay as they are, but for what stands in square brackets
in a title: such words are ours, as APA style has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, cast

from babel.dates import get_month_names
from docutils import nodes
from pybtex.backends.html import Backend
from pybtex.backends.plaintext import Backend as Plaintext
from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.richtext import Tag, Text
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.template import Node, field, href, join, names, optional, sentence, tag, words
from pybtex_docutils import Backend as Docutils
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from tallybook import language
from tallybook.data import bibliography
from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.model.html import SOURCES
from tallybook.sphinx.builders import Page
from tallybook.sphinx.languages import edition
from tallybook.sphinx.state import get_state

if TYPE_CHECKING:
    from pybtex.style import FormattedEntry
    from sphinxcontrib.bibtex.domain import BibtexDomain, Citation

OURS = ("note", "howpublished")  # fields that may be in our words
_IN_TITLE = re.compile(r"(?<=\[)[^]]+(?=\])")
_BRACED = re.compile(r"\{(.+)\}")  # the name of an organisation
SHORT = 3  # letters by which BibTeX knows a month
STYLE, CITED = "graded", "author_year"
KEPT = "formatted_sources"  # attribute of the environment
LANGUAGE = "language-"  # what a mark of a language begins with, before its code
ARXIV = "10.48550/"  # all that arXiv gives out
_ADDRESS = re.compile(r'<a href="([^"]+)">https?://[^<]*</a>')
_TO_SOURCE = re.compile(rf'<a href="{re.escape(SOURCES)}(#[^"]+)">(.*?)</a>')
_remarks: dict[str, str] = {}
# What was formatted, by all that it was made from: kept with the pages that were read, since the
# library formats every entry in every build.
_formatted: dict[tuple[str, ...], Any] = {}
_before: dict[tuple[str, ...], Any] = {}


class Graded(Unsrt):  # type: ignore[misc]  # pybtex has no types
    """Pybtex's plain style with titles as their authors wrote them, and a remark on each entry."""

    default_sorting_style = "author_year_title"

    def format_names(self, role: str, as_sentence: bool = True) -> object:
        two, last = between()
        formatted = names(role, sep=", ", sep2=two, last_sep=last)
        return sentence[formatted] if as_sentence else formatted

    def get_incollection_template(self, e: Entry) -> object:
        return _within(super().get_incollection_template(e))

    def get_inproceedings_template(self, e: Entry) -> object:
        return _within(super().get_inproceedings_template(e))

    def format_url(self, e: Entry) -> object:
        url = field("url", raw=True)
        return words[_("URL:"), href(url)[url]]

    def format_title(self, entry: Entry, which_field: str, as_sentence: bool = True) -> object:
        # The plain style would put all but the first letter in lower case.
        title = _in_its_language(entry, which_field)
        return sentence[title] if as_sentence else title

    def format_btitle(self, entry: Entry, which_field: str, as_sentence: bool = True) -> object:
        title = tag("em")[_in_its_language(entry, which_field)]
        return sentence[title] if as_sentence else title

    def format_web_refs(self, entry: Entry) -> object:
        # The day stands in the remark.
        parts = (self.format_url(entry), self.format_eprint(entry), self.format_doi(entry))
        return sentence[tuple(optional[part] for part in parts)]

    def format_doi(self, entry: Entry) -> object:
        return _address("https://doi.org/", "doi")

    def format_eprint(self, entry: Entry) -> object:
        if entry.fields.get("doi", "").startswith(ARXIV):
            return join[""]  # it leads to the same page
        return _address("https://arxiv.org/abs/", "eprint")

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> object:
        ours = in_our_words(entry)
        said = (bibliography.told(entry), bibliography.recorded(entry), _remarks.get(entry.key))
        remark = " ".join(filter(None, said))
        key = language.now(), label, repr(ours), remark
        formatted = _formatted.get(key) or _before.get(key)
        if formatted is None:
            formatted = super().format_entry(label, ours, bib_data)
            formatted.text = Text(formatted.text, " ", Tag("em", remark))
        _formatted[key] = formatted
        return formatted


class Html(Backend):  # type: ignore[misc]  # pybtex has no types
    """Pybtex's HTML, with the signs of an address escaped."""

    @staticmethod
    def format_href(url: str, text: str, external: bool = False) -> str:
        return f'<a href="{escape(url)}">{text}</a>'

    def format_tag(self, tag_name: str, text: str) -> str:
        code = tag_name.removeprefix(LANGUAGE)
        if code == tag_name or not text:
            return str(super().format_tag(tag_name, text))
        return f'<span lang="{code}">{text}</span>'


def _in_its_language(entry: Entry, name: str) -> object:
    """A title, marked with its language if the page has another; what stands in square brackets is
    in that of the page."""
    code = bibliography.language(entry)
    if code == language.now() or name not in entry.fields:
        return field(name)
    own, bracket, ours = entry.fields[name].partition("[")
    title = Tag(f"{LANGUAGE}{code}", Text.from_latex(own.rstrip()))
    parts = [title] * bool(own) + [Text.from_latex(bracket + ours)] * bool(bracket)
    return Text(" ").join(parts)


def _within(template: Node) -> Node:
    """A template whose "In", before the title of a volume, is in the language that is written."""
    for part in template.children:
        if isinstance(part, Node) and part.children[:1] == ["In"]:
            part.children[0] = _("In")
    return template


def _address(start: str, name: str) -> object:
    """A link whose words are its whole address, which can be read on paper too."""
    address = join[start, field(name, raw=True)]
    return href(address)[address]


def setup(app: Sphinx) -> None:
    register_plugin("pybtex.style.formatting", STYLE, Graded)
    # The library looks for this one among all installed packages at every citation, unless it is
    # named here.
    register_plugin("pybtex.backends", "plaintext", Plaintext, force=True)
    app.config.bibtex_default_style = STYLE
    app.config.bibtex_reference_style = CITED
    app.config.bibtex_tooltips = False  # popovers say more
    app.config.bibtex_cite_id = "{key}"  # as links to sources have it
    app.connect("builder-inited", remember, priority=960)  # when the report is there
    app.connect("doctree-resolved", lead_to_sources)


def remember(app: Sphinx) -> None:
    """Take the remarks on sources from the report: the style has no other way to them. Have the
    text name sources in the language of the edition."""
    global _formatted, _before
    _before, _formatted = getattr(app.env, KEPT, {}), {}
    setattr(app.env, KEPT, _formatted)
    _remarks.clear()
    _remarks.update(get_state(app).report.source_remarks())
    cite = cast("BibtexDomain", app.env.get_domain("cite"))
    for mark in {
        f"{LANGUAGE}{bibliography.language(e)}" for e in cite.bibdata.data.entries.values()
    }:
        tags: Any = Docutils.tags
        tags[mark] = partial(nodes.inline, classes=[mark])  # docutils makes it ``lang``
    if edition.code(app) and app.config.bibtex_reference_style == CITED:
        cite.reference_style = citing()
        say_names(cite.bibdata.data.entries.values())


def citations(env: BuildEnvironment) -> list[Citation]:
    """What is cited, in the order of the bibliography."""
    return cast("BibtexDomain", env.get_domain("cite")).citations


def plain_entry(formatted: FormattedEntry) -> str:
    """An entry of the bibliography as HTML, without the remark on it."""
    return str(formatted.text.render(Html())).rpartition(" <em>")[0]


def lead_to_sources(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A table that a cell shows links its sources to ``sources.html``, for a cell cannot know the
    page: here it gets the address, or loses the link if there is no page of sources."""
    page = get_state(app).page("sources")
    if app.builder.format != "html":
        return
    home = app.builder.get_relative_uri(docname, page)
    link = rf'<a href="{home}\1">\2</a>' if page else r"\2"
    for raw in doctree.findall(nodes.raw) if home != SOURCES else ():
        if SOURCES in raw.astext():
            raw[:] = [nodes.Text(_TO_SOURCE.sub(link, raw.astext()))]


def add_references(app: Sphinx, page: Page) -> None:
    """Under a page: the entries of the sources that its body links to, in the order of the
    bibliography, without remarks."""
    sources = get_state(app).page("sources")
    if page.doctree is None or sources in ("", page.name):
        return
    home = re.escape(app.builder.get_relative_uri(page.name, sources))
    cited = set(re.findall(rf'href="{home}#([^"]+)"', page.context.get("body", "")))
    found = [
        plain_entry(citation.formatted_entry)
        for citation in citations(app.env)
        if nodes.make_id(citation.key) in cited
    ]
    if found:
        said = ngettext("One source is cited here", "{count} sources are cited here", len(found))
        # On paper each link is spelled out.
        short = [_ADDRESS.sub(rf'<a href="\1">{_("address")}</a>', text) for text in found]
        entries = "".join(f"<li>{text}</li>" for text in short)
        page.context["references_html"] = (
            f'<details class="more references"><summary>{said.format(count=len(found))}</summary>'
            f"<ul>{entries}</ul></details>"
        )


def in_our_words(entry: Entry) -> Entry:
    """The entry with our words looked up, and a dollar of its title without the mark for LaTeX."""
    fields = {name.lower(): text for name, text in entry.fields.items()}
    found = {name: _(fields[name]) for name in OURS if name in fields}
    if "year" in fields:
        found["year"] = language.if_known(fields["year"])
    title = fields["title"].replace(r"\$", "$")
    found["title"] = _IN_TITLE.sub(lambda ours: _(ours[0]), title)
    if language.now() != language.ENGLISH:
        if "month" in fields:
            found["month"] = _month(fields["month"])
        if entry.type == "techreport":
            found["type"] = fields.get("type") or _("Technical Report")
    made = Entry(entry.type, fields=[*(fields | found).items()], persons=entry.persons)
    made.key = entry.key
    return made


def say_names(entries: Iterable[Entry]) -> None:
    """Look up what entries have instead of a year, "n.d.", or instead of an author's name;
    citations in the text have it too. Most names are in no catalogue, and stay."""
    for entry in entries:
        if "year" in entry.fields:
            entry.fields["year"] = language.if_known(entry.fields["year"])
        for person in entry.persons.get("author", ()):
            person.last_names = [_BRACED.sub(_in_braces, name) for name in person.last_names]


def _in_braces(name: re.Match[str]) -> str:
    return f"{{{language.if_known(name[1])}}}"


def _month(text: str) -> str:
    known = get_month_names("wide", locale=language.ENGLISH)
    here = get_month_names("wide", locale=language.now())
    short = text[:SHORT].lower()
    return next((here[at] for at, name in known.items() if name[:SHORT].lower() == short), text)


def between() -> tuple[str, str]:
    """What stands between two people, and before the last of more."""
    return _(" and "), _(", and ")


def citing() -> AuthorYearReferenceStyle:
    """How the text names a source: authors and year."""
    two, last = between()
    return AuthorYearReferenceStyle(person=PersonStyle(sep2=two, last_sep=last))
