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
from upkeep import changes, citation_sync, cpu_features, pack, release, releases, tree, verify
from upkeep import site as public

BASE = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"]
STAMP = 1_700_000_000


def run(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


# Two sites compared


def test_the_comparison_names_file_line_and_what_differs(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, word in ((one, "found"), (other, "other")):
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "page.html").write_text(
            f"<p>\nsame\nthe number {word} here\n", encoding="utf-8"
        )
        (folder / "picture.png").write_bytes(b"\x89PNG\xff" + word.encode())
        (folder / "same.txt").write_text("same", encoding="utf-8")
    (one / "extra.csv").touch()
    found = verify.differences(one, other)
    assert [line.split(",")[0].split(":")[0] for line in found] == [
        "extra.csv",
        "deep/page.html",
        "picture.png",
    ]
    assert "line 3, column 12: 'the number found here' against 'the number other here'" in found[1]
    assert "byte 6" in found[2]
    done = run("upkeep.verify", one, other)
    assert (
        done.returncode == 1
        and "deep/page.html, line 3" in done.stderr
        and "3 different" in done.stdout
    )


def test_a_site_is_the_same_as_its_copy_until_one_letter_changes(site, tmp_path):
    copy = Path(shutil.copytree(site, tmp_path / "copy"))
    assert run("upkeep.verify", site, copy).returncode == 0
    page = copy / "index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("</title>", ".</title>", 1), encoding="utf-8"
    )
    done = run("upkeep.verify", site, copy)
    assert (
        done.returncode == 1
        and done.stderr.count("\n") == 1
        and done.stderr.startswith("index.html, line ")
    )


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
    one, other = (
        pack.pack(tmp_path / name, tmp_path / f"{name}.tar.gz", "x-1", STAMP).read_bytes()
        for name in ("one", "other")
    )
    assert one == other
    assert one[3] == 0 and one[4:8] == bytes(4)  # gzip: no name, no time
    assert gzip.decompress(one)
    with tarfile.open(tmp_path / "one.tar.gz") as archive:
        entries = archive.getmembers()
        assert [entry.name for entry in entries] == [f"x-1/{name}" for name in sorted(names)]
        assert {(e.uid, e.gid, e.uname, e.gname, e.mode, e.mtime) for e in entries} == {
            (0, 0, "", "", 0o644, STAMP)
        }
        assert [archive.extractfile(entry).read().decode() for entry in entries] == sorted(names)
    (tmp_path / "one" / "b.txt").write_text("c", encoding="utf-8")
    assert pack.pack(tmp_path / "one", tmp_path / "third.tar.gz", "x-1", STAMP).read_bytes() != one


def archive_of(site: Path, exported: Path, room: Path, version: str) -> Path:
    """A release of the built site, by the functions that make the real one."""
    folder = release.gather(site, exported, room / "archive")
    release.seal(folder, release.provenance(version, exported, site) | {"version": version}, "{}\n")
    return pack.pack(folder, room / f"microwork-{version}.tar.gz", f"microwork-{version}", STAMP)


@pytest.fixture(scope="module")
def archives(site, book_root, tmp_path_factory) -> dict[str, Path]:
    """The built site released twice, under an older version and under the one it says it is."""
    rooms = {
        version: tmp_path_factory.mktemp("release")
        for version in ("0.0.9", citation_sync.versions()["CITATION.cff, version"])
    }
    return {version: archive_of(site, book_root, room, version) for version, room in rooms.items()}


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
    assert {name.partition("-")[0] for name in beside if name.endswith(".whl")} == {
        "tallybook",
        "microwork",
    }
    assert "requirements.txt" in beside and not any(name.endswith(".zip") for name in beside)
    graph = json.loads((folder / release.CRATE).read_text(encoding="utf-8"))["@graph"]
    parts = {part["@id"]: part for part in graph}
    files = [name for name, part in parts.items() if part["@type"] == "File"]
    assert len(files) > 20 and all((folder / name).is_file() for name in files)
    assert {part["@id"] for part in parts["./"]["hasPart"]} == set(files)
    said = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert said["content_hash"] == report.content_hash() and said["python"] == sys.version
    assert (
        said["lock_sha256"] == listed["requirements.txt"]
        and said["datapackage_sha256"] == listed["data/datapackage.json"]
    )
    assert said["tables_sha256"] == {name: listed[f"data/{name}"] for name in said["tables_sha256"]}
    assert said["commit"] == tree.git("rev-parse", "HEAD").decode().strip()
    of_site = "".join(
        f"{digest}  {name[5:]}\n"
        for name, digest in sorted(listed.items())
        if name.startswith("site/")
    )
    assert said["site_sums_sha256"] == hashlib.sha256(of_site.encode()).hexdigest()


# What a release refuses


@pytest.fixture
def repository(tmp_path) -> Path:
    """A small repository that carries what a release looks at, all of it right for version 1.2.0."""
    root = tmp_path / "repository"
    (root / "releases").mkdir(parents=True)
    for name in ("CITATION.cff", "codemeta.json", "pyproject.toml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        (root / name).write_text(
            text.replace(citation_sync.versions()["CITATION.cff, version"], "1.2.0"),
            encoding="utf-8",
        )
    day = citation_sync.days(root)["CITATION.cff, date-released"]
    for version in ("1.1.9", "1.2.0"):
        (root / "releases" / f"{version}.json").write_text(
            json.dumps({"date": day}), encoding="utf-8"
        )
        (root / "releases" / f"{version}.SHA256SUMS").touch()
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        name = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
        subprocess.run(["git", "-C", str(root), *name, *command], check=True)
    return root


def test_a_release_in_order_is_not_refused(repository):
    assert release.refusals("1.2.0", repository) == []


def test_a_release_out_of_order_is_refused_in_one_message(repository):
    assert release.refusals("1.2", repository) == [
        "found the version '1.2'; expected three numbers, x.y.z"
    ]
    (repository / "pyproject.toml").open("a").write("# changed\n")
    found = "\n".join(release.refusals("1.1.10", repository))
    assert "git: found changes that are not committed (pyproject.toml)" in found
    assert (
        "releases/1.2.0.json: found a release 1.2.0; expected a version above it, not 1.1.10"
        in found
    )
    for place in ("CITATION.cff, version", "codemeta.json, version", "pyproject.toml, version"):
        assert f"{place}: found 1.2.0; expected 1.1.10" in found
    assert "releases/1.1.10.json: found no record; expected `make record VERSION=1.1.10`" in found


def test_a_version_released_from_another_commit_is_refused(repository):
    def git(*command: str) -> None:
        name = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
        subprocess.run(["git", "-C", str(repository), *name, *command], check=True)

    git("tag", "v1.2.0")
    assert (
        release.refusals("1.2.0", repository) == []
    )  # making it again from its own commit is how it is checked
    git("commit", "-q", "--allow-empty", "-m", "two")
    assert "found the tag v1.2.0 at another commit" in release.refusals("1.2.0", repository)[0]


def test_the_version_and_its_day_are_the_same_everywhere():
    assert len(set(citation_sync.versions().values())) == 1
    assert len(set(citation_sync.days().values())) == 1


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
    assert {"index.html", *(f"chapters/{name}.html" for name in report.CHAPTERS)} <= set(
        found["pages"]
    )
    assert json.loads(releases.render({"version": "1.0.0", **found})) == {
        "version": "1.0.0",
        **found,
    }


# A release in which things had other names and places, and the lines that say where they went.
OLD = {
    "version": "0.0.1",
    "date": "2026-01-31",
    "pages": ["index.html", "chapters/words.html"],
    "charts": [{"id": "counts-old", "href": "chapters/counts.html#counts-old"}],
    "numbers": [
        {"id": "counts.gone", "href": "chapters/counts.html#counts.gone"},
        {
            "id": "counts.published-registered",
            "value": 266126,
            "low": None,
            "high": None,
            "unit": "persons",
            "decimals": 0,
            "href": "chapters/words.html#counts.published-registered",
        },
    ],
    "claims": [{"claim_id": "fr-gone", "href": "chapters/counts.html#claim-fr-gone"}],
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
    for name in (
        "page chapters/words.html",
        "chart counts-old",
        "number counts.gone",
        "claim fr-gone",
    ):
        assert f"{name}: in release 0.0.1, not in the site" in lost
    assert (
        "chapters/ledger.html#claim-fr-gone: an address of release 0.0.1 that leads nowhere" in lost
    )


FORWARDS = {
    "chapters/words.html": "chapters/glossary.html",
    # The page has moved, and the number has left its text: two steps.
    "chapters/words.html#counts.published-registered": (
        "chapters/numbers.html#counts.published-registered"
    ),
    "chapters/counts.html#counts.gone": "chapters/numbers.html#counts.registrations-sum",
    "chapters/numbers.html#counts.gone": "chapters/numbers.html#counts.registrations-sum",
    "chapters/counts.html#counts-old": "chapters/counts.html#counts-demand",
    "chapters/ledger.html#claim-fr-gone": "chapters/ledger.html#claim-fr-weekly",
}


@pytest.mark.parametrize(("old", "new"), FORWARDS.items())
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
    assert (
        "is now" in note.inner_text()
        and "It counted the same thing. (since version 0.1.0)" in shown
    )
    note.locator("a").click()
    page.wait_for_url("**/chapters/numbers.html#counts.registrations-sum")
    context.close()


def test_a_moved_page_is_kept_out_of_indexes_and_names_the_new_one(moved):
    html = (moved / "chapters/words.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="{BASE}chapters/glossary.html">' in html
    assert "chapters/words.html" not in releases.ids(moved)["pages"]


BAD_LINES = {
    "old,new,why\n": "redirects.csv, row 1: found old,new,why; expected old,new,why,since",
    "old,new,why,since\na,b,,1.0.0\n": (
        "redirects.csv, row 2: found 'a,b,,1.0.0'; expected four cells, none empty"
    ),
    "old,new,why,since\na,b,c,1\n": "row 2, column since: found '1'; expected a version x.y.z",
    "old,new,why,since\na,b,c,1.0.0\na,d,c,1.0.0\n": (
        "row 3, column old: found 'a' again; expected each once"
    ),
    "old,new,why,since\na,b,c,1.0.0\nb,a,c,1.0.0\n": "found a circle b -> a -> b; expected an end",
}


@pytest.mark.parametrize(("text", "wanted"), BAD_LINES.items())
def test_a_bad_line_of_redirects_is_named(tmp_path, text, wanted):
    (tmp_path / redirects.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(redirects.RedirectError, match=re.escape(wanted)):
        redirects.read(tmp_path / redirects.FILE)


def test_a_redirect_that_cannot_be_is_named(site):
    def fault(old: str, new: str) -> str | None:
        move = redirects.Move(old, new, "why", "1.0.0", row=2)
        return redirects.fault(
            move, new, redirects.ever([OLD]), {"index.html"}, redirects.reader(site)
        )

    assert fault("counts.gone", "chapters/counts.html") is None
    assert "row 2, column old: found 'counts.never', which no release has had" in fault(
        "counts.never", "index.html"
    )
    assert "column old: found 'index.html', which is still in the report" in fault(
        "index.html", "chapters/counts.html"
    )
    for new in ("chapters/nothing.html", "chapters/counts.html#nothing", "counts.nothing"):
        assert f"column new: found '{new}', which is not in the site" in fault("counts.gone", new)


# What changed


def number(
    name: str,
    value: float,
    low: float | None = None,
    high: float | None = None,
    unit: str = "persons",
) -> dict:
    return {"id": name, "value": value, "low": low, "high": high, "unit": unit}


BEFORE = {
    "version": "1.0.0",
    "numbers": [
        number("counts.moved", 51234.0, 39000.0, 62000.0),
        number("counts.slight", 51234.0, 39000.0, 62000.0),
        number("counts.unit", 5.0, unit="percent"),
        number("counts.gone", 3),
        number("counts.same", 4),
    ],
    "claims": [
        {"claim_id": "a", "verdict": "consistent"},
        {"claim_id": "b", "verdict": "overstated"},
    ],
}
AFTER = {
    "version": "1.1.0",
    "date": "2030-01-02",
    "numbers": [
        number("counts.moved", 71234.0, 59000.0, 82000.0),
        number("counts.slight", 51234.1, 39000.0, 62000.0),
        number("counts.unit", 5.0, unit="EUR per month"),
        number("counts.same", 4),
        number("counts.new", 7),
    ],
    "claims": [
        {"claim_id": "a", "verdict": "not shown"},
        {"claim_id": "b", "verdict": "overstated"},
    ],
}
WHY = {
    (name, "1.1.0"): f"Why {name}."
    for name in ("counts.moved", "counts.unit", "counts.gone", "a", changes.SLIGHT)
}


def test_changes_are_read_off_the_numbers():
    found = changes.compare(BEFORE, AFTER)
    assert (found.moved, found.slight) == (["counts.moved", "counts.unit"], ["counts.slight"])
    assert (found.new, found.gone, found.verdicts) == (["counts.new"], ["counts.gone"], ["a"])


def test_a_section_says_from_what_to_what_and_why():
    text = changes.section(BEFORE, AFTER, WHY)
    assert text.startswith("## 1.1.0 (2030-01-02)\n")
    assert (
        "| `counts.moved` | 51,000 (39,000 to 62,000) | 71,000 (59,000 to 82,000) | persons | Why"
        " counts.moved. |" in text
    )
    assert (
        "| `counts.unit` | 5.00\u202f% | 5.00\u202fEUR | percent, now EUR per month | Why"
        " counts.unit. |" in text
    )
    assert "| `a` | consistent | not shown | Why a. |" in text
    assert "| `counts.gone` | 3 | persons | Why counts.gone. |" in text
    assert "| `counts.new` | 7 | persons |" in text
    assert "Changed below the digits shown: `counts.slight`. Why *." in text
    assert "counts.same" not in text and "`b`" not in text
    assert "No number and no verdict changed." in changes.section(AFTER, AFTER, {})


def test_a_change_without_a_why_is_named():
    known = {
        key: why for key, why in WHY.items() if key[0] not in ("counts.moved", "a", changes.SLIGHT)
    }
    with pytest.raises(
        changes.ChangeError,
        match=r"found no line with since 1.1.0 for counts.moved, a, \*; expected id, since",
    ):
        changes.section(BEFORE, AFTER, known)


def test_many_slight_changes_are_counted():
    many = [number(f"counts.n{i}", 51234.0, 39000.0, 62000.0) for i in range(changes.NAMED + 1)]
    before = BEFORE | {"numbers": many}
    after = AFTER | {
        "numbers": [one | {"value": 51234.1} for one in many],
        "claims": BEFORE["claims"],
    }
    text = changes.section(before, after, WHY)
    assert (
        f"Changed below the digits shown: {len(many)} numbers. Why *." in text
        and "counts.n0" not in text
    )


# A site that is not as recorded


@pytest.fixture
def recorded(site, tmp_path) -> Path:
    """A folder with a record of the site, made from the sources as they are."""
    folder = tmp_path / "releases"
    folder.mkdir()
    known = {
        "version": "9.0.0",
        "made_on": cpu_features.machine(),
        "sources": tree.sources(),
        **releases.ids(site),
    }
    releases.path("9.0.0", folder).write_text(releases.render(known), encoding="utf-8")
    releases.sums_path("9.0.0", folder).write_text(tree.sums(site), encoding="utf-8")
    return folder


def test_a_site_as_recorded_is_not_unlike_its_record(site, recorded):
    assert releases.unlike("9.0.0", site, recorded) == []


def test_a_difference_from_the_record_says_which_digits(site, recorded, tmp_path):
    copy = Path(shutil.copytree(site, tmp_path / "copy"))
    numbers = json.loads((copy / "numbers.json").read_text(encoding="utf-8"))
    number = next(one for one in numbers["numbers"] if one["id"] == "profile.women")
    number["value"] += 1e-9
    (copy / "numbers.json").write_text(json.dumps(numbers), encoding="utf-8")
    found = releases.unlike("9.0.0", copy, recorded)
    assert found == [
        "profile.women, value: recorded 56.1, now 56.100000001",
        "numbers.json: not as recorded for 9.0.0",
    ]


def test_nobody_is_told_to_write_a_record_again_because_of_a_machine(recorded):
    said = releases.advice("9.0.0", recorded)
    assert "the record should not be written again" in said and "make record" not in said
    assert cpu_features.machine()["numpy"] in said and "`make verify PROCESSORS=1`" in said
    known = releases.read("9.0.0", recorded) | {"sources": "others"}
    releases.path("9.0.0", recorded).write_text(releases.render(known), encoding="utf-8")
    assert "The sources have changed since" in releases.advice("9.0.0", recorded)


def test_a_record_says_on_what_it_was_made(recorded):
    assert set(releases.read("9.0.0", recorded)["made_on"]) == {"python", "system", "numpy", "blas"}


def test_without_any_release_the_public_site_is_the_newest_alone(site, tmp_path, monkeypatch):
    monkeypatch.setattr(public, "DIST", tmp_path / "dist")
    assert public.archives(tmp_path / "dist") == {}
    assert verify.differences(site, public.assemble(site, {}, tmp_path / "out")) == []
    done = run(
        "upkeep.site",
        "--releases",
        tmp_path / "nowhere",
        "--out",
        tmp_path / "other",
        "--site",
        site,
    )
    assert done.returncode == 1 and "nowhere" in done.stderr and "Traceback" not in done.stderr


def test_the_changelog_keeps_what_it_had():
    one = changes.insert(changes.HEAD, "1.0.0", "## 1.0.0 (2029-01-01)\n\nFirst.\n")
    two = changes.insert(one, "1.1.0", "## 1.1.0 (2030-01-01)\n\nDraft.\n")
    three = changes.insert(two, "1.1.0", "## 1.1.0 (2030-01-02)\n\nSecond.\n")
    assert three.index("Second.") < three.index("First.") and "Draft." not in three
    assert (
        three.startswith(changes.HEAD)
        and changes.insert(three, "1.1.0", "## 1.1.0 (2030-01-02)\n\nSecond.\n") == three
    )
    begun = two.replace(
        "Draft.", f"{changes.DRAFT}\n\nThe rules changed.\n\n### Verdicts that changed: 1\n\n| a |"
    )
    part = "## 1.1.0 (2030-01-02)\n\n### Verdicts that changed: 2\n\n| b |\n"
    kept = changes.insert(begun, "1.1.0", part)
    wanted = part.replace("\n\n### ", "\n\nThe rules changed.\n\n### ")
    assert wanted in kept and "| a |" not in kept and changes.DRAFT not in kept
    assert changes.insert(kept, "1.1.0", part) == kept


def test_the_command_compares_two_real_lists(site, tmp_path):
    for name in ("numbers.json", "claims.json"):
        shutil.copy(site / name, tmp_path)
    why = tmp_path / "why.csv"
    why.write_text("id,since,why\n", encoding="utf-8")
    done = run(
        "upkeep.changes",
        site / "numbers.json",
        tmp_path / "numbers.json",
        "--since",
        "9.0.0",
        "--why",
        why,
    )
    assert done.returncode == 0 and "No number and no verdict changed." in done.stdout, done.stderr
    listed = json.loads((tmp_path / "numbers.json").read_text(encoding="utf-8"))
    changed = next(
        record for record in listed["numbers"] if record["id"] == "counts.published-registered"
    )
    changed["value"] += 1
    (tmp_path / "numbers.json").write_text(json.dumps(listed), encoding="utf-8")
    arguments = (site / "numbers.json", tmp_path / "numbers.json", "--since", "9.0.0", "--why", why)
    done = run("upkeep.changes", *arguments)
    assert (
        done.returncode == 1
        and "found no line with since 9.0.0 for counts.published-registered;" in done.stderr
    )
    why.write_text(
        "id,since,why\ncounts.published-registered,9.0.0,It was misread.\n", encoding="utf-8"
    )
    done = run("upkeep.changes", *arguments)
    assert (
        done.returncode == 0 and "| 266,126 | 266,127 | persons | It was misread. |" in done.stdout
    ), done.stderr


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


def new_page(browser, address: str):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address)
    return page


@pytest.mark.parametrize("name", ["index.html", "chapters/counts.html"])
def test_only_an_old_version_has_a_banner(browser, versions, archives, name):
    old, newest = archives
    page = new_page(browser, f"{versions.as_uri()}/v/{old}/{name}")
    banner = page.locator("aside.old-version")
    assert banner.is_visible() and f"This is version {old} of " in banner.inner_text()
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0
    assert banner.locator("a").get_attribute("href") == BASE + (
        "" if name == "index.html" else name
    )
    assert banner.evaluate("b => getComputedStyle(b).paddingLeft") != "0px", (
        "its style sheet is beside the others"
    )
    page.goto(f"{versions.as_uri()}/v/{newest}/{name}")
    assert page.locator("aside.old-version").count() == 0
    page.close()


def test_the_banner_is_accessible(browser, versions, archives):
    from axe_playwright_python.sync_playwright import Axe

    page = new_page(browser, f"{versions.as_uri()}/v/{next(iter(archives))}/chapters/counts.html")
    found = (
        Axe()
        .run(page, options={"resultTypes": ["violations"], "preload": False})
        .response["violations"]
    )
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    page.close()


def test_an_old_release_on_a_stick_opens_cites_itself_and_says_where_its_successor_is(
    browser, versions, archives, tmp_path
):
    """Copied without the newest site and without the list of versions."""
    stick = Path(shutil.copytree(versions / "v" / next(iter(archives)), tmp_path / "stick"))
    stays = (  # the pages of both archives were built as that version
        f"{BASE}v/{citation_sync.versions()['CITATION.cff, version']}/"
    )
    page, lost = browser.new_page(viewport={"width": 1280, "height": 900}), []
    page.on("requestfailed", lambda request: lost.append(request.url))
    page.on("pageerror", lambda error: lost.append(str(error)))
    for name in (
        "index.html",
        "chapters/counts.html",
        "chapters/ledger.html",
        "_cite/counts.mc-routine.html",
    ):
        page.goto(f"{stick.as_uri()}/{name}")
        place = "" if name == "index.html" else name
        assert (
            page.locator("aside.old-version a").inner_text()
            == page.locator("link[rel=canonical]").get_attribute("href").partition("#")[0]
        )
        if not name.startswith("_cite"):
            assert page.locator("link[rel=cite-as]").get_attribute("href") == stays + place
            assert page.locator("footer a", has_text="Newest version").get_attribute("href") == BASE
        else:
            assert (
                page.locator("meta[name=citation_fulltext_html_url]")
                .get_attribute("content")
                .startswith(stays)
            )
            assert stays in page.locator(".reference").inner_text()
    assert lost == []
    page.close()


def test_every_version_names_the_newest_page(versions, site, archives):
    old, newest = archives
    for page in site.rglob("*.html"):
        name = page.relative_to(site).as_posix()
        if name in crawlers.AT_THE_ROOT:
            assert not any((versions / "v" / version / name).exists() for version in archives)
            continue
        forwarded = redirects.forwards_to(name, page.read_text(encoding="utf-8"))
        address = BASE + (forwarded or ("" if name == "index.html" else name))
        for version in archives:
            html = (versions / "v" / version / name).read_text(encoding="utf-8")
            assert re.findall(r'<link rel="canonical" href="([^"]*)"', html) == [address]
            # Some pages, such as the search, are left out of indexes in every version.
            assert html.count('content="noindex"') == (
                version == old or 'content="noindex"' in page.read_text(encoding="utf-8")
            )
    added = verify.differences(site, versions)  # the newest goes out as it was built
    assert added and all(
        line.startswith("v/") and line.endswith(f": only in {versions}") for line in added
    )
    listing = (versions / "v" / "index.html").read_text(encoding="utf-8")
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in listing
    assert not [
        page
        for page in versions.rglob("*.html")
        if re.search(r"<style|\sstyle=", page.read_text(encoding="utf-8"))
    ]
    assert listing.index(f"Version {newest}") < listing.index(f"Version {old}")


def test_links_in_a_version_stay_in_it(browser, versions, site, archives):
    """Pages as a browser resolves their links; citing records, a thousand of one mould without
    scripts, by a parser."""
    version = versions / "v" / next(iter(archives))
    home, seen, aims = f"{version.as_uri()}/", 0, set()
    page = browser.new_page()
    for path in sorted(
        page for page in site.rglob("*.html") if page.name not in crawlers.AT_THE_ROOT
    ):
        name = path.relative_to(site).as_posix()
        if name.startswith("_cite/"):
            tree = html.fromstring((version / name).read_bytes())
            elements = tree.xpath(
                "//*[@href or @src][not(ancestor-or-self::*[contains(@class, 'old-version')])]"
            )
            links = [
                urljoin(home + name, element.get("href") or element.get("src"))
                for element in elements
            ]
        else:
            page.goto(home + name)
            links = page.eval_on_selector_all(
                "[href], [src]",
                "found => found.filter(e => !e.closest('.old-version')).map(e => e.href?.baseVal ??"
                " e.href ?? e.src)",
            )
        own = [link for link in links if link.startswith("file:")]
        assert all(link.startswith(home) for link in own), [
            link for link in own if not link.startswith(home)
        ][:3]
        aims |= {link.partition("#")[0].partition("?")[0].removeprefix(home) for link in own}
        seen += len(own)
    missing = [aim for aim in aims if not (version / unquote(aim)).exists()]
    assert not missing, missing[:5]
    assert seen > 5000
    page.close()


def test_an_archive_that_was_touched_is_not_published(archives, site, tmp_path):
    version, archive = next(iter(archives.items()))
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "room", filter="data")
    folder = tmp_path / "room" / f"microwork-{version}"
    (folder / "site" / "numbers.json").write_text("[]", encoding="utf-8")
    pack.pack(folder, tmp_path / "kept" / archive.name, folder.name, STAMP)
    done = run(
        "upkeep.site", "--releases", tmp_path / "kept", "--site", site, "--out", tmp_path / "out"
    )
    assert done.returncode == 1
    assert f"{archive.name}: found another site/numbers.json than SHA256SUMS says" in done.stderr


def test_a_page_without_a_successor_is_named(site, archives, tmp_path):
    newest = Path(shutil.copytree(site, tmp_path / "newest"))
    (newest / "chapters/glossary.html").unlink()
    with pytest.raises(
        public.SiteError,
        match="0.0.9: found no chapters/glossary.html in the newest site; expected it, or",
    ):
        public.assemble(newest, archives, tmp_path / "out")
