"""A translation prints the numbers of its message: the build says which does not, and where."""

from __future__ import annotations

from pathlib import Path

from tallybook import catalogues
from tallybook.errors import TallybookError

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
# A message, a translation, and what is said of it, if anything.
HELD = """
{num}`a` and {num}`b|c` ~ {num}`a` et {num}`b|c` ~
{num}`a` and {num}`b|c` ~ {num}`b|c` et {num}`a` ~ {num}`b|c`, {num}`a`; expected {num}`a`, {num}`b
{num}`a` and {num}`b|c` ~ {num}`a` et {num}`b` ~ {num}`a`, {num}`b`; expected {num}`a`, {num}`b|c`
[[a|value]] mm ~ [[b|value]] mm ~ [[b|value]]; expected [[a|value]]
{first} and {second} ~ {first} et {premier} ~ {first}, {premier}; expected {first}, {second}
A {term}`bean <Bean>` ~ Un {term}`haricot <bean>` ~
Fig. %s ~ Fig. ~ no placeholder; expected %s
Plain ~ <meta http-equiv=refresh> ~ <meta http-equiv=refresh>; expected no placeholder
<a href='../a.json'>a</a> ~ <a href='../../a.json'>un</a> ~
<a href='{to}'>a</a> ~ <a href='https://b.example'>un</a> ~ <a href='https://b.example'>, </a>; exp
"""
# What stands in a file after its head, with the line at fault.
WRITTEN = {
    '#, fuzzy\nmsgid "{num}`a`"\nmsgstr "b"\n\nmsgid "{a}"\nmsgstr ""\n': "",
    '#, reordered\nmsgid "{num}`a` {num}`b`"\nmsgstr "{num}`b` {num}`a`"\n': "",
    'msgid "{a} row"\nmsgid_plural "{a} rows"\nmsgstr[0] "{a}"\nmsgstr[1] "b"\n': "5: found no pl",
    'msgid "a"\n<<<<<<< ours\nmsgstr "a"\n': "6: found '<<<<<<< ours'; expected lines of a cat",
    '"Plural-Forms: nplurals=9999; plural=n;\\n"\n': "5: found '\"Plural-Forms",
    '"Content-Type: text/plain; charset=latin-1\\n"\n': "5: found '\"Content-Type",
    'msgid "\udce9"\nmsgstr "b"\n': "5: found the byte 0xe9; expected UTF-8",
}


def test_what_a_translation_has_otherwise_than_its_message_is_named_with_its_line(tmp_path: Path):
    path, cases, wrong = tmp_path / "report.po", dict(WRITTEN), []
    for one, other, said in (line.split(" ~") for line in HELD.strip().splitlines()):
        told = f"5: found{said}" if said else ""
        cases[f'msgid "{one}"\nmsgstr "{other.strip()}"\n'] = told
    for text, said in cases.items():
        path.write_bytes((HEAD + text).encode(errors="surrogateescape"))
        try:
            found = "\n".join(catalogues.faults(path, "report.po"))
        except TallybookError as error:
            found = str(error)
        if bool(found) != bool(said) or not found.startswith(f"report.po:{said}" if said else ""):
            wrong.append((text, found))
    assert wrong == []
