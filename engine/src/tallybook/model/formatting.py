"""The one place where a number becomes text.

Separators come from Babel and follow the language; the digits shown follow from what is
known: an interval decides them where there is one, three significant digits otherwise.
"""

from __future__ import annotations

import functools
import re
from decimal import ROUND_HALF_EVEN, Decimal

from babel import Locale
from babel.numbers import format_decimal, get_currency_symbol, list_currencies

from tallybook import language, project
from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.model import days
from tallybook.model.digits import exponent, rounded
from tallybook.model.numbers import RATIOS, Number, Registry

NBSP = "\u202f"  # narrow no-break space, between a value and its unit
PARTS = ("value", "low", "high", "interval", "full", "bare")
_CODE = re.compile(r"([A-Z]{3})\b")
_DIGITS = re.compile(r"[#,0.]+")  # of a pattern of CLDR
_PLACEHOLDER = re.compile(r"\[\[([a-z0-9.-]+)(?:\|([a-z]+))?\]\]")


def decimals(number: Number) -> int:
    """How many decimals to show (negative: zeros before the point).

    With an interval: two significant digits of its half-width. Without: three significant digits
    of the value, except whole counts, which are shown to the unit.
    """
    if number.decimals is not None:
        return number.decimals
    if number.low is not None and number.high is not None and number.high > number.low:
        return 1 - exponent((number.high - number.low) / 2)
    counted = _declared(number.unit).counted
    if number.value == 0 or (counted and float(number.value).is_integer()):
        return 0
    return 2 - exponent(number.value)


def _declared(unit: str) -> project.Unit:
    return project.units().get(unit, project.Unit())


def plain(value: float, places: int) -> str:
    """A bare value with the separators of the language, rounded half to even to so many decimals.

    It is rounded to ten significant digits first, so that a value just beside a half prints as the
    half does.
    """
    return _plain(float(value), places, language.now())


@functools.cache
def _plain(value: float, places: int, code: str) -> str:
    digits = Decimal(repr(rounded(value))).quantize(
        Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN
    )
    if digits == 0:
        digits = abs(digits)  # no "-0"
    shown = max(places, 0)
    pattern = "#,##0" + ("." + "0" * shown if shown else "")
    return format_decimal(digits, format=pattern, locale=code).replace("-", "\u2212")


def short(value: float, digits: int = 3) -> str:
    """A bare value with at most ``digits`` significant digits, and no zeros after the last one that
    counts."""
    if value == 0:
        return "0"
    text = plain(value, digits - 1 - exponent(value))
    sign = language.decimal(".")
    return text.rstrip("0").rstrip(sign) if sign in text else text


def currency(unit: str) -> str:
    """The ISO 4217 code that begins a unit of money, such as ``EUR per hour``, or nothing."""
    code = _CODE.match(unit)
    return code[1] if code and code[1] in list_currencies() else ""


def signs(unit: str) -> tuple[str, str]:
    """What is printed before and after a value: only signs and currencies, as the language places
    them; the sentence says the rest."""
    return _signs(unit, language.now())


@functools.cache
def _signs(unit: str, code: str) -> tuple[str, str]:
    here, money = Locale.parse(code), currency(unit)
    if money:
        sign = get_currency_symbol(money, locale=code)
        pattern = here.currency_formats["standard"].pattern.split(";")[0]
        if sign.isalpha() and pattern.startswith("¤"):
            sign += NBSP  # a code would run into the digits
    elif unit == "percent" or unit.startswith("percent "):
        sign, pattern = "%", here.percent_formats[None].pattern.replace("%", "¤")
    else:
        return "", ""
    before, after = _DIGITS.split(pattern.replace("\u00a0", NBSP))
    return before.replace("¤", sign), after.replace("¤", sign)


def measured(text: str, unit: str) -> str:
    """A printed value with its sign: "56%", "€1.40"; in French "56 %", "1,40 €". Money has two
    decimals or none."""
    before, after = signs(unit)
    if currency(unit) and text[-2:-1] == language.decimal("."):
        text += "0"
    minus = text[: text.startswith("\u2212")]
    return f"{minus}{before}{text[len(minus) :]}{after}"


def between(low: str, high: str, unit: str) -> str:
    """Two printed ends as a range; a sign that follows its value is printed once."""
    first = measured(low, unit).removesuffix(signs(unit)[1])
    return _("{low} to {high}").format(low=first, high=measured(high, unit))


def named(unit: str, value: float) -> str:
    """A unit in words, beside a value: "hour" or "hours"."""
    one = _declared(unit).one
    return ngettext(one, unit, value) if one else _(unit)


def beside(unit: str, value: float) -> str:
    """What a sentence says after a value: its unit in words, if it is printed with no sign."""
    return "" if any(signs(unit)) or unit in RATIOS else named(unit, value)


def unit_name(number: Number) -> str:
    """The unit of a number in words; a day says its month itself."""
    return _("day") if days.of_unit(number.value, number.unit) else _(number.unit)


def show(number: Number, part: str = "value") -> str:
    """A number as text.

    ``part``: ``value``, ``low``, ``high``, ``interval`` (low to high), ``full`` (value and
    interval) or ``bare`` (value without sign or currency).
    Raises ``ValueError`` for another part, or for an interval that the number does not have.
    """
    if part not in PARTS:
        raise ValueError(
            f"number {number.id}: found part {part!r}; expected one of {', '.join(PARTS)}"
        )
    places, unit = decimals(number), number.unit

    def text(value: float) -> str:
        return short(value, number.digits) if number.digits else plain(value, places)

    if part == "value" and (day := days.of_unit(number.value, number.unit)):
        return day
    if part == "bare":
        return text(number.value)
    if part == "value":
        return language.said(measured(text(number.value), unit))
    if number.low is None or number.high is None:
        raise ValueError(f"number {number.id}: found part {part!r}; the number has no interval")
    low, high = text(number.low), text(number.high)
    if part == "interval":
        return language.said(between(low, high, unit))
    if part == "full":
        value = measured(text(number.value), unit)
        return language.said(f"{value} ({between(low, high, unit)})")
    return language.said(measured(low if part == "low" else high, unit))


def split(template: str) -> list[str | tuple[str, str]]:
    """A template in pieces: plain text, and a ``(number id, part)`` for each ``[[id]]`` or
    ``[[id|part]]``."""
    pieces: list[str | tuple[str, str]] = []
    end = 0
    for match in _PLACEHOLDER.finditer(template):
        pieces += [template[end : match.start()], (match[1], match[2] or "value")]
        end = match.end()
    return [piece for piece in [*pieces, template[end:]] if piece]


def expand(template: str, registry: Registry) -> str:
    """A template with each placeholder replaced by the number it names.

    Raises ``NumberError`` if a number is not defined.
    """
    return "".join(
        piece if isinstance(piece, str) else show(registry[piece[0]], piece[1])
        for piece in split(template)
    )
