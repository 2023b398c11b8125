"""``python -m tallybook try ANSWER [FACTOR=LOW..HIGH ...]``: what an answer becomes if some of its
factors lie between other ends, four chances in five, as one sentence. The panel of an answer does
the same in a page (``theme/static/try.js``)."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tallybook import report, settings
from tallybook.answers.answer import Answer, Estimate, tried
from tallybook.answers.factors import Factor, judged
from tallybook.answers.tables import DIGITS, SAYS, Answered, AnswerError
from tallybook.builder.cache import results
from tallybook.builder.process import time_limit
from tallybook.builder.process.progress import say
from tallybook.language import gettext as _
from tallybook.model.formatting import beside, measured, short


def main(arguments: Sequence[str]) -> int:
    """Print the sentence; returns the exit code. Raises ``AnswerError`` for what cannot be
    tried."""
    name, *pairs = arguments or [""]
    if (provider := settings.report_provider(Path.cwd())) is None:
        raise AnswerError(settings.CONFIG, "no report_provider", "module:name of the report")
    say("Loading the report; where none was built it is computed first.", sys.stderr)
    seconds = settings.value(Path.cwd(), "execute", "timeout") or 0
    os.environ.setdefault(time_limit.SECONDS, str(seconds))
    with time_limit.limited():
        found = report.provider(provider)
    kept = results.folder(Path.cwd() / "_build/staging/_build")  # quick after a build
    os.environ.setdefault(results.FOLDER, str(kept))
    with time_limit.limited():
        answered = found.load().answered
    if (answer := answered.answers.get(name)) is None:
        known = f"one of {', '.join(answered.answers)}"
        raise AnswerError("try", f"the answer {name!r}", known)
    moved = dict(_moved(pair, answer) for pair in pairs)
    print(sentence(otherwise(answered, name, moved), answer.question.unit))
    return 0


def otherwise(answered: Answered, name: str, moved: Mapping[str, Factor]) -> Estimate:
    """An answer with other factors. Raises ``AnswerError`` if there is none on its scale."""
    found = answered.answers[name]
    try:
        estimate = tried(found, moved, answered.between[found.question.scale])
        if math.isfinite(estimate.high - estimate.low):
            return estimate
    except ValueError:
        pass
    raise AnswerError("try", "ranges that give no answer", "less extreme ones")


def sentence(estimate: Estimate, unit: str) -> str:
    """An estimate as the boxes of answers say it."""
    ends = (estimate.median, estimate.low, estimate.high)
    value, low, high = (measured(short(one, DIGITS), unit) for one in ends)
    word = beside(unit, float(f"{estimate.median:.{DIGITS}g}"))
    return _(SAYS).format(value=f"{value} {word}".strip(), low=low, high=high)


def _moved(pair: str, answer: Answer) -> tuple[str, Factor]:
    """A factor of an answer between other ends, and its id."""
    factors = {one.id: one for one in answer.factors}
    name, _equals, ends = pair.partition("=")
    if name not in factors:
        raise AnswerError("try", f"the factor {name!r}", f"one of {', '.join(factors)}")
    scale = factors[name].scale
    try:
        low, high = map(float, ends.split(".."))
        return name, replace(factors[name], quantiles=judged(scale, low, high))
    except ValueError:
        wanted = f"LOW..HIGH, two numbers on the scale {scale}, the lower first"
        raise AnswerError(f"try, {name}", repr(ends), wanted) from None
