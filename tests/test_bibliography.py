"""The bibliography says of each source when it was recorded and what was read of it."""

from __future__ import annotations

import re

import lxml.html
from tallybook import data
from tallybook.data import bibliography
from tallybook.data.provenance import source_place

from microwork.paths import BIBLIOGRAPHY, DATA
from tests.files import read

ENTRIES = bibliography.read(BIBLIOGRAPHY)
# French and Spanish words that have an accent, without it. None of them is a word of English.
BARE = re.compile(
    r"\b(a la|a Madagascar|apres|aumento el|chomage|crees|creees|deja|diplomes?|donnees"
    r"|economi(e|que)s?|enquetes?|Etat|etre|etudes?|Evolution du|francais(es?)?"
    r"|inegalites?|Les Echos|metiers?|meme|minimo|Nicolas Maduro|numeriques?|pauvretes?"
    r"|precari(te|ete)|rapacite|remuner(e|es|ee|ees|ation)|representant|reseaux?|salaries?"
    r"|societes?|strategiques?|taches?|tres)\b"
)


def test_the_bibliography_is_sound_and_every_entry_has_the_day_on_which_it_was_recorded():
    assert bibliography.faults(DATA) == []
    assert set(ENTRIES) == set(data.table("sources")["key"])
    assert [key for key, entry in ENTRIES.items() if bibliography.day(entry) is None] == []


def test_an_entry_of_arxiv_has_a_doi_and_every_doi_is_one():
    for key, entry in ENTRIES.items():
        doi, number = entry.fields.get("doi"), entry.fields.get("eprint")
        assert doi or not number, key
        assert doi is None or re.fullmatch(r"10\.\d{4,5}/\S+", doi), key
        assert not (doi or "").startswith("10.48550/") or doi == f"10.48550/arXiv.{number}", key


def test_names_and_titles_have_their_accents():
    text = re.sub(r"https?://[^,\n]*", "", bibliography.table_text(ENTRIES))
    assert [line for line in text.splitlines() if BARE.search(line)] == []
    assert "\\" not in text and "{" not in text
    assert BARE.search("Madagascar : l'Etat va engager") and BARE.search("aumento el salario")


def test_the_page_of_sources_says_what_was_read_and_when(site):
    trees = lxml.html.fromstring(read(site / "chapters/sources.html"))
    shown = {node.get("id"): node for node in trees.find_class("citation")}
    assert len(shown) == len(ENTRIES)
    for key, entry in ENTRIES.items():
        node, fields = shown[source_place(key)], entry.fields
        remark = node.findall(".//em")[-1].text_content()
        assert remark.startswith(f"{bibliography.told(entry)} {bibliography.recorded(entry)}"), key
        wanted = {f"https://doi.org/{fields['doi']}"} if "doi" in fields else set()
        if url := fields.get("url"):
            wanted |= {url, f"https://web.archive.org/web/{fields['urldate'][:4]}*/{url}"}
        assert wanted <= {link.get("href") for link in node.iter("a")}, key
