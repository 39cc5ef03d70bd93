"""Through whom a statement came to its report, from the report's side to the origin's side."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.attributing.lexicon import outlets
from onrecord.attributing.resolving.identity import plain
from onrecord.attributing.resolving.institutions import full_outlet
from onrecord.attributing.resolving.scene import Scene, Turn, place
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import Span, all_inside, hull

_DATES = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|"
    r"September|October|"
    r"November|December)\b)"
)
_WORD = rf"{_DATES}[A-Z@][\w.&’'-]*"
_NAME = rf"(?:[Tt]he )?{_WORD}(?: (?:of|and|&|for|on) {_WORD}| {_WORD})*"
_PRESS = (
    r"(?:(?:state|local|national|foreign|Western|international|Israeli|Iranian|Russian|Chinese|Turkish|Syrian|"
    r"several|some|other) )*"
    r"(?:new[s]? agenc(?:y|ies)|media|television|TV|radio|newspapers?|news (?:outlets?|organi[sz]ations?|sites?)|"
    r"broadcasters?)"
)
_TO_OUTLET = re.compile(
    r"\b(?:t(?:old|ells|elling)|in an? (?:\w+ ){0,3}?interview (?:\w+ ){0,4}?(?:with|to|on|for|by)|"
    r"interview(?:ed)? (?:\w+ ){0,8}?(?:with|by|on|to|of)|[Ss]peaking (?:\w+ )?(?:to|on|with)|sp(?:oke|eaks) "
    r"(?:\w+ )?(?:to|on|with)|"
    r"contacted by|reached by|asked (?:\w+ )?by|in (?:an? )?(?:\w+ )?(?:statement|email|e-mail|comments?|remarks|"
    r"message|letter|"
    r"response)s? to|(?:wrote|writing|writes|written|published|an? (?:op-ed|column|article|essay)) (?:\w+ )?(?:in|for)|"
    r"quoted (?:as saying )?(?:by|in|on)|cited (?:by|in)|(?:first )?reported by|carried by|seen by|obtained by|"
    r"shown to|"
    r"appear(?:ed|ing) on|broadcast (?:\w+ ){0,4}?(?:by|on)|(?:aired|published|released) (?:\w+ )?(?:by|on|in)|"
    r"translation (?:\w+ ){0,3}by|(?:radio|television|language service) of)"
    rf" (?:\w+ ){{0,2}}?(?P<who>{_NAME})"
)
_TOLD_PRESS = re.compile(rf"\b(?:told|tells|quoted by|reported by|cited by|carried by) (?P<who>(?:the )?{_PRESS})\b")
_ACCORDING = re.compile(
    rf"\b(?:[Aa]ccording to|[Aa]s reported by|[Aa]s quoted (?:by|in)|[Pp]er|[Vv]ia|[Cc]iting) (?P<who>{_NAME}|{_PRESS})"
)
_REPORTS = re.compile(
    rf"(?P<who>{_NAME}|(?:[Ss]ome|[Ss]everal|[Mm]ultiple|[Ll]ocal|[Oo]ther) (?:reporters|journalists)|[Ss]tate "
    rf"{_PRESS})(?:['’]s?)?"
    r"(?: (?:also|later|first|further|has|had|have|previously|earlier))? (?:report(?:s|ed)?|quot(?:es|ed)|"
    r"cit(?:es|ed)|noted|said)\b|"
    rf"\breport(?:s|ed) (?P<after>{_NAME})"
)
_OPENING = re.compile(
    rf"(?:[Pp]er|[Ff]rom|[Vv]ia|[Aa]ccording to|[Aa]s reported by)?\s*(?P<who>{_NAME})(?: \w+){{0,6}}\s*:\s*$"
)
_CARRIED = re.compile(r"\binterview\w*\b|\bquoted\b|\bbroadcast\b|\baired\b", re.IGNORECASE)
_DENIES = re.compile(r"den(?:y|ie)|reject|disput|refut|dismiss|contradict|denounc")
_TRADES = frozenset("reporter reporters correspondent journalist journalists editor newspaper media editors".split())
# Those to whom everybody speaks are no relay.
_PUBLIC = frozenset("reporters journalists parliament congress lawmakers mps senators".split())


class Relays:
    """The relay chains of one report's attributions; `chains` holds one for each tag."""

    def __init__(self, scene: Scene, turns: Mapping[Tag, Turn]) -> None:
        self.scene = scene
        self.layout = scene.layout
        self.text = scene.text
        self.turns = turns
        self.order = sorted(turns, key=place)
        self.chains: dict[Tag, tuple[str, ...]] = {}
        for tag in sorted(self.order, key=lambda one: -_length(one)):
            self.chains[tag] = self._chain(tag)
        self._carry()

    def outer_of(self, tag: Tag) -> tuple[Tag, ...]:
        """The attributions that one only passes on, as outlets and reporters do, or as most of its content."""
        inner = [one for one in self.order if one is not tag and _holds(tag, one)]
        if not inner or _DENIES.search(self.scene.cue(tag)):
            return ()
        whole = len(hull(tag.content) or Span(0, 1))
        return tuple(one for one in inner if self._passes_on(tag) or _length(one) >= 0.8 * whole)

    def _passes_on(self, tag: Tag) -> bool:
        turn = self.turns[tag]
        return turn.identity.outlet or turn.mention.name in ("reports", "media") or _is_reporter(turn.mention)

    def _chain(self, tag: Tag) -> tuple[str, ...]:
        own = self.turns[tag].identity
        kept: list[str] = []
        for name in (
            *self._from_post(tag),
            *self._from_opening(tag),
            *self._from_outer(tag),
            *self._from_sentence(tag),
        ):
            if not _same(name, own.name) and not any(_same(name, other) for other in kept):
                kept.append(name)
        return tuple(kept)

    def _from_post(self, tag: Tag) -> list[str]:
        start = tag.content[0].start
        post = next((one for one in self.scene.report.posts if one.span.start <= start < one.span.end), None)
        return [post.author] if post and self.turns[tag].mention.sort is not Sort.NOTHING else []

    def _from_opening(self, tag: Tag) -> list[str]:
        """A paragraph that ends in a colon after an outlet's name hands the next paragraph to it."""
        number = self.layout.paragraph(place(tag))
        if not number:
            return []
        start, end = self.layout.paragraph_span(number - 1)
        before = self.text[start:end].strip()
        match = _OPENING.search(before) if len(before) < 120 else None
        name = self._relay(match["who"]) if match else None
        return [name] if name else []

    def _from_outer(self, tag: Tag) -> list[str]:
        """What encloses this attribution, the outermost first; a denial of somebody's word does not pass it on."""
        own = self.turns[tag].identity
        outer = sorted(
            (one for one in self.order if one is not tag and _holds(one, tag)), key=lambda one: -_length(one)
        )
        names: list[str] = []
        for one in outer:
            turn = self.turns[one]
            if turn.identity.key != own.key and not _DENIES.search(self.scene.cue(one)):
                names.extend((*self.chains.get(one, ()), turn_name(turn)))
        return list(dict.fromkeys(names))

    def _from_sentence(self, tag: Tag) -> list[str]:
        start, end = self._reach(tag)
        outer: list[str] = []
        inner: list[str] = []
        for pattern, names in ((_REPORTS, outer), (_ACCORDING, outer), (_TO_OUTLET, inner), (_TOLD_PRESS, inner)):
            found = [(m.start(), self._stated(tag, pattern, m)) for m in pattern.finditer(self.text, start, end)]
            names.extend(_nearest(found, place(tag)) if pattern is _REPORTS else [name for _, name in found if name])
        return [*outer, *inner]

    def _stated(self, tag: Tag, pattern: re.Pattern[str], match: re.Match[str]) -> str | None:
        group = "who" if match["who"] else "after"
        at = match.start(group)
        if any(span.start <= at < span.end for span in (*tag.source, *tag.content)) or self._other_clause(tag, at):
            return None
        if pattern is _TO_OUTLET and not self._mine(tag, match.start()):
            return None
        if pattern is _REPORTS and self._is_others_source(tag, at):
            return None
        told = " ".join(match[group].split())
        name = self._relay(told)
        if name is None and pattern is _TOLD_PRESS:
            return told
        if name is None and pattern is _REPORTS and re.search(r"reporters|journalists|media|agenc|tele|radio|TV", told):
            return told[:1].lower() + told[1:]
        if name is None and pattern is _ACCORDING and tag.cue and tag.source:
            read = read_mention(told)
            return read.name if read.sort in (Sort.BODY, Sort.PERSON) else None
        return name

    def _relay(self, told: str) -> str | None:
        short = re.fullmatch(r"[Tt]he (\w+)", told)
        if short and short[1] in outlets.NAME_ENDS:
            full = full_outlet(self.scene, short[1])
            return full if full != short[1] else outlets.outlet_of(told)
        name = relay_name(told)
        return full_outlet(self.scene, name) if name else None

    def _other_clause(self, tag: Tag, at: int) -> bool:
        """Whether a semicolon parts a name from this attribution's source and cue."""
        anchor = (tag.cue or tag.source or tag.content)[0].start
        low, high = sorted((anchor, at))
        return ";" in self.text[low:high]

    def _is_others_source(self, tag: Tag, at: int) -> bool:
        for other in self.order:
            if (
                other is not tag
                and any(span.start <= at < span.end for span in other.source)
                and not _holds(other, tag)
            ):
                return True
        return False

    def _reach(self, tag: Tag) -> tuple[int, int]:
        """The sentences in which source and cue stand, and the rest of the one in which the content ends."""
        around = hull((*tag.source, *tag.cue)) or hull(tag.content) or Span(0, 1)
        start = self.scene.sentence_start(around.start)
        end = self.layout.sentence_span(self.layout.sentence(max(around.start, around.end - 1)))[1]
        last = tag.content[-1]
        if last.start < end < last.end:
            end = self.layout.sentence_span(self.layout.sentence(last.end - 1))[1]
        return start, end

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
    if known or told.lower() in _PUBLIC:
        return known
    parted = re.match(r"(?P<outlet>.+?)['’]s (?P<who>[A-Z].+)$", told)
    if parted:
        return _of_outlet(parted["outlet"], parted["who"])
    return _longer_name(told)


def _of_outlet(owner: str, who: str) -> str | None:
    outlet = outlets.outlet_of(owner)
    if outlet is None:
        return outlets.outlet_of(who)
    name = re.split(r" (?:on|in|for|of) ", who)[0].split()
    return f"{outlet} ({' '.join(name)})" if len(name) > 1 and name[-1] not in outlets.NAME_ENDS else outlet


def _longer_name(told: str) -> str | None:
    """An outlet with its programme ("Courier Radio Tonight"), or a name that ends as outlets' names do."""
    words = told.split()
    for length in range(len(words) - 1, 0, -1):
        outlet = outlets.outlet_of(" ".join(words[:length]))
        if outlet:
            programme = words[length][:1].isupper() or (
                words[length] in ("on", "for") and words[length + 1][:1].isupper()
            )
            return " ".join(words).removeprefix("the ") if programme and words[length] not in ("in", "at") else outlet
    read = read_mention(told)
    return read.name if read.sort is Sort.OUTLET and " " in read.name else None


def turn_name(turn: Turn) -> str:
    """How a speaker is written in a relay chain."""
    outlet = outlets.outlet_of(turn.mention.body) if turn.identity.kind is PartyKind.PERSON else None
    return f"{outlet} ({turn.identity.name})" if outlet else turn.identity.name


def _is_reporter(mention: Mention) -> bool:
    return bool(_TRADES & set(mention.roles)) or bool(mention.body and outlets.outlet_of(mention.body))


def _holds(outer: Tag, inner: Tag) -> bool:
    """Whether one attribution's content contains another's source and content."""
    if inner.content == outer.content or (outer.source and outer.source == inner.source):
        return False
    return all_inside((*inner.source, *inner.content), outer.content)


def _nearest(found: list[tuple[int, str | None]], at: int) -> list[str]:
    """The last reporter named before a place, and those named behind it."""
    before = [name for start, name in found if name and start < at]
    return [*before[-1:], *(name for start, name in found if name and start >= at)]


def _length(tag: Tag) -> int:
    return sum(len(span) for span in tag.content)


def _same(left: str, right: str) -> bool:
    ours, theirs = plain(left), plain(right)
    return ours in theirs or theirs in ours
