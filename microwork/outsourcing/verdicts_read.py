"""Outsourcing: the claims that texts decide, most of them that something exists.

One case in the place that a claim names is enough for a claim that something exists. A text whose author may repeat the
claimants decides nothing: so it is with the magazine *Chut!*, of which only the opening was read.
"""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, read


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The claims on subcontracting and its reasons, on nerve centres, then those on workers."""
    return [*_chains(claims), *_reasons(claims), *_centres(claims, registry), *_workers(claims, registry)]


def _texts(*names: str) -> list[tuple[str, str]]:
    return [("outsourcing/texts", name) for name in names]


def _chains(claims: dict[str, Claim]) -> list[Judgement]:
    return [
        read(
            claims["fr-francophone-africa"],
            "Texts report data work for French firms in Madagascar, Cameroon, Senegal and Ivory Coast. For Morocco and Tunisia "
            "we found only a subcontractor that runs call centres.",
            "texts on subcontractors in each country named",
            like=_texts("deepomatic-madagascar", "isahit-five"),
            about=_texts("chut-capital", "intelcia-five"),
        ),
        read(
            claims["fr-ai-madagascar"],
            "A French AI firm itself says that a Malagasy company has done its annotation for years.",
            "a client firm’s own text",
            same=_texts("deepomatic-madagascar"),
            about=_texts("chut-capital"),
        ),
        read(
            claims["us-latin-america"],
            "A platform owned by an American firm works in Venezuela and recruits in Argentina. Another collects data in "
            "Colombia for American firms. The texts do not say how much work this is.",
            "texts on platforms in each country named",
            same=_texts("wapo-remotasks", "am530-remotasks", "elpais-clients"),
        ),
        read(
            claims["big-firms-get-data-there"],
            "A platform with Venezuelan workers serves American firms. Large French firms are named as clients of Malagasy "
            "subcontractors, for customer service or labelling. We found no measurement of how good the data are.",
            "texts on clients of firms in both countries",
            like=_texts("elpais-clients", "encontact-clients"),
        ),
        read(
            claims["existing-firms"],
            "In Madagascar, a network that collects used clothes has annotators who work for a French firm. Firms in the "
            "call-centre trade sell labelling. We found no count of how often this happens.",
            "a client firm’s own text and a trade journal",
            like=_texts("relais-clothes", "encontact-clients"),
        ),
    ]  # fmt: skip


def _reasons(claims: dict[str, Claim]) -> list[Judgement]:
    cheap = _texts("hao-cheap")
    return [
        read(
            claims["outsourced-low-labour-cost"],
            "Reporters say that the demand for labels has made a need for many people who work cheaply. The opening, which we "
            "read, does not say that clients choose a country for it.",
            "the opening of one report",
            like=cheap,
        ),
        read(
            claims["cost-minimisation"],
            "Reporters say that the demand for labels has made a need for many people who work cheaply. What client firms aim "
            "at, the opening that we read does not say.",
            "the opening of one report",
            like=cheap,
        ),
        read(
            claims["language-ties-crucial"],
            "For a voice assistant, Apple looked for annotators with certain languages and cultural knowledge, but hired them "
            "in Ireland and Singapore. So the language was needed, but a tie between countries was not.",
            "a report on job advertisements",
            like=_texts("voicebot-siri"),
        ),
    ]  # fmt: skip


def _centres(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    share = registry["outsourcing.venezuelan-workforce-share"]
    crisis, car = _texts("hao-venezuela"), [("outsourcing/shares", "mit19-ven-share-max")]
    return [
        read(
            claims["mg-nerve-centre"],
            "A magazine speaks of thousands of annotators, but we read only its opening, and it sets them beside no other "
            "country. Visits to microwork sites leave out the firms where the work is said to be done.",
            "texts on annotation in Madagascar",
            about=_texts("chut-capital", "deepomatic-madagascar"),
        ),
        read(
            claims["ve-nerve-centre"],
            "Reporters say that in Venezuela a new model of such labour began. In one firm that makes car data, "
            "[[outsourcing.venezuelan-workforce-share]] of the workers were Venezuelan. Neither text sets the country beside "
            "all others.",
            "two reports on platforms",
            like=[*crisis, *car],
            beside=[share],
        ),
        read(
            claims["us-venezuela-particularly"],
            "Reporters say that in Venezuela a new model of such labour began. In one firm that makes car data, "
            "[[outsourcing.venezuelan-workforce-share]] of the workers were Venezuelan. Neither text compares the country with "
            "Argentina and Colombia.",
            "two reports on platforms",
            like=[*crisis, *car],
            beside=[share],
        ),
    ]  # fmt: skip


def _workers(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    first, later = registry["outsourcing.isahit-first-workers"], registry["outsourcing.isahit-workers"]
    return [
        read(
            claims["growing-francophone-africa"],
            "One platform had [[outsourcing.isahit-first-workers]] women at work in 2017 and [[outsourcing.isahit-workers]] "
            "under contract in 2019, some of them outside French-speaking Africa. We found no counts for other platforms.",
            "two press reports on one platform",
            like=[("outsourcing/facts", "isahit-workers-2017"), ("outsourcing/facts", "isahit-workers-2019")],
            beside=[first, later],
        ),
        read(
            claims["graduates-venezuela"],
            "A newspaper also met one, a Venezuelan with a degree in petroleum engineering who labels data for a living. "
            "Neither text says how many there are.",
            "a newspaper’s report on one worker",
            same=_texts("elpais-engineer"),
        ),
        read(
            claims["graduates-madagascar"],
            "A magazine tells of an annotator with a master’s degree who found no other work. We read only its opening, which "
            "does not say whether its author met the worker or the team did.",
            "the opening of a magazine article",
            about=_texts("chut-master"),
        ),
    ]  # fmt: skip
