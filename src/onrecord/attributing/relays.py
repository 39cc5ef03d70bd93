"""Through whom a statement came to its report, from the report's side to the origin's side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.attributing.identity import Identity, plain
from onrecord.attributing.layout import Layout
from onrecord.attributing.lexicon import outlets
from onrecord.attributing.lexicon.titles import RANKS
from onrecord.attributing.names import Mention, Sort, read_mention
from onrecord.attributing.speakers import Turn, place
from onrecord.datamodel.attribution import Act, Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, all_inside, hull, words

_NAME = r"(?:[Tt]he )?[A-Z@][\w.&’'-]*(?: (?:of|and|&|on|for) [A-Z][\w.&’'-]*| [A-Z][\w.&’'-]*| \d+)*"
_GENERIC = r"(?:state|local|national|foreign|Western|international|Israeli|Iranian|Russian|Chinese|several|some|other)?\s?(?:news agenc(?:y|ies)|media|television|TV|radio|newspapers?|news outlets?|broadcasters?|state media)"
_TO_OUTLET = re.compile(
    rf"\b(?:t(?:old|ells|elling)|in an? (?:\w+ ){{0,3}}?interview (?:\w+ ){{0,4}}?(?:with|to|on|for|by)|interview(?:ed)? (?:\w+ ){{0,8}}?(?:with|by|on|to|of)|speaking (?:\w+ )?(?:to|on|with)|sp(?:oke|eaks) (?:\w+ )?(?:to|on|with)|"
    rf"contacted by|reached by|asked by|in (?:an? )?(?:\w+ )?(?:statement|email|e-mail|comments?|remarks|message|letter|response)s? to|(?:wrote|writing|writes|written|published|an? (?:op-ed|column|article|essay)) (?:\w+ )?(?:in|for)|"
    rf"quoted (?:as saying )?(?:by|in|on)|cited (?:by|in)|(?:first )?reported by|carried by|seen by|obtained by|shown to|appear(?:ed|ing) on|"
    rf"broadcast (?:\w+ ){{0,4}}?(?:by|on)|(?:aired|published|posted|released) (?:\w+ )?(?:by|on|in)|translation (?:\w+ ){{0,3}}by|(?:radio|television|language service) of)"
    rf" (?:\w+ ){{0,2}}?(?P<who>{_NAME})"
)
_TOLD_GENERIC = re.compile(rf"\b(?:told|tells|quoted by|reported by|cited by|according to|carried by) (?P<who>{_GENERIC})\b")
_ACCORDING = re.compile(rf"\b(?:[Aa]ccording to|[Aa]s reported by|[Aa]s quoted (?:by|in)|[Pp]er|[Vv]ia|[Cc]iting) (?P<who>{_NAME}|{_GENERIC})")
_REPORTS = re.compile(
    rf"(?P<who>{_NAME})(?:['’]s?)?(?: (?:also|later|first|further|has|had|previously|earlier))? (?:report(?:s|ed)?|quot(?:es|ed)|cit(?:es|ed)|noted)\b|"
    rf"\b(?:reports?|reported) (?P<after>{_NAME})"
)
_OPENING = re.compile(rf"(?:[Pp]er|[Ff]rom|[Vv]ia|[Aa]ccording to|[Aa]s reported by)?\s*(?P<who>{_NAME})(?: \w+){{0,6}}\s*:\s*$")
_CARRIED = re.compile(r"\binterview\w*\b|\bquoted\b|\bbroadcast\b|\baired\b", re.IGNORECASE)
# Those to whom everybody speaks are no relay.
_NO_RELAY = frozenset("reporters journalists parliament congress lawmakers mps senators".split())


class Relays:
    """The relay chains of one report's attributions."""

    def __init__(self, report: Report, layout: Layout, turns: Mapping[Tag, Turn]) -> None:
        self.report = report
        self.layout = layout
        self.text = report.text
        self.turns = turns
        self.order = sorted(turns, key=place)
        self.chains: dict[Tag, tuple[str, ...]] = {}
        self.carried: dict[Tag, tuple[str, ...]] = {}
        for tag in sorted(self.order, key=lambda one: -_length(one)):
            self.chains[tag] = self._chain(tag)
        self._carry()

    def outer_of(self, tag: Tag) -> tuple[Tag, ...]:
        """The attributions that one only passes on: an outlet, a reporter, or somebody whose whole content is another's word."""
        inner = [one for one in self.order if one is not tag and _holds(tag, one)]
        if not inner:
            return ()
        passing = self._passes_on(tag)
        whole = len(hull(tag.content) or Span(0, 1))
        return tuple(one for one in inner if passing or _length(one) >= 0.8 * whole)

    def _passes_on(self, tag: Tag) -> bool:
        turn = self.turns[tag]
        return turn.identity.outlet or turn.mention.name in ("reports", "media") or bool(_is_reporter(turn.mention))

    def _chain(self, tag: Tag) -> tuple[str, ...]:
        own = self.turns[tag].identity
        chain = [*self._from_post(tag), *self._from_opening(tag), *self._from_outer(tag), *self._from_sentence(tag)]
        kept: list[str] = []
        for name in chain:
            if _same(name, own.name) or any(_same(name, other) for other in kept):
                continue
            kept.append(name)
        return tuple(kept)

    def _from_post(self, tag: Tag) -> list[str]:
        turn = self.turns[tag]
        start = tag.content[0].start
        post = next((post for post in self.report.posts if post.span.start <= start < post.span.end), None)
        if post is None or turn.mention.sort is Sort.NOTHING:
            return []
        return [post.author]

    def _from_opening(self, tag: Tag) -> list[str]:
        """A paragraph that ends in a colon after an outlet's name hands the next paragraph to it."""
        number = self.layout.paragraph(place(tag))
        if not number:
            return []
        start, end = self.layout.paragraph_span(number - 1)
        before = self.text[start:end].strip()
        match = _OPENING.search(before) if len(before) < 120 else None
        name = relay_name(match["who"]) if match else None
        return [name] if name else []

    def _from_outer(self, tag: Tag) -> list[str]:
        """What encloses this attribution, the outermost first; a denial of somebody's word does not pass it on."""
        own = self.turns[tag].identity
        outer = sorted((one for one in self.order if one is not tag and _holds(one, tag)), key=lambda one: -_length(one))
        names: list[str] = []
        for one in outer:
            turn = self.turns[one]
            if turn.identity.key == own.key or _denies(words(one.cue, self.text)):
                continue
            names.extend((*self.chains.get(one, ()), turn_name(turn)))
        return list(dict.fromkeys(names))

    def _from_sentence(self, tag: Tag) -> list[str]:
        start, end = self._reach(tag)
        outer: list[str] = []
        inner: list[str] = []
        for pattern, names in ((_REPORTS, outer), (_ACCORDING, outer), (_TO_OUTLET, inner), (_TOLD_GENERIC, inner)):
            for match in pattern.finditer(self.text, start, end):
                group = "who" if match["who"] else "after"
                at = match.start(group)
                if self._is_own(tag, at) or any(span.start <= at < span.end for span in tag.content):
                    continue
                if pattern is _TO_OUTLET and not self._mine(tag, match.start()):
                    continue
                name = relay_name(match[group]) or (" ".join(match[group].split()) if pattern is _TOLD_GENERIC else None)
                if name is None and pattern is _ACCORDING:
                    name = self._speaker_relay(tag, match[group])
                if name:
                    names.append(name)
        return [*outer, *inner]

    def _speaker_relay(self, tag: Tag, told: str) -> str | None:
        read = read_mention(told)
        if read.sort in (Sort.BODY, Sort.PERSON) and tag.cue and tag.source:
            return "White House press office" if "press office" in told else read.name
        return None

    def _reach(self, tag: Tag) -> tuple[int, int]:
        """The sentences in which source and cue stand, and the rest of the one in which the content ends."""
        place_of = hull((*tag.source, *tag.cue)) or hull(tag.content) or Span(0, 1)
        start = self.layout.sentence_span(self.layout.sentence(place_of.start))[0]
        end = self.layout.sentence_span(self.layout.sentence(max(place_of.start, place_of.end - 1)))[1]
        last = tag.content[-1]
        if last.end > end and last.start < end:
            end = max(end, self.layout.sentence_span(self.layout.sentence(last.end - 1))[1])
        return start, end

    def _is_own(self, tag: Tag, at: int) -> bool:
        return any(span.start <= at < span.end for span in tag.source)

    def _mine(self, tag: Tag, at: int) -> bool:
        """Whether words like "told the Courier" belong to this attribution: no other source stands between."""
        anchor = (tag.cue or tag.source or tag.content)[0].start
        low, high = sorted((anchor, at))
        for other in self.order:
            if other is tag or not other.source or _holds(other, tag) or _holds(tag, other):
                continue
            if low < other.source[0].start < high and self.turns[other].identity.key != self.turns[tag].identity.key:
                return False
        return True

    def _carry(self) -> None:
        """An interview or a quoting outlet goes on through the next sentences of the same speaker."""
        last: Tag | None = None
        for tag in self.order:
            chain = self.chains[tag]
            if chain and _CARRIED.search(self.text[slice(*self._reach(tag))]):
                last = tag
            elif last is not None and not chain and self._goes_on(last, tag):
                self.chains[tag] = self.chains[last]
                last = tag

    def _goes_on(self, last: Tag, tag: Tag) -> bool:
        ours, theirs = self.turns[last], self.turns[tag]
        close = self.layout.paragraph(theirs.at) - self.layout.paragraph(ours.at) <= 2
        return ours.identity.key == theirs.identity.key and close and theirs.mention.sort is not Sort.UNNAMED


def relay_name(told: str) -> str | None:
    """The name of an outlet, or of a reporter with the outlet ("Courier (Ada Lorne)"); None for anybody else."""
    told = re.sub(r"['’]s?$", "", told.strip(" .,:;"))
    known = outlets.outlet_of(told)
    if known:
        return known
    if told.lower() in _NO_RELAY:
        return None
    parted = re.match(r"(?P<outlet>.+?)['’]s (?P<who>[A-Z].+)$", told)
    if parted and outlets.outlet_of(parted["outlet"]):
        outlet = outlets.outlet_of(parted["outlet"]) or ""
        who = parted["who"].split(" on ")[0]
        return f"{outlet} ({who})" if len(who.split()) > 1 and who.split()[-1] not in outlets.NAME_ENDS else outlet
    if parted and outlets.outlet_of(parted["outlet"]) is None and outlets.outlet_of(parted["who"]):
        return outlets.outlet_of(parted["who"])
    bare = told.split()
    for length in range(len(bare), 0, -1):
        first = " ".join(bare[:length])
        if outlets.outlet_of(first) and (length == len(bare) or bare[length][:1].isupper() or bare[length] in ("on", "in", "for")):
            return first.removeprefix("the ") + told[len(first) :] if length < len(bare) and bare[length] not in ("on", "in") or length < len(bare) else outlets.outlet_of(first)
    read = read_mention(told)
    return read.name if read.sort is Sort.OUTLET and len(read.name.split()) > 1 else None


def turn_name(turn: Turn) -> str:
    """How a speaker is written in a relay chain."""
    mention, identity = turn.mention, turn.identity
    if identity.kind is PartyKind.PERSON and mention.body and outlets.outlet_of(mention.body):
        return f"{outlets.outlet_of(mention.body)} ({identity.name})"
    return identity.name


def _is_reporter(mention: Mention) -> bool:
    trades = {"reporter", "reporters", "correspondent", "journalist", "journalists", "editor", "newspaper", "media", "editors"}
    return bool(trades & set(mention.roles)) or bool(mention.body and outlets.outlet_of(mention.body)) and not set(mention.roles) & RANKS


def _holds(outer: Tag, inner: Tag) -> bool:
    """Whether one attribution's content contains another's source and content."""
    mine = (*inner.source, *inner.content)
    return all_inside(mine, outer.content) and inner.content != outer.content and not _same_source(outer, inner)


def _same_source(outer: Tag, inner: Tag) -> bool:
    return bool(outer.source) and outer.source == inner.source


def _length(tag: Tag) -> int:
    return sum(len(span) for span in tag.content)


def _denies(cue: str) -> bool:
    return bool(re.search(r"den(?:y|ie)|reject|disput|refut|dismiss|contradict|denounc", cue))


def _same(left: str, right: str) -> bool:
    ours, theirs = plain(left), plain(right)
    return ours in theirs or theirs in ours


__all__ = ["Act", "Identity", "Relays", "Sequence", "relay_name", "turn_name"]
