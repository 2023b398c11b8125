"""Changes to the tables of a copy of the example, described and sealed as its author would."""

from __future__ import annotations

from pathlib import Path

from tallybook.data import inference, schema, seal

WORDS = {"title": "A table", "licence": "cc0", "source": "A test", "description": "Made up."}


def put(root: Path, name: str, text: str) -> None:
    """A table with this text, such as ``rain/texts``, in place of one that may be there."""
    take(root, name)
    path = root / "data" / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    inference.describe(f"{name}.csv", root / "data")
    say(root / "data", name, **WORDS)
    seal.seal(root / "data")


def take(root: Path, name: str) -> None:
    """No table of that name, nor its description."""
    (root / "data" / f"{name}.csv").unlink(missing_ok=True)
    for file in (schema.SCHEMA, schema.TABLES):
        lines = schema.lines(root / "data", file)
        others = [line for line in lines if line["table"] != name]
        schema.write(root / "data", file, others)


def change(root: Path, name: str, old: str, new: str) -> None:
    """A table in which one text stands for another, with its description as it was."""
    path = root / "data" / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    seal.seal(root / "data")


def say(folder: Path, table: str, column: str = "", **said: str) -> None:
    """Change what is said of a table, or of one of its columns."""
    file = schema.SCHEMA if column else schema.TABLES
    lines = schema.lines(folder, file)
    for line in lines:
        if line["table"] == table and line.get("column", "") == column:
            line.update(said)
    schema.write(folder, file, lines)
