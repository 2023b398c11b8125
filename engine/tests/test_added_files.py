"""Style sheets and scripts of other extensions reach the pages, as far as the content policy of the
site allows; the others are refused in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, EXAMPLE, Sandbox, read

Copy = Callable[[Path], Sandbox]
OTHERS = ("sphinx_design", "sphinx_copybutton", "sphinx_togglebutton")
PAGE = """
::::{tab-set}
:::{tab-item} One
Rain.
:::
::::

:::{note}
:class: dropdown
Hidden.
:::
"""
ADDING = """
def setup(app):
    app.connect("html-page-context", lambda app, *_: app.add_js_file({}))
"""


def extended(room: Sandbox, *names: str) -> Sandbox:
    room.edit("_config.yml", "tallybook]", f"tallybook, {', '.join(names)}]")
    return room


def test_files_of_extensions_stand_after_those_of_the_theme(copy: Copy):
    for name in OTHERS:
        pytest.importorskip(name, reason=f"{name} is not installed")
    room = extended(copy(EXAMPLE), *OTHERS)
    with (room.root / "rain.md").open("a", encoding="utf-8") as page:
        page.write(PAGE)
    room.made(*BUILD)
    room.edit("index.md", "Numbers\n", "All numbers\n")
    site = room.made(*BUILD)  # the chapter is taken from the last site
    page = html.fromstring(read(site / "rain.html"))
    styles = [link.get("href") for link in page.xpath("//link[@rel='stylesheet']")]
    scripts = page.xpath("//script[not(@type)]")
    names = [Path(script.get("src")).name for script in scripts]
    assert styles[0] == "_static/report.css"
    assert {"copybutton.css", "togglebutton.css"} < {Path(name).name for name in styles}
    assert names[:2] == ["theme.js", "report.js"]
    assert names.index("documentation_options.js") < names.index("copybutton.js")
    for place in (*styles, *(script.get("src") for script in scripts)):
        assert (site / place).is_file(), place
    added = [name for name in names if name.startswith("added-")]
    assert len(added) == 4 and "togglebuttonSelector" in read(site / "_static" / added[-1])
    assert not [script for script in scripts if script.text]


def test_a_site_without_them_loads_none(garden: Sandbox):
    assert "documentation_options" not in read(garden.site / "rain.html")
    assert not (garden.site / "_static" / "documentation_options.js").exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ('"https://cdn.example/a.js"', "found the file https://cdn.example/a.js of another site"),
        ('None, body="let a = 1;"', "found a script that an extension writes into this page alone"),
    ],
)
def test_what_the_content_policy_forbids_is_refused(given: str, says: str, copy: Copy):
    room = extended(copy(EXAMPLE), "harm")
    (room.root / "harm.py").write_text(ADDING.format(given), encoding="utf-8")
    done = room.run(*BUILD)
    assert done.returncode != 0 and says in done.stdout + done.stderr, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_file_of_another_site_for_all_pages_is_refused(copy: Copy):
    room = extended(copy(EXAMPLE), "harm")
    code = "def setup(app):\n    app.add_css_file('https://cdn.example/a.css')\n"
    (room.root / "harm.py").write_text(code, encoding="utf-8")
    done = room.run(*BUILD)
    expected = "the extensions of _config.yml: found the file https://cdn.example/a.css of another"
    assert done.returncode != 0 and expected in done.stdout + done.stderr
