"""What tells whether a carrier passed a statement on, as numbers: the signs that the learned choice reads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.attributing.layout import Layout
from onrecord.attributing.relaying.carriers import Carrier, Carriers, Naming, Slot, Sphere, squeezed
from onrecord.attributing.resolving.identity import plain
from onrecord.attributing.resolving.scene import Turn
from onrecord.attributing.wording.mention import Sort
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import Span, words

# A slot's weight: to whom somebody spoke tells more than in what article it stands.
_WEIGHT = {Slot.RECIPIENT: 3, Slot.CREDIT: 2, Slot.REPORTS: 2}
_OTHER_EAR = re.compile(
    r"\b(?:told|tells|telling|spoke to|speaking to) (?:the )?(?:reporters?|journalists?|police|officers?|"
    r"parliament|lawmakers|congress|mps|"
    r"a (?:news|press) conference|officials|investigators|him|her|them|viewers|fans|crowds?|supporters)\b",
    re.IGNORECASE,
)
_OWN_EAR = re.compile(r"\b(?:told|tells|telling|to|with) (?:us|me)\b")
_OPEN_STAGE = re.compile(
    r"\b(?:statement|tweet(?:ed|s)?|(?:press|news) conference|briefing|press release|twitter|facebook|posted|blog|"
    r"speech|court)\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:interview\w*|exclusive(?:ly)?|sat down|spoke (?:to|with)|programme|podcast|on air)\b", re.IGNORECASE
)
_SOURCE = re.compile(r"\b(?:sources?|insiders?|witness(?:es)?|friend|pal)\b", re.IGNORECASE)
_OUTLETS = (Sphere.KNOWN, Sphere.SHAPED, Sphere.MEDIA)
STANDS = ("told here", "credited here", "carried by speaker", "carried last", "much told of", "outer")
TRAITS = (
    "unnamed", "pronoun", "no source", "quoted", "cue told", "body", "document", "speaker outlet", "other ear",
    "own ear", "open stage", "talk", "source word", "lead", "outlet known", "outlet carrier", "person carrier",
    "rival here", "alone",
)  # fmt: skip
BASE = (
    *(f"sphere {one}" for one in Sphere),
    *(f"here {one}" for one in Slot),
    *(f"last slot {one}" for one in Slot),
    "rule", "rule first", "outer outlet", "outer rival", "in source", "in content", "behind anchor",
    "named near", "named near paragraph", "named last", "anaphor", "named never before",
    "strong near", "strong same paragraph", "strong last", "strong told", "strong in quotes", "strong rival between",
    "ahead near", "ahead told", "speaker before", "speaker after", "speaker other", "speaker first",
    "turns since", "nobody since", "previous", "previous speaker", "share", "only strong", "leads strong", "in lead",
    "talk near", "is speaker", "described", "few carriers",
)  # fmt: skip
SIGNS = (*BASE, *STANDS, *TRAITS)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of one turn: the stretch of its sentences, and whom the rules and the layers around it name."""

    start: int
    end: int
    rule: tuple[str, ...]
    outer: tuple[tuple[str, bool], ...]


class Signs:
    """The signs of one report's turns; `of` gives those of one turn and one carrier."""

    def __init__(
        self,
        layout: Layout,
        turns: Sequence[Turn],
        settings: Mapping[Turn, Setting],
        carriers: Carriers,
        own: str | None,
    ) -> None:
        self.layout, self.text, self.turns, self.carriers, self.own = layout, layout.text, turns, carriers, own
        self.settings = [settings[turn] for turn in turns]
        self._anchored = [self._anchors(turn, setting) for turn, setting in zip(turns, self.settings, strict=True)]
        self.by_speaker: dict[str, list[int]] = {}
        for number, turn in enumerate(turns):
            self.by_speaker.setdefault(turn.identity.key, []).append(number)
        self._namings = sorted((one.at, number) for number, c in enumerate(carriers.found) for one in c.namings)
        self._strong = sorted(
            (one.at, number, one) for number, c in enumerate(carriers.found) for one in c.namings if one.slot in _WEIGHT
        )
        self._strong_at = [at for at, _, _ in self._strong]
        self._counts = [len(carrier.namings) for carrier in carriers.found]
        self._firm = [sum(one.slot in _WEIGHT for one in carrier.namings) for carrier in carriers.found]
        self._outlets = [number for number, carrier in enumerate(carriers.found) if carrier.sphere in _OUTLETS]
        self._traits = [self._traits_of(turn, setting) for turn, setting in zip(turns, self.settings, strict=True)]

    def eligible(self, number: int) -> list[int]:
        """The carriers that may have passed on a turn's words: named in a slot somewhere, or before its end."""
        setting = self.settings[number]
        return [
            one
            for one, carrier in enumerate(self.carriers.found)
            if self._firm[one]
            or carrier.before(setting.end)
            or any(_same(name, carrier.name) for name in (*setting.rule, *(outer for outer, _ in setting.outer)))
        ]

    def _anchors(self, turn: Turn, setting: Setting) -> dict[int, int]:
        """The carriers that a turn's own sentences name in a slot, outside of what is said, with its weight."""
        found: dict[int, int] = {}
        for number, carrier in enumerate(self.carriers.found):
            for one in carrier.within(setting.start, setting.end):
                if one.slot in _WEIGHT and not _inside(one, turn.tag.content) and not self._apart(turn, one):
                    found[number] = max(found.get(number, 0), _WEIGHT[one.slot])
        return found

    def _apart(self, turn: Turn, one: Naming) -> bool:
        """Whether a semicolon parts a naming from a turn's source and cue: it stands in a clause of its own."""
        anchor = (turn.tag.cue or turn.tag.source or turn.tag.content)[0].start
        low, high = sorted((anchor, one.at))
        return ";" in self.text[low:high]

    def of(self, at: int, number: int) -> list[float]:
        """The numbers of one turn and one carrier, in the order of SIGNS."""
        carrier = self.carriers.found[number]
        told = dict.fromkeys((*BASE, *STANDS), 0.0)
        told[f"sphere {carrier.sphere}"] = 1.0
        self._here(told, at, carrier, number)
        self._named(told, at, carrier, number)
        self._carried(told, at, carrier, number)
        self._spoken(told, at, number)
        self._document(told, at, carrier, number)
        traits = dict(self._traits[at])
        traits["outlet carrier"] = float(carrier.sphere in _OUTLETS)
        traits["person carrier"] = float(carrier.sphere in (Sphere.PERSON, Sphere.OUTER))
        traits["rival here"] = float(any(other != number for other in self._anchored[at]))
        traits["alone"] = told["only strong"]
        return [*told.values(), *(traits[trait] for trait in TRAITS)]

    def _here(self, told: dict[str, float], at: int, carrier: Carrier, number: int) -> None:
        setting, tag = self.settings[at], self.turns[at].tag
        anchor = (tag.cue or tag.source or tag.content)[0].start
        for one in carrier.within(setting.start, setting.end):
            if _inside(one, tag.content):
                told["in content"] = 1.0
                continue
            if self._apart(self.turns[at], one):
                continue
            told[f"here {one.slot}"] = 1.0
            told["in source"] = max(told["in source"], float(_inside(one, tag.source)))
            told["behind anchor"] = max(told["behind anchor"], float(one.at > anchor))
            told["told here"] = max(told["told here"], float(one.slot is Slot.RECIPIENT))
            told["credited here"] = max(told["credited here"], float(one.slot in (Slot.CREDIT, Slot.REPORTS)))
        ours = [place for place, name in enumerate(setting.rule) if _same(name, carrier.name)]
        told["rule"], told["rule first"] = float(bool(ours)), float(bool(ours) and ours[0] == 0)
        outer = [outlet for name, outlet in setting.outer if _same(name, carrier.name)]
        told["outer"], told["outer outlet"] = float(bool(outer)), float(any(outer))
        told["outer rival"] = float(len(setting.outer) > len(outer))

    def _named(self, told: dict[str, float], at: int, carrier: Carrier, number: int) -> None:
        start = self.settings[at].start
        last = carrier.before(start)
        if last is None:
            told["named never before"] = 1.0
            return
        told[f"last slot {last.slot}"] = 1.0
        told["anaphor"] = float(last.anaphor)
        told["named near"], told["named near paragraph"] = self._near(last.at, start)
        told["talk near"] = float(bool(_TALK.search(self.text, max(0, last.at - 120), last.end + 80)))
        earlier = bisect_left(self._namings, (start,))
        told["named last"] = float(earlier > 0 and self._namings[earlier - 1][1] == number)

    def _carried(self, told: dict[str, float], at: int, carrier: Carrier, number: int) -> None:
        setting = self.settings[at]
        before = bisect_left(self._strong_at, setting.start)
        place = next((n for n in range(before - 1, -1, -1) if self._strong[n][1] == number), None)
        if place is not None:
            one = self._strong[place][2]
            told["strong near"], told["strong same paragraph"] = self._near(one.at, setting.start)
            told["strong last"] = float(place == before - 1)
            told["strong told"] = float(one.slot is Slot.RECIPIENT)
            told["strong in quotes"] = float(self.layout.in_quotes(one.at))
            rivals = {self._strong[n][1] for n in range(place + 1, before)}
            told["strong rival between"] = float(any(n in self._outlets for n in rivals))
            told["carried last"] = told["strong last"] * told["strong near"]
        ahead = carrier.behind(setting.end)
        if ahead is not None:
            told["ahead near"] = self._near(setting.end, ahead.at)[0]
            told["ahead told"] = told["ahead near"] * float(ahead.slot in _WEIGHT)

    def _near(self, left: int, right: int) -> tuple[float, float]:
        """How near two places are, by sentences and by paragraphs: 1 for the same, towards 0 for far."""
        sentences = self.layout.sentence(right) - self.layout.sentence(left)
        paragraphs = self.layout.paragraph(right) - self.layout.paragraph(left)
        return 1.0 / (1.0 + 0.4 * abs(sentences)), 1.0 / (1.0 + abs(paragraphs))

    def _spoken(self, told: dict[str, float], at: int, number: int) -> None:
        """Whether the same speaker's words came through the carrier elsewhere in the report."""
        mine = self.by_speaker[self.turns[at].identity.key]
        before = [n for n in mine if n < at and number in self._anchored[n]]
        after = [n for n in mine if n > at and number in self._anchored[n]]
        others = [n for n in mine if n < at and any(n2 != number and n2 in self._outlets for n2 in self._anchored[n])]
        told["speaker before"] = 1.0 / (at - before[-1]) ** 0.5 if before else 0.0
        told["speaker after"] = 1.0 / (after[0] - at) ** 0.5 if after else 0.0
        told["speaker other"] = float(bool(others) and (not before or others[-1] > before[-1]))
        told["speaker first"] = float(number in self._anchored[mine[0]])
        told["carried by speaker"] = told["speaker before"] * (1.0 - told["speaker other"])
        last = next((n for n in range(at - 1, -1, -1) if number in self._anchored[n]), None)
        if last is not None:
            told["turns since"] = 1.0 / (at - last)
            between = {self.turns[n].identity.key for n in range(last, at)} - {self.turns[at].identity.key}
            told["nobody since"] = 1.0 / (1.0 + len(between))
        told["previous"] = float(at > 0 and number in self._anchored[at - 1])
        told["previous speaker"] = float(at > 0 and self.turns[at - 1].identity.key == self.turns[at].identity.key)

    def _document(self, told: dict[str, float], at: int, carrier: Carrier, number: int) -> None:
        firm = [self._firm[n] for n in self._outlets]
        outlet = number in self._outlets
        told["share"] = self._counts[number] / (sum(self._counts) or 1)
        told["only strong"] = float(outlet and self._firm[number] > 0 and sum(count > 0 for count in firm) == 1)
        told["leads strong"] = float(outlet and self._firm[number] > 0 and self._firm[number] == max(firm))
        told["few carriers"] = 1.0 / (1 + len(self._outlets))
        first = carrier.namings[0].at if carrier.namings else len(self.text)
        told["in lead"] = float(self.layout.paragraph(first) <= 2)
        told["much told of"] = self._firm[number] / (1 + sum(firm)) if outlet else 0.0
        told["is speaker"] = float(_same(self.turns[at].identity.name, carrier.name))
        told["described"] = float(self.turns[at].mention.sort in (Sort.DESCRIPTION, Sort.BODY_DESCRIPTION))

    def _traits_of(self, turn: Turn, setting: Setting) -> dict[str, float]:
        identity, sort = turn.identity, turn.mention.sort
        sentence = self.text[setting.start : setting.end]
        return {
            "unnamed": float(not (turn.named and identity.named)),
            "pronoun": float(sort is Sort.PRONOUN),
            "no source": float(not turn.tag.source),
            "quoted": float(self.text[turn.tag.content[0].start] in "\"“‘'"),
            "cue told": float(bool(re.search(r"\bt(?:old|ell)", words(turn.tag.cue, self.text)))),
            "body": float(identity.kind is PartyKind.ORGANIZATION),
            "document": float(identity.kind is PartyKind.DOCUMENT),
            "speaker outlet": float(identity.outlet),
            "other ear": float(bool(_OTHER_EAR.search(sentence))),
            "own ear": float(bool(_OWN_EAR.search(sentence))),
            "open stage": float(bool(_OPEN_STAGE.search(sentence))),
            "talk": float(bool(_TALK.search(sentence))),
            "source word": float(bool(_SOURCE.search(turn.mention.words))),
            "lead": float(self.layout.paragraph(turn.at) == 0),
            "outlet known": float(bool(self.own)),
        }


def _inside(one: Naming, spans: Sequence[Span]) -> bool:
    return any(span.start <= one.at < span.end for span in spans)


def _same(left: str, right: str) -> bool:
    ours, theirs = plain(left), plain(right)
    return bool(ours and theirs) and (ours in theirs or theirs in ours or squeezed(left) == squeezed(right))
