"""Entries of the bibliography in the language that is written: what we say of a source ourselves,
the month, and what stands between names. Titles, people and publishers stay as they are, but for
what stands in square brackets in a title: such words are ours, as APA style has it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel.dates import get_month_names
from pybtex.database import Entry
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from tallybook import language
from tallybook.language import gettext as _

OURS = ("note", "howpublished")  # fields that may be in our words
_IN_TITLE = re.compile(r"(?<=\[)[^]]+(?=\])")
_BRACED = re.compile(r"\{(.+)\}")  # the name of an organisation
SHORT = 3  # letters by which BibTeX knows a month


def said(entry: Entry) -> Entry:
    """The entry with our words looked up, and a dollar of its title without the mark for LaTeX."""
    fields = dict(entry.fields.items())
    found = {name: _(fields[name]) for name in (*OURS, "year") if name in fields}
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
