"""Words of code: every one is found for the catalogues, and what is written has them translated."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from tallybook import extraction, language
from tallybook.project import ENGINE
from tallybook.sphinx import minify

SCRIPTS = sorted((ENGINE / "theme" / "static").glob("*.js"))
ASKS = re.compile(r"(?<![\w$.])_\(")


def test_words_are_found_wherever_python_looks_them_up():
    code = b"""f"{_('One')}: {name}"\nngettext('{count} row', '{count} rows', n)\n_(label)\n"""
    found = [
        text
        for *_, text, _comments in extraction.calls(io.BytesIO(code), {"_", "ngettext"}, (), {})
    ]
    assert set(found) == {"One", ("{count} row", "{count} rows")}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_word_of_a_script_is_found_and_replaced(script: Path):
    text = script.read_text(encoding="utf-8")
    assert not ASKS.findall(minify.spoken(text))
    places = [
        line for file, line, _text in extraction.messages(ENGINE) if file.endswith(script.name)
    ]
    assert bool(places) == bool(ASKS.search(text))


def test_a_script_speaks_the_language_of_its_edition(tmp_path: Path):
    own = language.folder("xx", tmp_path)
    own.mkdir(parents=True)
    (own / "report.po").write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "Say \\"a\\""\nmsgstr "Dis «\u202fa\u202f»"\n'
    )
    script = 'button.title = _("Say \\"a\\"") + my_("b");'
    with language.speaking("xx", tmp_path):
        assert minify.spoken(script) == 'button.title = "Dis «\u202fa\u202f»" + my_("b");'
    assert minify.spoken(script) == 'button.title = "Say \\"a\\"" + my_("b");'
