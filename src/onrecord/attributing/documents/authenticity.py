"""Who vouches for a document, who doubts it, who could not tell and who would not say, with the words for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.attributing.documents.clauses import is_pronoun, phrase_from, subject_before, trimmed
from onrecord.attributing.documents.facts import Reading
from onrecord.attributing.documents.holders import Holder
from onrecord.datamodel.attribution import Act
from onrecord.datamodel.document import DocumentFact, FactKind
from onrecord.datamodel.span import Span

_NOUN = re.compile(r"\b(?:authenticity|legitimacy|veracity|genuineness|validity|provenance|accuracy)\b", re.IGNORECASE)
_BOUND = frozenset({"authenticity", "legitimacy", "veracity", "genuineness"})
_STRONG = r"authentic|inauthentic|a hoax|a forgery|forged|a fabrication|fabricated|doctored|photoshopped|bogus|a fraud"
_WEAK = r"genuine|real|legitimate|legit|fake|a fake|credible|consistent with [\w’' ]+|true(?! that)|accurate"
_ADJECTIVE = re.compile(
    rf"\b(?:{_STRONG}|{_WEAK})\b(?!\s+(?:estate|deal|name|time|life|people|reason|issue|question))", re.IGNORECASE
)
_AGAINST_WORDS = re.compile(
    r"\b(?:inauthentic|hoax|forgery|forged|fabricat\w+|fraud|doctored|photoshopped|bogus|fake)\b", re.IGNORECASE
)
_COPULA = re.compile(
    r"(?:\b(?:is|was|are|were|be|been|being|as|appears?|appeared|seems?|seemed|looks?|looked|"
    r"finds? it|found it|call(?:s|ed)? (?:it|(?:the )?\w+)|dubbed it)|['’]s)"
    r"(?P<between>(?:\s+(?:to be|indeed|probably|likely|almost|quite|easily|very|really|entirely|"
    r"absolutely|certainly|"
    r"actually|not|n['’]t|definitely|completely|100%|in fact))*\s+[\"“‘']?(?:\w+ly[\"”’']?\s+)?)$",
    re.IGNORECASE,
)
_VERIFY = re.compile(
    r"\b(?:verif(?:y|ied|ies|ying)|authenticat(?:e|ed|es|ing)|vouch(?:ed|es|ing)? for)\b", re.IGNORECASE
)
_CONFIRM = re.compile(r"\bconfirm(?:ed|s|ing)?\b", re.IGNORECASE)
_NO_COMMENT = re.compile(
    r"\b(?:declin\w+|refus\w+|would(?: not|n['’]t)|will not|won['’]t|did(?: not|n['’]t)|has not|"
    r"had not|have not|not (?:immediately )?available|"
    r"unavailable|neither)\b[^.;]{0,60}?\b(?:comment\w*|say|discuss\w*|respon\w+|answer\w*|"
    r"confirm\w*(?: n?or)|available)\b|\bno comment\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:could(?: not|n['’]t)|can(?: ?not|['’]t)|unable to|not able to|did(?: not|n['’]t)|"
    r"do(?:es)?(?: not|n['’]t)|has not|have not|had not|not|never|"
    r"without|yet to|awaiting)\b[^.;,]{0,50}?\b(?:verif\w+|confirm\w*|authenticat\w+|know|"
    r"establish\w*|determin\w+|independent\w* \w+)\b|"
    r"\b(?:unsure|unclear|unknown|uncertain|unverified|unconfirmed)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:question(?:s|ed|ing)?\b(?! of)|called? into question|calling into question|doubt(?:s|"
    r"ed|ing)?|s[kc]eptical|s[kc]eptics?|"
    r"qualms|disput(?:e|es|ed|ing)|cast doubt|challeng\w+|den(?:y|ied|ies|ying)|suspicio\w+|rais\w+ questions)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:verif\w+|confirm\w*|authenticat\w+|vouch\w*|attest\w*|acknowledg\w+|admit\w*|certif\w+|"
    r"prove[sdn]?|establish\w*|swear\w*|swore)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:swears?|swore|believes?|believed|thinks?|thought|felt|insists?|insisted|says?|said|"
    r"is sure|was sure|were sure|is certain|was certain|"
    r"confirms?|confirmed|maintains?|maintained|concluded|claims?|claimed|told|verif(?:y|ied|ies)|"
    r"dismissed|described|identified)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|should|once|assuming)\s+(?:[\w’']+(?:\s+|$)){0,5}$", re.IGNORECASE)
_WHETHER = re.compile(r"\bwhether\b[^.;]{0,60}$", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"(?:(?:\w+ )?\w+n['’]t know|not know|(?:trying to )?figur\w+ out|(?:trying to )?find\w* out|"
    r"no idea|unaware)[”\"’',]{0,2}\s+"
    r"(?:what|where|whether|who)\b(?P<what>[^.;,\"”]{1,40})",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|this|that|which)\s*$", re.IGNORECASE)
_ITS = re.compile(r"\b(?:its|their)\s+(?:\w+\s+)?$", re.IGNORECASE)
_THIS = re.compile(r"(?:this|it|that)\b")
_BY = re.compile(r"\bby\s+(?!\w+ing\b)")
_PASSIVE = re.compile(
    r"\b(?:be|been|was|were|is|are|being)\s+(?:\w+ly\s+)?(?:verified|authenticated|confirmed|"
    r"questioned|challenged|disputed)\s+$"
)
_FROM = re.compile(r"\s+from\s+[“\"]?(?=an? |the |[A-Z])")
_CONDITIONAL_SPAN = 40
# "The legitimacy" by itself is that of the document named so many characters before it at most.
_REACH = 600


def authenticity(reading: Reading) -> Iterator[DocumentFact]:
    """The facts on whether the document is what it is taken for; one for each place that tells it."""
    made: list[DocumentFact] = []
    for fact in _all(reading):
        if not any(fact.span.overlaps(other.span) and fact.report == other.report for other in made):
            made.append(fact)
    yield from made


def _all(reading: Reading) -> Iterator[DocumentFact]:
    for start, end in _places(reading):
        if reading.text[:end].rstrip().endswith("?"):
            continue
        yield from _by_nouns(reading, start, end)
        yield from _by_verbs(reading, start, end)
        yield from _by_adjectives(reading, start, end)
        yield from _unknown(reading, start, end)
        yield from _asked(reading, start, end)
    yield from _no_comments(reading)


def _places(reading: Reading) -> list[tuple[int, int]]:
    """The sentences that name the document, and those right behind them in one paragraph that name no other."""
    layout = reading.layout
    found = set()
    for one in reading.mentions:
        number = layout.sentence(one.at)
        found.add(reading.sentence(one.at))
        if number + 1 < len(layout.sentences):
            after = reading.sentence(layout.sentences[number + 1])
            if layout.paragraph(after[0]) == layout.paragraph(one.at) or after[0] - one.at < 300:
                found.add(after)
    for noun in _NOUN.finditer(reading.text):
        if any(0 < noun.start() - one.at < _REACH for one in reading.mentions):
            found.add(reading.sentence(noun.start()))
    return sorted(found)


def _mention_at(reading: Reading, start: int, end: int) -> bool:
    return any(start <= one.at < end for one in reading.mentions)


def _by_nouns(reading: Reading, start: int, end: int) -> Iterator[DocumentFact]:
    """ "confirmed the authenticity of the letter", "its legitimacy was questioned"."""
    text = reading.text
    for found in _NOUN.finditer(text, start, end):
        behind = re.compile(r"\s+of\s+").match(text, found.end(), end)
        own = behind and _mention_at(reading, behind.end(), min(end, behind.end() + 60))
        owner = any(0 <= found.start() - one.span.end <= 4 for one in reading.mentions if one.span.end <= found.start())
        of_it = behind and not own and _THIS.match(text, behind.end())
        bare = not behind and found[0].lower() in _BOUND
        taken = bare or of_it or _ITS.search(text, start, found.start())
        if not (own or owner or taken):
            continue
        if _conditional(text, start, found.start()):
            continue
        clause = _clause(text, start, end, found.start())
        yield from _judged(reading, clause, Span(*found.span()), (start, end))


def _conditional(text: str, start: int, at: int) -> bool:
    return bool(_IF.search(text, max(start, at - _CONDITIONAL_SPAN), at))


_CLAUSE_MARK = re.compile(
    r",\s(?=(?:was|were|is|has|had)\s)|[.!?][”\"](?=[A-Z])|\s(?:and|though|although)\s(?=[A-Z])|"
    r"[;:]\s|,\s+(?:and|but|though|although|while|with)\s|\s(?:but|although)\s|[“”\"]\s|\s[“\"]|"
    r",\s(?=(?:which|who)\b)"
)


def _clause(text: str, start: int, end: int, at: int) -> Span:
    """The clause around a place: between the marks before and behind it."""
    begin, stop = start, end
    for mark in _CLAUSE_MARK.finditer(text, start, end):
        if mark.end() <= at:
            begin = mark.end()
        elif mark.start() > at:
            stop = mark.start()
            break
    return trimmed(text, begin, stop) or Span(at, at + 1)


def _side(words: str) -> Act | None:
    """Which side a clause takes that speaks of authenticity; None where it takes none."""
    if _NO_COMMENT.search(words):
        return Act.NO_COMMENT
    if _OPEN.search(words):
        return Act.NOT_CONFIRMED
    if _DOUBT.search(words):
        return Act.DENIES
    return Act.CONFIRMS if _FOR.search(words) else None


def _judged(reading: Reading, clause: Span, trigger: Span, sentence: tuple[int, int]) -> Iterator[DocumentFact]:
    """What a clause says of the trigger in it, and who says so."""
    text = reading.text
    words = clause.of(text)
    side = _side(words)
    if side is None:
        return
    pattern = {Act.NO_COMMENT: _NO_COMMENT, Act.NOT_CONFIRMED: _OPEN, Act.DENIES: _DOUBT, Act.CONFIRMS: _FOR}[side]
    verb = pattern.search(text, clause.start, clause.end)
    if verb is None:
        return
    yield _fact(reading, clause, side, _who(reading, Span(*verb.span()), trigger, clause, sentence))


def _fact(reading: Reading, span: Span, side: Act, who: Holder) -> DocumentFact:
    return DocumentFact(
        kind=FactKind.AUTHENTICITY,
        report=reading.report,
        span=span,
        stance=side,
        attribution=who.attribution,
        speaker=who.speaker,
        holder=who.words,
    )


def _who(reading: Reading, verb: Span, trigger: Span, clause: Span, sentence: tuple[int, int]) -> Holder:
    """Who does what the verb says: an agent behind "by", the subject before it, or whose statement it stands in."""
    text, statements = reading.text, reading.statements
    last = max(verb.end, trigger.end)
    source = _FROM.search(text, verb.end, min(sentence[1], trigger.end + 60))
    by = _BY.search(text, verb.end, clause.end)
    tried = verb.of(text).lower().startswith(("could", "can")) or not _OPEN.match(text, verb.start)
    if by and by.start() - last < 30 and tried:
        phrase = phrase_from(text, by.end(), sentence[1])
        if phrase and _PASSIVE.search(text, clause.start, by.start()):
            return statements.named(phrase, verb)
    told = statements.told_by(verb)
    if source and _FOR.match(text, verb.start):
        phrase = phrase_from(text, source.end(), sentence[1])
        if phrase:
            return statements.named(phrase, verb)
    if told:
        return Holder(told.id, told.speaker)
    if verb.start > trigger.start:
        # A passive without an agent: nobody is named.
        return statements.by(trigger)
    return _subject(reading, verb, trigger, sentence)


def _subject(reading: Reading, verb: Span, trigger: Span, sentence: tuple[int, int]) -> Holder:
    text, statements = reading.text, reading.statements
    around = statements.covering(verb)
    begin = max(sentence[0], around.content[0].start) if around else sentence[0]
    subject = subject_before(text, begin, verb.start)
    if subject is None:
        return statements.by(trigger)
    words = subject.of(text)
    if is_pronoun(words) or words.lower() in ("this", "which", "that"):
        if around is None:
            return Holder(None, None, (subject,)) if words.lower() in ("he", "she", "they") else statements.by(trigger)
        own = re.split(r"['’]", words.lower())[0] in ("i", "we") or not statements.quoted(verb)
        if own:
            return Holder(around.id, around.speaker)
        named = _antecedent(text, begin, subject.start)
        return Holder(around.id, None, (named or subject,))
    existential = words.lower().startswith(("there", "what ", "it "))
    if around and words.lower().startswith(("we ", "i ")):
        return Holder(around.id, around.speaker)
    if any(one.span.overlaps(subject) for one in reading.mentions) or not words[0].isalpha() or existential:
        return statements.by(trigger)
    return statements.named(subject, verb)


_NOUN_PHRASE = re.compile(r"\b(?:the|an?)\s+[\w’-]+(?:\s+(?!who|that|which|is|was|has|had)[\w’-]+){0,3}", re.IGNORECASE)


def _antecedent(text: str, start: int, end: int) -> Span | None:
    """The first noun phrase before a pronoun in what somebody says."""
    found = _NOUN_PHRASE.search(text, start, end)
    return Span(*found.span()) if found else None


def _by_verbs(reading: Reading, start: int, end: int) -> Iterator[DocumentFact]:
    """ "verified the recording", "could not be verified", "the letter had been confirmed by"."""
    text = reading.text
    for found in _VERIFY.finditer(text, start, end):
        clause = _clause(text, start, end, found.start())
        if _NOUN.search(clause.of(text)) or _conditional(text, start, found.start()):
            continue
        object_of = _mention_at(reading, found.end(), clause.end) or _pronoun_object(text, found.end(), end)
        if object_of or _passive_of(reading, start, found.start()):
            yield from _judged(reading, clause, Span(*found.span()), (start, end))
    for found in _CONFIRM.finditer(text, start, end):
        before = text[max(start, found.start() - 40) : found.start()]
        passive = re.search(r"\b(?:was|been|not|be|is)\s+(?:\w+ly\s+)?$", before)
        if passive and _passive_of(reading, start, found.start()):
            clause = _clause(text, start, end, found.start())
            yield from _judged(reading, clause, Span(*found.span()), (start, end))


def _passive_of(reading: Reading, start: int, verb: int) -> bool:
    """Whether a mention in the sentence is the subject of the passive verb at a place."""
    before = (one for one in reading.mentions if start <= one.at and max(start, verb - 200) < one.span.end <= verb)
    return any(_leads_to(reading.text, one.span.end, verb) for one in before)


def _leads_to(text: str, at: int, verb: int) -> bool:
    """Whether what ends at a place is the subject of a passive verb: no other finite clause lies between."""
    between = text[at:verb]
    return bool(
        re.fullmatch(
            r"(?:,?\s*(?:which|that)\b[^.;]{0,120}?(?:\b(?:although|though|but|and)\b|"
            r",))?\s*,?\s*(?:could|can|had|has|have|was|is|were|been|could|not|n['’]t|cannot|be|yet|\s|"
            r"\w+ly)*",
            between,
        )
    )


def _pronoun_object(text: str, at: int, end: int) -> bool:
    return bool(re.compile(r"\s+(?:it|this)\b").match(text, at, end))


def _by_adjectives(reading: Reading, start: int, end: int) -> Iterator[DocumentFact]:
    """ "the document is real", "it was a forgery", "whether it was genuine"."""
    text = reading.text
    for found in _ADJECTIVE.finditer(text, start, end):
        copula = _COPULA.search(text, start, found.start())
        if copula is None or not _of_document(reading, start, copula.start(), found[0]):
            continue
        if _conditional(text, start, copula.start()):
            continue
        clause = _clause(text, start, end, found.start())
        whether = _WHETHER.search(text, start, found.start())
        negated = bool(re.search(r"\bnot\b|n['’]t\b", copula["between"])) != bool(
            re.search(r"n['’]t\s*$|\bno reason\b", text[clause.start : copula.start()])
        )
        side = Act.DENIES if bool(_AGAINST_WORDS.search(found[0])) != negated else Act.CONFIRMS
        if whether or re.search(r"\bnot (?:known|sure)|unsure|unclear", clause.of(text)):
            side = Act.NO_COMMENT if _NO_COMMENT.search(clause.of(text)) else Act.NOT_CONFIRMED
        yield _fact(reading, clause, side, _believer(reading, clause, Span(*found.span()), (start, end)))


def _of_document(reading: Reading, start: int, copula: int, adjective: str) -> bool:
    """Whether the subject of a copula is the document, or an "it" that takes it up."""
    text = reading.text
    before = text[start:copula]
    if any(one.span.end <= copula and _near(text, one.span.end, copula) for one in reading.mentions if one.at >= start):
        return True
    if _IT.search(before) or before.endswith(("it", "It", "that", "That")):
        return True
    strong = re.fullmatch(_STRONG, adjective, re.IGNORECASE)
    named = [one for one in reading.mentions if start <= one.at < copula]
    return bool(strong and named and "," not in text[named[-1].span.end : copula])


def _near(text: str, at: int, copula: int) -> bool:
    return text[at:copula].strip() == "" or bool(
        re.fullmatch(r"\s+(?:of|from|in|on|about|itself|that|which)\b[^,.;:“”]{0,60}\s*", text[at:copula])
    )


def _believer(reading: Reading, clause: Span, adjective: Span, sentence: tuple[int, int]) -> Holder:
    """Who says or believes that it is so: the verb of saying nearest before it in its sentence."""
    text = reading.text
    verbs = [Span(*one.span()) for one in _SAYS.finditer(text, sentence[0], adjective.start)]
    refused = _NO_COMMENT.search(text, clause.start, adjective.start)
    if refused:
        verbs.append(Span(*refused.span()))
    if not verbs:
        return reading.statements.by(adjective)
    verb = verbs[-1]
    told = reading.statements.told_by(verb)
    if told and (told is reading.statements.covering(adjective) or not reading.statements.covering(verb)):
        return Holder(told.id, told.speaker)
    covering = reading.statements.covering(adjective)
    if covering and not any(piece.covers(verb) for piece in covering.content):
        return Holder(covering.id, covering.speaker)
    return _subject(reading, verb, adjective, sentence)


_ASKED = re.compile(r"\basked (?:\w+ )?about\s+", re.IGNORECASE)
_DO_NOT_KNOW = re.compile(
    r"(?:\w+ )?(?:just )?(?:do not|don['’]t|did not|didn['’]t) (?:yet )?know\b|\bnot sure\b|\bcan(?:not|['’]t) say\b",
    re.IGNORECASE,
)


def _asked(reading: Reading, start: int, end: int) -> Iterator[DocumentFact]:
    """ "We don't know," she said when asked about the video."""
    for asked in _ASKED.finditer(reading.text, start, end):
        if not _mention_at(reading, asked.end(), asked.end() + 30):
            continue
        for found in _DO_NOT_KNOW.finditer(reading.text, max(0, start - 160), end):
            span = Span(*found.span())
            who = reading.statements.by(span)
            if who.attribution:
                yield _fact(reading, span, Act.NOT_CONFIRMED, who)


def _unknown(reading: Reading, start: int, end: int) -> Iterator[DocumentFact]:
    """ "We don't know what that letter is": what it is, is not known to who says so."""
    for found in _UNKNOWN.finditer(reading.text, start, end):
        what = Span(found.start("what"), found.end("what"))
        named = _mention_at(reading, what.start, what.end)
        if named or re.match(r"\s+(?:that|it)['’]?s?\b", what.of(reading.text)):
            span = trimmed(reading.text, *found.span())
            if span:
                yield _fact(reading, span, Act.NOT_CONFIRMED, reading.statements.by(span))


def _no_comments(reading: Reading) -> Iterator[DocumentFact]:
    """ "declined to comment on the memo", and who could not be reached where its authenticity is the matter."""
    text = reading.text
    for start, end in _places(reading):
        for found in _NO_COMMENT.finditer(text, start, end):
            behind = text[found.end() : min(end, found.end() + 60)]
            on = re.match(r"[^.;]{0,12}?\s+(?:on|about|when asked about)\s+", behind)
            object_at = found.end() + on.end() if on else None
            about = object_at is not None and (
                _mention_at(reading, object_at, object_at + 40) or re.compile(r"it\b").match(text, object_at)
            )
            also = found[0].lower().startswith(("not ", "unavailable")) and _NOUN.search(text, start, found.start())
            if about or also:
                clause = _clause(text, start, end, found.start())
                yield _fact(
                    reading,
                    clause,
                    Act.NO_COMMENT,
                    _who(reading, Span(*found.span()), Span(*found.span()), clause, (start, end)),
                )
