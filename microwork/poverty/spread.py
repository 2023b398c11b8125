"""The spread of French standards of living in 2016, from each official figure that gives one (standard deviations of logs)."""

from __future__ import annotations

from microwork.poverty import lines
from microwork.poverty.inputs import LOW_LINE, USUAL_LINE, amount, rate


def spread() -> float:
    """Spread of French standards of living in 2016, from the first and the ninth decile."""
    return lines.sigma_from_deciles(amount("decile-1"), amount("decile-9"))


def spreads() -> dict[str, float]:
    """The same spread from each official figure that gives one, by the words for that figure."""
    return {
        "first and ninth decile": spread(),
        "rate at half the median": lines.sigma_from_share(rate("france-50"), LOW_LINE),
        "rate at the usual line": lines.sigma_from_share(rate("france-60"), USUAL_LINE),
        "Gini index": lines.sigma_from_gini(amount("gini")),
        "the two rates together": local_spread("france"),
    }


def local_spread(group: str) -> float:
    """Spread that joins the official rates of a group (``france``, ``employees``, ``unemployed``, ``retired``) at both lines."""
    return lines.sigma_between(LOW_LINE, rate(f"{group}-50"), USUAL_LINE, rate(f"{group}-60"))
