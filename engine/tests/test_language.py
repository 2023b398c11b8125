"""How words are looked up: whole, once, and with the numbers of the language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tallybook import language
from tallybook.claims.claim import hedged
from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.model.formatting import short

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
def test_what_a_template_was_filled_to_is_not_looked_up_again(tmp_path: Path):
    said = hedged("15 000", "nearly")
    assert said == _(said) == "près de 15 000"
    assert "nearly {figure}" in asked(tmp_path) and said not in asked(tmp_path)


@pytest.mark.usefixtures("french")
def test_a_plural_is_collected_with_both_its_messages(tmp_path: Path):
    said = [
        ngettext("{count} worker", "{count} workers", count).format(count=count)
        for count in (0, 1, 1.5, 2.5, 8)
    ]
    # French has the singular up to two.
    assert said == ["0 personne", "1 personne", "1.5 personne", "2.5 personnes", "8 personnes"]
    with language.speaking("en", tmp_path):
        assert [ngettext("one", "many", count) for count in (1, 1.5)] == ["one", "many"]
    assert ["{count} worker", "{count} workers"] in asked(tmp_path)


@pytest.mark.usefixtures("french")
def test_a_short_number_loses_its_last_zeros():
    assert [short(1.5, 4), short(20.0, 4), short(1000.0, 4)] == ["1,5", "20", "1\u202f000"]


def test_in_english_nothing_is_looked_up():
    language.asked.clear()
    assert hedged("15,000", "nearly") == "nearly 15,000" and not language.asked
    assert short(1000.0, 4) == "1,000"
