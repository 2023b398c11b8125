"""What an entry of the bibliography says of our own reading: what was read of the source, and when
it was taken in.

``read`` is one of ``words``, or several with commas; without it, nobody recorded what was
read. ``urldate``, as BibLaTeX names it, is the day on which the entry was recorded.
"""

from __future__ import annotations

from datetime import date

from pybtex.database import Entry

from tallybook.language import gettext as _
from tallybook.language import listed
from tallybook.model import days

ARCHIVE = "https://web.archive.org/web/"


def words() -> dict[str, str]:
    """What each word of the field ``read`` stands for."""
    return {
        "whole": _("the whole text"),
        "opening": _("its opening"),
        "abstract": _("its abstract or a summary"),
        "extract": _("an extract"),
        "places": _("at least the places that the tables name"),
        "data": _("its data files"),
        "quoted": _("what other texts say of it"),
        "own": _("our own computation"),
    }


def faults(entry: Entry) -> list[str]:
    """What is wrong with the two fields, as field, found and expected."""
    known = words()
    wanted = f"one or more of {', '.join(known)}, with commas between"
    unknown = [part for part in parts(entry) if part not in known]
    found = [f"field read: found {part!r}; expected {wanted}" for part in unknown]
    if "urldate" in entry.fields and day(entry) is None:
        told = entry.fields["urldate"]
        found.append(f"field urldate: found {told!r}; expected a day such as 2026-11-24")
    return found


def parts(entry: Entry) -> list[str]:
    """The words of the field ``read``; none if it is not there."""
    if "read" not in entry.fields:
        return []
    return [part.strip() for part in entry.fields["read"].split(",")]


def day(entry: Entry) -> date | None:
    """The day of the field ``urldate``; ``None`` if it holds none."""
    try:
        return date.fromisoformat(entry.fields.get("urldate", ""))
    except ValueError:
        return None


def told(entry: Entry) -> str:
    """What was read, in a sentence."""
    if not (read := parts(entry)):
        return _("What was read of it is not recorded.")
    known = words()
    return _("Read: {parts}.").format(parts=listed(known[part] for part in read))


def recorded(entry: Entry) -> str:
    """When the entry was recorded, in a sentence; nothing if that is not known."""
    found = day(entry)
    return _("Recorded on {day}.").format(day=days.in_words(found)) if found else ""


def archive(entry: Entry) -> str:
    """Where the Internet Archive lists its copies of the address in the year of recording, if it
    has any; nothing without an address or a day."""
    found, url = day(entry), entry.fields.get("url")
    return f"{ARCHIVE}{found.year}*/{url}" if found and url is not None else ""
