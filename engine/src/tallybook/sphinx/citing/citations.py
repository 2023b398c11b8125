"""How to cite the report, a chapter, a figure or a number: in words, and for reference managers.

All formats are made from one CSL record, whose fields come from ``CITATION.cff`` and the base
address (``html_baseurl``).
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any
from urllib.parse import quote

import rispy
from babel import Locale
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from tallybook.language import gettext as _
from tallybook.sphinx import state
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.citing import cff
from tallybook.sphinx.state import get_state
from tallybook.sphinx.versions import numbering
from tallybook.sphinx.versions.numbering import one_line

FORMATS = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))
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
    day, doi = shared.built, numbering.doi(app)
    return {
        "id": f"{shared.provider.KEY}{day.year}",
        "type": "book",
        "title": one_line(citation["title"]),
        "author": [_author(author) for author in citation["authors"]],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        # Not as its "version": Zotero takes a book that has one for a program.
        "edition": numbering.cited(app),
        "URL": numbering.address(app),
        "language": state.language(app),
    } | ({"DOI": doi} if doi else {})


def _author(author: dict[str, Any]) -> dict[str, str]:
    """An author as CSL has them: a person by family and given names, others by one name."""
    if not cff.is_person(author):
        return {"literal": one_line(author["name"])}
    names = {"family": author["family-names"], "given": author.get("given-names", "")}
    return {part: one_line(str(name)) for part, name in names.items() if name}


def index_name(author: dict[str, str]) -> str:
    """An author of a CSL record in one text, a person's family name first. The comma at the end
    keeps an institution whole: programs such as Zotero take its last word for a family name."""
    names = [author[part] for part in ("family", "given") if part in author]
    return f"{author['literal']}," if "literal" in author else ", ".join(names)


def part_record(app: Sphinx, title: str, address: str, key: str, note: str = "") -> dict[str, Any]:
    """A chapter, figure or number as a CSL record: a part with an address of its own. A DOI is not
    the part's: its note names it as that of the whole."""
    whole = report_record(app)
    if doi := whole.pop("DOI", ""):
        note = f"{note} {_('DOI of the whole: {doi}.').format(doi=doi)}".lstrip()
    return whole | {
        "id": whole["id"] + key,
        "type": "chapter",
        "title": one_line(title),
        "container-title": whole["title"],
        "URL": numbering.address(app, address),
        **({"note": one_line(note)} if note else {}),
    }


def reference(record: dict[str, Any]) -> str:
    """The record as one line of HTML, in APA style."""
    return _apa(json.loads(escape(json.dumps(record), quote=False)), "<cite>{}</cite>")


def plain_reference(record: dict[str, Any]) -> str:
    """The record as one line of plain text, in APA style."""
    return _apa(record, "{}")


def _apa(record: dict[str, Any], work: str) -> str:
    """``work``: the form of the title of the whole."""
    names = [_initials(**author) for author in record["author"]]
    authors = ", ".join([*names[:-2], ", & ".join(names[-2:])])
    title, whole = record["title"], record.get("container-title")
    book = work.format(whole or title) + f" ({record['edition']})."
    title = " ".join(filter(None, [_stopped(title), record.get("note")]))
    told = f"{title} {_('In')} {book}" if whole else book
    address = cff.RESOLVER + record["DOI"] if "DOI" in record else record["URL"]
    return f"{_stopped(authors)} ({record['issued']['date-parts'][0][0]}). {told} {address}"


def _initials(literal: str = "", family: str = "", given: str = "") -> str:
    return literal or ", ".join(filter(None, [family, re.sub(r"(\w)\w*\.?", r"\1.", given)]))


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def bibtex(record: dict[str, Any]) -> str:
    year, month, day = record["issued"]["date-parts"][0]
    whole, doi = record.get("container-title"), record.get("DOI")
    code = Locale.parse(record["language"], sep="-")
    fields = {
        "author": " and ".join(_bibtex_name(**author) for author in record["author"]),
        "title": "{" + _tex(record["title"]) + "}",
        "year": year,
        "date": f"{year}-{month:02}-{day:02}",
        "edition": _tex(record["edition"]),
        # In an address each sign stands for itself; those that would end the field are written as
        # an address can.
        "url": quote(record["URL"], safe=_IN_ADDRESSES),
        **({"doi": _tex(doi)} if doi else {}),
        "language": str(code.get_language_name("en")).lower(),  # as LaTeX's babel has it
        **({"booktitle": "{" + _tex(whole) + "}"} if whole else {}),
        **({"note": _tex(record["note"])} if "note" in record else {}),
    }
    lines = "".join(f",\n    {name} = {{{value}}}" for name, value in fields.items())
    return f"@{'incollection' if whole else 'book'}{{{record['id']}{lines}\n}}\n"


def _bibtex_name(literal: str = "", family: str = "", given: str = "") -> str:
    """Braces keep the name of an organisation, and a family name of several words, together."""
    return "{" + _tex(literal or family) + "}" + (f", {_tex(given)}" if given else "")


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
        "authors": [index_name(author) for author in record["author"]],
        "year": str(year),
        "date": f"{year}/{month:02}/{day:02}/",
        "edition": record["edition"],
        "language": record["language"],
        "urls": [record["URL"]],
        **({"doi": record["DOI"]} if "DOI" in record else {}),
        **({"secondary_title": whole} if whole else {}),
        **({"notes": [record["note"]]} if "note" in record else {}),
    }
    # rispy numbers its records; a reference manager does not want the number.
    text: str = rispy.dumps([entry])
    return text.partition("\n")[2].strip() + "\n"


def block(record: dict[str, Any], name: str, heading: str, files: str, more: str = "") -> str:
    """HTML of "Cite this": the reference, the formats, and ``more``. ``name`` is the id of the
    heading; ``files`` the way to the files that hold the formats, without their endings. Without
    files each is there to copy, else the first."""
    texts = formats(record)
    copies = "".join(
        f'<details class="more"><summary>{form}</summary>'
        f'<pre tabindex="0">{escape(texts[end])}</pre></details>'
        for form, end in (FORMATS[:1] if files else FORMATS)
    )
    if files:
        links = (f'<a href="{files}.{end}" download>{form}</a>' for form, end in FORMATS)
        said = _("Download {format}").format(format=", ".join(links))
        copies += f'<p class="web">{said}</p>'
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
