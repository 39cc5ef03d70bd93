"""Through whom a statement came to its report, from the report's side to the origin's side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.attributing.lexicon import bodies, outlets
from onrecord.attributing.lexicon.places import country_of
from onrecord.attributing.press import ACCORDING, OPENING, REPORTS, TO_OUTLET, TOLD_PRESS, Press, relay_name
from onrecord.attributing.relaying.carriers import Carriers, Sphere
from onrecord.attributing.relaying.choice import Choice
from onrecord.attributing.relaying.signs import Setting, Signs
from onrecord.attributing.resolving.identity import UNSTATED, plain
from onrecord.attributing.resolving.institutions import described_body, full_outlet
from onrecord.attributing.resolving.scene import Scene, Turn, place
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.attributing.wording.words import is_title
from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import Span, Spans, all_inside, any_overlap, hull

_CARRIED = re.compile(r"\binterview\w*\b|\bquoted\b|\bbroadcast\b|\baired\b", re.IGNORECASE)
_DENIES = re.compile(r"den(?:y|ie)|reject|disput|refut|dismiss|contradict|denounc")
_PRESS_WORDS = re.compile(r"reporters|journalists|media|agenc|tele|radio|TV")
_CREDIT = re.compile(r"(?P<sign>[—–]|--)\s?(?P<who>[A-Z][^\n()@—–]{1,50}?)\s\(@\w{1,30}\)")
_ENDS = re.compile(r"[\s\w]{0,20}(?:[.,;:)\"”—–-]|$)", re.MULTILINE)
_APPROACHED = re.compile(r"(?:contacted|reached|asked)\b")
# Cues, commas and "that" stand between what others said and the whole.
_WHOLE = 0.7
_ACCORDING = re.compile(r"(?:according to|(?:as )?(?:cited|quoted|reported|told) by)$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[a-z]{2})[.!?][”\"]?(?=\s|$)")
_BLOCK = 1000
_LONGEST_CHAIN = 2
_TRADES = frozenset("reporter reporters correspondent journalist journalists editor newspaper media editors".split())


class Relays:
    """The relay chains of one report's attributions; `chains` holds one for each turn.

    Rules read them off each statement's own sentences; a `choice` then weighs them and all other carriers.
    """

    def __init__(self, scene: Scene, turns: Sequence[Turn], choice: Choice | None = None) -> None:
        self.scene = scene
        self.layout = scene.layout
        self.text = scene.text
        self.turns = turns
        self.outer = nesting(turns)
        self._inner, self._alike = _insides(turns, self.outer)
        self.press = Press(scene.text)
        self.chains: dict[Turn, tuple[str, ...]] = {}
        for turn in sorted(turns, key=lambda one: -_length(one.tag)):
            self.chains[turn] = self._chain(turn)
        self._carry()
        if choice is not None and turns:
            self.chains = self._chosen(choice)

    def _chosen(self, choice: Choice) -> dict[Turn, tuple[str, ...]]:
        """The chains as the learned choice finds them: whoever is likely enough, written as the rules do."""
        carriers, settings = self.carriers()
        signs = Signs(self.layout, self.turns, settings, carriers, self.scene.report.outlet)
        found = {}
        for number, turn in enumerate(self.turns):
            chances = {one: choice.chance(signs.of(number, one)) for one in signs.eligible(number)}
            likely = sorted((one for one in chances if chances[one] >= choice.least), key=lambda one: -chances[one])
            found[turn] = self._written(turn, [carriers.found[one].name for one in likely[:_LONGEST_CHAIN]])
        return found

    def _written(self, turn: Turn, names: Sequence[str]) -> tuple[str, ...]:
        """Names in the order of the chain, the rules' own where they name the same."""
        ruled = self.chains[turn]
        told = [next((one for one in ruled if _same(one, name)), name) for name in names]
        ordered = sorted(dict.fromkeys(told), key=lambda name: ruled.index(name) if name in ruled else -1)
        return tuple(name for name in ordered if not _same(name, turn.identity.name))

    def carriers(self) -> tuple[Carriers, dict[Turn, Setting]]:
        """Who may have passed something on in this report, and the setting of each turn for their signs."""
        carriers = Carriers(self.text, self.scene.report.outlet)
        settings = {}
        for turn in self.turns:
            outer = tuple(
                (turn_name(one), _passes_on(one))
                for one in self.outer[turn]
                if one.identity.key != turn.identity.key and not _DENIES.search(self.scene.cue(one.tag))
            )
            settings[turn] = Setting(*self._reach(turn.tag), self.chains[turn], outer)
            for name, sphere in (
                *((one, Sphere.OUTER) for one, _ in outer),
                *((one, Sphere.RULE) for one in self.chains[turn]),
            ):
                if name != UNSTATED:
                    carriers.enter(name, sphere)
        return carriers, settings

    def outer_of(self, turn: Turn) -> tuple[Turn, ...]:
        """The attributions that one only passes on, as outlets and reporters do, or as most of its content."""
        if _DENIES.search(self.scene.cue(turn.tag)):
            return ()
        passing = _passes_on(turn)
        whole = 0.8 * len(hull(turn.tag.content) or Span(0, 1))
        inner = {n for n in self._inner[turn] if passing or _length(self.turns[n].tag) >= whole}
        if passing:
            alike = [(n, self.turns[n]) for n in self._alike[turn.tag.content]]
            inner.update(n for n, one in alike if one is not turn and not _passes_on(one))
        if _ACCORDING.match(self.scene.cue(turn.tag)):
            inner.update(n for n, one in enumerate(self.turns) if self._credits(one, turn))
        return tuple(self.turns[n] for n in sorted(inner))

    def _credits(self, one: Turn, passing: Turn) -> bool:
        """Whether one attribution's words came through another's source, which stands behind them: "A said X, as cited
        by B" tells what A said, through B.
        """
        if one.identity.key == passing.identity.key or not one.tag.source:
            return False
        return turn_name(passing) in self.chains[one] and any_overlap(one.tag.content, passing.tag.content)

    def only_passes_on(self, turn: Turn) -> bool:
        """Whether an outlet or a reporter says nothing but what others said, each credited with it through the outlet.

        Its words are then told by their `relay`, and it is no statement of its own.
        """
        inner = [one for one in self.outer_of(turn) if one.tag.source and one.tag.kind is Kind.SPEECH]
        if not inner or not _passes_on(turn) or any(not self.chains[one] for one in inner):
            return False
        pieces = merged([span for one in inner for span in (*one.tag.source, *one.tag.cue, *one.tag.content)])
        told = sum(_overlap(left, right) for left in pieces for right in turn.tag.content)
        return told >= _WHOLE * _length(turn.tag)

    def _chain(self, turn: Turn) -> tuple[str, ...]:
        around = (
            *self._from_post(turn),
            *self._from_turn_label(turn),
            *self._from_opening(turn),
            *self._from_outer(turn),
        )
        names = (*around, *self._from_sentence(turn))
        kept: list[str] = []
        for name in names:
            if not _same(name, turn.identity.name) and not any(_same(name, other) for other in kept):
                kept.append(name)
        return tuple(kept)

    def _from_post(self, turn: Turn) -> list[str]:
        start = turn.tag.content[0].start
        post = next((one for one in self.scene.report.posts if one.span.start <= start < one.span.end), None)
        return [post.author] if post else self._from_credit(turn)

    def _from_credit(self, turn: Turn) -> list[str]:
        """Who signs the line that a statement stands in, as posts are signed: "… says the mayor — Ann Orla (@orla)"."""
        last = turn.tag.content[-1].end
        end = self.text.find("\n", last)
        match = _CREDIT.search(self.text, last, len(self.text) if end < 0 else end)
        if match is None or (turn.tag.cue and turn.tag.cue[0].overlaps(Span(*match.span("sign")))):
            return []
        return [match["who"].strip()]

    def _from_turn_label(self, turn: Turn) -> list[str]:
        """In a transcript, whose turn it is passes on what others said."""
        label = self.press.label(self.text.rfind("\n", 0, turn.at) + 1) if self.press.labels else None
        if label is None or self.text.rfind("\n", 0, turn.at) + 1 == turn.at:
            return []
        figure = self.scene.cast.find(label.title()) or self.scene.elsewhere.called(label.title())
        return [figure.full if figure else label.title()]

    def _from_opening(self, turn: Turn) -> list[str]:
        """A paragraph that ends in a colon after an outlet's name hands the next paragraph to it."""
        number = self.layout.paragraph(turn.at)
        if not number:
            return []
        start, end = self.layout.paragraph_span(number - 1)
        before = self.text[start:end].strip()
        match = OPENING.search(before) if len(before) < 120 and before.endswith(":") else None
        name = self._relay(match["who"]) if match else None
        return [name] if name else []

    def _from_outer(self, turn: Turn) -> list[str]:
        """What encloses this attribution, the outermost first; a denial of somebody's word does not pass it on."""
        names: list[str] = []
        for one in sorted(self.outer[turn], key=lambda other: -_length(other.tag)):
            if one.identity.key != turn.identity.key and not _DENIES.search(self.scene.cue(one.tag)):
                names.extend((*self.chains.get(one, ()), turn_name(one)))
        return list(dict.fromkeys(names))

    def _from_sentence(self, turn: Turn) -> list[str]:
        start, end = self._reach(turn.tag)
        outer: list[str] = []
        inner: list[str] = []
        for pattern, names in ((REPORTS, outer), (ACCORDING, outer), (TO_OUTLET, inner), (TOLD_PRESS, inner)):
            matches = self.press.within(pattern, start, end)
            found = [(match, self._stated(turn, pattern, match)) for match in matches]
            names.extend(_nearest(found, turn.at) if pattern is REPORTS else [name for _, name in found if name])
        return [*outer, *inner]

    def _stated(self, turn: Turn, pattern: re.Pattern[str], match: re.Match[str]) -> str | None:
        group = "who" if match["who"] else "after"
        at = match.start(group)
        tag = turn.tag
        if _inside(tag, pattern, match, at) or self._other_clause(tag, at):
            return None
        if pattern is TO_OUTLET and not self._mine(turn, match.start()):
            return None
        if pattern is REPORTS and self._is_others_source(turn, at):
            return None
        # A name goes no further than its sentence, whatever capital begins the next one.
        told = _SENTENCE_END.split(" ".join(match[group].split()))[0]
        return self._passed_on(tag, pattern, told)

    def _passed_on(self, tag: Tag, pattern: re.Pattern[str], told: str) -> str | None:
        name = self._relay(told) or self.press.house(told)
        if name:
            return name
        if pattern is TO_OUTLET and _is_call_sign(told):
            return told
        if (
            pattern is ACCORDING
            and told.lower().startswith("the ")
            and told[4:5].islower()
            and not _PRESS_WORDS.search(told)
        ):
            identity, named = described_body(
                self.scene, read_mention(told), tag.cue[0].start if tag.cue else place(tag)
            )
            return identity.name if named else None
        if pattern is TOLD_PRESS:
            return told
        if pattern is REPORTS and _PRESS_WORDS.search(told):
            return told[:1].lower() + told[1:]
        if pattern is ACCORDING and tag.cue and tag.source:
            read = read_mention(told)
            return read.name if read.sort in (Sort.BODY, Sort.PERSON) else None
        return None

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

    def _is_others_source(self, turn: Turn, at: int) -> bool:
        for other in self.turns:
            if other is not turn and any(span.start <= at < span.end for span in other.tag.source):
                return not any_overlap(other.tag.content, turn.tag.content)
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

    def _mine(self, turn: Turn, at: int) -> bool:
        """Whether words like "told the Courier" belong to this attribution: no other source stands between."""
        anchor = (turn.tag.cue or turn.tag.source or turn.tag.content)[0].start
        low, high = sorted((anchor, at))
        return not any(
            low < other.at < high
            and other.tag.source
            and other.identity.key != turn.identity.key
            and other not in self.outer[turn]
            and turn not in self.outer[other]
            for other in self.turns
        )

    def _carry(self) -> None:
        """An interview or a quoting outlet goes on through the next sentences of the same speaker."""
        last: Turn | None = None
        for turn in self.turns:
            chain = self.chains[turn]
            if chain and _CARRIED.search(self.text[slice(*self._reach(turn.tag))]):
                last = turn
            elif last is not None and not chain and self._goes_on(last, turn):
                self.chains[turn] = self.chains[last]
                last = turn

    def _goes_on(self, last: Turn, turn: Turn) -> bool:
        close = self.layout.paragraph(turn.at) - self.layout.paragraph(last.at) <= 2
        return last.identity.key == turn.identity.key and close and turn.mention.sort is not Sort.UNNAMED


def _passes_on(turn: Turn) -> bool:
    return turn.identity.outlet or turn.mention.name in ("reports", "media") or _is_reporter(turn.mention)


def turn_name(turn: Turn) -> str:
    """How a speaker is written in a relay chain."""
    outlet = outlets.outlet_of(turn.mention.body) if turn.identity.kind is PartyKind.PERSON else None
    return f"{outlet} ({turn.identity.name})" if outlet else turn.identity.name


def _is_reporter(mention: Mention) -> bool:
    return bool(_TRADES & set(mention.roles)) or bool(mention.body and outlets.outlet_of(mention.body))


def nesting(turns: Sequence[Turn]) -> dict[Turn, tuple[Turn, ...]]:
    """For each attribution those in whose content its source and content stand."""
    contents = [(turn, hull(turn.tag.content) or Span(0, 1)) for turn in turns]
    wholes = [hull((*turn.tag.source, *turn.tag.content)) or Span(0, 1) for turn in turns]
    # Only what touches the same stretch of text can enclose it: few of a long report's attributions.
    near: dict[int, list[tuple[Turn, Span]]] = {}
    for turn, content in contents:
        for block in range(content.start // _BLOCK, content.end // _BLOCK + 1):
            near.setdefault(block, []).append((turn, content))
    return {
        turn: tuple(
            outer
            for outer, content in near.get(whole.start // _BLOCK, ())
            if content.start <= whole.start and whole.end <= content.end and _holds(outer.tag, turn.tag)
        )
        for turn, whole in zip(turns, wholes, strict=True)
    }


def _insides(
    turns: Sequence[Turn], outer: Mapping[Turn, tuple[Turn, ...]]
) -> tuple[dict[Turn, list[int]], dict[Spans, list[int]]]:
    """The numbers of those that each attribution encloses, and of those with one and the same content."""
    inner: dict[Turn, list[int]] = {turn: [] for turn in turns}
    alike: dict[Spans, list[int]] = {}
    for number, turn in enumerate(turns):
        alike.setdefault(turn.tag.content, []).append(number)
        for one in outer[turn]:
            inner[one].append(number)
    return inner, alike


def _holds(outer: Tag, inner: Tag) -> bool:
    """Whether one attribution's content contains another's source and content."""
    if inner.content == outer.content or (outer.source and outer.source == inner.source):
        return False
    return all_inside((*inner.source, *inner.content), outer.content)


def _inside(tag: Tag, pattern: re.Pattern[str], match: re.Match[str], at: int) -> bool:
    """Whether a name belongs to what is said or to who says it, not to how it came.

    A source may end in ", quoted by the Courier" and a content, marked too wide, in ", the Courier reported".
    """
    source = any(span.start <= at < span.end for span in tag.source)
    if source and (pattern is not TO_OUTLET or match.start() <= tag.source[0].start):
        return True
    if pattern is TO_OUTLET and _APPROACHED.match(match[0]):
        return False
    last = tag.content[-1]
    ends = last.start < at and match.end() >= last.end - 1
    # "They met via the Courier": without a comma it is how something happened, not how it was told.
    according = pattern is ACCORDING and not match[0].lower().startswith("via")
    closing = ends and (according or match.string[: match.start()].rstrip().endswith(","))
    return any(span.start <= at < span.end for span in tag.content) and not closing


def _is_call_sign(told: str) -> bool:
    """Whether "Radio Lorne", "Quay FM" or capital letters that no list knows were told something."""
    if re.match(r"(?:the )?Radio [A-Z]|.+ (?:FM|TV|Radio|Television)$", told):
        return True
    sign = re.match(r"([A-Z]{2,6})(?:['’]s [A-Z].*)?$", told)
    return sign is not None and not bodies.body_of(sign[1]) and not country_of(sign[1]) and not is_title(sign[1])


def _nearest(found: list[tuple[re.Match[str], str | None]], at: int) -> list[str]:
    """The last reporter named before a place, and those behind it with whom a clause ends."""
    before = [name for match, name in found if name and match.start() < at]
    behind = [name for match, name in found if name and match.start() >= at and _ENDS.match(match.string, match.end())]
    return [*before[-1:], *behind]


def merged(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _overlap(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def _length(tag: Tag) -> int:
    return sum(len(span) for span in tag.content)


def _same(left: str, right: str) -> bool:
    ours, theirs = plain(left), plain(right)
    return ours in theirs or theirs in ours
