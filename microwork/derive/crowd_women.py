"""Women among those who answered surveys of one laboratory on CrowdFlower and Appen, by country,
for the chapter on profiles.

No source states a licence, so only sums leave the raw files, and of a few people not even these.
"""

import pandas as pd

from microwork.derive.raw import Files, placed

FILES: Files = {"crowdflower-countries/countries.csv": {}, "appen-places/places.csv": {}}
TABLES = {"profile/crowd_women.csv": {"grade": "A"}}
PRINTED = {"platform": "CrowdFlower", "survey": "S1-S15", "first_year": 2014, "last_year": 2019}
YEARS = {"crossing": 2022}  # the other surveys on Appen state none
ENOUGH = 5  # who gave their sex; fewer would be persons and no sum
WHOLE = ["first_year", "last_year", "respondents", "women"]
COLUMNS = [*PRINTED, "country", "respondents", "women", "women_percent", "mean_age"]


def make(printed: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """One row a survey and country: shares as printed, and counts of those who gave their sex, with
    the share that follows."""
    asked = counts[counts["with_sex"] >= ENOUGH].assign(
        platform="Appen",
        respondents=counts["with_sex"],
        women_percent=(100 * counts["women"] / counts["with_sex"]).round(1),
        **dict.fromkeys(WHOLE[:2], counts["survey"].map(YEARS)),
    )
    table = pd.concat([printed.assign(**PRINTED), asked]).rename(columns={"iso3": "country"})
    table = table[COLUMNS].astype(dict.fromkeys(WHOLE, "Int64"))
    table = table.sort_values(["platform", "survey", "country"], ignore_index=True)
    return placed(table, table["survey"], "crowd_women")
