"""Who may use a table how. A licence with a ``name`` is one, by its SPDX name; without a name it
says in its title under which terms the source stands, and in its path where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


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
