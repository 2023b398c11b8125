"""Measurements: what each tested claim rests on, named once, in data, before any result.

``data/<chapter>/measurements.csv`` says for each measurement what it is, its data, its window and
its start points, the outcomes it could have had, and why it bears no firm verdict, if it does not.
Claims of one family are judged on all measurements of that family, so that nobody picks a data set
for a claim.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tallybook import data, project
from tallybook.claims import rows
from tallybook.claims.claim import Claim
from tallybook.claims.model import Judgement
from tallybook.claims.vocabulary import ClaimError
from tallybook.language import gettext as _
from tallybook.model import days

SPREAD = (
    "sampling",
    "places",
    "bounds",
)  # what an interval may be made of; from readings, a window or none no severity follows


@dataclass(frozen=True)
class Measurement:
    """A row of ``measurements.csv``, where its columns are described."""

    measurement_id: str
    family: str | None
    what: str
    data: str
    window: str | None
    starts: str | None
    interval: str
    least: float
    most: float | None
    weak: str | None

    @property
    def spread(self) -> bool:
        """Whether its interval says how far the result may be off, and not only which readings or
        windows there are."""
        return self.interval in SPREAD


def table(folder: Path | None = None) -> dict[str, Measurement]:
    """The measurements of all chapters, by id. Raises ``ClaimError`` for an id in two chapters."""
    return _table(folder or project.here().data)


@functools.cache
def _table(folder: Path) -> dict[str, Measurement]:
    found: dict[str, Measurement] = {}
    for name in data.names():
        if not name.endswith("/measurements"):
            continue
        for row in rows.read(name, folder):
            one = Measurement(**{field: row[field] for field in Measurement.__dataclass_fields__})
            if one.measurement_id in found:
                raise ClaimError(
                    f"data/{name}.csv: found {one.measurement_id!r} in another chapter too;"
                    " expected each id once"
                )
            found[one.measurement_id] = one
    return found


def known(measurement_id: str) -> Measurement:
    """A measurement by its id. Raises ``ClaimError`` if there is none."""
    try:
        return table()[measurement_id]
    except KeyError:
        raise ClaimError(
            f"found no measurement {measurement_id!r}; expected a row of"
            " data/<chapter>/measurements.csv"
        ) from None


def named(one: Measurement) -> str:
    """A measurement and its time, for a reader."""
    return f"{_(one.what)} ({days.dated(_(one.window))})" if one.window else _(one.what)


def family(name: str) -> list[str]:
    """The measurements of a family, in the order of the tables."""
    return [one.measurement_id for one in table().values() if one.family == name]


def refuse_choice(claim: Claim, judgement: Judgement) -> None:
    """Raise ``ClaimError`` if a claim of a family is tested on some of its measurements and not on
    all of them.

    It may be tested on others besides, which are of no family. A claim that is of no family, or of
    another one, may not be tested on a measurement of a family: that would be to pick one of them
    for it.
    """
    used, wanted = [test.measurement for test in judgement.tests], set(family(claim.family or ""))
    if claim.family and used and not wanted <= set(used):
        raise ClaimError(
            f"claim {claim.claim_id!r}: found tests on {', '.join(sorted(used))}; expected all"
            f" measurements of the family {claim.family!r}: {', '.join(sorted(wanted))}"
        )
    picked = [name for name in used if known(name).family not in (None, claim.family)]
    if picked:
        raise ClaimError(
            f"claim {claim.claim_id!r}: found a test on {picked[0]}, which is of the family"
            f" {known(picked[0]).family!r}; expected the claim to be of that family, and so tested"
            " on all its measurements"
        )


def carried(judgements: Iterable[Judgement]) -> dict[str, list[str]]:
    """The claims that rest on each measurement: those that carry most first."""
    found: dict[str, list[str]] = {}
    for one in judgements:
        for measurement in dict.fromkeys(test.measurement for test in one.tests):
            found.setdefault(measurement, []).append(one.claim_id)
    return dict(sorted(found.items(), key=lambda each: (-len(each[1]), each[0])))
