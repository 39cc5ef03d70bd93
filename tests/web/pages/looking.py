"""A page taken apart: its elements in order, its text, and what it would run or load."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "use", "path", "rect", "circle"})
_LOADING = frozenset({"src", "href", "action", "formaction", "data", "poster", "srcset", "xlink:href"})


class Looked(HTMLParser):
    """The elements of a page, each with its attributes and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[int, str] = {}
        self._open: list[tuple[str, int]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in _VOID:
            self._open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        while self._open and self._open[-1][0] != tag:
            self._open.pop()
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add text to every element that is open."""
        for _, number in self._open:
            self.texts[number] = self.texts.get(number, "") + data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """Attributes of the elements of a kind."""
        return [found for name, found in self.elements if name == tag and wanted.items() <= found.items()]

    def text(self, ident: str) -> str:
        """The text of the element of an id."""
        number = next(place for place, (_, found) in enumerate(self.elements) if found.get("id") == ident)
        return self.texts.get(number, "")

    @property
    def headings(self) -> list[int]:
        """The levels of the headings in order."""
        return [int(tag[1]) for tag, _ in self.elements if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]

    @property
    def faults(self) -> list[str]:
        """What a strict content policy would stop, what leads elsewhere, and what no reader could find its way in."""
        found = []
        for tag, values in self.elements:
            found += [f"{tag} {key}" for key in values if key.startswith("on") or key == "style"]
            if tag in ("style", "iframe", "object", "embed", "base") or (tag == "script" and not values.get("src")):
                found.append(tag)
            for key in _LOADING & values.keys():
                if not values[key].startswith(("/", "#", "?")):
                    found.append(f"{tag} {key}={values[key]}")
            if tag == "img" and "alt" not in values:
                found.append("img without words")
        idents = [values["id"] for _, values in self.elements if "id" in values]
        found += [f"id {one} twice" for one in sorted(set(idents)) if idents.count(one) > 1]
        if self.headings.count(1) != 1:
            found.append(f"{self.headings.count(1)} main headings")
        steps = zip(self.headings, self.headings[1:], strict=False)
        found += [f"h{one} then h{other}" for one, other in steps if other > one + 1]
        if len(self.all("main")) != 1 or not self.all("html", lang="en"):
            found.append("landmarks")
        return found
