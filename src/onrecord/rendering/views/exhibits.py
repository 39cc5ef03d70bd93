"""One attribution to one exhibit: exact words, who is credited, through whom, and where a reader can check it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, words
from onrecord.datamodel.story import Story
from onrecord.rendering.wording import ACT_WORDS, bare_name, cut, day_words, shown

# A colon or a dash may be all that attributes; it says nothing where a colon of our own follows.
BARE_CUE = " ,;:–—-"
ROLE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a report; its label is what stands in square brackets in every format."""

    report: str
    spans: Spans

    @property
    def label(self) -> str:
        """The report's id and its characters: "003:741-767", pieces parted by commas."""
        return f"{self.report}:{','.join(f'{span.start}-{span.end}' for span in self.spans)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A statement as it is shown: `words` are the passage's exact words on one line, `relay` as in the attribution."""

    attribution: str
    reference: Reference
    words: str
    source: str
    cue: str
    act: Act
    stance: Act
    party: str | None
    holder: str
    role: str | None
    kind: PartyKind
    named: bool
    relay: tuple[str, ...]
    outlet: str
    published: Moment | None
    said_at: Moment | None
    terms: str | None
    score: float
    reasons: tuple[str, ...]
    confidence: float
    loose: bool = False

    @property
    def chain(self) -> tuple[str, ...]:
        """The hops from the report's side to the origin's side, outlet first, nothing twice running."""
        hops = [self.outlet]
        hops.extend(relay for relay in self.relay if bare_name(relay) != bare_name(hops[-1]))
        return tuple(hops)

    @property
    def way(self) -> str:
        """How it came from its holder to the reader, and when: "via A, then B, in C, Fri 7 Mar 2031"."""
        told = way_words(self.chain, self.holder)
        return ", ".join((*([told] if told else []), day_words(self.published) if self.published else "date unknown"))

    @property
    def marked_unnamed(self) -> bool:
        """Whether "unnamed" must be added to the name, which may say so itself."""
        return not self.named and "unnamed" not in self.holder.casefold()

    @property
    def said(self) -> str:
        """The words that attribute, or what the act is where there are none; empty where the content holds them."""
        cue = self.cue.strip(BARE_CUE)
        if self.cue and not cue:
            return ""
        return "" if cue == self.words.strip(BARE_CUE) else cue or ACT_WORDS[self.act]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """All that one party says on one side of one claim, earliest first."""

    name: str
    party: str | None
    role: str | None
    kind: PartyKind
    named: bool
    exhibits: tuple[Exhibit, ...]

    @property
    def first(self) -> Exhibit:
        """The earliest statement."""
        return self.exhibits[0]


def way_words(chain: tuple[str, ...], holder: str) -> str:
    """A chain from the origin's side: "via A, then B, in C"; an outlet that is the holder itself is not repeated."""
    outlet, *relays = chain
    via = ", then ".join(reversed(relays))
    place = "" if not relays and bare_name(outlet) == bare_name(holder) else f"in {outlet}"
    return ", ".join(part for part in (f"via {via}" if via else "", place) if part)


def outlet_of(report: Report) -> str:
    """Who published a report; where that is unknown, the report stands for itself."""
    return shown(report.outlet or f"report {report.id}")


def exhibit(story: Story, attribution: Attribution, stance: Act | None = None, passage: Spans = ()) -> Exhibit:
    """What is shown of one attribution; `passage` narrows it to the part that bears on a claim."""
    report = story.report[attribution.report]
    party = story.party.get(attribution.speaker) if attribution.speaker else None
    source = shown(words(attribution.source, report.text))
    spans = passage or attribution.content
    return Exhibit(
        attribution=attribution.id,
        reference=Reference(report.id, spans),
        words=shown(words(spans, report.text)),
        source=source,
        cue=shown(words(attribution.cue, report.text)),
        act=attribution.act,
        stance=stance or attribution.act,
        party=party.id if party else None,
        holder=shown(party.name) if party else f"“{source}”" if source else f"{outlet_of(report)} in its own words",
        role=_role(party.role) if party and party.role else None,
        kind=party.kind if party else PartyKind.UNKNOWN,
        named=attribution.named and (party is None or party.named),
        relay=tuple(shown(relay) for relay in attribution.relay),
        outlet=outlet_of(report),
        published=report.published,
        said_at=attribution.said_at,
        terms=shown(attribution.terms) if attribution.terms else None,
        score=1.0,
        reasons=tuple(shown(reason) for reason in attribution.reasons),
        confidence=attribution.confidence,
    )


def _role(role: str) -> str:
    """A role short enough to stand beside a name: of a long one, what comes before its first comma."""
    told = shown(role)
    return told if len(told) <= ROLE_CHARS else cut(told.partition(",")[0], ROLE_CHARS)


def by_time(item: Exhibit) -> tuple[str, str, int]:
    """Sort key: published (unknown last), then report, then place."""
    told = item.published.at.isoformat() if item.published else "9999"
    return told, item.reference.report, item.reference.spans[0].start


def holders(exhibits: Iterable[Exhibit]) -> tuple[Holder, ...]:
    """Exhibits gathered by who holds them: the named first, documents and the unnamed after, then by time."""
    gathered: dict[str, list[Exhibit]] = {}
    for item in sorted(exhibits, key=by_time):
        gathered.setdefault(item.party or f"{item.reference.report}\n{item.holder}", []).append(item)
    found = [
        Holder(
            name=items[0].holder,
            party=items[0].party,
            role=items[0].role,
            kind=items[0].kind,
            named=any(item.named for item in items),
            exhibits=tuple(items),
        )
        for items in gathered.values()
    ]
    return tuple(sorted(found, key=lambda one: (not one.named, one.kind is PartyKind.DOCUMENT)))


def side(act: Act) -> str:
    """Which side of a claim a stance takes: "for", "against" or "neither"."""
    return "for" if act in SUPPORT else "against" if act in DENIAL else "neither"
