"""The panel in which a reader argues with a verdict: what the page reckons is what Python does, and
it works by keyboard, from an address, and without scripts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tallybook.claims.argument import Argument, Case

from microwork import report

SETTINGS = 1000  # a claim
NEAR = 0.01  # how far a number may be off, as a part of it, or of the width of its range
TURNING = 0.005  # part of an axis about a turning point in which a verdict may differ
PANEL = "details[data-argue='{}']"
INCOME, SALARY = "chapters/income.html", "no-salary"
# Every number and verdict of some settings.
ASK = """([name, settings]) => settings.map((values) => {
    const now = window.argue.settle(window.argued[name], values);
    return [now.found, now.each, now.verdict];
})"""


@pytest.fixture(scope="module")
def computed():
    """The report with the functions of its chapters, which one that was read from a file lacks."""
    return report.provider.compute()


def arguments(found) -> dict[str, Argument]:
    """The argument of each claim that has one, without repeats."""
    return {
        name: one.argument
        for name, one in found.judgements.items()
        if one.argument and not found.claims[name].repeats
    }


def drawn(argument: Argument, seed: str) -> list[dict[str, float]]:
    """Settings at random, by the name of the assumption; each has draws of its own, so that claims
    with the same test share them."""
    draws = {axis.name: random.Random(f"{axis.name} {seed}") for axis in argument.axes}
    return [
        {
            axis.name: axis.stepped(draws[axis.name].uniform(axis.bottom, axis.top))
            for axis in argument.axes
        }
        for _ in range(SETTINGS)
    ]


class Reckoned:
    """Python's answers, each computed once for all claims that share it."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], tuple] = {}

    def one(self, case: Case, assumed: dict[str, float]) -> tuple:
        names = (*case.takes, *case.times, *case.over, *case.plus, *case.wider)
        key = (case.number, tuple(sorted((name, assumed[name]) for name in names)))
        if key not in self.known:
            self.known[key] = case.compute(**assumed)
        found = self.known[key]
        return found, case.rule.with_limit(assumed.get(case.limit_axis or ""))(found)

    def all(self, argument: Argument, assumed: dict[str, float]) -> tuple[list, list[str], str]:
        from tallybook.claims import rules

        each = [self.one(case, assumed) for case in argument.cases]
        told = [] if argument.told is None else [argument.told]
        verdict = rules.together([*(verdict for _, verdict in each), *told])
        return [found for found, _ in each], [str(verdict) for _, verdict in each], str(verdict)


def off(guess: list[float], true: tuple[float, ...]) -> float:
    width = abs(true[2] - true[1])
    return max(abs(a - b) / max(abs(b), width, 1e-12) for a, b in zip(guess, true, strict=True))


def turns_near(reckoned: Reckoned, argument: Argument, assumed: dict[str, float]) -> set[str]:
    """The verdicts a little way off, along each axis alone and along all at once."""
    ways = [{axis: side} for axis in argument.axes for side in (-1, 1)]
    ways += [dict.fromkeys(argument.axes, side) for side in (-1, 1)]
    found = set()
    for way in ways:
        moved = dict(assumed)
        for axis, side in way.items():
            if not axis.step:
                value = assumed[axis.name] + side * TURNING * (axis.top - axis.bottom)
                moved[axis.name] = min(max(value, axis.bottom), axis.top)
        found.add(reckoned.all(argument, moved)[2])
    return found


def test_the_page_reckons_as_python_does(computed, visit, site):
    reckoned, faults = Reckoned(), []
    with visit(INCOME) as page:
        load(page, site, "words")
        for name, argument in arguments(computed).items():
            load(page, site, name)
            settings = drawn(argument, "settings")
            asked = [{k.replace("_", "-"): v for k, v in one.items()} for one in settings]
            for assumed, (numbers, _, verdict) in zip(
                settings, page.evaluate(ASK, [name, asked]), strict=True
            ):
                true, _, wanted = reckoned.all(argument, assumed)
                worst = max(off(*pair) for pair in zip(numbers, true, strict=True))
                if worst > NEAR:
                    faults.append((name, assumed, numbers, true))
                elif verdict != wanted and verdict not in turns_near(reckoned, argument, assumed):
                    faults.append((name, assumed, verdict, wanted))
    assert not faults, f"{len(faults)} settings: {faults[:3]}"


def load(page, site: Path, name: str) -> None:
    """A script of the panels, and that which reckons."""
    for path in (site / "_argue" / f"{name}.js", site / "_static" / "argue.js"):
        page.evaluate(path.read_text(encoding="utf-8").rstrip().rstrip(";"))
