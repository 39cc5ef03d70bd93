"""Tags with more attributes than any page has: parsers hold each against all before it, so that time grows squared."""

from __future__ import annotations

import re

# No tag of a page or a feed that was made to be read has as many.
MOST = 1_000
_ATTRIBUTE = (
    r"""[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+"""
    r"""(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:"[^"]*+"|'[^']*+'|(?![ \t\n\r\f>"'])[^ \t\n\r\f>]++)?+)?+"""
)
_REST = rf"[^ \t\n\r\f/>]*+(?P<inside>(?:[ \t\n\r\f/]++|{_ATTRIBUTE})*+)>?+"
# As HTML's tokenizer goes: what stands in a comment or a title is no tag.
_IN_PAGE = re.compile(
    rf"<!--(?:.*?--!?>|.*)|<title\b[^>]*+>(?:.*?</title|.*)|</?[a-zA-Z]{_REST}", re.DOTALL | re.IGNORECASE
)
_IN_XML = re.compile(
    rf"<!--(?:.*?-->|.*)|<!\[CDATA\[(?:.*?\]\]>|.*)|<[A-Za-z_:\x80-\xff]{_REST}".encode("latin-1"), re.DOTALL
)
_OF_PAGE, _OF_XML = re.compile(_ATTRIBUTE), re.compile(_ATTRIBUTE.encode())


def without_floods(source: str) -> str:
    """A page's source in which no tag has more attributes than `MOST`: what is beyond is left out."""
    parts: list[str] = []
    at = 0
    for tag in _IN_PAGE.finditer(source):
        if (inside := tag.span("inside"))[1] - inside[0] <= 2 * MOST:
            continue
        for number, one in enumerate(_OF_PAGE.finditer(source, *inside)):
            if number == MOST:
                parts.append(source[at : one.start()])
                at = inside[1]
                break
    return "".join((*parts, source[at:])) if parts else source


def most_attributes(raw: bytes) -> int:
    """How many attributes the tag of an XML document has that has most; of short tags none are counted."""
    most = 0
    for tag in _IN_XML.finditer(raw):
        if (inside := tag.span("inside"))[1] - inside[0] > 2 * MOST:
            most = max(most, sum(1 for _ in _OF_XML.finditer(raw, *inside)))
    return most
