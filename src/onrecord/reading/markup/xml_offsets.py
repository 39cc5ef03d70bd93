"""An XML document's text nodes to the bytes that they stand in."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

Place = tuple[int, int]
# An element and whether its tail is meant (what stands behind its end), else its text.
Node = tuple[Any, bool]


def text_places(raw: bytes, root: Any) -> dict[Node, Place]:
    """The bytes [start, end) of each text node of a parsed document; nothing where the two parsers do not agree."""
    places, nodes = _runs(raw), _nodes(root)
    return dict(zip(nodes, places, strict=True)) if len(places) == len(nodes) else {}


def _nodes(root: Any) -> list[Node]:
    """The text nodes in the order of the document, without a recursion that deep nesting could break."""
    from lxml import etree

    found: list[Node] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start" and element.text:
            found.append((element, False))
        elif event != "start" and element.tail and element is not root:
            found.append((element, True))
    return found


def _runs(raw: bytes) -> list[Place]:
    """Where character data starts and ends, by the parser of the standard library, which counts bytes."""
    found: list[Place] = []
    start: list[int] = []
    parser = expat.ParserCreate()

    def data(_: str) -> None:
        if not start:
            start.append(parser.CurrentByteIndex)

    def markup(*_: object) -> None:
        if start:
            found.append((start.pop(), parser.CurrentByteIndex))

    parser.CharacterDataHandler = data
    parser.StartElementHandler = parser.EndElementHandler = markup
    parser.CommentHandler = parser.ProcessingInstructionHandler = markup
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        return []
    return found
