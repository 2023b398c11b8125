"""The formula of a route: arithmetic over factors, and a few functions."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tallybook.answers import special
from tallybook.errors import TallybookError
from tallybook.language import N_, decimal
from tallybook.language import gettext as _

OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
WRITTEN = dict(zip(OPERATORS, ("+", "-", "*", "/", "**"), strict=True))
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "odds": lambda share: share / (1 - share),
    "share": lambda odds: odds / (1 + odds),
    # Share of a lognormal, by its median and the standard deviation of its logs, above a value.
    "above": lambda value, median, spread: special.ndtr(np.log(median / value) / spread),
    # Mean of a lognormal by its median and the standard deviation of its logs.
    "mean": lambda median, spread: median * np.exp(spread * spread / 2),
    # Median of a lognormal by the share of it below a value.
    "median": lambda value, below, spread: value / np.exp(special.ndtri(below) * spread),
    "minimum": np.minimum,
    "maximum": np.maximum,
    # One of two, not their mean: the first where the chance drawn is one half or more, whatever the
    # last bits of a half are.
    "either": lambda chance, one, other: np.where(np.asarray(chance) > 0.5 - 1e-9, one, other),
}
# As a reader has them: the signs of arithmetic, and each function of what it is given.
SIGNS = {"**": "^", "*": "×", "/": "÷", "-": "−", "+": "+"}
SAID = {
    "odds": N_("the odds of {0}"),
    "share": N_("the share whose odds are {0}"),
    "above": N_("the share above {0} if the median is {1} and logarithms spread by {2}"),
    "mean": N_("the mean if the median is {0} and logarithms spread by {1}"),
    "median": N_("the median if the share {1} is below {0} and logarithms spread by {2}"),
    "minimum": N_("the smaller of {0} and {1}"),
    "maximum": N_("the larger of {0} and {1}"),
    "either": N_("either {1} or {2}, by {0}"),
}
TOKEN = re.compile(r"[A-Za-z_]\w*|[\d.]+|\*\*|[*/+-]")


def names(formula: str) -> tuple[str, ...]:
    """The factors that a formula names, in the order of their first use.

    Raises ``TallybookError`` for anything that is not arithmetic over factors."""
    every = [node for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Name)]
    every.sort(key=lambda node: node.col_offset)
    return tuple(dict.fromkeys(node.id for node in every if node.id not in FUNCTIONS))


def evaluate(formula: str, values: Mapping[str, Any]) -> Any:
    """The value of a formula; ``values`` by the ids of the factors. Where it divides by nought, it
    is not finite."""
    with np.errstate(all="ignore"):
        try:
            return _value(_parsed(formula).body, values)
        except ArithmeticError:  # of plain numbers
            return math.nan


def nested(formula: str) -> Any:
    """A formula for a script: a call or an operation is a list of its name and of what it is given,
    a factor its id, and a number itself."""
    return _nested(_parsed(formula).body)


def in_words(formula: str, labels: Mapping[str, str]) -> str:
    """A formula as a reader reads it, with the ``labels`` of its factors."""
    words = SIGNS | dict(labels)

    class Calls(ast.NodeTransformer):
        """Puts a name in the place of each call, and its words beside it."""

        def visit_Call(self, node: ast.Call) -> ast.Name:  # noqa: N802 - as ast has it
            given = [said(self.visit(one)) for one in node.args]
            name = f"call_{len(words)}"
            words[name] = f"({_(SAID[ast.unparse(node.func)]).format(*given)})"
            return ast.Name(name)

    def said(node: ast.AST) -> str:
        return TOKEN.sub(lambda one: words.get(one[0]) or decimal(one[0]), ast.unparse(node))

    return said(Calls().visit(_parsed(formula).body))


def _parsed(formula: str) -> ast.Expression:
    try:
        tree = ast.parse(formula, mode="eval")
        _check(tree.body)
    except (SyntaxError, ValueError) as error:
        wanted = f"+ - * / **, numbers, names of factors, and {', '.join(FUNCTIONS)}"
        raise TallybookError(f"formula {formula!r}", str(error), wanted) from None
    return tree


def _check(node: ast.AST) -> None:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            _check(left)
            _check(right)
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]) if name in FUNCTIONS:
            for one in given:
                _check(one)
        case ast.Constant(value=int() | float()) | ast.Name():
            pass
        case _:
            raise ValueError(ast.unparse(node))


def _nested(node: ast.AST) -> Any:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return [WRITTEN[type(op)], _nested(left), _nested(right)]
        case ast.Call(func=ast.Name(id=name), args=given):
            return [name, *map(_nested, given)]
        case ast.Name(id=name):
            return name
        case ast.Constant(value=value):
            return value
    raise AssertionError(ast.dump(node))  # _check has seen it


def _value(node: ast.AST, values: Mapping[str, Any]) -> Any:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id=name), args=given):
            return FUNCTIONS[name](*(_value(one, values) for one in given))
        case ast.Name(id=name):
            return values[name]
        case ast.Constant(value=value):
            return value
    raise AssertionError(ast.dump(node))  # _check has seen it
