"""The words of numbers may stand in tables, apart from the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import tables
from rooms import EXAMPLE, Sandbox
from tallybook.data import DataError
from tallybook.model.numbers import NumberError

Imported = Callable[[Path], ModuleType]
WORDS = 'number("rain.beans", beans, "kg", "Beans of the year", "sum of the months")'
HEADER = "number_id,unit,label,how,covers,decimals,source_key\n"
ROW = "beans,kg,Beans of the year,sum of the months,,,diary2025\n"
UNFIT = {
    "": "number rain.beans: found no words for it; expected a row of data/rain/numbers.csv",
    HEADER + ROW + ROW.replace("beans", "peas", 1): (
        "data/rain/numbers.csv, row 3, column number_id: found 'peas', which numbers() of the"
        " chapter rain does not give; expected a number for each row"
    ),
}


def test_a_number_takes_what_is_said_of_it_from_the_codebook(
    copy: Callable[[Path], Sandbox], imported: Imported
):
    room = copy(EXAMPLE)
    room.edit("garden/rain.py", WORDS, 'number("rain.beans", beans)')
    for rows, says in UNFIT.items():
        if rows:
            tables.put(room.root, "rain/numbers", rows)
        with pytest.raises((NumberError, DataError)) as caught:
            imported(room.root).provider.compute()
        assert str(caught.value) == says
    tables.put(room.root, "rain/numbers", HEADER + ROW)
    beans = imported(room.root).provider.compute().numbers["rain.beans"]
    assert (beans.unit, beans.label, beans.how) == ("kg", "Beans of the year", "sum of the months")
