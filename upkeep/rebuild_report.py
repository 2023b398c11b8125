"""What the times of ``upkeep.rebuild`` say: medians, ratios, phases, growth. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from upkeep.tables import table

PHASES = ("start", "load", "cells", "read", "write", "files", "end")
MEANING = {
    "start": "Python, Sphinx and its extensions start",
    "load": "settings, the last build's state, the report computed",
    "cells": "waited for cells to be executed",
    "read": "pages read",
    "write": "pages written",
    "files": "what is made at the end: tables, pictures, indexes",
    "end": "the site copied and published; Python ends",
}
STEPS = {
    "cold": "cold build",
    "nothing": "nothing changed",
    "prose": "one sentence added",
    "data": "one cell of a table changed",
}
# (size, step) -> the most that ours may take of what stock takes.
LIMITS = {
    ("real", "cold"): 0.5,
    ("real", "nothing"): 0.15,
    ("real", "prose"): 1.0,
    ("100", "prose"): 1.2,
}
LINEAR = 1.25  # a further chapter among a hundred may cost so many times what it costs among ten


@dataclass(frozen=True)
class Timing:
    """One build: seconds in all (for ours with sealing), seconds of processor time, and seconds by
    phase."""

    size: str
    step: str
    book: str
    run: int
    seconds: float
    cpu: float = 0.0
    phases: dict[str, float] = field(default_factory=dict)


def of(found: Iterable[Timing], size: str, step: str, book: str) -> list[Timing]:
    return [
        timing for timing in found if (timing.size, timing.step, timing.book) == (size, step, book)
    ]


def middle(timings: list[Timing]) -> float:
    return median(timing.seconds for timing in timings)


def ratio(found: list[Timing], size: str, step: str) -> float:
    """The median over runs of ours/stock, each pair built one right after the other."""
    stock = {timing.run: timing.seconds for timing in of(found, size, step, "stock")}
    return median(timing.seconds / stock[timing.run] for timing in of(found, size, step, "ours"))


def sizes(found: list[Timing]) -> list[str]:
    return list(dict.fromkeys(timing.size for timing in found))


def measured(found: list[Timing]) -> list[tuple[str, str]]:
    """The pairs of size and step that both books have been through."""
    pairs = [(size, step) for size in sizes(found) for step in STEPS]
    return [pair for pair in pairs if of(found, *pair, "ours") and of(found, *pair, "stock")]


def spread(timings: list[Timing]) -> str:
    """Median and range: ``12.3 (11.9-13.0)``; a single run is said to be one."""
    seconds = [timing.seconds for timing in timings]
    if len(seconds) == 1:
        return f"{seconds[0]:.1f} (1 run)"
    return f"{median(seconds):.1f} ({min(seconds):.1f}-{max(seconds):.1f})"


def ratios(found: list[Timing]) -> str:
    rows = []
    for size, step in measured(found):
        ours, stock = of(found, size, step, "ours"), of(found, size, step, "stock")
        limit = LIMITS.get((size, step))
        wanted = f"{limit:.2f}" if limit else ""
        work = [median(timing.cpu for timing in timings) for timings in (ours, stock)]
        cells = [
            spread(ours),
            spread(stock),
            f"{ratio(found, size, step):.2f}",
            wanted,
            *(f"{seconds:.1f}" for seconds in work),
        ]
        rows.append([f"{_chapters(size)}, {STEPS[step]}", *cells])
    heads = [
        "ours",
        "stock",
        "ours/stock",
        "expected, at most",
        "ours: processor",
        "stock: processor",
    ]
    return table(["seconds: median (least-most)", *heads], rows)


def parts(found: list[Timing]) -> str:
    """Where the time goes: the median of each phase."""
    rows = []
    for size, step in measured(found):
        for book in ("ours", "stock"):
            runs = of(found, size, step, book)
            cells = [
                f"{median(timing.phases.get(phase, 0.0) for timing in runs):.1f}"
                for phase in ("seal", *PHASES)
            ]
            rows.append([f"{_chapters(size)}, {STEPS[step]}: {book}", *cells])
    words = "; ".join(f"{name}: {meaning}" for name, meaning in MEANING.items())
    return f"{table(['seconds in', 'seal', *PHASES], rows)}\n\n{words}."


def marginal(found: list[Timing], step: str, book: str) -> list[tuple[str, str, float]]:
    """What one more light chapter costs between one generated size and the next:

    (from, to, seconds a chapter).
    """
    there = sorted(
        (size for size in sizes(found) if size.isdigit() and of(found, size, step, book)), key=int
    )
    return [
        (
            a,
            b,
            (middle(of(found, b, step, book)) - middle(of(found, a, step, book)))
            / (int(b) - int(a)),
        )
        for a, b in zip(there, there[1:], strict=False)
    ]


def growth(found: list[Timing]) -> str:
    rows = []
    for step, words in STEPS.items():
        stock = {(a, b): cost for a, b, cost in marginal(found, step, "stock")}
        for a, b, cost in marginal(found, step, "ours"):
            theirs = f"{stock[a, b]:.2f}" if (a, b) in stock else ""
            rows.append([f"{words}, from {a} to {b} chapters", f"{cost:.2f}", theirs])
    return table(["seconds for one more light chapter", "ours", "stock"], rows) if rows else ""


def faults(found: list[Timing]) -> list[str]:
    """What is wanted of our build and not so, in words."""
    there = measured(found)
    words = [
        f"{_chapters(size)}, {STEPS[step]}: found {ratio(found, size, step):.2f} of stock; expected"
        f" at most {limit:.2f}"
        for (size, step), limit in LIMITS.items()
        if (size, step) in there and ratio(found, size, step) > limit
    ]
    costs = marginal(found, "cold", "ours")
    for (_, _, before), (a, b, cost) in zip(costs, costs[1:], strict=False):
        if cost > LINEAR * before:
            least = f"expected at most {LINEAR} times {before:.2f} s, as before"
            words.append(f"from {a} to {b} chapters one more costs {cost:.2f} s; {least}")
    return words


def report(found: list[Timing]) -> tuple[str, list[str]]:
    """All tables as text, and what is not as wanted."""
    wrong, open_ = faults(found), unmeasured(found)
    end = "\n".join([*wrong, *open_]) or "All that is wanted of these times holds."
    return "\n\n".join(filter(None, (ratios(found), parts(found), growth(found), end))), wrong


def unmeasured(found: list[Timing]) -> list[str]:
    """What is wanted but was left out of this measurement, in words."""
    there = measured(found)
    words = [
        f"{_chapters(size)}, {STEPS[step]}: not measured"
        for size, step in LIMITS
        if (size, step) not in there
    ]
    return (
        words
        if len(marginal(found, "cold", "ours")) > 1
        else [*words, "growth: not measured at three sizes"]
    )


def _chapters(size: str) -> str:
    return "this report" if size == "real" else f"{size} light chapters"
