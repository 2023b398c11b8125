"""A report in another language: one line of settings, and catalogues. What has no translation is
named."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Sandbox, read

TRANSLATE = (sys.executable, "-m", "tallybook", "translate")


@pytest.mark.weekly
def test_what_has_no_translation_is_named_and_in_each_language_what_has_changed_is_read(
    copy: Callable[[Path], Sandbox],
):
    room = copy(EXAMPLE)
    room.edit("_config.yml", "  config:\n", "  config:\n    report_languages: [eo]\n")
    done = room.run(*TRANSLATE)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert re.search(r"rain\.po, line \d+: '.+' has no translation", done.stdout)
    room.made(*BUILD)
    untranslated = room.root / "_build" / "staging" / "_build" / "untranslated.eo"
    assert "rain.md, line" in read(untranslated)
    room.edit("rain.md", "\n# ", "\n# Anew ")
    os.utime(room.root / "rain.md", (0, 0))  # it is its content that counts
    said = room.run(*BUILD).stdout
    # In each language that page alone is read.
    told = re.findall(r"(?m)^ *\d+ s  (?:edition \w+: )?2 pages: (.*)", said)
    assert told == ["1 read, the others have not changed"] * 2, said
    assert "Anew" in read(room.site / "eo" / "rain.html")
