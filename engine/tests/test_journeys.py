"""What an author does in an afternoon: edits of a report with a second language, one after another,
each built beside the last site. Every site is, byte for byte, what a clean build of the same files
makes elsewhere."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, UNBUILT, Sandbox, contents, read
from tallybook import files
from tallybook.builder.cache import unseen
from tallybook.errors import TallybookError

CATALOGUE = "locale/fr/LC_MESSAGES/rain.po"
QUESTION, SENTENCE = "How much did it rain?", "What the neighbour said"
CHARSET = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
FRENCH = f"""{CHARSET}msgid "{QUESTION}"
msgstr "Combien a-t-il plu ?"

msgid "{SENTENCE}"
msgstr "Ce que dit le voisin"
"""


class Journey:
    """A report that is edited and built again and again, and the clean builds of its states."""

    def __init__(self, room: Sandbox, elsewhere: Path) -> None:
        self.room, self.elsewhere = room, elsewhere
        self.clean: dict[str, dict[str, bytes]] = {}

    def build(self) -> dict[str, bytes]:
        """The site as it is built beside the last one, which must be that of a clean build."""
        root = self.room.root
        state = files.contents(root, files.own(root))
        site = contents(self.room.made(*BUILD))
        if state not in self.clean:
            shutil.rmtree(self.elsewhere, ignore_errors=True)
            shutil.copytree(root, self.elsewhere, ignore=UNBUILT)
            made = Sandbox(self.elsewhere, self.room.alone).made(*BUILD)
            self.clean[state] = contents(made)
        clean = self.clean[state]
        assert [name for name in {*site, *clean} if site.get(name) != clean.get(name)] == []
        return site


@pytest.fixture
def journey(copy: Callable[[Path], Sandbox], tmp_path: Path) -> Journey:
    """The example with a French edition, not yet built."""
    room = copy(EXAMPLE)
    room.edit("_config.yml", "  config:\n", "  config:\n    report_languages: [fr]\n")
    (room.root / CATALOGUE).parent.mkdir(parents=True)
    (room.root / CATALOGUE).write_text(FRENCH, encoding="utf-8")
    of_index = room.root / CATALOGUE.replace("rain", "index")
    of_index.write_text(f'{CHARSET}msgid "Answers"\nmsgstr "Réponses"\n', encoding="utf-8")
    return Journey(room, tmp_path / "elsewhere" / EXAMPLE.name)


def test_a_sentence_in_each_language_and_a_page_of_prose_are_built_again(journey: Journey):
    room = journey.room
    first = journey.build()
    room.edit("rain.md", "Rain by month, in mm.", "Each month has its rain.")
    second = journey.build()
    assert b"Each month has its rain." in second["rain.html"] != first["rain.html"]
    room.edit(CATALOGUE, "Ce que dit le voisin", "Ce que le voisin a dit")
    third = journey.build()
    assert "Ce que le voisin a dit" in third["fr/rain.html"].decode()
    assert third["rain.html"] == second["rain.html"]
    room.edit("index.md", "a garden that does not exist", "a garden of the mind")
    assert b"of the mind" in journey.build()["index.html"]
    # A page without a cell and without code of its own is simply a page.
    (room.root / "thanks.md").write_text("# Thanks\n\n{num}`rain.total` mm.\n", encoding="utf-8")
    room.edit("_toc.yml", "  - file: rain\n", "  - file: rain\n  - file: thanks\n")
    assert b"741" in journey.build()["thanks.html"]


def test_what_no_page_may_take_in_is_refused_in_a_second_build_too(
    journey: Journey, tmp_path: Path
):
    """Hidden files, images in hidden folders, links that lead out, and what an earlier build made:
    each with its page, and the last good site stays."""
    room, outside = journey.room, tmp_path / "outside.txt"
    before = journey.build()
    outside.write_text("The secret.\n", encoding="utf-8")
    (room.root / ".keys").mkdir()
    for name in (".env", ".keys/one.png", "rain.log"):
        (room.root / name).write_text("The secret.\n", encoding="utf-8")
    left = "hidden or otherwise left out of builds; expected one of the report"
    refused = {
        "```{literalinclude} .env\n```": f"found the file .env, {left}",
        "```{image} .keys/one.png\n:alt: A.\n```": f"found the file .keys/one.png, {left}",
        "{download}`this <rain.log>`": f"found the file rain.log, {left}",
        "{download}`this <_build/html/numbers.json>`": "numbers.json, which a build has made; exp",
        f"{{download}}`this <{os.path.relpath(outside, room.root)}>`": f"found the file {outside};",
    }
    good = read(room.root / "rain.md")
    (room.root / "rain.md").write_text("\n\n".join([good, *refused]), encoding="utf-8")
    (room.root / "link.txt").symlink_to(outside)
    done = room.run(*BUILD)
    assert f"link.txt: found a link to {outside}; expected a file of the report" in done.stderr
    (room.root / "link.txt").unlink()
    done = room.run(*BUILD)
    for said in refused.values():
        assert done.returncode and re.search(f"rain.md:1: .*{re.escape(said)}", done.stderr), done
    assert contents(room.site) == before
    (room.root / "rain.md").write_text(good, encoding="utf-8")
    assert journey.build() == before


@pytest.mark.parametrize("name", ["a.md", ".a/b.md", "dist/a", "_build/a", "c/_build/a", "a.log"])
def test_one_function_says_whose_a_file_is_and_all_agree_with_it(tmp_path: Path, name: str):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.touch()
    owner = files.whose(path, tmp_path)
    assert (owner is files.Whose.BUILD) == (name == "_build/a")
    assert (
        [*files.own(tmp_path)]
        == ([path] if owner is files.Whose.AUTHOR else [])
        == ([path] if name == "a.md" else [])
    )
    assert unseen.is_seen(path, tmp_path) == (owner is files.Whose.BUILD)
    (tmp_path / "link").symlink_to(path)
    with contextlib.ExitStack() as refused:
        if owner is not files.Whose.AUTHOR:
            refused.enter_context(pytest.raises(TallybookError, match="link: found a link to"))
        files.refuse_links(tmp_path)
    assert files.whose(tmp_path.parent, tmp_path) is files.Whose.FOREIGN
