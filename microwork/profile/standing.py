"""Contracts and diplomas of the respondents, against the country."""

from __future__ import annotations

from microwork import intervals
from microwork.numbers import Number
from microwork.profile.inputs import (
    ASSUMPTIONS,
    BENCHMARKS,
    ELSEWHERE,
    LABOUR_FORCE,
    SAMPLING,
    SHARES,
    asked,
    assumption,
    benchmark,
    elsewhere,
    kept,
    level,
    num,
    percent,
    published,
    share,
)
from microwork.profile.work import national_activity


def part_time_expected() -> float:
    """Part-time share if the respondents' sexes worked part time as in the country, as a fraction."""
    return share("women") * benchmark("part-time-women") + (1 - share("women")) * benchmark("part-time-men")


def education_ratio(benchmark_id: str = "above-bac2-2018-25-34") -> tuple[float, float, float]:
    """Share above Bac+2 over a benchmark: value and ends. The ends take in sampling and the rounding of the benchmark."""
    there = benchmark(benchmark_id)
    # Insee prints this share without decimals in the edition of 2019, and with one in the table of 2023.
    half = 0.005 if float(kept(BENCHMARKS).at[benchmark_id, "value"]).is_integer() else 0.0005
    low, high = intervals.wilson(share("above-bac2"), asked("above-bac2"), level())
    return share("above-bac2") / there, low / (there + half), high / (there - half)


def most_within(trait: float, group: float) -> float:
    """The largest rate of a trait inside a group, if all who have the trait are of the group as far as it goes (fractions).

    Raises ``ValueError`` unless 0 <= trait <= 1 and 0 < group <= 1. Source: Fréchet's bound on the overlap of two shares.
    """
    if not (0 <= trait <= 1 and 0 < group <= 1):
        raise ValueError(f"found shares {trait} and {group}; wanted fractions, the second above 0")
    return min(1.0, trait / group)


def contract_numbers() -> list[Number]:
    """Numbers on contracts and hours."""
    among_employed = benchmark("employees") * benchmark("cdi-of-employees")
    workers = round(asked("main-job") * share("main-job"))
    ratio = share("cdi") / share("main-job")
    part = 1 - share("cdi-full-time")
    tables = (SHARES, BENCHMARKS)
    return [
        published("cdi", "cdi", "respondents with an open-ended contract"),
        percent("cdi-benchmark", among_employed * national_activity()[0],
                "open-ended contract in France, ages fifteen to sixty-four",
                "Contract rate of employees times employees times employed; two years are mixed, our inference.",
                (BENCHMARKS, LABOUR_FORCE)),
        percent("cdi-among-employed", ratio, "open-ended contract among those with a main job", "One share over the other.",
                (SHARES,), intervals.wilson(ratio, workers, level()), SAMPLING, 0),
        percent("cdi-among-employed-benchmark", among_employed, "open-ended contract among the employed of France",
                "Contract rate of employees times employees.", (BENCHMARKS,)),
        published("cdi-full-time", "cdi-full-time", "full time among those with an open-ended contract"),
        percent("cdi-full-time-of-all", share("cdi") * share("cdi-full-time"), "respondents with a full-time open-ended contract",
                "One share times the other.", (SHARES,), decimals=0),
        percent("cdi-part-time", part, "part time among those with an open-ended contract", "Hundred less full time.", (SHARES,),
                intervals.wilson(part, asked("cdi-full-time"), level()), SAMPLING, 0),
        percent("part-time-expected", part_time_expected(), "part time, for the same mix of women and men",
                "Rates by sex, weighted.", tables),
        percent("women-part-time-most", most_within(part, share("women")),
                "most women with such a contract who can work part time",
                "All part-timers counted as women, and women counted as in the whole survey; our inference.", (SHARES,),
                decimals=0),
    ]  # fmt: skip


def education_numbers() -> list[Number]:
    """Numbers on diplomas."""
    value, low, high = education_ratio()
    base = benchmark("above-bac2-2018-25-34")
    all_ages, bac2 = benchmark("above-bac2-2023-25-64"), benchmark("bac2-2023-25-64")
    ends = intervals.wilson(share("above-bac2"), asked("above-bac2"), level())
    tables = (SHARES, BENCHMARKS)
    mturk = int(kept(ELSEWHERE).at["mturk-graduates", "n"])
    selected = intervals.selection_bounds(share("above-bac2"), assumption("selection-example"))
    return [
        published("above-bac2", "above-bac2", "respondents with a diploma above Bac+2"),
        percent("education-benchmark", base, "above Bac+2 in France in 2018, ages twenty-five to thirty-four", "Published.",
                (BENCHMARKS,), decimals=0),
        percent("education-benchmark-oldest", benchmark("above-bac2-2018-55-64"),
                "above Bac+2, ages fifty-five to sixty-four, 2018", "Published.", (BENCHMARKS,), decimals=0),
        percent("education-benchmark-all", all_ages, "above Bac+2 in France in 2023, ages twenty-five to sixty-four",
                "Published.", (BENCHMARKS,)),
        num("education-ratio", value, "ratio", "above Bac+2, survey over the most educated decade", "One share over the other.",
            tables, (low, high), f"Takes in the rounding of the benchmark. {SAMPLING} The base is one of ages.", 2),
        num("education-ratio-all", share("above-bac2") / all_ages, "ratio", "above Bac+2, survey over all of working age in 2023",
            "One share over the other.", tables, (ends[0] / all_ages, ends[1] / all_ages), SAMPLING, 2),
        num("education-odds-ratio", intervals.odds_ratio(share("above-bac2"), base), "ratio",
            "odds above Bac+2, survey over that decade", "Odds over odds.", tables,
            (intervals.odds_ratio(ends[0], base), intervals.odds_ratio(ends[1], base)), SAMPLING, 2),
        percent("education-selection", share("above-bac2"), "above Bac+2, under the example of self-selection",
                "Odds of the published share times and over the strength.", (SHARES, ASSUMPTIONS), selected,
                "Covers self-selection up to that strength, either way. Does not cover sampling error."),
        percent("at-least-bac2-benchmark", all_ages + bac2, "Bac+2 or above in France in 2023", "Two published shares added.",
                (BENCHMARKS,)),
        percent("graduates-brazil", elsewhere("brazil-graduates"), "with a completed degree, survey in Brazil", "Published.",
                (ELSEWHERE,), decimals=0),
        percent("graduates-madagascar", elsewhere("madagascar-graduates"), "with higher education, survey in Madagascar",
                "Published.", (ELSEWHERE,), decimals=0),
        percent("graduates-mturk", elsewhere("mturk-graduates"), "with a college degree, Mechanical Turk in the United States",
                "Published.", (ELSEWHERE,), intervals.wilson(elsewhere("mturk-graduates"), mturk, level()), SAMPLING, 0),
        percent("graduates-us", elsewhere("us-graduates"), "with a college degree, working adults of the United States",
                "Published.", (ELSEWHERE,), decimals=0),
        percent("exactly-bac2-benchmark", bac2, "exactly Bac+2 in France in 2023", "Published.", (BENCHMARKS,)),
    ]  # fmt: skip


def numbers() -> list[Number]:
    """Numbers of this topic."""
    return contract_numbers() + education_numbers()
