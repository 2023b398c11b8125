"""The one rule of digits: nothing leaves the computation with more than ten significant digits.

Processors disagree about the last bits of a number. NumPy, OpenBLAS and the C library pick their
code by the processor they run on, and Python 3.12 adds up floats in another way than 3.11. Such
differences are far below anything the report can know, but they are enough to change a file.
Rounded to ten digits, about one value in a million can still tip from one last digit to the next
when its last two bits change; with twelve digits it would be one in ten thousand. Sources hardly
ever state a figure to more than ten digits.

``Number``, the formatter, the tables and the charts all round here, so that their output is the
same on every machine.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 10

_DECIMAL = re.compile(r"(?<![\w.#-])\d+\.\d+(?:e[-+]?\d+)?")


def rounded(value: float, digits: int = DIGITS) -> float:
    """A float with ``digits`` significant digits, as a plain float and never ``-0.0``. Integers,
    booleans, infinities and NaN are returned as they are. The rounding is that of decimal notation,
    which is exact and the same everywhere."""
    if not isinstance(value, float) or not math.isfinite(value):
        return value
    return float(f"{value:.{digits - 1}e}") + 0.0


def exponent(value: float) -> int:
    """The power of ten of the first significant digit: 2 for 123.4, -3 for 0.0012. It is read off
    the digits, because the logarithm of a power of ten may fall on either side of a whole number.
    Raises ``ValueError`` for zero and for what is not finite."""
    if value == 0 or not math.isfinite(value):
        raise ValueError(f"found {value}; expected a finite number other than zero")
    return Decimal(repr(rounded(float(value)))).adjusted()


def settled(content: Any) -> Any:
    """JSON-like content with every float rounded, also inside text such as a Vega expression."""
    if isinstance(content, dict):
        return {key: settled(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [settled(value) for value in content]
    if isinstance(content, str):
        return _DECIMAL.sub(_rounded_text, content)
    return rounded(content)


def settled_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The same DataFrame with every float rounded; all else is left alone."""
    out = frame.copy()
    for name in out.columns:
        if out[name].dtype.kind in "fO":
            out[name] = out[name].map(rounded)
    return out


def _rounded_text(found: re.Match[str]) -> str:
    digits = found[0].partition("e")[0].replace(".", "").lstrip("0")
    return found[0] if len(digits) <= DIGITS else repr(rounded(float(found[0])))


def decimals(value: float) -> int:
    """Decimals of a value as it is written: 1 for 56.1, none for 260,000."""
    return max(0, -int(Decimal(repr(float(value))).normalize().as_tuple().exponent))
