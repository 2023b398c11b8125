"""A report or a chapter is begun by one command: it builds at once, from a table of the author's
own, in two languages too; or nothing is made."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, EXAMPLE, Sandbox, read
from tallybook import language, new

NEW = (sys.executable, "-m", "tallybook", "new")
HENS = """Name of the hen,eggs per week,"weight, kg",note
Berta,5,2.25,
Frida,0,1.75,"lays nothing, ever"
Gerda,7,,new
"""
# Tables that a stranger may have, each with what is to be read of it.
ODD = {
    "day,degrees\n2025-01-01,-3.5\n2025-01-02,-1.25\n": "1",
    "day,rain\nmonday,0\ntuesday,0\n": "1",
    "a,b,source_key\nx,1.5,book1999\ny,2.5,web2001\n": "5",
    "\ufeffa,b\r\nx,1\r\ny,2\r\n": "4",
    'a,"it\'s [1.0]: $b"\nx,1\ny,1\n': "3",
    "a,b\nx,123456789012\ny,987654321\n": "200000000000",
}
REFUSED = {
    "a,b\nx,y\n": "stranger.csv: found no column of numbers; expected one at least",
    "a,b\n": "stranger.csv, row 2: found nothing; expected a header and at",
    "a;b\n1;2\n": "stranger.csv",
    "a,a\nx,1\n": "stranger.csv, row 1: found the columns 'a', 'a'",
}
NAMES = {
    "My Hens": "new: found the name 'My Hens'; expected small letters",
    "class": "new: found the name 'class', which has a meaning of its own",
    "pandas": "new: found a package 'pandas' that is installed; expected another name",
    "nowhere/hens": "new: found no folder",
}
CHAPTERS = {
    "Beets": "the name 'Beets'; expected",
    "list": "the name 'list', which has a meaning of its own",
    "rain": "rain.md already",
}


@pytest.fixture(scope="module")
def hens(alone: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """A report that is begun from a table and built, with a French edition."""
    room = tmp_path_factory.mktemp("room")
    (room / "My hens, 2025.csv").write_text(HENS, encoding="utf-8")
    done = Sandbox(room, alone).run(*NEW, "hen_house", "--table", "My hens, 2025.csv")
    assert done.returncode == 0, done.stderr
    made = Sandbox(room / "hen_house", alone)
    files = {path.relative_to(made.root) for path in made.root.rglob("*") if path.is_file()}
    assert set(done.stdout.splitlines()[1:-1]) == {f"  {path}" for path in files}
    made.edit("_config.yml", "  config:\n", "  config:\n    report_languages: [fr]\n")
    made.made(*BUILD)
    return made


def test_a_chapter_is_begun_in_a_report_that_the_engine_knows_nothing_of(
    copy: Callable[[Path], Sandbox],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    room = copy(EXAMPLE)
    monkeypatch.chdir(room.root)
    (room.root / "beets.csv").write_text("bed,weight,source_key\na,1.5,diary2025\nb,2,own2026\n")
    before = {path: path.read_bytes() for path in room.root.rglob("*") if path.is_file()}
    for name, says in CHAPTERS.items():
        assert new.main(["--chapter", name]) == 1
        assert capsys.readouterr().err.startswith(f"new: found {says}"), name
    assert before == {path: path.read_bytes() for path in before} and not (
        {*room.root.rglob("*.*")} - {*before}
    )
    done = room.run(*NEW, "--chapter", "beets", "--table", "beets.csv")
    assert done.returncode == 0, done.stderr
    for name in ("claims.csv", "judgements.csv", "tables.csv", "sources.bib"):
        file = f"data/{name}"
        assert read(room.root / file).startswith(before[room.root / file].decode()), file
    assert read(room.root / "data/sources.bib").count("@misc{diary2025,") == 1
    assert "beets" in read(room.root / "_toc.yml") and (room.root / "garden/beets.py").is_file()


def test_what_is_made_builds(hens: Sandbox):
    [number] = json.loads(read(hens.site / "numbers.json"))["numbers"]
    assert number["label"] == "Mean of eggs per week" and number["value"] == 4
    assert number["low"] < 4 < number["high"]
    [claim] = json.loads(read(hens.site / "claims.json"))["claims"]
    assert claim["word"] == "very likely too high" and claim["chance"] == 1
    page = html.fromstring(read(hens.site / "first.html"))
    assert page.xpath("//figure//svg") and page.get_element_by_id("claim-first-example") is not None
    assert read(hens.root / "data/first/my-hens-2025.csv") == HENS
    assert "Mean of eggs per week" in read(hens.site / "index.html")


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


def test_the_example_or_a_strange_table_is_taken(tmp_path: Path):
    """Of each a chapter, all of which are computed when the last is begun."""
    folder, file, template = tmp_path / "hens", tmp_path / "odd.csv", new.TEMPLATES / "chapter"
    assert "index.md" in new.begin(folder)
    *names, last = [f"odd{letter}" for letter, _ in zip("abcdef", ODD, strict=True)]
    for name, text in zip([*names, last], ODD, strict=True):
        file.write_text(text, encoding="utf-8", newline="")
        if name == last:
            new.begin(folder, name, file)
        else:
            known = read(folder / "data/sources.bib")
            new.add(folder, name, template, new._of_table(name, file, known))
    rows = [line.partition(",") for line in read(folder / "data/claims.csv").splitlines()]
    said = {name: row.partition("The mean is ")[2].partition(":")[0] for name, _, row in rows}
    wanted = zip([*names, last], ODD.values(), strict=True)
    assert [one for one in wanted if said[f"{one[0]}-example"] != one[1]] == []


def test_a_table_or_a_name_that_cannot_be_taken_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "stranger.csv"
    for text, says in REFUSED.items():
        file.write_text(text, encoding="utf-8")
        assert new.main([str(tmp_path / "hens"), "--table", str(file)]) == 1
        first, last = capsys.readouterr().err.splitlines()
        assert says in first and last == "Nothing was made.", text
    for name, says in NAMES.items():
        assert new.main([str(tmp_path / name), "--table", str(tmp_path / "lost.csv")]) == 1
        assert capsys.readouterr().err.startswith(says)
    assert [*tmp_path.iterdir()] == [file]
    (tmp_path / "hens").mkdir()
    (tmp_path / "hens" / "notes.txt").write_text("mine", encoding="utf-8")
    assert new.main([str(tmp_path / "hens")]) == 1
    assert "found" in capsys.readouterr().err and read(tmp_path / "hens/notes.txt") == "mine"
