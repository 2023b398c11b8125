"""SVG that a cell shows, without what a browser would run when the picture is opened alone."""

from __future__ import annotations

import re

from lxml import etree

# Whatever may be one of these, written so or with signs by their numbers.
_SUSPECT = re.compile(
    r"<\s*[\w:.-]*(script|foreignobject|iframe|handler|listener)\b|\bon\w+\s*=|script:|data:text|<!|&#",
    re.I,
)
_RUNS = ("script", "foreignobject", "iframe", "handler", "listener")


def inert(svg: str) -> str:
    """The picture without scripts, handlers of events, links that run something and content that is
    no SVG. One that has none of these stays as it is, to the byte; what is no XML becomes empty."""
    if not _SUSPECT.search(svg):
        return svg
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError:
        return ""
    for node in list(root.iter()):
        # What has no name is a remark or an instruction.
        if not isinstance(node.tag, str) or etree.QName(node).localname.lower() in _RUNS:
            _drop(node)
        else:
            for name, value in list(node.attrib.items()):
                plain = re.sub(r"[\x00-\x20]", "", str(value)).lower()
                local = etree.QName(name).localname.lower()
                if local.startswith("on") or "javascript:" in plain or "data:text" in plain:
                    del node.attrib[name]
    return etree.tostring(root, encoding="unicode")


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        if node.tail:  # text after it stays
            before = node.getprevious()
            if before is None:
                parent.text = (parent.text or "") + node.tail
            else:
                before.tail = (before.tail or "") + node.tail
        parent.remove(node)
