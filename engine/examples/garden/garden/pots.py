"""What pots on the beds of other gardens caught, over what the gauge beside them did."""

from tallybook import data
from tallybook.answers import Family


def family() -> Family:
    """A reading a row; those of one garden are alike."""
    rows = data.table("rain/pots")
    return Family(
        "pots",
        "log",
        rows.assign(value=rows["pots"] / rows["gauge"]),
        groups=("garden",),
        block=("source_key", "garden"),
    )
