"""The chapter on rain: its numbers and its chart."""

from tallybook import data
from tallybook.charts import Drawing, bars
from tallybook.model.numbers import Number, number

MONTHS = "rain/months"  # the table data/rain/months.csv
READING = 0.5  # mm by which a reading may be wrong
COVERS = (
    "Covers what a reading may be wrong by, in all months the same way. Leaves out rain that missed"
    " the gauge."
)


def total() -> tuple[float, float, float]:
    """The rain of all months in mm, and its lowest and highest value."""
    rain = data.table(MONTHS)["rain"]
    doubt = READING * len(rain)
    return rain.sum(), rain.sum() - doubt, rain.sum() + doubt


def wettest() -> float:
    """The rain of July in mm."""
    return data.row(MONTHS, "2025-07")["rain"]


def beans() -> float:
    """The beans of all months in kg."""
    return data.table(MONTHS)["beans"].sum()


def yield_() -> tuple[float, float, float]:
    """Grams of beans for each mm of rain, and its lowest and highest value."""
    rain, low, high = total()
    return 1000 * beans() / rain, 1000 * beans() / high, 1000 * beans() / low


def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [
        number("rain.total", total, "mm", "Rain of the year", "sum of the months", COVERS),
        number("rain.wettest", wettest, "mm", "Rain of July, the wettest month", "as read"),
        number("rain.beans", beans, "kg", "Beans of the year", "sum of the months"),
        number(
            "rain.yield",
            yield_,
            "grams per mm",
            "Beans for each mm of rain",
            "beans over rain",
            COVERS,
        ),
    ]


def chart() -> Drawing:
    """A bar for each month."""
    return bars(data.table(MONTHS)[["month", "rain"]], "month", "rain", unit=" mm")
