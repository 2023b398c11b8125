"""The example is built by the engine alone; others cite what is in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, Sandbox, read


@pytest.fixture(scope="module")
def numbers(garden: Sandbox) -> dict[str, dict]:
    return {
        number["id"]: number for number in json.loads(read(garden.site / "numbers.json"))["numbers"]
    }


@pytest.fixture(scope="module")
def shown(garden: Sandbox) -> dict[str, str]:
    """Each number as it prints, from the page that lists them."""
    rows = html.fromstring(read(garden.site / "index.html")).xpath(
        "//table[@class='numbers']/tbody/tr"
    )
    return {row.get("id"): row.xpath("td")[0].text_content() for row in rows}


def test_another_project_cites_a_number_a_claim_and_a_chart(
    garden: Sandbox, tmp_path: Path, numbers: dict[str, dict], shown: dict[str, str]
):
    """Plain Sphinx, without anything of ours: the link begins as the number prints, and leads to
    its place."""
    mapping = {"garden": ("https://garden.example/", str(garden.site / "objects.inv"))}
    conf = f"extensions = ['sphinx.ext.intersphinx']\nintersphinx_mapping = {mapping!r}\n"
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    cited = (*numbers, "claim-neighbour-rain", "claim-neighbour-beans", "rain-months")
    roles = " ".join(f":external+garden:ref:`{name}`" for name in cited)
    (tmp_path / "index.rst").write_text(f"Elsewhere\n=========\n\nIt rained {roles}.\n")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", ".", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    links = html.fromstring(read(tmp_path / "out/index.html")).xpath(
        "//a[@class='reference external']"
    )
    led = {link.get("href"): link.text_content() for link in links}
    base = "https://garden.example/"
    for name, number in numbers.items():
        assert led.pop(base + number["href"]).startswith(shown[name])
    assert led.keys() == {f"{base}rain.html#{name}" for name in cited[len(numbers) :]}


def test_a_chapter_may_lose_its_cells(built: Sandbox):
    """A page without cells is never stored as executed, though an older text of it may be."""
    assert (built.site / "_downloads" / "rain.ipynb").is_file()
    prose = "# How much did it rain?\n\n{num}`rain.total` mm.\n\n```{claims} rain\n```\n"
    (built.root / "rain.md").write_text(prose, encoding="utf-8")
    assert not (built.made(*BUILD) / "_downloads" / "rain.ipynb").exists()
