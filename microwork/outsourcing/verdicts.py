"""Outsourcing: the evidence for and against each press claim; the rules give the verdicts, and
``data/claims.csv`` says why.

A claim on where microworkers are is tested on every group of open jobs that we have. A country is
one of the two centres if it has more workers than the country that is second among all others; the
number of centres is an assumption, so that the reader sees with how many the verdict would turn.
What texts say joins the count. Visits are of grade C, and Mechanical Turk does not admit everybody:
neither bears a verdict.

A claim on who buys from whom is tested on freelance projects, a weak neighbour of data work for
every claim alike. A link is set beside a like one without the tie where there is one, and former
rule is tested with language held equal, for every empire: language and former rule go together, so
what language alone explains says nothing of rule.

A claim that something exists is judged by texts that do not come from those who said it: one case
in the place that the claim names is enough. A text that says the same, but lacks one thing that the
claim says, such as where a country stands among others, is something like it. A text that lacks two
is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tallybook.claims import Check, Claim, Evidence, Judgement, Lacks, Model
from tallybook.claims.judge import tested
from tallybook.claims.rules import Computed
from tallybook.claims.texts import read, unchecked
from tallybook.model.numbers import Number, Registry

from microwork.outsourcing import crowd, models, neighbours

Claims = dict[str, Claim]
Get = Callable[[str], Number]
# A tie counts as shown if its number lies above one over the whole interval.
_above_one = partial(tested, check=Check.NEIGHBOUR, above=1.0)
GROUPS = {  # measurement -> jobs; the largest first: its severity stands for the claim
    "open-crowd-2015-summer": "",
    "open-crowd-2014-07": "-2014-07",
    "open-crowd-2015-03": "-2015-03",
}


def judgements(claims: Claims, registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter that repeats no other."""

    def get(name: str) -> Number:
        return registry[f"outsourcing.{name}"]

    parts = (_centres, _links, _ties, _wealth, _chains, _reasons, _elsewhere, _workers)
    return [one for part in parts for one in part(claims, get)]


# Where microworkers are.


def _centres(claims: Claims, get: Get) -> list[Judgement]:
    """On Madagascar and Venezuela as centres, and on Venezuela beside its neighbours."""
    madagascar = [*_texts("chut-capital"), *_rows("facts", "arte-annotators")]
    venezuela = [*_texts("hao-venezuela"), *_rows("shares", "mit19-ven-share-max")]
    beside = partial(crowd.over_rivals, "VEN", rivals=crowd.RIVALS)
    particularly = claims["us-venezuela-particularly"]
    return [
        _on_place(
            claims["mg-nerve-centre"],
            _groups(get, "madagascar-over-second", partial(crowd.over_others, "MDG"), "firms"),
            madagascar,
            [
                get(name)
                for name in ("crowd-madagascar-workers", "crowd-workers", "annotators-arte")
            ],
        ),
        _on_place(
            claims["ve-nerve-centre"],
            _groups(get, "venezuela-over-second", partial(crowd.over_others, "VEN")),
            venezuela,
            [get(f"crowd-venezuela{tail}") for tail in ("", "-rank-2014-07", "-rank-2015-03")],
        ),
        # Neither text speaks of American clients, nor of Argentina and Colombia: two things.
        _above_one(
            particularly,
            tests=_groups(get, "venezuela-over-neighbours", beside, takes=("job_clumps",)),
            texts=read(particularly, far=venezuela),
        ),
    ]


def _groups(
    get: Get,
    number: str,
    of: Callable[..., Computed],
    *also: str,
    takes: tuple[str, ...] = ("centres", "job_clumps"),
) -> list[Evidence]:
    """One test for each group of jobs; ``also``: assumptions of one country alone."""
    return [
        Evidence(
            measurement,
            Model(
                get(f"crowd-{number}{tail}"),
                partial(of, batch=crowd.WINDOWS[tail]),
                takes=takes,
                times=("like_crowd", *also),
            ),
        )
        for measurement, tail in GROUPS.items()
    ]


def _on_place(
    claim: Claim, tests: list[Evidence], texts: Sequence[tuple[str, str]], beside: list[Number]
) -> Judgement:
    """No text sets a country beside all others: how many work there is missing."""
    told = read(claim, like={Lacks.EXTENT: texts})
    return _above_one(claim, tests=tests, texts=told, beside=beside)


# Who buys from whom, and for what pay.


def _links(claims: Claims, get: Get) -> list[Judgement]:
    french = Model(get("french-over-english-africa"), times=("like_freelance",), wider=("regions",))
    american = Model(
        get("philippines-over-never-american"),
        neighbours.philippines,
        takes=("clumps",),
        times=("like_freelance",),
    )
    return [
        _above_one(
            claims["not-chance"],
            tests=Evidence("french-africa", french),
            beside=[get("block-french-parts")],
        ),
        _above_one(claims["us-philippines"], tests=Evidence("usa-philippines", american)),
    ]


def _ties(claims: Claims, get: Get) -> list[Judgement]:
    def tie(number: str, term: str) -> Evidence:
        # The list of rulers is an assumption: both lists as two tests would hide where one of them
        # turns the verdict.
        base = partial(models.between_lists, "languages", term)
        model = Model(get(number), base, ("rulers",), times=("like_freelance",), wider=("errors",))
        return Evidence("former-rule-by-language", model)

    british, spanish = (f"gravity-{whose}-ties-by-language" for whose in ("british", "spanish"))
    return [
        _above_one(
            claims["coloniality"],
            tests=tie("french-ties-recoded", "french_ties"),
            beside=[
                get(name) for name in ("clients-ranked", "france-rank-chance", british, spanish)
            ],
        ),
        _above_one(
            claims["es-hispanophone"],
            tests=tie(spanish, "spanish_ties"),
            beside=[get("gravity-spanish-ties-total")],
        ),
    ]


def _wealth(claims: Claims, get: Get) -> list[Judgement]:
    flow = Model(
        get("rich-from-poor"), neighbours.rich_from_poor, takes=("richer",), times=("like_flow",)
    )
    return [
        _above_one(claims["north-south-pattern"], tests=Evidence("rich-poor", flow)),
        # Pay before the forecast is no test of it.
        unchecked(claims["south-accept-lower-pay"], beside=[get("pay-elasticity")]),
    ]


# What texts decide, and what we could not check.


def _chains(claims: Claims, get: Get) -> list[Judgement]:
    return [
        read(
            claims["fr-francophone-africa"],
            # Each is of some of the six countries.
            like={Lacks.PLACE: _texts("deepomatic-madagascar", "isahit-five")},
            far=_texts("chut-capital", "intelcia-five"),
        ),
        read(
            claims["fr-ai-madagascar"],
            same=_texts("deepomatic-madagascar"),
            like={Lacks.PEOPLE: _texts("chut-capital")},
        ),
        read(
            claims["us-latin-america"],
            same=_texts("wapo-remotasks", "am530-remotasks", "elpais-clients"),
        ),
        read(
            claims["big-firms-get-data-there"],
            about=_texts(
                "encontact-clients", "deepomatic-madagascar", "wapo-remotasks", "elpais-clients"
            ),
        ),
        read(claims["existing-firms"], far=_texts("relais-clothes", "encontact-clients")),
    ]


def _reasons(claims: Claims, get: Get) -> list[Judgement]:
    return [
        read(claims["outsourced-low-labour-cost"], far=_texts("hao-cheap")),
        read(claims["cost-minimisation"], far=_texts("hao-cheap")),
        read(claims["language-ties-crucial"], like={Lacks.EXTENT: _texts("voicebot-siri")}),
    ]


def _elsewhere(claims: Claims, get: Get) -> list[Judgement]:
    return [
        read(
            claims["egypt-china"],
            far=_rows("project_pairs", "CHN/EGY"),
            beside=[get("projects-chn-egy")],
        ),
        unchecked(claims["gulf-china"]),
        unchecked(claims["uk-us-east-africa-india"]),
    ]


def _workers(claims: Claims, get: Get) -> list[Judgement]:
    return [
        read(
            claims["growing-francophone-africa"],
            like={Lacks.EXTENT: _rows("facts", "isahit-workers-2017", "isahit-workers-2019")},
            beside=[get("isahit-first-workers"), get("isahit-workers")],
        ),
        read(claims["graduates-venezuela"], same=_texts("elpais-engineer")),
        unchecked(claims["graduates-madagascar"]),
    ]


def _rows(table: str, *keys: str) -> list[tuple[str, str]]:
    return [(f"outsourcing/{table}", key) for key in keys]


def _texts(*names: str) -> list[tuple[str, str]]:
    return _rows("texts", *names)
