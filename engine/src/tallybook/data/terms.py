"""What the description says of a table besides its columns: the sources that it is made from, and
who may use it how.

``sources`` follow from the column ``source_key`` and are written by ``tallybook seal``; a table
without that column has its own. ``licenses`` are written by hand. A licence with a ``name`` is one,
by its SPDX name; without a name it says in its title under which terms the source stands, and in
its path where.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tallybook import addresses
from tallybook.data import cells

_RUN = f" (run `{cells.SEAL}`)"


def named(resource: Mapping[str, Any]) -> list[dict[str, str]]:
    """The licences of a table; none if its source states none."""
    return [licence for licence in resource["licenses"] if "name" in licence]


def license(resource: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The licences of a table as the property of linked data, if its source states any."""
    found = [{"@id": licence["path"]} for licence in named(resource)]
    return {"license": found} if found else {}


def remark(resource: Mapping[str, Any]) -> str:
    """The licences and terms of a table in words."""
    return "; ".join(licence["title"] for licence in resource["licenses"])


def faults(resource: Mapping[str, Any], place: str) -> list[str]:
    """What is wrong with the licences and sources of a description, whatever the table holds."""
    found = []
    if not _each(resource.get("licenses"), "title", "path"):
        wanted = "one or more, each with a title and a path, and a name if it is a licence"
        found.append(f"{place}, licenses: found {_shown(resource, 'licenses')}; expected {wanted}")
    for kind in ("licenses", "sources"):
        for one in resource.get(kind) or []:
            path = one.get("path") if isinstance(one, dict) else None
            if isinstance(path, str) and ":" in path and (says := addresses.fault(path)):
                found.append(f"{place}, {kind}: {says}")
    if not _each(resource.get("sources"), "title"):
        columns = [field["name"] for field in resource.get("schema", {}).get("fields", [])]
        how = ", or a column source_key from which they are written"
        wanted = f"one or more with a title{_RUN if 'source_key' in columns else how}"
        found.append(f"{place}, sources: found {_shown(resource, 'sources')}; expected {wanted}")
    return found


def missing(resource: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    """How the sources of a description differ from those that the rows name."""
    told, named = {source.get("key") for source in resource["sources"]}, set(keys)
    if told == named:
        return None
    some = min(str(key) for key in told ^ named)
    found = f"no {some!r}, which rows name" if some in named else f"{some!r}, which no row names"
    return f"sources: found {found}; expected the sources of all rows and no other{_RUN}"


def sources(resource: Mapping[str, Any], table: bytes, known: bytes) -> list[dict[str, str]]:
    """The sources of a table as its rows name them; as they are described if it cannot be read or
    names none. ``table``: its bytes; ``known``: those of ``sources.csv``."""
    described: list[dict[str, str]] = resource.get("sources", [])
    try:
        listed = {row["key"]: row for row in _rows(known)}
        keys = sorted({row["source_key"] for row in _rows(table) if row["source_key"]})
    except (KeyError, ValueError, cells.NotCsv):
        return described  # what is wrong is said where tables are checked
    return [_source(listed[key]) for key in keys if key in listed] or described


def _source(row: Mapping[str, str]) -> dict[str, str]:
    who = ", ".join(part for part in (row["author"], row["year"]) if part).removesuffix(".")
    path = f"https://doi.org/{row['doi']}" if row.get("doi") else row["url"]
    return {"key": row["key"], "title": f"{who}. {row['title']}"} | ({"path": path} if path else {})


def _rows(content: bytes) -> list[dict[str, str]]:
    header, *others = cells.rows(content.decode("utf-8")) or [[]]
    return [dict(zip(header, row, strict=False)) for row in others]


def _each(listed: object, *wanted: str) -> bool:
    """Whether it is a list of one or more, each with all that is wanted."""
    if not isinstance(listed, list):
        return False
    return bool(listed) and all(one.get(name) for one in listed for name in wanted)


def _shown(resource: Mapping[str, Any], name: str) -> str:
    return cells.short(str(resource[name])) if resource.get(name) else "none"
