"""A report or a chapter is begun by one command: it builds at once, in two languages
too; or nothing is made."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, CHECK, EXAMPLE, Sandbox, read
from tallybook import language, new

NEW = (sys.executable, "-m", "tallybook", "new")
NAMES = {
    "My Hens": "new: found the name 'My Hens'; expected small letters",
    "class": "new: found the name 'class', which has a meaning of its own",
    "csv": "new: found the name 'csv', which has a meaning of its own",
    "data": "new: found the name 'data', which has a meaning of its own",
    "pandas": "new: found a package 'pandas' that is installed; expected another name",
    "nowhere/hens": "new: found no folder",
}
CHAPTERS = {
    "Beets": "the name 'Beets'; expected",
    "two_beds": "the name 'two_beds'; expected",
    "list": "the name 'list', which has a meaning of its own",
    "charts": "the name 'charts', which has a meaning of its own",
    "rain": "rain.md already",
}


@pytest.fixture(scope="module")
def hens(alone: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """A report that is begun and built, with a French edition."""
    room = tmp_path_factory.mktemp("room")
    done = Sandbox(room, alone).run(*NEW, "hen_house")
    assert done.returncode == 0, done.stderr
    made = Sandbox(room / "hen_house", alone)
    files = {path.relative_to(made.root) for path in made.root.rglob("*") if path.is_file()}
    assert set(done.stdout.splitlines()[1:-1]) == {f"  {path}" for path in files}
    made.edit("_config.yml", "  config:\n", "  config:\n    report_languages: [fr]\n")
    made.made(*BUILD)
    return made


def test_a_chapter_is_begun_in_a_report_that_the_engine_knows_nothing_of(
    copy: Callable[[Path], Sandbox],
):
    room = copy(EXAMPLE)
    before = {path: path.read_bytes() for path in room.root.rglob("*") if path.is_file()}
    for name, says in CHAPTERS.items():
        done = room.run(*NEW, "--chapter", name)
        assert done.returncode == 1 and done.stderr.startswith(f"new: found {says}"), done.stderr
    assert before == {path: path.read_bytes() for path in before} and not (
        {*room.root.rglob("*.*")} - {*before}
    )
    done = room.run(*NEW, "--chapter", "beets")
    assert done.returncode == 0, done.stderr
    for file in ("_toc.yml", "data/claims.csv", "data/tables.csv", "data/sources.bib"):
        assert read(room.root / file).startswith(before[room.root / file].decode()), file
    assert read(room.root / "data/sources.bib").count("@misc{own-beets,") == 1
    room.made(*CHECK)
    site = room.made(*BUILD)
    claims = json.loads(read(site / "claims.json"))["claims"]
    [verdict] = [one["verdict"] for one in claims if one["chapter"] == "beets"]
    assert verdict == "too high" and 'data-chart="beets-rows"' in read(site / "beets.html")


def test_what_is_made_builds(hens: Sandbox):
    [number] = json.loads(read(hens.site / "numbers.json"))["numbers"]
    assert number["label"] == "Mean of rain" and number["value"] == 45.75
    assert number["low"] < 45.75 < number["high"]
    [claim] = json.loads(read(hens.site / "claims.json"))["claims"]
    assert claim["verdict"] == "too high" and claim["flips"]
    page = html.fromstring(read(hens.site / "first.html"))
    assert page.xpath("//figure//svg") and page.get_element_by_id("claim-first-example") is not None
    assert "Mean of rain" in read(hens.site / "index.html")


def test_the_engine_says_nothing_in_english_on_a_french_page(hens: Sandbox):
    """All that a stranger's edition looks up is in the engine's catalogue, or the author's own."""
    written = [*hens.root.rglob("*.*")]
    kept = [one for one in written if not {"_build", "__pycache__"}.intersection(one.parts)]
    own = " ".join(map(read, kept))
    shown = read(hens.root / "_build/staging/_build/shown.fr").splitlines()
    texts = [text if isinstance(text, str) else text[0] for _, text in map(json.loads, shown)]
    with language.speaking("fr", hens.root):
        unknown = {t for t in texts if not language.known(t) and not language.known((t, 0))}
    english = sorted(text for text in unknown if text.removeprefix("Mean of ") not in own)
    assert len(texts) > 100 and [text for text in english if text != "First"] == []


def test_a_name_that_cannot_be_taken_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for name, says in NAMES.items():
        assert new.main([str(tmp_path / name)]) == 1
        said = capsys.readouterr().err
        assert said.startswith(says) and said.endswith("\nNothing was made.\n")
    assert [*tmp_path.iterdir()] == []
    (tmp_path / "hens").mkdir()
    (tmp_path / "hens" / "notes.txt").write_text("mine", encoding="utf-8")
    assert new.main([str(tmp_path / "hens")]) == 1
    assert "found" in capsys.readouterr().err and read(tmp_path / "hens/notes.txt") == "mine"
