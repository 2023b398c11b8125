"""What a source is, in a card that opens where it is cited: who and when, what, where, and the
grade of what was read in it."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from pybtex.database import Entry
from pybtex.richtext import Text
from sphinx.application import Sphinx

from tallybook.data import source_notes
from tallybook.sphinx import sources
from tallybook.sphinx.state import get_state

WHERE = ("journal", "howpublished", "publisher", "institution", "school", "booktitle")
NAMED = 2  # authors by name; of more, the first


def cards(app: Sphinx, wanted: Collection[str]) -> dict[str, tuple[str, str, str]]:
    """For each source that is wanted by the id of its place in a bibliography: its name, the HTML
    of its card, and that page."""
    grades, found = get_state(app).report.source_grades(), dict[str, tuple[str, str, str]]()
    for citation in sources.citations(app.env):
        if citation.citation_id in wanted:
            name = f"{authors(citation.entry)} {_text(citation.entry, 'year')}".strip()
            page = citation.bibliography_key.docname
            found[citation.citation_id] = name, note(citation.entry, grades.get(citation.key)), page
    return found


def note(entry: Entry, grade: str | None) -> str:
    """One source as paragraphs: title (to its own address), where it was published, the grade, and
    what was read."""
    title = escape(_text(entry, "title"))
    if url := entry.fields.get("url"):
        title = f'<a class="out" href="{escape(url)}">{title}</a>'
    where = next((_text(entry, field) for field in WHERE if field in entry.fields), "")
    about = [f"{escape(part)}." for part in (where, grade) if part]
    return f"<p>{title}</p><p>{' '.join([*about, source_notes.told(entry)])}</p>"


def authors(entry: Entry) -> str:
    """Surnames: one, two, or the first and "et al."."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [
        " ".join(str(part) for part in (*person.rich_prelast_names, *person.rich_last_names))
        for person in people
    ]
    if len(names) > NAMED:
        return f"{names[0]} et al."
    return " and ".join(names) or _text(entry, "title")


def _text(entry: Entry, field: str) -> str:
    return str(Text.from_latex(entry.fields[field])) if field in entry.fields else ""
