"""What keeps the report over the years: the benchmark of builds, what this report adds to releases,
and its letters."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from tallybook.errors import TallybookError
from tallybook.release import record

from microwork.paths import ROOT
from tests.files import read, write
from upkeep import bench, letters, release

COLD = f"{bench.REAL}, cold build"


def test_the_ratio_is_the_median_over_pairs_and_a_limit_that_is_passed_is_named():
    # Ratios of pairs: 0.5, 0.3, 0.9; medians: 20 and 25.
    pairs = [(10.0, 20.0), (30.0, 100.0), (22.5, 25.0)]
    staged = [[("read", 1.5), ("an accident", 2.0)], [("read", 2.5)]]
    times = {COLD: pairs, f"{bench.LIGHT}, nothing changed": [(2.0, 4.0)]}
    page, faults = bench.page(said := bench.figures(times, staged))
    rows = [re.split(r" *\| *", line)[1:-1] for line in page.splitlines() if line[:1] == "|"]
    assert [row for row in rows if not row[0].startswith(":")][1:] == [
        [COLD, "22.5", "25.0", "0.50", "0.70"],
        ["light chapters, nothing changed", "2.0", "4.0", "0.50", ""],
        ["step", "done after, s"],
        ["read", "2.00"],
    ]
    assert said["day"] in page and faults == []
    said = bench.figures({COLD: [(16.0, 20.0)]}, [])
    assert bench.page(said)[1] == [f"{COLD}: found 0.80 of stock; expected at most 0.70"]
    if (ROOT / bench.FIGURES).exists():  # the committed page is made from the figures
        assert read(ROOT / bench.PAGE) == bench.page(json.loads(read(ROOT / bench.FIGURES)))[0]


def test_a_release_is_refused_while_the_benchmarks_are_of_another_engine(tmp_path):
    said = "docs/benchmarks.json: found no figures of this engine/src; expected `make bench`"
    assert said in bench.outdated(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "engine/src").mkdir(parents=True)
    write(tmp_path / "engine/src/a.py", "1")
    write(tmp_path / bench.FIGURES, json.dumps({"engine": bench.engine(tmp_path)}))
    assert bench.outdated(tmp_path) == ""
    write(tmp_path / "engine/src/a.py", "2")
    assert "found no figures of this engine/src" in bench.outdated(tmp_path)


def test_a_version_and_its_day_go_everywhere_and_the_changelog_has_every_release():
    assert release.ours().stale() == {}
    texts = release.carried(ROOT, "9.8.7", "2031-02-03")
    assert all("9.8.7" in text for text in texts.values())
    preferred = yaml.safe_load(texts["CITATION.cff"])["preferred-citation"]
    said = [preferred[key] for key in ("edition", "year", "month")]
    assert said == ["Version 9.8.7", 2031, 2]
    assert json.loads(texts["codemeta.json"])["datePublished"] == "2031-02-03"
    found = re.findall(r"^## (\S+) ", read(ROOT / "CHANGELOG.md"), re.M)
    assert found == record.versions(ROOT / record.FOLDER)[::-1]


def test_a_letter_is_a_page_with_the_figures_of_the_report_in_its_language(loaded, tmp_path):
    def holes(path):
        return sorted(re.findall(r"\[\[.*?\]\]", read(path)))

    for path in letters.LETTERS:
        said, french = letters.filled(path, loaded), path.name.endswith(".fr.md")
        assert len(said.split()) <= 330 and ("notre réponse devient" in said) == french, path.name
        assert len(re.findall(r" à \d" if french else r" to \D?\d", said)) >= 3, path.name
        assert holes(path) == holes(path.with_name(path.name.replace(".fr", ""))), path.name
    write(tmp_path / "a.md", "[[poverty.below-60|no_such low]]")
    with pytest.raises(TallybookError, match="a.md, .*: found no_such; expected us_to_france"):
        letters.filled(tmp_path / "a.md", loaded)
