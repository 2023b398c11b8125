"""Sources in the margin: where a paragraph first names a source, a note beside it says what that source is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from pybtex.database import Entry
from pybtex.richtext import Text
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from tallybook.sphinx import sources, state

if TYPE_CHECKING:
    from sphinxcontrib.bibtex.domain import Citation

WHERE = ("journal", "howpublished", "publisher", "institution", "school", "booktitle")
NAMED = 2  # authors by name; of more, the first


def setup(app: Sphinx) -> None:
    app.add_post_transform(SourceNotes)
    app.connect("builder-inited", remember, priority=960)  # when the report is there


def remember(app: Sphinx) -> None:
    state.of(app).grades = state.of(app).report.source_grades()


class SourceNotes(SphinxPostTransform):
    """Runs while citations still are references to keys; only in chapters, and once a page for each source."""

    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        if not state.of(self.app).chapter_of(self.env.docname):
            return
        seen: set[str] = set()
        for block, keys in _cited(self.document):
            fresh = [key for key in keys if key not in seen]
            seen.update(fresh)
            if fresh:
                _place(block, nodes.raw("", self._html(fresh), format="html"))

    def _html(self, keys: list[str]) -> str:
        found = {citation.key: citation for citation in sources.citations(self.env)}
        # A key that no bibliography lists is reported by the citation itself.
        notes = [
            note(found[key].entry, self._place(found[key]), state.of(self.app).grades.get(key)) for key in keys if key in found
        ]
        return f'<div class="margin-note sources" role="note" aria-label="Sources">{"".join(notes)}</div>'

    def _place(self, citation: Citation) -> str:
        home = self.app.builder.get_relative_uri(self.env.docname, citation.bibliography_key.docname)
        return f"{home}#{citation.citation_id}"


def note(entry: Entry, home: str, grade: str | None) -> str:
    """One source as a paragraph: who and when (to its place in the bibliography), what (to its own address), where, grade."""
    who = escape(f"{authors(entry)} {_text(entry, 'year')}".strip())
    title = escape(_text(entry, "title"))
    if url := entry.fields.get("url"):
        title = f'<a class="out" href="{escape(url)}">{title}</a>'
    where = next((_text(entry, field) for field in WHERE if field in entry.fields), "")
    rest = " ".join(f"{escape(part)}." for part in (where, grade) if part)
    return f'<p><a href="{escape(home)}">{who}</a>. {title}. {rest}</p>'


def authors(entry: Entry) -> str:
    """Surnames: one, two, or the first and "et al."."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(str(part) for part in (*person.rich_prelast_names, *person.rich_last_names)) for person in people]
    if len(names) > NAMED:
        return f"{names[0]} et al."
    return " and ".join(names) or _text(entry, "title")


def _text(entry: Entry, field: str) -> str:
    return str(Text.from_latex(entry.fields[field])) if field in entry.fields else ""


def _cited(document: nodes.document) -> list[tuple[nodes.Element, list[str]]]:
    """The blocks of the page that name sources, with the keys; what is folded away is left out."""
    found: dict[nodes.Element, list[str]] = {}
    for reference in document.findall(pending_xref):
        if reference.get("refdomain") != "cite":
            continue
        block: nodes.Element = reference
        while block.parent is not None and not isinstance(block.parent, nodes.section):
            block = block.parent
        if block.parent is not None and "more-body" not in block.get("classes", []):
            found.setdefault(block, []).extend(target.key for target in parse_citation_targets(reference["reftarget"]))
    return [(block, list(dict.fromkeys(keys))) for block, keys in found.items()]


def _place(block: nodes.Element, note: nodes.raw) -> None:
    """Into the margin note that a block is or has after it; else after the block."""
    after = block.parent[block.parent.index(block) + 1 :]
    for candidate in (block, *after[:1]):
        if "margin-note" in candidate.get("classes", []):
            candidate += note
            return
    block.parent.insert(block.parent.index(block) + 1, note)
