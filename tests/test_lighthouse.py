"""What a report of Lighthouse says about a page; Lighthouse itself runs in ``make bench``."""

from __future__ import annotations

import json
import re

import pytest

from microwork.paths import ROOT
from upkeep import lighthouse


def found(performance: float, seo: float | None = 1.0, blocking: float = 1.0) -> dict:
    """The part of a report that is read, in the form in which Lighthouse 12 writes it."""
    scores = {"performance": performance, "accessibility": 1, "best-practices": 1, "seo": seo}
    weights = {
        "performance": {"total-blocking-time": 30, "bootup-time": 0},
        "seo": {"meta-description": 1, "hreflang": 1},
    }
    refs = {
        name: [{"id": audit, "weight": w} for audit, w in weights.get(name, {}).items()]
        for name in scores
    }
    categories = {name: {"score": score, "auditRefs": refs[name]} for name, score in scores.items()}
    good = {name: {"score": 1, "displayValue": "1.0\u00a0s"} for name in lighthouse.SHOWN.values()}
    audits = good | {
        "total-blocking-time": {"score": blocking, "displayValue": "520\u00a0ms"},
        "bootup-time": {"score": 0.1},
        "meta-description": {"score": 0},
        "hreflang": {"score": None},
    }
    return {"categories": categories, "audits": audits}


def test_a_category_under_its_limit_is_named_and_one_without_a_score_counts_as_none():
    assert lighthouse.under(found(1.0)) == []
    assert lighthouse.under(found(0.99)) == ["performance"]
    assert lighthouse.under(found(1.0, seo=None)) == ["seo"]


def test_what_costs_points_is_named_and_what_only_informs_is_not():
    assert lighthouse.failed(found(0.8, blocking=0.56), "performance") == [
        "total-blocking-time 0.56 (520\u00a0ms)"
    ]
    assert lighthouse.failed(found(1.0, seo=0.5), "seo") == ["meta-description 0.00"]


@pytest.mark.parametrize(
    ("runs", "median"), [([0.9], 0.9), ([0.9, 0.99], 0.9), ([0.99, 0.5, 0.98], 0.98)]
)
def test_the_middle_run_counts(runs, median):
    assert (
        lighthouse.middle([found(run) for run in runs])["categories"]["performance"]["score"]
        == median
    )


def test_only_a_page_under_a_limit_runs_again():
    scores = iter([0.9, 1.0, 0.98, 1.0, 0.1])
    assert (
        lighthouse.scores(lighthouse.judged("a page", lambda _: found(next(scores))))["performance"]
        == 0.98
    )
    assert (
        lighthouse.scores(lighthouse.judged("a page", lambda _: found(next(scores))))["performance"]
        == 1.0
    )
    assert list(scores) == [0.1]


def test_a_page_that_asks_not_to_be_listed_is_left_out(tmp_path):
    (tmp_path / "index.html").write_text("<title>Home</title>")
    (tmp_path / "404.html").write_text(
        '<meta name="robots" content="noindex"><title>Not found</title>'
    )
    assert lighthouse.listed(tmp_path) == ["index.html"]


def test_the_table_has_a_row_per_page():
    text = lighthouse.report({"index.html": found(0.99)})
    cells = [cell.strip() for cell in text.splitlines()[2].split("|")[1:-1]]
    assert cells == [
        "index.html",
        "0.99",
        "1.00",
        "1.00",
        "1.00",
        "1.0 s",
        "1.0 s",
        "520 ms",
        "1.0 s",
    ]


def test_the_tool_is_locked_to_one_version_and_its_lock_names_no_address():
    folder = ROOT / "upkeep" / "tools"
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), (
            f"{name}: found {version}; expected one version"
        )
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all("integrity" in package for path, package in lock["packages"].items() if path)
