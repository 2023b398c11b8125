"""The manual says what is so: its blocks are the files of the example, and it names every role and
directive there is."""

from __future__ import annotations

import re
from pathlib import Path

from rooms import ENGINE, EXAMPLE, SOURCE, UNBUILT, read
from tallybook import charts
from tallybook.charts.publish import MIME, MIME_NARROW, bundle_of
from tallybook.pictures import render
from tallybook.report import Provider

README = ENGINE / "README.md"
PAGES = [README, *sorted((ENGINE / "docs").glob("*.md"))]
# A file of the example in backticks, the rest of its line, and the block under it.
BLOCK = re.compile(r"^`([\w./-]+)`[^\n]*:\n\n(`{3,})\w+\n(.*?)^\2$", re.M | re.S)


def blocks(page: Path) -> list[tuple[str, str]]:
    return [(name, text) for name, _fence, text in BLOCK.findall(page.read_text(encoding="utf-8"))]


def of_example() -> set[str]:
    files = {path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*") if path.is_file()}
    return {name for name in files if not UNBUILT("", Path(name).parts)}


def test_a_block_is_the_file_or_whole_lines_of_it():
    for page in PAGES:
        for name, text in blocks(page):
            whole = "\n" + (EXAMPLE / name).read_text(encoding="utf-8")
            assert f"\n{text}" in whole, (page.name, name)


def test_the_step_by_step_and_what_it_says_of_claims_show_every_file_of_the_example():
    pages = (ENGINE / "docs" / name for name in ("answers.md", "claims.md", "report.md"))
    shown = dict(block for page in pages for block in blocks(page))
    assert set(shown) == of_example() - {"data/sources.csv", "data/SHA256SUMS"}  # which are made
    whole = {
        name for name, text in shown.items() if text == (EXAMPLE / name).read_text(encoding="utf-8")
    }
    assert whole == set(shown) - {"data/schema.csv", "data/tables.csv"}


def test_the_manual_names_every_role_directive_and_option():
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (SOURCE / "tallybook/sphinx").rglob("*.py")
    )
    manual = (ENGINE / "docs" / "numbers.md").read_text(encoding="utf-8")
    directives = re.findall(r'add_directive\("([\w-]+)"', code)
    assert len(directives) >= 8
    for name in (*directives, *re.findall(r'add_role\("([\w-]+)"', code)):
        assert f"{{{name}}}" in manual or f"`{{{name}}} " in manual, name
    options = [
        name
        for found in re.findall(r"option_spec = \{(.*?)\}", code, re.S)
        for name in re.findall(r'"([\w-]+)"', found)
    ]
    assert set(options) >= {"alt", "headline", "claim", "chart"}
    for name in options:
        assert f":{name}:" in manual, name


def test_every_chart_of_the_manual_is_drawn_and_every_name_is_said():
    manual = (ENGINE / "docs" / "charts.md").read_text(encoding="utf-8")
    known: dict[str, object] = {}
    code = "".join(re.findall(r"^```python\n(.*?)^```$", manual, re.M | re.S))
    exec(code, known)
    drawn = {name: one for name, one in known.items() if isinstance(one, charts.Drawing)}
    for name, one in drawn.items():
        bundle = bundle_of(f"demo-{name}", one)
        for mime in (MIME, MIME_NARROW):
            render.draw(bundle[mime])
    builders = [name for name in charts.__all__ if f"| `{name}(" in manual]
    assert len(builders) == 4 and all(f"= charts.{name}(" in code for name in builders)
    for name in charts.__all__:
        assert re.search(rf"[`.]{name}\b", manual), name


def test_links_of_the_manual_lead_to_files():
    for page in PAGES:
        prose = re.sub(r"^(`{3,}).*?^\1$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", prose):
            assert (page.parent / target).exists(), (page.name, target)


def test_the_contract_names_every_member():
    manual = (ENGINE / "docs" / "contract.md").read_text(encoding="utf-8")
    for name in (member for member in vars(Provider) if not member.startswith("_")):
        assert f"`{name}" in manual, name


# The report beside the engine, its pages, its commands, and keys of its sources.
CODE = (".py", ".html", ".css", ".js", ".conf")
PARTICULAR = re.compile(
    r"microwork|chapters/\w|\bmake (book|new|seal|test|live|check)\b"
    r"|\b(?!rain|diary)[a-z]{3,}(19|20)\d\d[a-z]*\b",
    re.I,
)


def test_nothing_in_the_engine_is_particular_to_one_report():
    paths = [one for one in (SOURCE / "tallybook").rglob("*") if one.suffix in CODE]
    found = [(path.name, said[0]) for path in paths for said in PARTICULAR.finditer(read(path))]
    assert found == []
