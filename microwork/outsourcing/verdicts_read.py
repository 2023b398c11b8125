"""Outsourcing: the claims that texts decide, most of them that something exists."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, Verdict, read


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The claims on subcontracting and its reasons, then those on workers."""
    return [*_chains(claims), *_reasons(claims), *_workers(claims, registry)]


def _texts(*names: str) -> list[tuple[str, str]]:
    return [("outsourcing/texts", name) for name in names]


def _chains(claims: dict[str, Claim]) -> list[Judgement]:
    return [
        read(
            claims["fr-francophone-africa"],
            Verdict.FITS,
            "Texts report data work for French firms in Madagascar, Cameroon, Senegal and Ivory Coast. For Morocco and Tunisia, "
            "we found only a subcontractor that runs call centres. A contract for data work in these two countries would settle "
            "it.",
            "texts on subcontractors in each country named",
            _texts("deepomatic-madagascar", "chut-capital", "isahit-five", "intelcia-five"),
        ),
        read(
            claims["fr-ai-madagascar"],
            Verdict.HOLDS,
            "A French AI firm itself says that a Malagasy company has done its annotation for years. A magazine describes the "
            "business.",
            "a client firm’s own text and a report",
            _texts("deepomatic-madagascar", "chut-capital"),
        ),
        read(
            claims["us-latin-america"],
            Verdict.HOLDS,
            "A platform owned by an American firm works in Venezuela and recruits in Argentina. Another collects data in "
            "Colombia for American firms. The texts do not say how much work this is.",
            "texts on platforms in each country named",
            _texts("wapo-remotasks", "am530-remotasks", "elpais-clients"),
        ),
        read(
            claims["big-firms-get-data-there"],
            Verdict.FITS,
            "A platform with Venezuelan workers serves American firms. Large French firms are named as clients of Malagasy "
            "subcontractors, for customer service or labelling. We found no measurement of how good the data are.",
            "texts on clients of firms in both countries",
            _texts("elpais-clients", "encontact-clients"),
        ),
        read(
            claims["existing-firms"],
            Verdict.FITS,
            "In Madagascar, a network that collects used clothes has annotators who work for a French firm. Firms in the "
            "call-centre trade sell labelling. Nobody has counted how often this happens, and one French firm helped to set up "
            "its contractor.",
            "a client firm’s own text and a trade journal",
            _texts("relais-clothes", "encontact-clients"),
        ),
    ]  # fmt: skip


def _reasons(claims: dict[str, Claim]) -> list[Judgement]:
    return [
        read(
            claims["outsourced-low-labour-cost"],
            Verdict.FITS,
            "A French AI firm itself says that annotation mostly goes to countries where labour is cheaper. The text suggests "
            "that this is the reason, but does not say so.",
            "one client firm’s own text",
            _texts("deepomatic-cheaper"),
        ),
        read(
            claims["cost-minimisation"],
            Verdict.FITS,
            "A French AI firm speaks of cheaper labour, but also of a contractor that it helped to set up and has stayed with. "
            "Letters or tenders that give reasons would settle what firms aim at.",
            "one client firm’s own text",
            _texts("deepomatic-cheaper", "deepomatic-close"),
        ),
        read(
            claims["language-ties-crucial"],
            Verdict.FITS,
            "For a voice assistant, Apple looked for annotators with certain languages and cultural knowledge, but hired them "
            "in Ireland and Singapore. So the language was needed, but a tie between countries was not.",
            "a report on job advertisements",
            _texts("voicebot-siri"),
        ),
    ]  # fmt: skip


def _workers(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    first, later = registry["outsourcing.isahit-first-workers"], registry["outsourcing.isahit-workers"]
    return [
        read(
            claims["growing-francophone-africa"],
            Verdict.FITS,
            "One platform had [[outsourcing.isahit-first-workers]] women at work in 2017 and [[outsourcing.isahit-workers]] "
            "under contract in 2019, some of them outside French-speaking Africa. We found no counts for other platforms.",
            "two press reports on one platform",
            [("outsourcing/facts", "isahit-workers-2017"), ("outsourcing/facts", "isahit-workers-2019")],
            beside=[first, later],
        ),
        read(
            claims["graduates-venezuela"],
            Verdict.HOLDS,
            "A newspaper also met one, a Venezuelan with a degree in petroleum engineering who labels data for a living. "
            "Neither text says how many there are.",
            "a newspaper’s report on one worker",
            _texts("elpais-engineer"),
        ),
        read(
            claims["graduates-madagascar"],
            Verdict.HOLDS,
            "A magazine also met one, an annotator with a master’s degree who found no other work. The published share of "
            "graduates comes from the team’s own survey.",
            "a magazine’s report on one worker",
            _texts("chut-master"),
        ),
    ]  # fmt: skip
