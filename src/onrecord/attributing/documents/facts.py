"""The facts of one report on one document: author, addressee, date, status and the way it came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.attributing.documents.clauses import clause_end, is_pronoun, phrase_from, subject_before, trimmed
from onrecord.attributing.documents.holders import Holder, Statements
from onrecord.attributing.documents.mentions import Named
from onrecord.attributing.documents.predicates import Predicate, predicates
from onrecord.attributing.lexicon.documents import MODIFIERS, PARTICIPLES, PREDICATES
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import DENIAL
from onrecord.datamodel.document import DocumentFact, FactKind
from onrecord.datamodel.span import Span

_MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|"
    r"\.)?|Sept?(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_YEAR = r"(?:1[89]|20)\d\d"
DATE = re.compile(
    rf"(?:\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?(?:\s[A-Z]{{2,4}})? on )?(?:{_WEEKDAY},? )?"
    rf"(?:{_MONTHS} {_DAY}(?:,? {_YEAR})?|{_DAY} (?:of )?{_MONTHS}(?:,? {_YEAR})?|"
    rf"{_MONTHS},? {_YEAR}|(?:the )?{_YEAR}s?)\b",
    re.IGNORECASE,
)
_DATED = re.compile(rf"\s*,?\s*(?:which\s+(?:is|was)\s+)?(?:dated|from|of)\s+(?P<date>{DATE.pattern})", re.IGNORECASE)
_IS_DATED = re.compile(rf"\bdated\s+(?P<date>{DATE.pattern})", re.IGNORECASE)
_FROM = re.compile(
    r"[”\"’]?\s+(?:from|by|signed by|written by|sent by|penned by)\s+(?=[A-Z“]|then |the |an? |its |his |her )"
)
_WAS_FROM = re.compile(
    r"(?:,[^.;]{3,160},)?\s+(?:is|was|came|comes)\s+(?:purportedly |apparently |"
    r"reportedly )?(?:from|by)\s+(?=[A-Z]|the |an? )"
)
_TO = re.compile(
    r"[”\"’]?(?:\s+from\s+(?:then )?[\w-]*\s?[A-Z][^,.;:]{1,50}?)?\s+(?:to|"
    r"for(?= all))\s+(?=[A-Z]|the (?!extent)\w|(?:\w+,? ){0,4}(?:parents|staff|employees|"
    r"students|colleagues|readers|members|residents|customers|shareholders|friends|teachers|"
    r"officials|officers)\b|(?:his|her|its|their|all) \w)"
)
_ADDRESSED = re.compile(r"\baddressed\s+to\s+|\baddressed\s+(?=[“\"]To\b)")
_TITLE = re.compile(r"\b[A-Z][\w.’'-]+$")
_COPULA = (
    r"(?:is|was|are|were|be|been|remains?|call(?:s|ed)?(?: (?:it|(?:the |this )?(?:document|"
    r"letter|memo|video|recording|draft)))?|"
    r"dubbed(?: it)?|describ\w+(?: it)? as)"
)
_WHAT = rf"[“\"'‘]?(?P<what>(?:\w+\s+)?(?:{'|'.join(PREDICATES)}))\b[”\"'’,]*"
_CALLED = re.compile(
    rf"\b{_COPULA}\s+(?:only |just |merely |probably |not )?[“\"'‘]?(?:an?\s+|the\s+)?{_WHAT}", re.IGNORECASE
)
_AND_CALLED = re.compile(rf"\s*(?:and|or|but)\s+(?:an?\s+)?{_WHAT}", re.IGNORECASE)
_SHOULD_NOT = re.compile(
    rf"\b(?:(?:should|must)(?:\s+not|\s+never|n['’]t)\s+(?:have\s+)?been\s+|(?:was|were)(?:\s+not|"
    rf"\s+never|n['’]t)\s+(?:to be\s+)?|"
    rf"(?:had|has|have)(?:\s+not|\s+never|n['’]t)\s+been\s+)"
    rf"(?:\w+ly\s+)?(?:{'|'.join(sorted(PARTICIPLES))})\b",
    re.IGNORECASE,
)
_NO_STATUS = re.compile(r"\b(?:has|had|have) no (?:\w+ )?(?:status|standing|validity|force)\b(?: whatsoever)?")
_IS_AUTHOR = re.compile(r"\s+(?:is|was|be)\s+(?:named as\s+)?(?:the|its)\s+author\b")
_RUMOURED = re.compile(
    r"\b(?:purportedly|allegedly|supposedly|reportedly|apparently|purported to|alleged to|"
    r"believed to|thought to|said to have)\b"
)
_VIRAL = re.compile(
    r"\b(?:went|gone|going|goes) viral\b|\b(?:been )?(?:making|made|makes) (?:the rounds|laps|waves)(?: \w+){0,3}|"
    r"\bshared widely\b|"
    r"\b(?:spread|circulat\w+) (?:\w+ )?(?:online|widely|on the internet|on social media|on \w+)\b",
    re.IGNORECASE,
)
# "confirmed the authenticity of the letter from a source": the source is no author.
_COMES = re.compile(r"\b(?:of|confirm\w*|learn\w*|hear[sd]?|got|copy|copies) $")
# What is asked, or what somebody would not say, is told by nobody.
_UNSETTLED = re.compile(
    r"\b(?:whether|if|refus\w+ to say|would not say|declin\w+ to say|(?:not|un)clear|n['’]t know|"
    r"no idea|who|asked)\b[^.;“”\"]*$"
)
_PRONOUN = re.compile(r"\b(?:[Ii]t|[Tt]his|[Tt]hat)\b")
# "The author" by itself is that of the document named so many characters before it at most.
_REACH = 600
# What stands further off in one sentence is not read together.
_LONGEST = 700
# So far behind a mention its own participles are looked for ("dated ...", "addressed to ...").
_AHEAD = 260
_STATUS_FRAMES = frozenset({"leak", "circulate", "withdraw", "sign"})
_ROUTE_FRAMES = frozenset({"obtain", "publish", "deliver", "leak", "circulate", "send"})


class Reading:
    """One report with the mentions of one document in it."""

    def __init__(self, report: str, layout: Segmentation, mentions: Sequence[Named], statements: Statements) -> None:
        self.report = report
        self.layout = layout
        self.text = layout.text
        self.mentions = mentions
        self.statements = statements

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence at a place; of a very long one, what stands near the place."""
        start, end = self.layout.sentence_span(self.layout.sentence(at))
        return max(start, at - _LONGEST), min(end, at + _LONGEST)

    def fact(self, kind: FactKind, span: Span | None, holder: Holder | None = None) -> Iterator[DocumentFact]:
        """The fact, where there are words for it."""
        if span is not None:
            who = holder or self.statements.by(span)
            yield DocumentFact(
                kind=kind,
                report=self.report,
                span=span,
                attribution=who.attribution,
                speaker=who.speaker,
                holder=who.words,
            )

    def pronouns(self, reach: int = 1) -> Iterator[Span]:
        """Each "it" that may take up the document: behind a mention in its sentence, or in so many after it."""
        for before, after in zip(self.mentions, (*self.mentions[1:], None), strict=True):
            number = self.layout.sentence(before.at)
            last = self.layout.sentence_span(min(number + reach, len(self.layout.sentences) - 1))[1]
            stop = min(last, after.span.start) if after else last
            for found in _PRONOUN.finditer(self.text, before.span.end, stop):
                yield Span(found.start(), found.end())


def facts(reading: Reading) -> Iterator[DocumentFact]:
    """All facts but those on authenticity."""
    for one in reading.mentions:
        bounds = reading.sentence(one.at)
        yield from _in_phrase(reading, one)
        yield from _behind(reading, one, bounds)
        for done in predicates(reading.text, one.span, bounds):
            if done.agent and any(other.span.overlaps(done.agent) for other in reading.mentions):
                continue
            yield from _of_predicate(reading, done)
            if done.frame == "send" and done.active and one.indefinite and "text" in one.families:
                yield from _author(reading, done)
    for pronoun in reading.pronouns():
        yield from _of_pronoun(reading, pronoun)
    yield from _called(reading)
    for found in _IS_AUTHOR.finditer(reading.text):
        if any(0 < found.start() - one.at < _REACH for one in reading.mentions) and not _unsettled(
            reading, found.start()
        ):
            start = reading.sentence(found.start())[0]
            yield from reading.fact(FactKind.AUTHOR, subject_before(reading.text, start, found.start() + 1))


def _in_phrase(reading: Reading, one: Named) -> Iterator[DocumentFact]:
    """What the modifiers before the noun tell: its status and its year."""
    for word, span in one.modifiers:
        if word in MODIFIERS:
            holder = None if reading.statements.quoted(span) else Holder()
            yield from reading.fact(FactKind.STATUS, span, holder)
        if re.fullmatch(_YEAR, word):
            yield from reading.fact(FactKind.DATE, span)


def _behind(reading: Reading, one: Named, bounds: tuple[int, int]) -> Iterator[DocumentFact]:
    """What follows the noun: dated when, from whom, to whom."""
    text, at, end = reading.text, one.span.end, bounds[1]
    dated = _DATED.match(text, at, end) or _IS_DATED.search(text, at, min(end, at + _AHEAD))
    if dated:
        yield from reading.fact(FactKind.DATE, Span(dated.start("date"), dated.end("date")))
    else:
        source = _FROM.match(text, at, end) or _WAS_FROM.match(text, at, end)
        if (
            source
            and not DATE.match(text, source.end())
            and not _unsettled(reading, source.start())
            and not _COMES.search(text, bounds[0], one.span.start)
        ):
            yield from reading.fact(FactKind.AUTHOR, phrase_from(text, source.end(), end))
    to = _TO.match(text, at, end) if "text" in one.families else None
    if to:
        yield from reading.fact(FactKind.ADDRESSEE, phrase_from(text, to.end(), end))
    addressed = _ADDRESSED.search(text, at, min(end, at + _AHEAD))
    if addressed:
        yield from reading.fact(FactKind.ADDRESSEE, phrase_from(text, addressed.end(), end))


def _of_predicate(reading: Reading, done: Predicate) -> Iterator[DocumentFact]:
    """The facts that what was done to the document tells."""
    if _unsettled(reading, done.span.start):
        return
    negated = done.negated and done.frame in _STATUS_FRAMES | {"publish", "send", "deliver"}
    if (done.frame in _STATUS_FRAMES and not done.active) or negated or _irreal(reading, done):
        yield from reading.fact(FactKind.STATUS, done.span)
    if done.negated or _denied(reading, done.verb):
        return
    if done.frame in ("create", "sign"):
        yield from _author(reading, done)
    if done.frame in ("create", "sign", "send"):
        found = DATE.search(reading.text, done.verb.end, done.verb.end + 60)
        if found and not re.search(r"[.;]\s|\n", reading.text[done.verb.end : found.start()]):
            yield from reading.fact(FactKind.DATE, Span(*found.span()))
    if done.frame in ("create", "send") and done.recipient:
        yield from reading.fact(FactKind.ADDRESSEE, done.recipient)
    if done.frame in _ROUTE_FRAMES and "address" not in done.verb.of(reading.text) and not _irreal(reading, done):
        yield from reading.fact(FactKind.ROUTE, done.span)


def _unsettled(reading: Reading, at: int) -> bool:
    """Whether what stands at a place is only asked or left open in its sentence."""
    start, end = reading.sentence(at)
    asked = _UNSETTLED.search(reading.text, start, at)
    relative = (
        asked
        and asked[0].startswith("who")
        and not re.search(r"\b(?:say|know|clear|asked)\s+$", reading.text[:at][-400 : asked.start() - at])
    )
    return reading.text[:end].rstrip().endswith("?") or bool(asked and not relative)


def _denied(reading: Reading, span: Span) -> bool:
    """Whether somebody denies what stands there."""
    covering = reading.statements.covering(span)
    return covering is not None and covering.act in DENIAL


def _irreal(reading: Reading, done: Predicate) -> bool:
    """Whether it only should have been done or was being done: that is a status."""
    told = reading.text[done.span.start : done.verb.start]
    return bool(re.search(r"\b(?:should|being|must|yet)\b", told)) and not done.active


def _author(reading: Reading, done: Predicate) -> Iterator[DocumentFact]:
    agent = done.agent
    if agent is None:
        return
    words = agent.of(reading.text)
    covering = reading.statements.covering(done.verb)
    if is_pronoun(words):
        quoted = reading.statements.quoted(done.verb)
        own = words.lower() == "i" if quoted else words.lower() in ("he", "she")
        if covering and covering.source and own:
            yield from reading.fact(FactKind.AUTHOR, covering.source[0], Holder(covering.id, covering.speaker))
        return
    if len(words) > 2 and not words.lower().startswith(("who ", "what ", "which ")):
        yield from reading.fact(FactKind.AUTHOR, agent)


def _of_pronoun(reading: Reading, pronoun: Span) -> Iterator[DocumentFact]:
    """What is done to an "it" that takes the document up: published, obtained, leaked, written."""
    bounds = reading.sentence(pronoun.start)
    for done in predicates(reading.text, pronoun, bounds):
        taken_up = done.frame in ("publish", "obtain", "leak", "circulate", "sign", "create", "send")
        as_object = done.active and reading.text[pronoun.start : pronoun.end] != "it"
        if taken_up and not as_object and not (done.frame == "obtain" and done.active):
            yield from _of_predicate(reading, done)


def _called(reading: Reading) -> Iterator[DocumentFact]:
    """What it is said to be ("a draft", "a mistake"), and that it goes round."""
    text = reading.text
    for start, end in _near(reading):
        for called in _CALLED.finditer(text, start, end):
            what: re.Match[str] | None = called
            while what:
                yield from reading.fact(FactKind.STATUS, trimmed(text, what.start("what"), what.end("what")))
                what = _AND_CALLED.match(text, what.end(), end)
        for none in _NO_STATUS.finditer(text, start, end):
            yield from reading.fact(FactKind.STATUS, Span(*none.span()))
        for never in _SHOULD_NOT.finditer(text, start, end):
            if reading.statements.covering(Span(*never.span())):
                yield from reading.fact(FactKind.STATUS, Span(*never.span()))
        for found in _VIRAL.finditer(text, start, end):
            yield from reading.fact(
                FactKind.STATUS,
                trimmed(text, *found.span()),
                Holder() if not reading.statements.covering(Span(*found.span())) else None,
            )
    for one in reading.mentions:
        yield from _rumoured(reading, one)


def _near(reading: Reading) -> list[tuple[int, int]]:
    """The sentences that name the document, and those that call an "it" something soon after."""
    found = {reading.sentence(one.at) for one in reading.mentions}
    for pronoun in reading.pronouns(reach=4):
        start, end = reading.sentence(pronoun.start)
        called = _CALLED.match(reading.text, pronoun.end + 1, end) or _CALLED.match(
            reading.text, max(start, pronoun.start - 7), end
        )
        if called:
            found.add((start, end))
    return sorted(found)


def _rumoured(reading: Reading, one: Named) -> Iterator[DocumentFact]:
    """ "A letter that supposedly came with the boxes": words of hearsay right behind the mention."""
    _, end = reading.sentence(one.at)
    last = min(end, clause_end(reading.text, one.span.end + 1, end), one.span.end + 60)
    stretch = re.compile(r"\s*,?\s*(?:(?:which|that|is|was)\s+){0,2}" + _RUMOURED.pattern)
    found = stretch.match(reading.text, one.span.end, max(last, one.span.end + 1) + 30)
    if found:
        word = _RUMOURED.search(reading.text, one.span.end, found.end())
        if word:
            span = Span(*word.span())
            yield from reading.fact(FactKind.STATUS, span, None if reading.statements.quoted(span) else Holder())
