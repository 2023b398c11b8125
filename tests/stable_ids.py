"""Numbers that others rely on, by chapter: these names are never taken back."""


def _ids(chapter: str, names: str) -> list[str]:
    return [f"{chapter}.{name}" for name in names.split()]


PROMISED = {
    "counts": _ids(
        "counts",
        """
        registrations-sum visitors-sum very-active-share very-active-share-coincidence
        registered-no-multihoming registered-multihoming-kassi registered-size-bias
        mc-registered mc-routine mc-very-active fte-earnings-net fte-hours-routine
        fte-hours-registered routine-vs-drivers very-active-vs-drivers oli-microtask-spring
        oli-total-covid-change clickworker-growth-2017-2020 clickworker-growth-2020-2022
        """,
    ),
    "profile": _ids(
        "profile",
        """
        women age-25-44 main-job inactive above-bac2 women-z women-odds-ratio
        age-25-44-ratio activity-p candidate-n-count education-ratio
        """,
    ),
    "income": _ids(
        "income",
        """
        hourly-upper-bound hourly-upper-bound-vs-smic-gross hourly-at-3h hourly-lognormal
        smic-with-equal-unpaid-time paid-hours-a-week-at-smic rival-mean-lognormal
        top-tenth-needed max-mean-if-cap-50
        """,
    ),
    "poverty": _ids(
        "poverty",
        """
        ratio-50 ratio-60 implied-60-if-50 implied-50-if-60 expected-from-activity-50
        observed-over-expected-50 under-reporting-50 under-reporting-60 lognormal-sigma
        household-m-per-unit
        """,
    ),
    "outsourcing": _ids(
        "outsourcing",
        """
        lq-fra-mdg lq-fra-mar lq-fra-tun lq-fra-cmr lq-fra-sen lq-fra-civ lq-fra-ben
        lq-esp-arg lq-esp-col lq-esp-ven lq-usa-arg lq-usa-col lq-usa-ven lq-usa-phl
        lq-usa-ind lq-usa-ken lq-gbr-ind lq-gbr-ken lq-are-egy lq-sau-egy lq-chn-egy
        block-fra-francophone-africa block-fra-anglophone-africa
        block-gbr-francophone-africa block-gbr-anglophone-africa gravity-language
        gravity-client-coloniser gravity-french-ties permutation-p-fra permutation-p-esp
        permutation-p-usa permutation-p-gbr france-share-of-malagasy-sales
        crowd-venezuela-2014-07 crowd-venezuela-2015-04 crowd-venezuela-2015-08
        crowd-venezuela crowd-india crowd-madagascar crowd-africa crowd-top-five
        crowd-countries mturk-venezuela-answers venezuela-worker-client-visits
        minimum-wage-ratio-mdg-2022-market minimum-wage-ratio-mdg-2022-ppp
        smic-over-annotator-mdg-market smic-over-venezuela-platform pay-elasticity
        lq-fra-mdg-without-busiest lq-fra-ben-without-busiest fra-over-french-parts
        fra-over-french-parts-without-two placebo-empire french-ties-cepii
        french-ties-recoded coloniser-total french-ties-total gulf-egypt
        """,
    ),
    "retraining": _ids(
        "retraining",
        """
        siri-person-days-fr siri-person-days-zh siri-person-days-ja siri-fte-total
        cost-per-item verify-90-sample corona-first-seen-from-21-january
        corona-frozen-distinct corona-frozen-rows corona-frozen-popularity corona-rule-rows
        headlines-frozen-early headlines-frozen-late headlines-control-late
        headlines-fresh-late headlines-all-late tweets-largest-fall tweets-repaired-2018
        tweets-repaired-2019 elec2-frozen elec2-monthly elec2-persistence
        """,
    ),
}

PROMISED_INTERVALS = {
    "counts": _ids("counts", "mc-registered mc-routine mc-very-active"),
    "profile": _ids("profile", "women age-25-44 main-job inactive above-bac2"),
    "income": _ids("income", "top-tenth-needed hourly-lognormal"),
    "poverty": _ids("poverty", "ratio-50 ratio-60"),
    "outsourcing": [
        *(name for name in PROMISED["outsourcing"] if ".lq-" in name),
        *_ids(
            "outsourcing",
            "gravity-language gravity-client-coloniser gravity-french-ties"
            " smic-over-annotator-mdg-market",
        ),
    ],
    "retraining": [],
}
