"""Outsourcing: the claims that texts decide, most of them that something exists, and those that we
could not check.

One case in the place that a claim names is enough for a claim that something exists. A text that
says the same, but lacks one thing that the claim says, such as where a country stands among others,
is something like it. A text that lacks two is none.
"""

from __future__ import annotations

from tallybook.claims import Claim, Judgement, Lacks, read, unchecked
from tallybook.model.numbers import Registry


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The claims on subcontracting and its reasons, on China, then those on workers."""
    return [
        *_chains(claims),
        *_reasons(claims),
        *_elsewhere(claims, registry),
        *_workers(claims, registry),
    ]


def _texts(*names: str) -> list[tuple[str, str]]:
    return [("outsourcing/texts", name) for name in names]


def _chains(claims: dict[str, Claim]) -> list[Judgement]:
    return [
        read(
            claims["fr-francophone-africa"],
            "Texts report data work for French firms in Madagascar, Cameroon, Senegal and Ivory"
            " Coast. For Morocco we found a subcontractor of call centres that moderates content,"
            " too, and for Tunisia only its call centres.",
            "texts on subcontractors in each country named",
            # Each is of some of the six countries.
            like={Lacks.PLACE: _texts("deepomatic-madagascar", "isahit-five")},
            far=_texts("chut-capital", "intelcia-five"),
        ),
        read(
            claims["fr-ai-madagascar"],
            "A French AI firm itself says that a Malagasy company has done its annotation for"
            " years. A magazine, of which we read the opening, says that French capital dominates"
            " the business there.",
            "a client firm’s own text and the opening of a magazine article",
            same=_texts("deepomatic-madagascar"),
            like={Lacks.PEOPLE: _texts("chut-capital")},
        ),
        read(
            claims["us-latin-america"],
            "A platform owned by an American firm spread to Venezuela in 2021, and a text of 2024"
            " says that it recruits in Argentina. A Venezuelan who moved to Colombia works for an"
            " Australian platform that collects data for American firms. The texts do not say how"
            " much work this is.",
            "texts on platforms in each country named",
            same=_texts("wapo-remotasks", "am530-remotasks", "elpais-clients"),
        ),
        read(
            claims["big-firms-get-data-there"],
            "Large French and international firms are named as clients of Malagasy subcontractors,"
            " for customer service or labelling, and a French AI firm has its annotation done"
            " there. A platform of an American firm spread to Venezuela, and a woman there labelled"
            " for another with American clients. No text says how good the data are.",
            "texts on clients of firms in both countries",
            about=_texts(
                "encontact-clients", "deepomatic-madagascar", "wapo-remotasks", "elpais-clients"
            ),
        ),
        read(
            claims["existing-firms"],
            "In Madagascar, a network that collects used clothes annotates for a French firm, and "
            "subcontractors sell customer service or labelling. No text says that they were there "
            "before the data work, nor that this is often so. So too much is missing for them to "
            "count.",
            "a client firm’s own text and a trade journal",
            far=_texts("relais-clothes", "encontact-clients"),
        ),
    ]


def _reasons(claims: dict[str, Claim]) -> list[Judgement]:
    cheap = _texts("hao-cheap")
    return [
        read(
            claims["outsourced-low-labour-cost"],
            "One article’s opening, which is what we read, says that the demand for labels has "
            "made a need for many people who work cheaply. It says neither that clients send work "
            "abroad nor that they do so for low pay. So too much is missing for it to count.",
            "the opening of one report",
            far=cheap,
        ),
        read(
            claims["cost-minimisation"],
            "One article’s opening, which is what we read, says that the demand for labels has "
            "made a need for many people who work cheaply. It says neither that client firms move "
            "work abroad nor what they aim at. So too much is missing for it to count.",
            "the opening of one report",
            far=cheap,
        ),
        read(
            claims["language-ties-crucial"],
            "For a voice assistant, Apple looked for annotators for their language and cultural "
            "knowledge, but hired them in Ireland and Singapore. The report does not say how much "
            "depends on it.",
            "a report on job advertisements",
            like={Lacks.EXTENT: _texts("voicebot-siri")},
        ),
    ]


def _elsewhere(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    bought = registry["outsourcing.projects-chn-egy"]
    return [
        read(
            claims["egypt-china"],
            "Clients in China bought [[outsourcing.projects-chn-egy]] freelance projects from "
            "Egypt in 2014 and 2015, of whatever kind of work. Nothing says that they were data "
            "work, made either country depend on the other, or were new. So too much is missing "
            "for them to count.",
            "freelance projects by country of client and worker",
            far=[("outsourcing/project_pairs", "CHN/EGY")],
            beside=[bought],
        ),
        unchecked(
            claims["gulf-china"],
            "We found no text and no count of data work in the Gulf countries for firms in China.",
        ),
        unchecked(
            claims["uk-us-east-africa-india"],
            "The claim is on what surveys of the Oxford Internet Institute show. We have not read"
            " them, nor found out which are meant.",
        ),
    ]


def _workers(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    first, later = (
        registry["outsourcing.isahit-first-workers"],
        registry["outsourcing.isahit-workers"],
    )
    return [
        read(
            claims["growing-francophone-africa"],
            "One platform had [[outsourcing.isahit-first-workers]] women at work in 2017 and more"
            " than [[outsourcing.isahit-workers]] under contract in 2019: two kinds of count,"
            " neither of them by country. We found no counts for other platforms.",
            "two press reports on one platform",
            like={
                Lacks.EXTENT: [
                    ("outsourcing/facts", "isahit-workers-2017"),
                    ("outsourcing/facts", "isahit-workers-2019"),
                ]
            },
            beside=[first, later],
        ),
        read(
            claims["graduates-venezuela"],
            "A newspaper met one, with a degree in petroleum engineering. The crisis in Venezuela "
            "forced her to label data, and she moved to Colombia in 2019. The verdict is on "
            "whether such workers exist; whether the team met them we cannot check.",
            "a newspaper’s report on one worker",
            same=_texts("elpais-engineer"),
        ),
        unchecked(
            claims["graduates-madagascar"],
            "The one case that we found elsewhere is in a magazine article, of which we read the"
            " opening. We do not know whether its author heard the worker herself.",
        ),
    ]
