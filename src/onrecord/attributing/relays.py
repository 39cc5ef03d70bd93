"""Through whom a statement came to its report, from the report's side to the origin's side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.attributing.lexicon import bodies, outlets
from onrecord.attributing.lexicon.places import country_of
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.mentions.tokens import is_title
from onrecord.attributing.outlets.mentions import (
    ACCORDING,
    OPENING,
    REPORTS,
    TO_OUTLET,
    TOLD_PRESS,
    OutletMentions,
    relay_name,
)
from onrecord.attributing.relaying.carriers import Carriers, CarrierType
from onrecord.attributing.relaying.classifier import RelayClassifier
from onrecord.attributing.relaying.features import RelayFeatures, StatementContext
from onrecord.attributing.resolving.context import DocumentContext, ResolvedSource, tag_position
from onrecord.attributing.resolving.naming.identity import UNSTATED, normalize_name
from onrecord.attributing.resolving.organizations import full_outlet, resolve_described_body
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
    """The relay chains of one report's attributions; `chains` holds one for each resolved source.

    Rules read them off each statement's own sentences; a `classifier` then weighs them and all other carriers.
    """

    def __init__(
        self,
        context: DocumentContext,
        resolved_sources: Sequence[ResolvedSource],
        classifier: RelayClassifier | None = None,
    ) -> None:
        self.context = context
        self.segmentation = context.segmentation
        self.text = context.text
        self.resolved_sources = resolved_sources
        self.outer = enclosing_sources(resolved_sources)
        self._inner, self._alike = _enclosed(resolved_sources, self.outer)
        self.outlet_mentions = OutletMentions(context.text)
        self.chains: dict[ResolvedSource, tuple[str, ...]] = {}
        for resolved in sorted(resolved_sources, key=lambda source: -_length(source.tag)):
            self.chains[resolved] = self._chain(resolved)
        self._carry_over()
        if classifier is not None and resolved_sources:
            self.chains = self._classified(classifier)

    def _classified(self, classifier: RelayClassifier) -> dict[ResolvedSource, tuple[str, ...]]:
        """The chains as the classifier finds them: carriers above its threshold, spelled as the rules spell them."""
        carriers, statements = self.carriers()
        features = RelayFeatures(
            self.segmentation, self.resolved_sources, statements, carriers, self.context.report.outlet
        )
        chains = {}
        for number, resolved in enumerate(self.resolved_sources):
            probabilities = {
                carrier: classifier.probability(features.row(number, carrier))
                for carrier in features.candidates(number)
            }
            likely = sorted(
                (carrier for carrier in probabilities if probabilities[carrier] >= classifier.threshold),
                key=lambda carrier: -probabilities[carrier],
            )
            chains[resolved] = self._ordered(
                resolved, [carriers.entries[carrier].name for carrier in likely[:_LONGEST_CHAIN]]
            )
        return chains

    def _ordered(self, resolved: ResolvedSource, names: Sequence[str]) -> tuple[str, ...]:
        """Names in the order of the chain, the rules' own where they name the same."""
        ruled = self.chains[resolved]
        spelled = [next((name for name in ruled if _same(name, candidate)), candidate) for candidate in names]
        ordered = sorted(
            dict.fromkeys(spelled), key=lambda candidate: ruled.index(candidate) if candidate in ruled else -1
        )
        return tuple(candidate for candidate in ordered if not _same(candidate, resolved.identity.name))

    def carriers(self) -> tuple[Carriers, dict[ResolvedSource, StatementContext]]:
        """The carriers of this report, and for each resolved source what their features are computed from."""
        carriers = Carriers(self.text, self.context.report.outlet)
        statements = {}
        for resolved in self.resolved_sources:
            outer = tuple(
                (relay_label(encloser), _passes_on(encloser))
                for encloser in self.outer[resolved]
                if encloser.identity.key != resolved.identity.key and not _DENIES.search(self.context.cue(encloser.tag))
            )
            statements[resolved] = StatementContext(*self._sentence_bounds(resolved.tag), self.chains[resolved], outer)
            for name, carrier_type in (
                *((encloser, CarrierType.OUTER) for encloser, _ in outer),
                *((encloser, CarrierType.RULE) for encloser in self.chains[resolved]),
            ):
                if name != UNSTATED and not carriers.is_own(name):
                    carriers.add(name, carrier_type)
        return carriers, statements

    def outer_of(self, resolved: ResolvedSource) -> tuple[ResolvedSource, ...]:
        """The attributions that one only passes on, as outlets and reporters do, or as most of its content."""
        # A fact check's data says itself whose verdict it is: it passes on nobody's.
        if resolved.tag.act is not None or _DENIES.search(self.context.cue(resolved.tag)):
            return ()
        passing = _passes_on(resolved)
        whole = 0.8 * len(hull(resolved.tag.content) or Span(0, 1))
        inner = {n for n in self._inner[resolved] if passing or _length(self.resolved_sources[n].tag) >= whole}
        if passing:
            alike = [(n, self.resolved_sources[n]) for n in self._alike[resolved.tag.content]]
            inner.update(n for n, other in alike if other is not resolved and not _passes_on(other))
        if _ACCORDING.match(self.context.cue(resolved.tag)):
            inner.update(n for n, other in enumerate(self.resolved_sources) if self._credits(other, resolved))
        return tuple(self.resolved_sources[n] for n in sorted(inner))

    def _credits(self, credited: ResolvedSource, passing: ResolvedSource) -> bool:
        """Whether one attribution's words came through another's source, which stands behind them: "A said X, as cited
        by B" tells what A said, through B.
        """
        if credited.identity.key == passing.identity.key or not credited.tag.source:
            return False
        return relay_label(passing) in self.chains[credited] and any_overlap(credited.tag.content, passing.tag.content)

    def only_passes_on(self, resolved: ResolvedSource) -> bool:
        """Whether an outlet or a reporter says nothing but what others said, each credited with it through the outlet.

        Its words are then told by their `relay`, and it is no statement of its own.
        """
        inner = [source for source in self.outer_of(resolved) if source.tag.source and source.tag.kind is Kind.SPEECH]
        if not inner or not _passes_on(resolved) or any(not self.chains[source] for source in inner):
            return False
        pieces = merge_spans(
            [span for source in inner for span in (*source.tag.source, *source.tag.cue, *source.tag.content)]
        )
        covered = sum(_overlap(left, right) for left in pieces for right in resolved.tag.content)
        return covered >= _WHOLE * _length(resolved.tag)

    def _chain(self, resolved: ResolvedSource) -> tuple[str, ...]:
        around = (
            *self._from_post(resolved),
            *self._from_turn_label(resolved),
            *self._from_opening(resolved),
            *self._from_outer(resolved),
        )
        names = (*around, *self._from_sentence(resolved))
        kept: list[str] = []
        for name in names:
            if not _same(name, resolved.identity.name) and not any(_same(name, other) for other in kept):
                kept.append(name)
        return tuple(kept)

    def _from_post(self, resolved: ResolvedSource) -> list[str]:
        start = resolved.tag.content[0].start
        post = next((item for item in self.context.report.posts if item.span.start <= start < item.span.end), None)
        return [post.author] if post else self._from_credit(resolved)

    def _from_credit(self, resolved: ResolvedSource) -> list[str]:
        """Who signs the line that a statement stands in, as posts are signed: "… says the mayor — Ann Orla (@orla)"."""
        last = resolved.tag.content[-1].end
        end = self.text.find("\n", last)
        match = _CREDIT.search(self.text, last, len(self.text) if end < 0 else end)
        if match is None or (resolved.tag.cue and resolved.tag.cue[0].overlaps(Span(*match.span("sign")))):
            return []
        return [match["who"].strip()]

    def _from_turn_label(self, resolved: ResolvedSource) -> list[str]:
        """In a transcript, whose turn it is passes on what others said."""
        label = (
            self.outlet_mentions.transcript_speaker(self.text.rfind("\n", 0, resolved.at) + 1)
            if self.outlet_mentions.labels
            else None
        )
        if label is None or self.text.rfind("\n", 0, resolved.at) + 1 == resolved.at:
            return []
        person = self.context.person_index.find(label.title()) or self.context.story_people.by_surname(label.title())
        return [person.full_name if person else label.title()]

    def _from_opening(self, resolved: ResolvedSource) -> list[str]:
        """A paragraph that ends in a colon after an outlet's name hands the next paragraph to it."""
        number = self.segmentation.paragraph(resolved.at)
        if not number:
            return []
        start, end = self.segmentation.paragraph_span(number - 1)
        before = self.text[start:end].strip()
        match = OPENING.search(before) if len(before) < 120 and before.endswith(":") else None
        name = self._relay(match["who"]) if match else None
        return [name] if name else []

    def _from_outer(self, resolved: ResolvedSource) -> list[str]:
        """What encloses this attribution, the outermost first; a denial of somebody's word does not pass it on."""
        names: list[str] = []
        for encloser in sorted(self.outer[resolved], key=lambda other: -_length(other.tag)):
            if encloser.identity.key != resolved.identity.key and not _DENIES.search(self.context.cue(encloser.tag)):
                names.extend((*self.chains.get(encloser, ()), relay_label(encloser)))
        return list(dict.fromkeys(names))

    def _from_sentence(self, resolved: ResolvedSource) -> list[str]:
        start, end = self._sentence_bounds(resolved.tag)
        outer: list[str] = []
        inner: list[str] = []
        for pattern, names in ((REPORTS, outer), (ACCORDING, outer), (TO_OUTLET, inner), (TOLD_PRESS, inner)):
            matches = self.outlet_mentions.matches_within(pattern, start, end)
            named = [(match, self._stated(resolved, pattern, match)) for match in matches]
            names.extend(_nearest(named, resolved.at) if pattern is REPORTS else [name for _, name in named if name])
        return [*outer, *inner]

    def _stated(self, resolved: ResolvedSource, pattern: re.Pattern[str], match: re.Match[str]) -> str | None:
        group = "who" if match["who"] else "after"
        at = match.start(group)
        tag = resolved.tag
        if _inside(tag, pattern, match, at) or self._other_clause(tag, at):
            return None
        if pattern is TO_OUTLET and not self._belongs_to(resolved, match.start()):
            return None
        if pattern is REPORTS and self._is_others_source(resolved, at):
            return None
        # A name goes no further than its sentence, whatever capital begins the next one.
        phrase = _SENTENCE_END.split(" ".join(match[group].split()))[0]
        return self._passed_on(tag, pattern, phrase)

    def _passed_on(self, tag: Tag, pattern: re.Pattern[str], phrase: str) -> str | None:
        name = self._relay(phrase) or self.outlet_mentions.introduced_outlet(phrase)
        if name:
            return name
        if pattern is TO_OUTLET and _is_call_sign(phrase):
            return phrase
        if (
            pattern is ACCORDING
            and phrase.lower().startswith("the ")
            and phrase[4:5].islower()
            and not _PRESS_WORDS.search(phrase)
        ):
            identity, named = resolve_described_body(
                self.context, read_mention(phrase), tag.cue[0].start if tag.cue else tag_position(tag)
            )
            return identity.name if named else None
        if pattern is TOLD_PRESS:
            return phrase
        if pattern is REPORTS and _PRESS_WORDS.search(phrase):
            return phrase[:1].lower() + phrase[1:]
        if pattern is ACCORDING and tag.cue and tag.source:
            read = read_mention(phrase)
            return read.name if read.type in (MentionType.BODY, MentionType.PERSON) else None
        return None

    def _relay(self, phrase: str) -> str | None:
        short = re.fullmatch(r"[Tt]he (\w+)", phrase)
        if short and short[1] in outlets.NAME_ENDS:
            full = full_outlet(self.context, short[1])
            return full if full != short[1] else outlets.outlet_of(phrase)
        name = relay_name(phrase)
        return full_outlet(self.context, name) if name else None

    def _other_clause(self, tag: Tag, at: int) -> bool:
        """Whether a semicolon parts a name from this attribution's source and cue."""
        anchor = (tag.cue or tag.source or tag.content)[0].start
        low, high = sorted((anchor, at))
        return ";" in self.text[low:high]

    def _is_others_source(self, resolved: ResolvedSource, at: int) -> bool:
        for other in self.resolved_sources:
            if other is not resolved and any(span.start <= at < span.end for span in other.tag.source):
                return not any_overlap(other.tag.content, resolved.tag.content)
        return False

    def _sentence_bounds(self, tag: Tag) -> tuple[int, int]:
        """The sentences in which source and cue stand, and the rest of the one in which the content ends."""
        around = hull((*tag.source, *tag.cue)) or hull(tag.content) or Span(0, 1)
        start = self.context.sentence_start(around.start)
        end = self.segmentation.sentence_span(self.segmentation.sentence(max(around.start, around.end - 1)))[1]
        last = tag.content[-1]
        if last.start < end < last.end:
            end = self.segmentation.sentence_span(self.segmentation.sentence(last.end - 1))[1]
        return start, end

    def _belongs_to(self, resolved: ResolvedSource, at: int) -> bool:
        """Whether words like "told the Courier" belong to this attribution: no other source stands between."""
        anchor = (resolved.tag.cue or resolved.tag.source or resolved.tag.content)[0].start
        low, high = sorted((anchor, at))
        return not any(
            low < other.at < high
            and other.tag.source
            and other.identity.key != resolved.identity.key
            and other not in self.outer[resolved]
            and resolved not in self.outer[other]
            for other in self.resolved_sources
        )

    def _carry_over(self) -> None:
        """An interview or a quoting outlet goes on through the next sentences of the same speaker."""
        last: ResolvedSource | None = None
        for resolved in self.resolved_sources:
            chain = self.chains[resolved]
            if chain and _CARRIED.search(self.text[slice(*self._sentence_bounds(resolved.tag))]):
                last = resolved
            elif last is not None and not chain and self._goes_on(last, resolved):
                self.chains[resolved] = self.chains[last]
                last = resolved

    def _goes_on(self, last: ResolvedSource, resolved: ResolvedSource) -> bool:
        close = self.segmentation.paragraph(resolved.at) - self.segmentation.paragraph(last.at) <= 2
        return last.identity.key == resolved.identity.key and close and resolved.mention.type is not MentionType.UNNAMED


def _passes_on(resolved: ResolvedSource) -> bool:
    return resolved.identity.outlet or resolved.mention.name in ("reports", "media") or _is_reporter(resolved.mention)


def relay_label(resolved: ResolvedSource) -> str:
    """How a speaker is written in a relay chain."""
    outlet = outlets.outlet_of(resolved.mention.body) if resolved.identity.kind is PartyKind.PERSON else None
    return f"{outlet} ({resolved.identity.name})" if outlet else resolved.identity.name


def _is_reporter(mention: Mention) -> bool:
    return bool(_TRADES & set(mention.roles)) or bool(mention.body and outlets.outlet_of(mention.body))


def enclosing_sources(resolved_sources: Sequence[ResolvedSource]) -> dict[ResolvedSource, tuple[ResolvedSource, ...]]:
    """For each attribution those in whose content its source and content stand."""
    contents = [(resolved, hull(resolved.tag.content) or Span(0, 1)) for resolved in resolved_sources]
    wholes = [hull((*resolved.tag.source, *resolved.tag.content)) or Span(0, 1) for resolved in resolved_sources]
    # Only what touches the same stretch of text can enclose it: few of a long report's attributions.
    near: dict[int, list[tuple[ResolvedSource, Span]]] = {}
    for resolved, content in contents:
        for block in range(content.start // _BLOCK, content.end // _BLOCK + 1):
            near.setdefault(block, []).append((resolved, content))
    return {
        resolved: tuple(
            outer
            for outer, content in near.get(whole.start // _BLOCK, ())
            if content.start <= whole.start and whole.end <= content.end and _holds(outer.tag, resolved.tag)
        )
        for resolved, whole in zip(resolved_sources, wholes, strict=True)
    }


def _enclosed(
    resolved_sources: Sequence[ResolvedSource], outer: Mapping[ResolvedSource, tuple[ResolvedSource, ...]]
) -> tuple[dict[ResolvedSource, list[int]], dict[Spans, list[int]]]:
    """The numbers of those that each attribution encloses, and of those with one and the same content."""
    inner: dict[ResolvedSource, list[int]] = {resolved: [] for resolved in resolved_sources}
    alike: dict[Spans, list[int]] = {}
    for number, resolved in enumerate(resolved_sources):
        alike.setdefault(resolved.tag.content, []).append(number)
        for encloser in outer[resolved]:
            inner[encloser].append(number)
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


def _is_call_sign(phrase: str) -> bool:
    """Whether "Radio Lorne", "Quay FM" or capital letters that no list knows were told something."""
    if re.match(r"(?:the )?Radio [A-Z]|.+ (?:FM|TV|Radio|Television)$", phrase):
        return True
    sign = re.match(r"([A-Z]{2,6})(?:['’]s [A-Z].*)?$", phrase)
    return sign is not None and not bodies.body_of(sign[1]) and not country_of(sign[1]) and not is_title(sign[1])


def _nearest(named: list[tuple[re.Match[str], str | None]], at: int) -> list[str]:
    """The last reporter named before a place, and those behind it with whom a clause ends."""
    before = [name for match, name in named if name and match.start() < at]
    behind = [name for match, name in named if name and match.start() >= at and _ENDS.match(match.string, match.end())]
    return [*before[-1:], *behind]


def merge_spans(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _overlap(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def _length(tag: Tag) -> int:
    return sum(len(span) for span in tag.content)


def _same(left: str, right: str) -> bool:
    ours, theirs = normalize_name(left), normalize_name(right)
    return ours in theirs or theirs in ours
