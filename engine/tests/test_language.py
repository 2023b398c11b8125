"""How words are found in the engine's code, and looked up: whole, once, and with the numbers of the
language."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tallybook import extraction, language
from tallybook.claims.claim import hedged
from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.model.formatting import short
from tallybook.project import ENGINE
from tallybook.sphinx.pages import minify

ASKS = re.compile(r"(?<![\w$.])_\(")
CATALOGUE = """
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "nearly {figure}"
msgstr "près de {figure}"

msgid "{count} worker"
msgid_plural "{count} workers"
msgstr[0] "{count} personne"
msgstr[1] "{count} personnes"

msgid "Say \\"a\\""
msgstr "Dis «\u202fa\u202f»"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = language.folder("fr", tmp_path)
    folder.mkdir(parents=True)
    (folder / "report.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(language, "_loaded", dict(language._loaded))
    monkeypatch.setattr(language, "_filled", set())
    language._loaded.pop("fr", None)
    language.asked.clear()
    with language.speaking("fr", tmp_path):
        yield


def asked(tmp_path: Path) -> list[object]:
    language.collect(tmp_path / "shown", [])
    lines = (tmp_path / "shown").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)[1] for line in lines]


@pytest.mark.usefixtures("french")
def test_words_are_looked_up_once_and_counted_as_the_language_counts(tmp_path: Path):
    said = hedged("15 000", "nearly")
    assert said == _(said) == "près de 15 000"
    counted = [
        ngettext("{count} worker", "{count} workers", count).format(count=count)
        for count in (0, 1, 1.5, 2.5, 8)
    ]
    # French has the singular up to two.
    assert counted == ["0 personne", "1 personne", "1.5 personne", "2.5 personnes", "8 personnes"]
    found = asked(tmp_path)
    assert "nearly {figure}" in found and said not in found
    assert ["{count} worker", "{count} workers"] in found
    assert [short(1.5, 4), short(20.0, 4), short(1000.0, 4)] == ["1,5", "20", "1\u202f000"]
    with language.speaking("en", tmp_path):
        assert [ngettext("one", "many", count) for count in (1, 1.5)] == ["one", "many"]


def test_words_are_found_wherever_python_looks_them_up_or_marks_them():
    code = b"""f"{_('One')}: {name}"\nngettext('{count} row', '{count} rows', n)\n_(label)
A = N_({"key": "Two", "more": ("Three", {"inside": "Four"})})\n"""
    found = [
        text for _, _, text, _ in extraction.calls(io.BytesIO(code), {"_", "ngettext"}, (), {})
    ]
    assert set(found) == {"One", ("{count} row", "{count} rows"), "Two", "Three", "Four"}


@pytest.mark.usefixtures("french")
def test_a_script_speaks_the_language_of_its_edition(tmp_path: Path):
    script = 'button.title = _("Say \\"a\\"") + my_("b");'
    assert minify.spoken(script) == 'button.title = "Dis «\u202fa\u202f»" + my_("b");'
    with language.speaking("en", tmp_path):
        assert minify.spoken(script) == 'button.title = "Say \\"a\\"" + my_("b");'
    found = {file for file, _line, _text in extraction.messages(ENGINE) if file.endswith(".js")}
    for path in (ENGINE / "theme" / "static").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not ASKS.findall(minify.spoken(text)), path.name
        assert bool(ASKS.search(text)) == any(file.endswith(path.name) for file in found)
