"""What was measured in other crowds, places and years, for factors to predict from.

A family takes every row of its tables that measures its quantity, whatever it says; rows of grade
C and single cases are left out. What the surveys on Foule Factory found is in none of them: it is
what is predicted. A platform whose crowd or answers changed (``regimes``) is another afterwards.
"""

from __future__ import annotations

from tallybook.answers.tables import Families

from microwork.families import machines, people, work

FAMILIES: Families = {
    "women": people.women,
    "mean-age": people.mean_age,
    "age-25-44": people.age_25_44,
    "degree": people.degree,
    "no-main-job": people.no_main_job,
    "venezuela-share": people.venezuela_share,
    "us-share": people.us_share,
    "french-share": people.french_share,
    "month-of-year": work.month_of_year,
    "active-of-registered": work.active_of_registered,
    "year-share": work.year_share,
    "hour-pay": work.hour_pay,
    "hour-pay-mean": work.hour_pay_mean,
    "freelance-pay": work.freelance_pay,
    "relabel-years": machines.relabel_years,
    "label-age": machines.label_age,
}
