"""The rules of a column as an author writes them in ``schema.csv``, and as the Data Package has
them."""

from __future__ import annotations

import re
from typing import Any

FALLING = " falling"  # behind a column in the order of a table
RULES = "key, optional, at least 0, at most 100, one of a | b, like [a-z]+ or in table.column"
SOURCE_KEY, SOURCES = "source_key", "sources"
Line = dict[str, str]
Resource = dict[str, Any]


class WrongError(Exception):
    """What is wrong with a cell: its column, what was found, what was expected."""


def described(line: Line) -> tuple[dict[str, Any], dict[str, Any]]:
    """A column as the Data Package has it, and the rules that are none of the Data Package."""
    rules = dict(_rule(rule, line["type"]) for rule in split(line["rules"]))
    if line["column"] == SOURCE_KEY:
        rules["in"] = f"{SOURCES}.key"
    required = {} if rules.pop("optional", False) else {"required": True}
    limits = required | {name: limit for name, limit in rules.items() if name not in ("key", "in")}
    said = {key: line[key] for key in ("unit", "description") if line[key]}
    field = {"name": line["column"], "type": line["type"]} | said
    return field | ({"constraints": limits} if limits else {}), rules


def _rule(rule: str, kind: str) -> tuple[str, Any]:
    """A rule as a constraint of the Data Package. Raises ``WrongError`` for any other."""
    numeric = kind in ("integer", "number")
    first, _, rest = rule.partition(" ")
    second, _, given = rest.partition(" ")
    try:
        if rule in ("key", "optional"):
            return rule, True
        if first == "in" and "." in rest:
            return "in", rest
        if first == "like":
            re.compile(rest)
            return "pattern", rest
        if first == "at" and second in ("least", "most") and numeric:
            return ("minimum" if second == "least" else "maximum"), _number(given)
        if (first, second) == ("one", "of"):
            words = [word.strip() for word in given.split("|")]
            return "enum", [_number(word) if numeric else word for word in words]
    except (re.error, ValueError) as error:
        raise WrongError("rules", f"{rule!r} ({error})", RULES) from None
    raise WrongError("rules", repr(rule), RULES)


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def order(text: str, resource: Resource) -> list[str]:
    """The columns by which the rows of a table are sorted, with - before one that falls."""
    known = [field["name"] for field in resource["schema"]["fields"]]
    found = []
    for one in split(text):
        column = one.removesuffix(FALLING)
        if column not in known:
            raise WrongError("order", repr(one), f"columns of the table, with{FALLING} behind one")
        found.append(f"-{column}" if column != one else column)
    return found


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
