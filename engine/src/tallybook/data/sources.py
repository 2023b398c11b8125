"""What the tables say of their sources: computed once, with the report, and kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tallybook import data
from tallybook.data.provenance import untraced
from tallybook.language import gettext as _
from tallybook.language import if_known, listed


@dataclass(frozen=True)
class Sources:
    """Attributes

    names: each source as a reader knows it, by its key.
    tables: keys of the sources of all rows of a table, by the table's name.
    rows, grades: for each source, how many rows of which tables rest on it, and the grades of its
        facts.
    """

    names: Mapping[str, str]
    tables: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Mapping[str, int]]
    grades: Mapping[str, frozenset[str]]

    def people(self, key: str) -> str:
        """The name of a source without its year."""
        return self.names[key].rpartition(" ")[0]


def known() -> Sources:
    """What the tables say now."""
    tables: dict[str, tuple[str, ...]] = {}
    rows: dict[str, dict[str, int]] = {}
    grades: dict[str, set[str]] = {}
    with untraced():  # what is said of a source is no part of what a number rests on
        for name in data.names():
            frame = data.table(name)
            if "source_key" not in frame:
                continue
            for key, found in frame.groupby("source_key"):
                grades.setdefault(str(key), set()).update(
                    found["grade"].dropna() if "grade" in found else ()
                )
                rows.setdefault(str(key), {})[name] = len(found)
            tables[name] = tuple(sorted(frame["source_key"].dropna().unique()))
    return Sources(names(), tables, rows, {key: frozenset(found) for key, found in grades.items()})


def names() -> dict[str, str]:
    """Each source as a reader knows it: "Author year"."""
    with untraced():
        frame = data.table("sources").astype({"year": str}).fillna("")
    return {row["key"]: _name(row) for row in frame.to_dict("records")}


def _name(source: dict[str, Any]) -> str:
    if source["key"] == "computed":
        return _("our own computation")
    authors = map(if_known, source["author"].split("; "))
    people = [author.partition(",")[0].strip() for author in authors]
    many = len(people) > 2
    who = _("{first} et al.").format(first=people[0]) if many else listed(people)
    return f"{who} {if_known(source['year'])}"
