"""Women among those who answered surveys on CrowdFlower and Appen, by country, and who took part in
two studies on Prolific, for the chapter on profiles.

No source states a licence, so only sums leave the raw files, and of a few people not even these. A
third study on Prolific asked for people in software and is left out.
"""

import pandas as pd

from microwork.derive.raw import Files, placed, words

NAMES = ("crowdflower-countries/countries", "appen-places/places", "prolific-small/counts")
FILES: Files = {f"{name}.csv": {} for name in NAMES}
TABLES = {f"profile/{name}.csv": {"grade": "A"} for name in ("crowd_women", "prolific_small")}
PRINTED = {"platform": "CrowdFlower", "survey": "S1-S15", "first_year": 2014, "last_year": 2019}
COLUMNS = [*PRINTED, "country", "respondents", "women", "women_percent", "mean_age"]
YEARS = {"first_year": {"crossing": 2022}, "last_year": {"crossing": 2022}}  # others state none
ENOUGH = 5  # who gave their sex; fewer would be persons and no sum
STUDIES = {"755_manuscript": 2025, "speciale": 2024}
GROUPS = words("crowd_women", "groups")


def make(
    printed: pd.DataFrame, counted: pd.DataFrame, exports: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row a survey and country, and one a study, trait and group."""
    return by_country(printed, counted), studies(exports)


def by_country(printed: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Shares as printed, and counts of those who gave their sex, with the share that follows."""
    asked = counted[counted["with_sex"] >= ENOUGH].assign(
        platform="Appen",
        respondents=counted["with_sex"],
        women_percent=(100 * counted["women"] / counted["with_sex"]).round(1),
        **{name: counted["survey"].map(known) for name, known in YEARS.items()},
    )
    table = pd.concat([printed.assign(**PRINTED), asked]).rename(columns={"iso3": "country"})
    whole = ["first_year", "last_year", "respondents", "women"]
    table = table[COLUMNS].astype(dict.fromkeys(whole, "Int64"))
    table = table.sort_values(["platform", "survey", "country"], ignore_index=True)
    return placed(table, table["survey"], "crowd_women")


def studies(exports: pd.DataFrame) -> pd.DataFrame:
    """Persons by trait and group, over all countries."""
    rows = exports[exports["sample"].isin(STUDIES)].replace(GROUPS)
    keys = {"sample": "study", "table": "trait"}
    found = rows.rename(columns=keys).groupby(["study", "trait", "group"])["persons"].sum()
    table = found.reset_index()
    table.insert(1, "year", table["study"].map(STUDIES))
    return placed(table, table["study"], "crowd_women")
