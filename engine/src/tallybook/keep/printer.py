"""WeasyPrint with what its own command leaves out, run by the Python beside it:

    python printer.py SOURCE TARGET SHEET...

The PDF is PDF/UA-1 and PDF/A-2a at once. Its tags say where words are in another language, a
caption stands in the tag of its picture, a link in one of its own, and an item of a list has a
body.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import HTML
from weasyprint.pdf import tags

END, VARIANT = b"</rdf:RDF>", "pdf/a-2a"
ALSO_UA = Path(__file__).with_name("pdfua.xml").read_bytes() + END
_tagged = tags._build_box_tree


def described(box: Any, *more: Any) -> Iterator[Any]:
    """The tags of a box, with its language if the page names one, and as a link if it is one."""
    box = getattr(box, "_box", box)
    for made in _tagged(box, *more):
        if box.element is not None and (code := box.element.get("lang")):
            made["Lang"] = pydyf.String(code)
        if box.link_annotation and made["S"] in ("/Span", "/NonStruct"):
            made["S"] = "/Link"
        yield made


def mend(_document: Any, pdf: Any) -> None:
    """Put captions into the tags of the pictures before them, and what stands bare in an item into
    a body. PDF/A wants metadata as they are, and no stream whose end could be taken for another."""
    for one in (one for one in pdf.objects if isinstance(one, pydyf.Stream)):
        if one.extra.get("Type") == "/Metadata" or one.data.endswith(b"\r\nendstream"):
            one.compress = False
    objects: list[Any] = [one for one in pdf.objects if isinstance(one, dict)]
    tree = {one.reference: one for one in objects if "S" in one and "P" in one}

    def move(kid: Any, to: Any) -> None:
        tree[kid["P"]]["K"].remove(kid.reference)
        to["K"].append(kid.reference)
        kid["P"] = to.reference

    picture: Any = None
    for one in [*tree.values()]:
        picture = one if one["S"] == "/Figure" else picture
        if one["S"] == "/Caption" and tree[one["P"]]["S"] != "/Table":
            move(one, picture)
        bare = [tree[kid] for kid in one["K"] if one["S"] == "/LI" and kid in tree]
        if bare := [kid for kid in bare if kid["S"] not in ("/Lbl", "/LBody")]:
            pdf.add_object(body := pydyf.Dictionary({**one, "S": "/LBody", "K": pydyf.Array()}))
            for kid in bare:
                move(kid, body)
            one["K"].append(body.reference)
            body["P"] = one.reference


if __name__ == "__main__":
    logging.basicConfig(format="%(levelname)s: %(message)s")
    tags._build_box_tree = described
    source, target, *sheets = sys.argv[1:]
    document = HTML(source).render(stylesheets=sheets, pdf_variant=VARIANT)
    said = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *of: said(*of).replace(END, ALSO_UA)
    document.write_pdf(target, finisher=mend, pdf_variant=VARIANT)
