"""Retraining: how often models on Wikimedia's wikis got new labels by people who were asked."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.intervals import wilson_percent
from microwork.retraining import service
from microwork.retraining.inputs import SEED, again, assumption, interval


def asked() -> pd.DataFrame:
    """Batches of labels on request or picked by hand, without grades for editors' own use."""
    table = data.table("retraining/ores_labels")
    return table[table["kind"] != service.OWN_USE]


def renewal() -> pd.Series:
    """For each wiki with labels that people were asked for: whether a model that was there before
    got new ones."""
    return asked().groupby("wiki")["later"].max() == 1


def never_renewed() -> Bounded:
    """Wikis none of whose models ever got new labels on request, in percent, with Wilson's
    interval."""
    never = ~renewal()
    return wilson_percent(float(never.mean()), len(never))


@step
def labelled() -> pd.DataFrame:
    """The models that learn from labels on request: wiki, years (there), and until (years to the
    first rebuild with new ones; empty if there was none)."""
    frame = service.models().assign(years=service.years().to_numpy()).set_index(service.MODEL)
    frame = frame[frame["labels"] == service.CAMPAIGN]
    new = service.rebuilds()
    new = new[new["reason"] == service.NEW_LABELS]
    again_labelled = new.groupby(service.MODEL)["date"].min()
    until = (again_labelled - frame["first_build"]).dt.days / service.YEAR
    return frame.assign(until=until.reindex(frame.index)).reset_index()[["wiki", "years", "until"]]


def years_a_labelling() -> Bounded:
    """Years of a model to one rebuild with new labels by people, all models that learn from such
    labels together, with whole wikis drawn again."""
    frame = service.rebuilds().set_index("wiki")
    new = (frame["reason"] == service.NEW_LABELS).astype(int)
    rate, low, high = service.quotient(new, labelled().set_index("wiki")["years"], 1.0)
    return 1 / rate, 1 / high, 1 / low


def without_new_labels() -> Bounded:
    """Such models that have had no new labels after the years assumed, in percent, with whole wikis
    drawn again.

    A model that was there for a shorter time counts for as long as it was there (Kaplan and Meier,
    Journal of the American Statistical Association 53, 1958, 457-481).
    """
    frame = labelled()
    wikis, place = np.unique(frame["wiki"], return_inverse=True)
    weights = again(len(wikis), SEED)[:, place]
    seen, until = frame["until"].fillna(frame["years"]).to_numpy(), frame["until"].to_numpy()
    left = np.ones(len(weights))
    for time in np.unique(until[until <= assumption("ores-watched")]):
        here = weights @ (seen >= time)
        left *= 1 - weights @ (until == time) / np.maximum(here, 1)
    return interval(left)


def labels_after() -> Bounded:
    """Labels on request that came when their model was there already, in percent of all, by the
    names of files."""
    frame = asked().set_index("wiki")
    return service.quotient(frame["labels"].where(frame["later"] == 1, 0), frame["labels"])


NUMBERS: Numbers = {
    "ores-wikis-asked": lambda: len(renewal()),
    "ores-labels-asked": lambda: asked()["labels"].sum(),
    "ores-never-renewed": never_renewed,
    "ores-labels-after-model": labels_after,
    "ores-model-years": lambda: float(labelled()["years"].sum()),
    "ores-models-asked": lambda: len(labelled()),
    "ores-years-a-labelling": years_a_labelling,
    "ores-watched": lambda: int(assumption("ores-watched")),
    "ores-without-new-labels": without_new_labels,
}
