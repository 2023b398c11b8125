"""Outsourcing: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import since
from microwork.outsourcing.numbers_crowd import crowd_numbers, over_numbers
from microwork.outsourcing.numbers_data_work import data_work_numbers
from microwork.outsourcing.numbers_links import (
    link_numbers,
    robust_numbers,
    share_numbers,
    trade_numbers,
)
from microwork.outsourcing.numbers_tested import tested_numbers
from microwork.outsourcing.numbers_ties import gravity_numbers, random_numbers, region_numbers
from microwork.outsourcing.numbers_world import (
    platform_pay_numbers,
    published_numbers,
    smic_numbers,
    traffic_numbers,
    wage_numbers,
)

STEPS = (
    crowd_numbers,
    over_numbers,
    link_numbers,
    robust_numbers,
    trade_numbers,
    share_numbers,
    random_numbers,
    gravity_numbers,
    region_numbers,
    traffic_numbers,
    platform_pay_numbers,
    smic_numbers,
    published_numbers,
    wage_numbers,
    tested_numbers,
    data_work_numbers,
)


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [*(number for step in STEPS for number in step()), *since.numbers("outsourcing")]
