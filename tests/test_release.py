"""What this report adds to releases."""

from __future__ import annotations

import json
import re

import yaml
from tallybook.release import record

from microwork.paths import ROOT
from tests.files import read, write
from upkeep import bench, release

FOLDER = ROOT / record.FOLDER


# What CITATION.cff says


def test_the_files_that_repeat_the_citation_say_what_it_says():
    assert release.ours().stale() == {}


def test_a_new_version_and_day_go_everywhere():
    texts = release.carried(ROOT, "9.8.7", "2031-02-03")
    assert all("9.8.7" in text for text in texts.values())
    preferred = yaml.safe_load(texts["CITATION.cff"])["preferred-citation"]
    said = [preferred[key] for key in ("edition", "year", "month")]
    assert said == ["Version 9.8.7", 2031, 2]
    assert json.loads(texts["codemeta.json"])["datePublished"] == "2031-02-03"


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


def test_the_changelog_has_every_release():
    found = re.findall(r"^## (\S+) ", read(ROOT / "CHANGELOG.md"), re.M)
    assert found == record.versions(FOLDER)[::-1]
