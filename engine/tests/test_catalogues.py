"""A translation prints the numbers of its message: the build says which does not, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Sandbox
from tallybook import catalogues, language
from tallybook.errors import TallybookError

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
TWO = "{num}`rain.total` fell, {num}`rain.beans|full` grew."
SWAPPED = "{num}`rain.beans|full` est, {num}`rain.total` non."
MANY = 'msgid "{table} ({count} row)"\nmsgid_plural "{table} ({count} rows)"\n'
# What a catalogue holds after its head, and what is said of it; nothing if it is sound.
HELD = {
    (TWO, "Il a plu {num}`rain.total`, et {num}`rain.beans|full`."): "",
    (TWO, ""): "",
    (
        TWO,
        SWAPPED,
    ): ":5: found {num}`rain.beans|full`, {num}`rain.total`; expected {num}`rain.total`"
    ", {num}`rain.beans|full` in this order (if another is meant",
    (
        TWO,
        "Il a plu {num}`rain.total`.",
    ): ":5: found {num}`rain.total`; expected {num}`rain.total`, {num}`rain.beans|full`",
    (TWO, TWO.replace("|full", "")): ":5: found {num}`rain.total`, {num}`rain.beans`; expected",
    (
        TWO,
        f"{TWO} {{num}}`rain.total`",
    ): ":5: found {num}`rain.total`, {num}`rain.beans|full`, {num",
    (
        "In [[rain.total|value]] mm",
        "En [[rain.yield|value]] mm",
    ): ":5: found [[rain.yield|value]]; ex",
    ("{first} and {second}", "{second} et {first}"): "",
    (
        "{first} and {second}",
        "{first} et {premier}",
    ): ":5: found {first}, {premier}; expected {first}",
    ("A {term}`bean <Bean>`", "Un {term}`haricot <bean>`"): "",
    ("A {term}`bean`", "Un {term}`haricot`"): ":5: found {term}`haricot`; expected {term}`bean`",
    ("Fig. %s", "Fig."): ":5: found no placeholder; expected %s",
    (
        "Plain",
        "<meta http-equiv=refresh content=0>",
    ): ":5: found <meta http-equiv=refresh content=0>",
    ('<a href=\\"../a.json\\">a</a>', '<a href=\\"../../a.json\\">un</a>'): "",
    ('<a href=\\"{to}\\">a</a>', '<a href=\\"https://b.example\\">a</a>'): ":5: found <a href=",
}
# As a file has it.
WRITTEN = {
    f'#, fuzzy\nmsgid "{TWO}"\nmsgstr "Il a plu."\n': "",
    f'#, {catalogues.REORDERED}\nmsgid "{TWO}"\nmsgstr "{SWAPPED}"\n': "",
    f'{MANY}msgstr[0] "{{table}} ({{count}} ligne)"\nmsgstr[1] "{{table}}"\n': ":5: found {table};",
    f'msgid "{TWO}"\n<<<<<<< ours\nmsgstr "a"\n': ":6: found '<<<<<<< ours'; expected msgid",
    'msgid "a"\nmsgstr "b\n': ":6: found 'msgstr \"b'; expected msgid",
    'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n': ":5: found missing msgstr",
    'msgid "é"\nmsgstr "b"\n'.encode("latin-1"): ":5: found the byte 0xe9; expected UTF-8",
}


def test_what_a_translation_has_otherwise_than_its_message_is_named_with_its_line(tmp_path: Path):
    path, wrong = tmp_path / "report.po", []
    held = {f'msgid "{one}"\nmsgstr "{other}"\n': said for (one, other), said in HELD.items()}
    for text, said in (held | WRITTEN).items():
        path.write_bytes(HEAD.encode() + (text if isinstance(text, bytes) else text.encode()))
        try:
            found = "\n".join(catalogues.faults(path, "report.po"))
        except TallybookError as error:
            found = str(error)
        if not found.startswith(f"report.po{said}" if said else "") or bool(found) != bool(said):
            wrong.append((text, found))
    assert wrong == []
    path.write_bytes(HEAD.replace("utf-8", "latin-1").encode() + b'msgid "a"\nmsgstr "b"\n')
    assert ":1: found a head that says the charset" in "\n".join(catalogues.faults(path, ""))
    path.write_text(HEAD.replace("Content", "Plural-Forms: nplurals=9999; Content"))
    assert "expected fewer than ten forms" in "\n".join(catalogues.faults(path, ""))


@pytest.mark.parametrize("name", ["rain.po", "report.po"])
def test_a_build_stops_at_a_catalogue_with_a_fault(copy: Callable[[Path], Sandbox], name: str):
    room = copy(EXAMPLE)
    room.edit("_config.yml", "  config:\n", "  config:\n    report_languages: [fr]\n")
    path = language.folder("fr", room.root) / name
    path.parent.mkdir(parents=True)
    path.write_text(f'{HEAD}msgid "{TWO}"\nmsgstr "Il a plu."\n', encoding="utf-8")
    done = room.run(*BUILD)
    said = f"locale/fr/LC_MESSAGES/{name}:5: found no placeholder; expected {{num}}`rain.total`"
    assert done.returncode == 1 and done.stderr.startswith(said), done.stderr
    assert "executing" not in done.stdout and not room.site.exists()
