"""What the chapter on income reads from its tables."""

from __future__ import annotations

from tallybook import data

FACTS, ELSEWHERE = "income/facts", "income/elsewhere"
ASSUMPTIONS, WAGES, PRICES = "income/assumptions", "income/platform_wages", "income/prices"
TASKS, BATCH, MTURK = "income/task_prices", "income/batch_pay", "income/mturk_declared"
CROWD, COSTS, BATCHES = "income/crowd_pay", "income/crowd_costs", "income/task_batches"


def fact(name: str) -> float:
    """A value of the table of facts."""
    return data.value(FACTS, name)


def share(name: str) -> float:
    """A share of the table of facts, from 0 to 1."""
    return fact(name) / 100


def assumption(name: str, end: str = "low") -> float:
    """One end of an assumption, or what lies between: ``low``, ``mode`` or ``high``."""
    return float(data.row(ASSUMPTIONS, name)[end])


def ends(name: str) -> tuple[float, float]:
    """Least and most that a word can stand for, by our reading."""
    return assumption(name), assumption(name, "high")


def shares(name: str) -> tuple[float, float]:
    """The same for a word that stands for a share, from 0 to 1."""
    low, high = ends(name)
    return low / 100, high / 100


def smic_net() -> float:
    """Net hourly minimum wage of 2018: the monthly one over its legal hours, EUR per hour."""
    return fact("smic-net-month-2018") / fact("smic-hours-month")
