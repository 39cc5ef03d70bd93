"""Features of a statement and a carrier that may have passed it on, for the relay classifier."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.attributing.mentions.mention import MentionType
from onrecord.attributing.relaying.carriers import Carrier, CarrierMention, Carriers, CarrierType, Slot, compact_name
from onrecord.attributing.resolving.context import ResolvedSource
from onrecord.attributing.resolving.naming.identity import normalize_name
from onrecord.attributing.segmentation import Segmentation
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
_OUTLETS = (CarrierType.KNOWN, CarrierType.SHAPED, CarrierType.MEDIA)
STANDS = ("told here", "credited here", "carried by speaker", "carried last", "much told of", "outer")
TRAITS = (
    "unnamed", "pronoun", "no source", "quoted", "cue told", "body", "document", "speaker outlet", "other ear",
    "own ear", "open stage", "talk", "source word", "lead", "outlet known", "outlet carrier", "person carrier",
    "rival here", "alone",
)  # fmt: skip
BASE = (
    *(f"sphere {one}" for one in CarrierType),
    *(f"here {one}" for one in Slot),
    *(f"last slot {one}" for one in Slot),
    "rule", "rule first", "outer outlet", "outer rival", "in source", "in content", "behind anchor",
    "named near", "named near paragraph", "named last", "anaphor", "named never before",
    "strong near", "strong same paragraph", "strong last", "strong told", "strong in quotes", "strong rival between",
    "ahead near", "ahead told", "speaker before", "speaker after", "speaker other", "speaker first",
    "turns since", "nobody since", "previous", "previous speaker", "share", "only strong", "leads strong", "in lead",
    "talk near", "is speaker", "described", "few carriers",
)  # fmt: skip
FEATURES = (*BASE, *STANDS, *TRAITS)


@dataclass(frozen=True, slots=True)
class StatementContext:
    """What the features of one statement need: its sentences, the rules' relay chain, the enclosing attributions."""

    start: int
    end: int
    rule: tuple[str, ...]
    outer: tuple[tuple[str, bool], ...]


class RelayFeatures:
    """The features of one report's statements; `row` gives those of one statement and one carrier."""

    def __init__(
        self,
        segmentation: Segmentation,
        resolved_sources: Sequence[ResolvedSource],
        statements: Mapping[ResolvedSource, StatementContext],
        carriers: Carriers,
        own: str | None,
    ) -> None:
        self.segmentation, self.text, self.resolved_sources, self.carriers, self.own_outlet = (
            segmentation,
            segmentation.text,
            resolved_sources,
            carriers,
            own,
        )
        self.statements = [statements[resolved] for resolved in resolved_sources]
        self._anchored = [
            self._anchors(resolved, statement)
            for resolved, statement in zip(resolved_sources, self.statements, strict=True)
        ]
        self.by_speaker: dict[str, list[int]] = {}
        for number, resolved in enumerate(resolved_sources):
            self.by_speaker.setdefault(resolved.identity.key, []).append(number)
        self._mentions = sorted(
            (mention.at, number) for number, c in enumerate(carriers.entries) for mention in c.mentions
        )
        self._strong = sorted(
            (mention.at, number, mention)
            for number, c in enumerate(carriers.entries)
            for mention in c.mentions
            if mention.slot in _WEIGHT
        )
        self._strong_offsets = [at for at, _, _ in self._strong]
        self._counts = [len(carrier.mentions) for carrier in carriers.entries]
        self._firm = [sum(mention.slot in _WEIGHT for mention in carrier.mentions) for carrier in carriers.entries]
        self._outlets = [number for number, carrier in enumerate(carriers.entries) if carrier.type in _OUTLETS]
        self._traits = [
            self._traits_of(resolved, statement)
            for resolved, statement in zip(resolved_sources, self.statements, strict=True)
        ]

    def candidates(self, statement_number: int) -> list[int]:
        """The candidate carriers of a statement: in a slot anywhere, or before its end."""
        statement = self.statements[statement_number]
        return [
            number
            for number, carrier in enumerate(self.carriers.entries)
            if self._firm[number]
            or carrier.last_before(statement.end)
            or any(_same(name, carrier.name) for name in (*statement.rule, *(outer for outer, _ in statement.outer)))
        ]

    def _anchors(self, resolved: ResolvedSource, statement: StatementContext) -> dict[int, int]:
        """The carriers that a statement's own sentences name in a slot outside the content, with the slot's weight."""
        weights: dict[int, int] = {}
        for number, carrier in enumerate(self.carriers.entries):
            for mention in carrier.between(statement.start, statement.end):
                if (
                    mention.slot in _WEIGHT
                    and not _inside(mention, resolved.tag.content)
                    and not self._in_other_clause(resolved, mention)
                ):
                    weights[number] = max(weights.get(number, 0), _WEIGHT[mention.slot])
        return weights

    def _in_other_clause(self, resolved: ResolvedSource, mention: CarrierMention) -> bool:
        """Whether a semicolon parts a mention from a statement's source and cue: it stands in another clause."""
        anchor = (resolved.tag.cue or resolved.tag.source or resolved.tag.content)[0].start
        low, high = sorted((anchor, mention.at))
        return ";" in self.text[low:high]

    def row(self, at: int, number: int) -> list[float]:
        """The features of one statement and one carrier, in the order of FEATURES."""
        carrier = self.carriers.entries[number]
        row = dict.fromkeys((*BASE, *STANDS), 0.0)
        row[f"sphere {carrier.type}"] = 1.0
        self._here(row, at, carrier, number)
        self._named(row, at, carrier, number)
        self._carried(row, at, carrier, number)
        self._spoken(row, at, number)
        self._document(row, at, carrier, number)
        traits = dict(self._traits[at])
        traits["outlet carrier"] = float(carrier.type in _OUTLETS)
        traits["person carrier"] = float(carrier.type in (CarrierType.PERSON, CarrierType.OUTER))
        traits["rival here"] = float(any(other != number for other in self._anchored[at]))
        traits["alone"] = row["only strong"]
        return [*row.values(), *(traits[trait] for trait in TRAITS)]

    def _here(self, row: dict[str, float], at: int, carrier: Carrier, number: int) -> None:
        statement, tag = self.statements[at], self.resolved_sources[at].tag
        anchor = (tag.cue or tag.source or tag.content)[0].start
        for mention in carrier.between(statement.start, statement.end):
            if _inside(mention, tag.content):
                row["in content"] = 1.0
                continue
            if self._in_other_clause(self.resolved_sources[at], mention):
                continue
            row[f"here {mention.slot}"] = 1.0
            row["in source"] = max(row["in source"], float(_inside(mention, tag.source)))
            row["behind anchor"] = max(row["behind anchor"], float(mention.at > anchor))
            row["told here"] = max(row["told here"], float(mention.slot is Slot.RECIPIENT))
            row["credited here"] = max(row["credited here"], float(mention.slot in (Slot.CREDIT, Slot.REPORTS)))
        ours = [place for place, name in enumerate(statement.rule) if _same(name, carrier.name)]
        row["rule"], row["rule first"] = float(bool(ours)), float(bool(ours) and ours[0] == 0)
        outer = [outlet for name, outlet in statement.outer if _same(name, carrier.name)]
        row["outer"], row["outer outlet"] = float(bool(outer)), float(any(outer))
        row["outer rival"] = float(len(statement.outer) > len(outer))

    def _named(self, row: dict[str, float], at: int, carrier: Carrier, number: int) -> None:
        start = self.statements[at].start
        last = carrier.last_before(start)
        if last is None:
            row["named never before"] = 1.0
            return
        row[f"last slot {last.slot}"] = 1.0
        row["anaphor"] = float(last.anaphor)
        row["named near"], row["named near paragraph"] = self._near(last.at, start)
        row["talk near"] = float(bool(_TALK.search(self.text, max(0, last.at - 120), last.end + 80)))
        earlier = bisect_left(self._mentions, (start,))
        row["named last"] = float(earlier > 0 and self._mentions[earlier - 1][1] == number)

    def _carried(self, row: dict[str, float], at: int, carrier: Carrier, number: int) -> None:
        statement = self.statements[at]
        before = bisect_left(self._strong_offsets, statement.start)
        place = next((n for n in range(before - 1, -1, -1) if self._strong[n][1] == number), None)
        if place is not None:
            mention = self._strong[place][2]
            row["strong near"], row["strong same paragraph"] = self._near(mention.at, statement.start)
            row["strong last"] = float(place == before - 1)
            row["strong told"] = float(mention.slot is Slot.RECIPIENT)
            row["strong in quotes"] = float(self.segmentation.in_quotes(mention.at))
            rivals = {self._strong[n][1] for n in range(place + 1, before)}
            row["strong rival between"] = float(any(n in self._outlets for n in rivals))
            row["carried last"] = row["strong last"] * row["strong near"]
        ahead = carrier.first_from(statement.end)
        if ahead is not None:
            row["ahead near"] = self._near(statement.end, ahead.at)[0]
            row["ahead told"] = row["ahead near"] * float(ahead.slot in _WEIGHT)

    def _near(self, left: int, right: int) -> tuple[float, float]:
        """How near two places are, by sentences and by paragraphs: 1 for the same, towards 0 for far."""
        sentences = self.segmentation.sentence(right) - self.segmentation.sentence(left)
        paragraphs = self.segmentation.paragraph(right) - self.segmentation.paragraph(left)
        return 1.0 / (1.0 + 0.4 * abs(sentences)), 1.0 / (1.0 + abs(paragraphs))

    def _spoken(self, row: dict[str, float], at: int, number: int) -> None:
        """Whether the same speaker's words came through the carrier elsewhere in the report."""
        mine = self.by_speaker[self.resolved_sources[at].identity.key]
        before = [n for n in mine if n < at and number in self._anchored[n]]
        after = [n for n in mine if n > at and number in self._anchored[n]]
        others = [n for n in mine if n < at and any(n2 != number and n2 in self._outlets for n2 in self._anchored[n])]
        row["speaker before"] = 1.0 / (at - before[-1]) ** 0.5 if before else 0.0
        row["speaker after"] = 1.0 / (after[0] - at) ** 0.5 if after else 0.0
        row["speaker other"] = float(bool(others) and (not before or others[-1] > before[-1]))
        row["speaker first"] = float(number in self._anchored[mine[0]])
        row["carried by speaker"] = row["speaker before"] * (1.0 - row["speaker other"])
        last = next((n for n in range(at - 1, -1, -1) if number in self._anchored[n]), None)
        if last is not None:
            row["turns since"] = 1.0 / (at - last)
            between = {self.resolved_sources[n].identity.key for n in range(last, at)} - {
                self.resolved_sources[at].identity.key
            }
            row["nobody since"] = 1.0 / (1.0 + len(between))
        row["previous"] = float(at > 0 and number in self._anchored[at - 1])
        row["previous speaker"] = float(
            at > 0 and self.resolved_sources[at - 1].identity.key == self.resolved_sources[at].identity.key
        )

    def _document(self, row: dict[str, float], at: int, carrier: Carrier, number: int) -> None:
        firm = [self._firm[n] for n in self._outlets]
        outlet = number in self._outlets
        row["share"] = self._counts[number] / (sum(self._counts) or 1)
        row["only strong"] = float(outlet and self._firm[number] > 0 and sum(count > 0 for count in firm) == 1)
        row["leads strong"] = float(outlet and self._firm[number] > 0 and self._firm[number] == max(firm))
        row["few carriers"] = 1.0 / (1 + len(self._outlets))
        first = carrier.mentions[0].at if carrier.mentions else len(self.text)
        row["in lead"] = float(self.segmentation.paragraph(first) <= 2)
        row["much told of"] = self._firm[number] / (1 + sum(firm)) if outlet else 0.0
        row["is speaker"] = float(_same(self.resolved_sources[at].identity.name, carrier.name))
        row["described"] = float(
            self.resolved_sources[at].mention.type in (MentionType.DESCRIPTION, MentionType.BODY_DESCRIPTION)
        )

    def _traits_of(self, resolved: ResolvedSource, statement: StatementContext) -> dict[str, float]:
        identity, mention_type = resolved.identity, resolved.mention.type
        sentence = self.text[statement.start : statement.end]
        return {
            "unnamed": float(not (resolved.named and identity.named)),
            "pronoun": float(mention_type is MentionType.PRONOUN),
            "no source": float(not resolved.tag.source),
            "quoted": float(self.text[resolved.tag.content[0].start] in "\"“‘'"),
            "cue told": float(bool(re.search(r"\bt(?:old|ell)", words(resolved.tag.cue, self.text)))),
            "body": float(identity.kind is PartyKind.ORGANIZATION),
            "document": float(identity.kind is PartyKind.DOCUMENT),
            "speaker outlet": float(identity.outlet),
            "other ear": float(bool(_OTHER_EAR.search(sentence))),
            "own ear": float(bool(_OWN_EAR.search(sentence))),
            "open stage": float(bool(_OPEN_STAGE.search(sentence))),
            "talk": float(bool(_TALK.search(sentence))),
            "source word": float(bool(_SOURCE.search(resolved.mention.words))),
            "lead": float(self.segmentation.paragraph(resolved.at) == 0),
            "outlet known": float(bool(self.own_outlet)),
        }


def _inside(mention: CarrierMention, spans: Sequence[Span]) -> bool:
    return any(span.start <= mention.at < span.end for span in spans)


def _same(left: str, right: str) -> bool:
    ours, theirs = normalize_name(left), normalize_name(right)
    return bool(ours and theirs) and (ours in theirs or theirs in ours or compact_name(left) == compact_name(right))
