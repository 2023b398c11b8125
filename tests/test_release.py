"""Releases: the same bytes each time, nothing lost from one to the next, every version in reach."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
import yaml
from lxml import html
from tallybook.sphinx import crawlers, redirects
from tallybook.sphinx.meta import POLICY

from microwork import report
from microwork.paths import ROOT
from tests.conftest import build, copy_project
from upkeep import changes, citation_sync, cpu_features, release, releases, tree, verify
from upkeep import site as public

BASE = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"]
STAMP = 1_700_000_000


def run(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def spoilt(path: Path, old: str, new: str) -> None:
    """Replace the first ``old`` in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# Two sites compared


def test_the_comparison_names_file_line_and_what_differs(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, word in ((one, "found"), (other, "other")):
        (folder / "deep").mkdir(parents=True)
        text = f"<p>\nsame\nthe number {word} here\n"
        (folder / "deep" / "page.html").write_text(text, encoding="utf-8")
        (folder / "picture.png").write_bytes(b"\x89PNG\xff" + word.encode())
        (folder / "same.txt").write_text("same", encoding="utf-8")
    (one / "extra.csv").touch()
    assert run("upkeep.verify", one, one).returncode == 0
    done = run("upkeep.verify", one, other)
    assert done.returncode == 1 and "3 different" in done.stdout
    said = "line 3, column 12: 'the number found here' against 'the number other here'"
    assert done.stderr.splitlines() == [
        f"extra.csv: only in {one}",
        f"deep/page.html, {said}",
        "picture.png, byte 6: sizes 10 and 10",
    ]


# The archive


def test_packing_depends_on_names_and_contents_alone(tmp_path):
    names = ["b.txt", "a/é ü.txt", "a/" + "long" * 40 + ".txt"]
    for folder, order, mode in (("one", names, 0o600), ("other", names[::-1], 0o755)):
        for name in order:
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
            path.chmod(mode)
            os.utime(path, (mode, mode))

    def packed(folder: str) -> bytes:
        target = tmp_path / f"{folder}.tar.gz"
        return release.pack(tmp_path / folder, target, "x-1", STAMP).read_bytes()

    one = packed("one")
    assert one == packed("other")
    assert one[3] == 0 and one[4:8] == bytes(4)  # gzip: no name, no time
    assert gzip.decompress(one)
    with tarfile.open(tmp_path / "one.tar.gz") as archive:
        entries = archive.getmembers()
        owners = {(e.uid, e.gid, e.uname, e.gname, e.mtime) for e in entries}
        assert owners == {(0, 0, "", "", STAMP)}
        files = [entry for entry in entries if entry.isfile()]
        assert [entry.name for entry in files] == [f"x-1/{name}" for name in sorted(names)]
        assert {entry.mode for entry in files} == {0o644}
        assert [archive.extractfile(e).read().decode() for e in files] == sorted(names)
    (tmp_path / "one" / "b.txt").write_text("c", encoding="utf-8")
    assert packed("one") != one


def archive_of(site: Path, exported: Path, room: Path, version: str) -> Path:
    """A release of the built site, by the functions that make the real one."""
    folder, name = release.gather(site, exported, room / "archive"), f"microwork-{version}"
    release.seal(folder, release.provenance(version, exported, site), "{}\n")
    return release.pack(folder, room / f"{name}.tar.gz", name, STAMP)


@pytest.fixture(scope="module")
def archives(site, book_root, tmp_path_factory) -> dict[str, Path]:
    """The built site released twice, under an older version and under the one it says it is."""
    made = {}
    for version in ("0.0.9", citation_sync.version()):
        made[version] = archive_of(site, book_root, tmp_path_factory.mktemp("release"), version)
    return made


def test_a_release_made_twice_is_the_same_bytes(archives, site, book_root, tmp_path):
    again = archive_of(site, book_root, tmp_path, "0.0.9")
    assert again.read_bytes() == archives["0.0.9"].read_bytes()


def test_an_archive_holds_what_it_says(archives, site, book_root, tmp_path):
    version, archive = list(archives.items())[-1]
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    folder = tmp_path / f"microwork-{version}"
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    listed = tree.read_sums((folder / "SHA256SUMS").read_text(encoding="utf-8"))
    inside = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert inside == {*listed, "SHA256SUMS"}
    assert verify.differences(site, folder / "site")[: verify.SHOWN] == []
    beside = {path.name for path in (folder / "notebooks").iterdir()}
    assert {f"{name}.{ending}" for name in report.CHAPTERS for ending in ("ipynb", "py")} < beside
    wheels = {name.partition("-")[0] for name in beside if name.endswith(".whl")}
    assert wheels == {"tallybook", "microwork"} and "requirements.txt" in beside
    assert not any(name.endswith(".zip") for name in beside)
    graph = json.loads((folder / release.CRATE).read_text(encoding="utf-8"))["@graph"]
    parts = {part["@id"]: part for part in graph}
    files = [name for name, part in parts.items() if part["@type"] == "File"]
    assert len(files) > 20 and all((folder / name).is_file() for name in files)
    assert {part["@id"] for part in parts["./"]["hasPart"]} == set(files)
    said = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert said["content_hash"] == report.content_hash() and said["python"] == sys.version
    assert said["lock_sha256"] == listed["requirements.txt"]
    assert said["datapackage_sha256"] == listed["data/datapackage.json"]
    tables = said["tables_sha256"].items()
    assert tables and all(listed[f"data/{name}"] == digest for name, digest in tables)
    assert said["commit"] == tree.git("rev-parse", "HEAD").decode().strip()
    assert said["site_sums_sha256"] == hashlib.sha256(tree.sums(site).encode()).hexdigest()


# What a release refuses


@pytest.fixture
def repository(tmp_path) -> Path:
    """A small repository with what a release looks at, all of it right for version 1.2.0."""
    root = tmp_path / "repository"
    for folder in ("releases", "data"):
        (root / folder).mkdir(parents=True)
    for name in citation_sync.texts():
        shutil.copy(ROOT / name, root / name)
    spoilt(root / "CITATION.cff", f"version: {citation_sync.version()}", "version: 1.2.0")
    citation_sync.write(root)
    for version in ("1.1.9", "1.2.0"):
        day = json.dumps({"date": citation_sync.day(root)})
        (root / "releases" / f"{version}.json").write_text(day, encoding="utf-8")
        (root / "releases" / f"{version}.SHA256SUMS").touch()
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        git(root, *command)
    return root


def git(root: Path, *command: str) -> None:
    name = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    subprocess.run(["git", "-C", str(root), *name, *command], check=True)


def test_a_release_out_of_order_is_refused_in_one_message(repository):
    assert release.refusals("1.2.0", repository) == []
    said = "found the version '1.2'; expected three numbers, x.y.z"
    assert release.refusals("1.2", repository) == [said]
    spoilt(repository / "pyproject.toml", "1.2.0", "1.2.1")
    found = "\n".join(release.refusals("1.1.10", repository))
    record = "expected `make record VERSION=1.1.10` and a commit of it"
    for line in (
        "git: found changes that are not committed (pyproject.toml)",
        "releases/1.2.0.json: found a release 1.2.0; expected a version above it, not 1.1.10",
        "CITATION.cff, version: found 1.2.0; expected 1.1.10",
        f"pyproject.toml: found what CITATION.cff does not say; {record}",
        f"releases/1.1.10.json: found no record; {record}",
    ):
        assert line in found


def test_a_version_released_from_another_commit_is_refused(repository):
    git(repository, "tag", "v1.2.0")
    # Making it again from its own commit is how it is checked.
    assert release.refusals("1.2.0", repository) == []
    git(repository, "commit", "-q", "--allow-empty", "-m", "two")
    assert "found the tag v1.2.0 at another commit" in release.refusals("1.2.0", repository)[0]


# Addresses and ids


def test_nothing_that_was_released_has_vanished(site):
    moves = redirects.read(releases.FOLDER / redirects.FILE)
    for version in releases.versions():
        lost = releases.vanished(releases.read(version), site, moves)
        assert lost == [], "if this version is not out yet: make record VERSION=" + version


def test_the_record_has_all_there_is(site, loaded):
    found = releases.ids(site)
    assert [number["id"] for number in found["numbers"]] == [number.id for number in loaded.numbers]
    assert len(found["charts"]) == len(list((site / "_charts").glob("*.svg"))) > 30
    assert [claim["claim_id"] for claim in found["claims"]] == list(loaded.judgements)
    chapters = {f"chapters/{name}.html" for name in report.CHAPTERS}
    assert {"index.html", *chapters} <= set(found["pages"])
    whole = {"version": "1.0.0", **found}
    assert json.loads(releases.render(whole)) == whole


# A release in which things had other names and places, and the lines that say where they went.
COUNTS, WORDS = "chapters/counts.html", "chapters/words.html"
LEFT_PROSE = "counts.published-registered"
REGISTERED = {"value": 266126, "low": None, "high": None, "unit": "persons", "decimals": 0}
OLD = {
    "version": "0.0.1",
    "date": "2026-01-31",
    "pages": ["index.html", WORDS],
    "charts": [{"id": "counts-old", "href": f"{COUNTS}#counts-old"}],
    "numbers": [
        {"id": "counts.gone", "href": f"{COUNTS}#counts.gone"},
        {"id": LEFT_PROSE, "href": f"{WORDS}#{LEFT_PROSE}", **REGISTERED},
    ],
    "claims": [{"claim_id": "fr-gone", "href": f"{COUNTS}#claim-fr-gone"}],
}
MOVES = [
    ("chapters/words.html", "chapters/glossary.html", "The page has a better name.", "0.1.0"),
    ("counts-old", "counts-demand", "Both charts are one.", "0.1.0"),
    ("counts.gone", "counts.registrations-sum", "It counted the same thing.", "0.1.0"),
    ("fr-gone", "fr-weekly", "It was the same claim.", "0.1.0"),
]


@pytest.fixture(scope="module")
def moved(book_root, tmp_path_factory) -> Path:
    """The site built again with a release before it."""
    root = copy_project(tmp_path_factory.mktemp("moved") / "report")
    shutil.copytree(book_root / "_build", root / "_build", symlinks=True)
    (root / "releases" / "0.0.1.json").write_text(json.dumps(OLD), encoding="utf-8")
    with (root / "releases" / redirects.FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([redirects.COLUMNS, *MOVES])
    done = build(root)
    assert done.returncode == 0, done.stderr
    return (root / "_build" / "html").resolve()


def test_every_old_address_leads_somewhere(moved, site):
    moves = [redirects.Move(*cells, row=number) for number, cells in enumerate(MOVES, start=2)]
    assert releases.vanished(OLD, moved, moves) == []
    lost = "\n".join(releases.vanished(OLD, site, []))
    names = "page chapters/words.html,chart counts-old,number counts.gone,claim fr-gone"
    for name in names.split(","):
        assert f"{name}: in release 0.0.1, not in the site" in lost
    address = "chapters/ledger.html#claim-fr-gone"
    assert f"{address}: an address of release 0.0.1 that leads nowhere" in lost
    html = (moved / WORDS).read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="{BASE}chapters/glossary.html">' in html
    assert WORDS not in releases.ids(moved)["pages"]


FORWARDS = [
    (WORDS, "chapters/glossary.html"),
    # The page has moved, and the number has left its text: two steps.
    (f"{WORDS}#{LEFT_PROSE}", f"chapters/numbers.html#{LEFT_PROSE}"),
    (f"{COUNTS}#counts.gone", "chapters/numbers.html#counts.registrations-sum"),
    ("chapters/numbers.html#counts.gone", "chapters/numbers.html#counts.registrations-sum"),
    (f"{COUNTS}#counts-old", f"{COUNTS}#counts-demand"),
    ("chapters/ledger.html#claim-fr-gone", "chapters/ledger.html#claim-fr-weekly"),
]


@pytest.mark.parametrize(("old", "new"), FORWARDS)
def test_an_old_address_opened_from_disk_leads_to_the_new_one(browser, moved, old, new):
    page = browser.new_page()
    errors = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.goto(f"{moved.as_uri()}/{old}")
    page.wait_for_url(f"{moved.as_uri()}/{new}")
    if "#" in new:
        assert page.evaluate("document.querySelector(':target').id") == new.partition("#")[2]
    assert errors == []
    page.close()


def test_without_a_script_a_moved_page_forwards_and_a_moved_number_is_a_link(browser, moved):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{moved.as_uri()}/chapters/words.html")
    page.wait_for_url("**/chapters/glossary.html")
    page.goto(f"{moved.as_uri()}/chapters/counts.html#counts.gone")
    note = page.locator(":target")
    shown = note.evaluate("note => getComputedStyle(note, '::after').content")
    assert "is now" in note.inner_text()
    assert "It counted the same thing. (since version 0.1.0)" in shown
    note.locator("a").click()
    page.wait_for_url("**/chapters/numbers.html#counts.registrations-sum")
    context.close()


BAD_LINES = [
    ("old,new,why\n", "row 1: found old,new,why; expected old,new,why,since"),
    ("a,b,,1.0.0\n", "redirects.csv, row 2: found 'a,b,,1.0.0'; expected four cells, none empty"),
    ("a,b,c,1\n", "row 2, column since: found '1'; expected a version x.y.z"),
    ("a,b,c,1.0.0\na,d,c,1.0.0\n", "row 3, column old: found 'a' again; expected each once"),
    ("a,b,c,1.0.0\nb,a,c,1.0.0\n", "found a circle b -> a -> b; expected an end"),
]


@pytest.mark.parametrize(("text", "wanted"), BAD_LINES)
def test_a_bad_line_of_redirects_is_named(tmp_path, text, wanted):
    head = "" if text.startswith("old") else "old,new,why,since\n"
    (tmp_path / redirects.FILE).write_text(head + text, encoding="utf-8")
    with pytest.raises(redirects.RedirectError, match=re.escape(wanted)):
        redirects.read(tmp_path / redirects.FILE)


def test_a_redirect_that_cannot_be_is_named(site):
    def fault(old: str, new: str) -> str | None:
        move, ever = redirects.Move(old, new, "why", "1.0.0", row=2), redirects.ever([OLD])
        return redirects.fault(move, new, ever, {"index.html"}, redirects.reader(site))

    assert fault("counts.gone", "chapters/counts.html") is None
    said = "row 2, column old: found 'counts.never', which no release has had"
    assert said in fault("counts.never", "index.html")
    said = "column old: found 'index.html', which is still in the report"
    assert said in fault("index.html", "chapters/counts.html")
    for new in ("chapters/nothing.html", "chapters/counts.html#nothing", "counts.nothing"):
        assert f"column new: found '{new}', which is not in the site" in fault("counts.gone", new)


# What changed


def number(name: str, value: float, low=None, high=None, unit: str = "persons") -> dict:
    return {"id": name, "value": value, "low": low, "high": high, "unit": unit}


def claims(**verdicts: str) -> list[dict]:
    return [{"claim_id": name, "verdict": verdict} for name, verdict in verdicts.items()]


BEFORE = {
    "version": "1.0.0",
    "numbers": [
        *(number(f"counts.{name}", 51234.0, 39000.0, 62000.0) for name in ("moved", "slight")),
        number("counts.unit", 5.0, unit="percent"),
        *(number(f"counts.{name}", 3) for name in ("gone", "same")),
    ],
    "claims": claims(a="consistent", b="overstated"),
}
AFTER = {
    "version": "1.1.0",
    "date": "2030-01-02",
    "numbers": [
        number("counts.moved", 71234.0, 59000.0, 82000.0),
        number("counts.slight", 51234.1, 39000.0, 62000.0),
        number("counts.unit", 5.0, unit="EUR per month"),
        *(number(f"counts.{name}", 3) for name in ("same", "new")),
    ],
    "claims": claims(a="not shown", b="overstated"),
}
CHANGED = ("counts.moved", "counts.unit", "counts.gone", "a", changes.SLIGHT)
WHY = {(name, "1.1.0"): f"Why {name}." for name in CHANGED}
WHY["counts.moved", "1.1.0"] = "Moved."
SECTION = """## 1.1.0 (2030-01-02)

### Numbers that moved: 2

| number | from | to | unit | why |
| --- | --- | --- | --- | --- |
| `counts.moved` | 51,000 (39,000 to 62,000) | 71,000 (59,000 to 82,000) | persons | Moved. |
| `counts.unit` | 5.00\u202f% | 5.00\u202fEUR | percent, now EUR per month | Why counts.unit. |

### Verdicts that changed: 1

| claim | from | to | why |
| --- | --- | --- | --- |
| `a` | consistent | not shown | Why a. |

### Gone: 1

| id | last said | unit | why |
| --- | --- | --- | --- |
| `counts.gone` | 3 | persons | Why counts.gone. |

### New: 1

| id | says | unit |
| --- | --- | --- |
| `counts.new` | 3 | persons |

Changed below the digits shown: `counts.slight`. Why *.
"""


def test_a_section_says_from_what_to_what_and_why():
    assert changes.section(BEFORE, AFTER, WHY) == SECTION
    assert "No number and no verdict changed." in changes.section(AFTER, AFTER, {})


def test_a_change_without_a_why_is_named():
    known = {key: WHY[key] for key in (("counts.unit", "1.1.0"), ("counts.gone", "1.1.0"))}
    said = r"found no line with since 1.1.0 for counts.moved, a, \*; expected id, since"
    with pytest.raises(changes.ChangeError, match=said):
        changes.section(BEFORE, AFTER, known)


def test_many_slight_changes_are_counted():
    many = [number(f"counts.n{i}", 51234.0, 39000.0, 62000.0) for i in range(changes.NAMED + 1)]
    slightly = [one | {"value": 51234.1} for one in many]
    after = AFTER | {"numbers": slightly, "claims": BEFORE["claims"]}
    text = changes.section(BEFORE | {"numbers": many}, after, WHY)
    assert f"Changed below the digits shown: {len(many)} numbers. Why *." in text
    assert "counts.n0" not in text


def test_a_bad_line_of_reasons_is_named(tmp_path):
    (tmp_path / redirects.FILE).write_text("old,new,why,since\n", encoding="utf-8")
    why = tmp_path / "why.csv"
    for text, said in (
        ("id,why\n", "why.csv, row 1: found id,why; expected id,since,why"),
        ("id,since,why\na,1.0.0,\n", "why.csv, row 2: found 'a,1.0.0,'; expected three cells"),
    ):
        why.write_text(text, encoding="utf-8")
        with pytest.raises(changes.ChangeError, match=re.escape(said)):
            changes.reasons(why)


# A site that is not as recorded


@pytest.fixture
def recorded(site, tmp_path) -> Path:
    """A folder with a record of the site, made from the sources as they are."""
    folder = tmp_path / "releases"
    folder.mkdir()
    known = {"made_on": cpu_features.machine(), "sources": tree.sources(), **releases.ids(site)}
    releases.path("9.0.0", folder).write_text(releases.render(known), encoding="utf-8")
    releases.sums_path("9.0.0", folder).write_text(tree.sums(site), encoding="utf-8")
    return folder


def test_a_difference_from_the_record_says_which_digits(site, recorded, tmp_path):
    assert releases.unlike("9.0.0", site, recorded) == []
    copy = Path(shutil.copytree(site, tmp_path / "copy"))
    numbers = json.loads((copy / "numbers.json").read_text(encoding="utf-8"))
    number = next(one for one in numbers["numbers"] if one["id"] == "profile.women")
    number["value"] += 1e-9
    (copy / "numbers.json").write_text(json.dumps(numbers), encoding="utf-8")
    assert releases.unlike("9.0.0", copy, recorded) == [
        "profile.women, value: recorded 56.1, now 56.100000001",
        "numbers.json: not as recorded for 9.0.0",
    ]


def test_nobody_is_told_to_write_a_record_again_because_of_a_machine(recorded):
    said = releases.advice("9.0.0", recorded)
    assert "the record should not be written again" in said and "make record" not in said
    assert cpu_features.machine()["numpy"] in said and "`make verify PROCESSORS=1`" in said
    known = releases.read("9.0.0", recorded)
    assert set(known["made_on"]) == {"python", "system", "numpy", "blas"}
    known["sources"] = "others"
    releases.path("9.0.0", recorded).write_text(releases.render(known), encoding="utf-8")
    assert "The sources have changed since" in releases.advice("9.0.0", recorded)


def test_without_any_release_the_public_site_is_the_newest_alone(site, tmp_path, monkeypatch):
    monkeypatch.setattr(public, "DIST", tmp_path / "dist")
    assert public.archives(tmp_path / "dist") == {}
    assert verify.differences(site, public.assemble(site, {}, tmp_path / "out")) == []
    nowhere, other = tmp_path / "nowhere", tmp_path / "other"
    done = run("upkeep.site", "--releases", nowhere, "--out", other, "--site", site)
    assert done.returncode == 1 and "nowhere" in done.stderr and "Traceback" not in done.stderr


def test_the_changelog_keeps_what_it_had():
    def part(day: int, text: str) -> str:
        return f"## 1.1.0 (2030-01-0{day})\n\n{text}\n"

    one = changes.insert("# Changes\n\nAll.\n", "1.0.0", "## 1.0.0 (2029-01-01)\n\nFirst.\n")
    two = changes.insert(one, "1.1.0", part(1, "Draft."))
    three = changes.insert(two, "1.1.0", part(2, "Second."))
    assert three.startswith("# Changes\n\nAll.\n") and "Draft." not in three
    assert three.index("Second.") < three.index("First.")
    assert changes.insert(three, "1.1.0", part(2, "Second.")) == three
    # What an author wrote above the tables stays.
    begun = "The rules changed.\n\n### Verdicts that changed: 1\n\n| a |"
    written = two.replace("Draft.", f"{changes.DRAFT}\n\n{begun}")
    new = part(2, "### Verdicts that changed: 2\n\n| b |")
    kept = changes.insert(written, "1.1.0", new)
    assert new.replace("\n\n### ", "\n\nThe rules changed.\n\n### ") in kept
    assert "| a |" not in kept and changes.DRAFT not in kept
    assert changes.insert(kept, "1.1.0", new) == kept


def test_the_changelog_has_every_release():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+) ", text, re.M) == releases.versions()[::-1]


# Every version in reach


@pytest.fixture(scope="module")
def versions(archives, site, tmp_path_factory) -> Path:
    """The public site, in a folder of its host: the newest, and two releases, one of them old."""
    out = tmp_path_factory.mktemp("host") / "folder" / "report"
    out.parent.mkdir()
    return public.assemble(site, archives, out)


def in_base(name: str) -> str:
    return BASE + ("" if name == "index.html" else name)


@pytest.mark.parametrize("name", ["index.html", "chapters/counts.html"])
def test_only_an_old_version_has_a_banner_which_is_accessible(browser, versions, archives, name):
    from axe_playwright_python.sync_playwright import Axe

    old, newest = archives
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{versions.as_uri()}/v/{old}/{name}")
    banner = page.locator("aside.old-version")
    assert banner.is_visible() and f"This is version {old} of " in banner.inner_text()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert banner.locator("a").get_attribute("href") == in_base(name)
    padding = banner.evaluate("b => getComputedStyle(b).paddingLeft")
    assert padding != "0px", "its style sheet is beside the others"
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    broken = found.response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in broken] == []
    page.goto(f"{versions.as_uri()}/v/{newest}/{name}")
    assert page.locator("aside.old-version").count() == 0
    page.close()


RECORD = "_cite/counts.mc-routine.html"


def test_an_old_release_on_a_stick_opens_cites_itself_and_says_where_its_successor_is(
    browser, versions, archives, tmp_path
):
    """Copied without the newest site and without the list of versions."""
    stick = Path(shutil.copytree(versions / "v" / next(iter(archives)), tmp_path / "stick"))
    # The pages of both archives were built as that version.
    stays = f"{BASE}v/{citation_sync.version()}/"
    page, lost = browser.new_page(viewport={"width": 1280, "height": 900}), []
    page.on("requestfailed", lambda request: lost.append(request.url))
    page.on("pageerror", lambda error: lost.append(str(error)))

    def said(selector: str, name: str) -> str:
        return page.locator(selector).get_attribute(name)

    for name in ("index.html", "chapters/counts.html", "chapters/ledger.html", RECORD):
        page.goto(f"{stick.as_uri()}/{name}")
        canonical = said("link[rel=canonical]", "href").partition("#")[0]
        assert page.locator("aside.old-version a").inner_text() == canonical
        if name == RECORD:
            assert said("meta[name=citation_fulltext_html_url]", "content").startswith(stays)
            assert stays in page.locator(".reference").inner_text()
            continue
        assert said("link[rel=cite-as]", "href") == stays + in_base(name).removeprefix(BASE)
        assert page.locator("footer a", has_text="Newest version").get_attribute("href") == BASE
    assert lost == []
    page.close()


def test_every_version_names_the_newest_page(versions, site, archives):
    old, newest = archives
    for page in site.rglob("*.html"):
        name, text = page.relative_to(site).as_posix(), page.read_text(encoding="utf-8")
        address = in_base(redirects.forwards_to(name, text) or name)
        for version in archives:
            place = versions / "v" / version / name
            if name in crawlers.AT_THE_ROOT:
                assert not place.exists()
                continue
            html = place.read_text(encoding="utf-8")
            assert re.findall(r'<link rel="canonical" href="([^"]*)"', html) == [address]
            # Some pages, such as the search, are left out of indexes in every version.
            hidden = version == old or 'content="noindex"' in text
            assert html.count('content="noindex"') == hidden
    added = verify.differences(site, versions)  # the newest goes out as it was built
    end = f": only in {versions}"
    assert added and all(line.startswith("v/") and line.endswith(end) for line in added)
    listing = (versions / "v" / "index.html").read_text(encoding="utf-8")
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in listing
    assert listing.index(f"Version {newest}") < listing.index(f"Version {old}")
    texts = {page: page.read_text(encoding="utf-8") for page in versions.rglob("*.html")}
    assert [page for page, text in texts.items() if re.search(r"<style|\sstyle=", text)] == []


def test_links_in_a_version_stay_in_it(versions, site, archives):
    """As a browser resolves them; those that scripts add are seen in the site itself."""
    version = versions / "v" / next(iter(archives))
    home, seen, aims = f"{version.as_uri()}/", 0, set()
    query = "//*[@href or @src][not(ancestor-or-self::*[contains(@class, 'old-version')])]"
    for path in version.rglob("*.html"):
        if path.name in crawlers.AT_THE_ROOT:
            continue
        elements = html.fromstring(path.read_bytes()).xpath(query)
        links = (urljoin(path.as_uri(), e.get("href") or e.get("src")) for e in elements)
        own = [link for link in links if link.startswith("file:")]
        assert [link for link in own if not link.startswith(home)][:3] == []
        aims |= {re.split("[#?]", link)[0].removeprefix(home) for link in own}
        seen += len(own)
    assert [aim for aim in aims if not (version / unquote(aim)).exists()][:5] == []
    assert seen > 5000


def test_an_archive_that_was_touched_is_not_published(archives, site, tmp_path):
    version, archive = next(iter(archives.items()))
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "room", filter="data")
    folder, kept = tmp_path / "room" / f"microwork-{version}", tmp_path / "kept"
    (folder / "site" / "numbers.json").write_text("[]", encoding="utf-8")
    release.pack(folder, kept / archive.name, folder.name, STAMP)
    options = ("--releases", kept, "--site", site, "--out", tmp_path / "out")
    done = run("upkeep.site", *options)
    assert done.returncode == 1
    assert f"{archive.name}: found another site/numbers.json than SHA256SUMS says" in done.stderr


def test_a_page_without_a_successor_is_named(site, archives, tmp_path):
    newest = Path(shutil.copytree(site, tmp_path / "newest"))
    (newest / "chapters/glossary.html").unlink()
    said = "0.0.9: found no chapters/glossary.html in the newest site; expected it, or"
    with pytest.raises(public.SiteError, match=said):
        public.assemble(newest, archives, tmp_path / "out")
