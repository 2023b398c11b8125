"""WeasyPrint with what its own command leaves out, run by the Python beside it:

    python printer.py SOURCE TARGET SHEET...

The PDF is PDF/UA-1 and PDF/A-2a at once. Its tags say where words are in another language, a
caption stands in the tag of its picture, and each item of a list has a body.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import HTML, LOGGER
from weasyprint.pdf import tags

BODY = ("/Lbl", "/LBody")
ALSO_UA = Path(__file__).with_name("pdfua.xml").read_bytes()
_tagged = tags._build_box_tree


def in_language(box: Any, *more: Any) -> Iterator[Any]:
    """The tags of a box, with its language if the page names one."""
    box = getattr(box, "_box", box)
    for made in _tagged(box, *more):
        if box.element is not None and (code := box.element.get("lang")):
            made["Lang"] = pydyf.String(code)
        if box.link_annotation and made["S"] in ("/Span", "/NonStruct"):
            made["S"] = "/Link"
        yield made


def mend(_document: Any, pdf: Any) -> None:
    """Put captions into the tags of their pictures, and what stands bare in an item into a body."""
    for one in pdf.objects:
        if isinstance(one, pydyf.Stream) and one.extra.get("Type") == "/Metadata":
            one.compress = False
    elements = (one for one in pdf.objects if isinstance(one, dict) and "S" in one and "P" in one)
    tree: dict[Any, Any] = {one.reference: one for one in elements}

    def pictures(of: Any) -> Iterator[Any]:
        if of["S"] == "/Figure":
            yield of
        for kid in of["K"]:
            yield from pictures(tree[kid]) if kid in tree else ()

    for reference, one in tree.items():
        parent = tree.get(one["P"], {})
        if one["S"] == "/Caption" and parent["S"] != "/Table" and (into := [*pictures(parent)]):
            parent["K"].remove(reference)
            _adopt(into[-1], one)
        bare = [kid for kid in one["K"] if tree[kid]["S"] not in BODY] if one["S"] == "/LI" else []
        if bare:
            body = pydyf.Dictionary({**one, "S": "/LBody", "K": pydyf.Array()})
            pdf.add_object(body)
            one["K"] = pydyf.Array(kid for kid in one["K"] if kid not in bare)
            for kid in bare:
                _adopt(body, tree[kid])
            _adopt(one, body)


def _adopt(parent: Any, kid: Any) -> None:
    parent["K"].append(kid.reference)
    kid["P"] = parent.reference


def main(source: str, target: str, *sheets: str) -> None:
    shown = logging.StreamHandler()
    shown.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    LOGGER.addHandler(shown)
    tags._build_box_tree = in_language
    document = HTML(source).render(stylesheets=sheets, pdf_variant="pdf/a-2a")
    said = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *of: said(*of).replace(
        b"</rdf:RDF>", ALSO_UA + b"</rdf:RDF>"
    )
    document.write_pdf(target, finisher=mend, pdf_variant="pdf/a-2a")


if __name__ == "__main__":
    main(*sys.argv[1:])
