"""What a reader can take home: each chapter as a notebook and a script with all that runs them, and
its tables. The site as an RO-Crate is in ``crate``."""

from __future__ import annotations

import json
import shutil
import zipfile
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx

from tallybook.builder import wheels
from tallybook.builder.wheels import FOLDER, LOCK, NEEDS
from tallybook.sphinx import domain, execute
from tallybook.sphinx.builders import Making, Page, group, write_texts
from tallybook.sphinx.numbers import anchor, of_chapter
from tallybook.sphinx.state import get_state, held

# A zip holds a time for every file; the same one always, the earliest that the format knows.
EPOCH = (1980, 1, 1, 0, 0, 0)


def add_links(app: Sphinx, page: Page) -> None:
    """Under a chapter: what can be taken from it."""
    shared = get_state(app)
    if not (name := shared.chapter_of(page.name)):
        return
    taken = [(f"{name}-data.zip", "tables with their description (zip)")]
    if has_notebook(app, name):
        notebook = (f"{name}.ipynb", "executed notebook, which says how to run it")
        taken = [notebook, (f"{name}.py", "script"), *taken]
    place = f"{page.up}{FOLDER}"
    links = ", ".join(f'<a href="{place}/{file}" download>{words}</a>' for file, words in taken)
    rows = app.builder.get_relative_uri(page.name, shared.page("numbers"))
    count = len(of_chapter(shared.report, name))
    page.context["downloads_html"] = (
        f'<p class="downloads" id="data"><a href="{rows}#{anchor(name)}">All {count} numbers of'
        " this chapter</a>, with their intervals and sources. Take the chapter with you:"
        f" {links}.</p>"
    )


def has_notebook(app: Sphinx, name: str) -> bool:
    return execute.was_executed(app, get_state(app).provider.CHAPTERS[name])


def write_files(app: Sphinx) -> None:
    folder, hashes = Path(app.outdir) / FOLDER, domain.of(app.env).data["hashes"]
    folder.mkdir(exist_ok=True)
    group(app, "wheels", partial(write_wheels, app))
    for name, docname in get_state(app).provider.CHAPTERS.items():
        if has_notebook(app, name):
            # It is made from the text of its page, and from all that pages share.
            make = partial(write_notebook, app, name)
            group(app, f"notebook {name}", make, hashes[docname])
        tables = partial(pack, Path(app.srcdir) / "data", name, folder / f"{name}-data.zip")
        group(app, f"tables {name}", tables)


def write_wheels(app: Sphinx) -> list[Path]:
    """The packages of engine and report, and the lock of what they need."""
    root, folder = Path(app.srcdir), Path(app.outdir) / FOLDER
    made = wheels.build(root, folder)
    if made and (root / LOCK).is_file():
        made.append(Path(shutil.copyfile(root / LOCK, folder / NEEDS)))
    return made


def offered(app: Sphinx) -> list[str]:
    """Names of the files that run a chapter, as they have been written: what it needs, the engine,
    the report."""
    found = held(app, Making).manifest.groups["wheels"].files
    names = (Path(path).name for path in found)
    return sorted(names, key=lambda name: (name != NEEDS, not name.startswith("tallybook-"), name))


def write_notebook(app: Sphinx, name: str) -> list[Path]:
    """A chapter as a notebook, and as a script."""
    import nbformat  # not needed, and slow to import, if all notebooks are taken from the last site

    from tallybook.sphinx import chapter_notebook

    whole = chapter_notebook.notebook(app, name, offered(app))
    # nbformat does not annotate it
    text: str = nbformat.writes(whole)  # type: ignore[no-untyped-call]
    place = Path(app.outdir) / FOLDER / name
    script = chapter_notebook.script(app, whole)
    return write_texts({place.with_suffix(".ipynb"): text + "\n", place.with_suffix(".py"): script})


def pack(data: Path, chapter: str, target: Path) -> list[Path]:
    """A chapter's tables, the claims, and all tables that these refer to, with a descriptor that
    describes just these."""
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    own, wanted = f"{chapter}/", ["sources", "claims"]
    described = {r["name"]: r for r in package["resources"] if "schema" in r}
    wanted = [name for name, r in described.items() if r["path"].startswith(own) or name in wanted]
    for name in wanted:  # it grows while we look
        for key in described[name]["schema"].get("foreignKeys", []):
            if (parent := key["reference"]["resource"]) and parent not in wanted:
                wanted.append(parent)
    kept = [r for r in package["resources"] if r["name"] in wanted or r["path"].startswith(own)]
    package |= {"name": f"{package.get('name', 'report')}-{chapter}", "resources": kept}
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    contents = {r["path"]: (data / r["path"]).read_bytes() for r in kept}
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in {"datapackage.json": text.encode(), **contents}.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return [target]
