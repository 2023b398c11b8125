"""What code of a report sees of the environment variables of whoever builds: those that programs
need to run, and those that a page asks for by name. A cell that read any other would show what the
one who builds happens to have set, and the next build would not notice a change.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import yaml

from tallybook import settings

ASKED = "TALLYBOOK_ASKED"  # the names of all that pages ask for
FRONT = re.compile(r"\A---\n(.*?)^---$", re.M | re.S)
KEY = "environment"  # in the front matter of a page
# To find programs and libraries, to know the day, to choose code for the processor; and what the
# parts of a build tell each other.
NEEDED = re.compile(
    r"PATH|HOME|USER|LOGNAME|TMPDIR|TZ|LC_ALL|LD_\w+|DYLD_\w+|PYTHON\w+|GIT_\w+|SOURCE_DATE_EPOCH"
    r"|(OPENBLAS|NPY|GLIBC|MKL|OMP|BLIS|VECLIB|NUMEXPR|FONTCONFIG|TALLYBOOK|REPORT)_\w+"
    r"|(NO_)?FAKE\w+"  # of the tool that sets another clock, to see that none is read
)


def asked(root: Path) -> dict[str, str | None]:
    """The variables that pages of the report in ``root`` ask for with ``environment: [NAME]`` in
    their front matter, and their values; ``None`` for one that is not set. Raises ``SettingsError``
    for anything else that stands there."""
    found = set[str]()
    for page in settings.pages(root):
        path = root / f"{page}.md"
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        if (front := FRONT.match(text)) and f"{KEY}:" in front[1]:
            found |= _listed(front[1], f"{page}.md, {KEY}")
    return {name: os.environ.get(name) for name in sorted(found)}


def scrub(root: Path) -> None:
    """Take from this process, and all that it starts from now on, every variable that is neither
    needed nor asked for."""
    wanted = asked(root)
    for name in [one for one in os.environ if one not in wanted and not NEEDED.fullmatch(one)]:
        del os.environ[name]
    os.environ[ASKED] = " ".join(wanted)


def values() -> str:
    """What was asked for, with its values, in a process of a build: it can change a number."""
    return repr([(name, os.environ.get(name)) for name in os.environ.get(ASKED, "").split()])


def _listed(front: str, place: str) -> set[str]:
    try:
        names: Any = yaml.safe_load(front).get(KEY, [])
    except (yaml.YAMLError, AttributeError):
        return set()  # whoever reads the page says what is wrong
    fit = isinstance(names, list) and all(re.fullmatch(r"[A-Za-z_]\w*", str(one)) for one in names)
    if not fit:
        wanted = "names of environment variables, as [NAME]"
        raise settings.SettingsError(place, repr(names), wanted)
    return {str(one) for one in names}
