"""The bibliography, with what is said of each source: its grade and the tables that rest on it."""

from __future__ import annotations

from pybtex.plugin import register_plugin
from pybtex.richtext import Tag, Text
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.template import field, sentence
from sphinx.application import Sphinx

_remarks: dict[str, str] = {}


class Graded(Unsrt):
    """Pybtex's plain style with titles as their authors wrote them, and a remark after each entry."""

    default_sorting_style = "author_year_title"

    def format_title(self, entry: object, which_field: str, as_sentence: bool = True) -> object:
        title = field(which_field)  # the plain style would put all but the first letter in lower case
        return sentence[title] if as_sentence else title

    def format_entry(self, label: str, entry: object, bib_data: object = None) -> object:
        formatted = super().format_entry(label, entry, bib_data)
        if entry.key in _remarks:
            formatted.text = Text(formatted.text, " ", Tag("em", _remarks[entry.key]))
        return formatted


def setup(app: Sphinx) -> None:
    register_plugin("pybtex.style.formatting", "graded", Graded)
    app.config.bibtex_default_style = "graded"
    app.connect("builder-inited", remember, priority=960)  # when the report is there


def remember(app: Sphinx) -> None:
    """Take the remarks on sources from the report: the style has no other way to them."""
    _remarks.clear()
    _remarks.update(app.report.source_remarks())
