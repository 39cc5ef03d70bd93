"""Who may have passed statements on in a report: outlets, media of a kind, reporters, with each of their mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from onrecord.attributing.lexicon import bodies, outlets, places
from onrecord.attributing.mentions.mention import MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.resolving.naming.identity import normalize_name


class Slot(StrEnum):
    """The place in a sentence in which a carrier is named."""

    RECIPIENT = "recipient"  # told X, in an interview with X
    CREDIT = "credit"  # according to X, quoted by X, via X
    REPORTS = "reports"  # X reported, X's story says
    OWNER = "owner"  # X's source, the X article
    PLACE = "place"  # on X, in X, from X
    OTHER = "other"


class CarrierType(StrEnum):
    """What a carrier is."""

    KNOWN = "known"  # an outlet of the list
    SHAPED = "shaped"  # a name that ends as outlets' names do
    NAME = "name"  # a name that only its slot makes a carrier
    PERSON = "person"
    MEDIA = "media"  # "state television"
    POST = "post"
    OUTER = "outer"  # the speaker of an attribution that encloses others
    RULE = "rule"


@dataclass(frozen=True, slots=True, order=True)
class CarrierMention:
    """One mention of a carrier; `anaphor` marks "the paper"."""

    at: int
    end: int
    slot: Slot
    anaphor: bool = False


@dataclass
class Carrier:
    """One who may pass statements on, with the places at which a report names it, in order."""

    name: str
    type: CarrierType
    mentions: list[CarrierMention] = field(default_factory=list)

    def last_before(self, at: int) -> CarrierMention | None:
        """The last mention before an offset."""
        number = bisect_left(self.mentions, at, key=lambda mention: mention.at)
        return self.mentions[number - 1] if number else None

    def first_from(self, at: int) -> CarrierMention | None:
        """The first mention at or behind an offset."""
        number = bisect_left(self.mentions, at, key=lambda mention: mention.at)
        return self.mentions[number] if number < len(self.mentions) else None

    def between(self, start: int, end: int) -> list[CarrierMention]:
        """The mentions in [start, end)."""
        low = bisect_left(self.mentions, start, key=lambda mention: mention.at)
        high = bisect_left(self.mentions, end, key=lambda mention: mention.at)
        return self.mentions[low:high]


_WORD = r"[A-Z@][\w.&’'-]{0,40}"
_RUN = re.compile(rf"(?<![\w@])(?:[Tt]he )?{_WORD}(?: (?:(?:of|and|&|for|de|la|el|the|in) )?{_WORD}){{0,7}}")
_PIECE = re.compile(r"\S+")
# A sentence ends inside a run of capitals: "Quayline. But the mayor".
_RUN_END = re.compile(
    r"(?<=[a-z]{2})(?<!\b(?:Mr|Dr|Lt|Jr|Sr|St|Co))(?<!\b(?:Mrs|Gen|Col|Sgt|Sen|Rep|Gov|Rev|Maj|Adm|Inc|"
    r"Ltd))(?<!\bCapt)(?<!\b(?:Corp|Prof))[.]['’]?\s"
)
_OWNED = re.compile(r"(?:[Tt]he )?(?P<who>[A-Z][\w-]*(?: [A-Z][\w-]*)?)['’]s? (?=[A-Z])")
_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Parliament|Congress|House|Senate|God|Twitter|Facebook|Instagram|YouTube|I)\b"
)
_DOMAIN = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co\.uk|co|tv|info|news|fm|ie|ca|in)", re.IGNORECASE
)
_KINDS = (
    r"newspapers?|papers?|tabloids?|broadsheets?|magazines?|dail(?:y|ies)|weekl(?:y|ies)|web ?sites?|sites?|blogs?|"
    r"portals?|outlets?|publications?|"
    r"broadcasters?|stations?|channels?|networks?|news agenc(?:y|ies)|agenc(?:y|ies)|wire services?|television|TV|"
    r"radio|media|press"
)
_ANAPHOR = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat) (?:[a-z-]+ )?(?:newspaper|paper|tabloid|broadsheet|magazine|daily|weekly|"
    r"website|site|blog|outlet|publication|"
    r"broadcaster|station|channel|network|news agency|agency|wire service|wire|show|programme|program|"
    r"podcast)\b(?!['’]s? (?:name|owner))"
)
_MEDIA = re.compile(
    r"\b(?:(?:[Aa]n?|[Tt]he|[Ss]everal|[Ss]ome|[Oo]ther|[Vv]arious|[Mm]ultiple|[Mm]any|[Tt]wo|[Tt]hree) )?"
    r"(?:(?:[A-Z][a-z]+(?:-[a-z]+)?|state(?:-run|-owned)?|[Ll]ocal|national|foreign|international|official|private|"
    r"social|public|independent|"
    r"regional|[a-z]+-language|pro-[\w-]+|online|major|news|radio|television|TV|celebrity|tech|mainstream|US|UK|"
    r"U\.S\.|U\.K\.) ){0,4}?"
    r"(?:media(?: outlets| organi[sz]ations| reports| sources)?|press|news agenc(?:y|ies)|news outlets?|"
    r"news sites?|news organi[sz]ations?|"
    r"newspapers?|television(?: (?:channel|station|network)s?)?|TV(?: (?:channel|station|network)s?)?|"
    r"radio(?: stations?)?|broadcasters?|"
    r"tabloids?|outlets|(?:web ?sites?|blogs?)(?= report))\b"
)
# What may stand between a slot's words and the name.
_LED = r"(?: [a-z][\w’'-]*){0,4}? (?:[Tt]he |an? |[“\"‘'])?$"
_RECIPIENT = re.compile(
    r"\b(?:t(?:old|ells?|elling)|sp(?:oke|eaks?|eaking|oken)(?: \w+)? (?:to|with|on)|talk(?:ed|s|ing) (?:to|with)|"
    r"interview(?:s|ed)?(?: \w+){0,5}? "
    r"(?:with|to|for|by|on|of|in)|(?:statement|e-?mail|comments?|remarks|message|letter|response|letters?|"
    r"reply)s?(?: \w+)? to|appear(?:ed|ing|ance)?(?: \w+)? on|"
    r"confirm(?:ed|s)(?: \w+)? to|admitted to|said to|explained to|revealed to|wr(?:ote|ites?|iting|"
    r"itten)(?: \w+){0,2} (?:in|for|on)|contacted by|reached by|approached by|asked(?: \w+)? by|"
    r"questioned by|pressed by|answered|sat down with|call(?:ed)? in(?:to)?|guest on)" + _LED
)
_CREDIT = re.compile(
    r"(?:\b(?:[Aa]ccording to|[Pp]er|[Vv]ia|[Cc]iting|[Cc]redit:|[Ss]ource:|[Hh]/[Tt]|(?:as )?(?:first |"
    r"originally |exclusively )?(?:quoted|reported|cited|noted|revealed|published|obtained|broadcast|aired|"
    r"posted|seen|carried|released|shared|told|uncovered|printed|leaked|shown|run|claimed|written|covered|"
    r"translated)(?: \w+)? (?:by|in|on|to)|"
    r"(?:reports?|story|stories|article|piece|interview|account|claims?|post|item|profile|transcript|source|"
    r"reporter|journalist|correspondent|video|footage)(?: \w+){0,3}? (?:by|from|in|on|for|with|at|of))"
    + _LED
    + r")|(?:\(|\[|[—–-] ?|\b(?:from|via) (?:the )?)$"
)
_PLACE = re.compile(r"\b(?:on|in|from|by|for|with|at|to|of)(?: [a-z][\w’'-]*){0,1} (?:[Tt]he )?[“\"‘']?$")
_SAYS = (
    r"report(?:s|ed|ing)?|says?|said|wr(?:ote|ites|iting)|not(?:es|ed|ing)|quot(?:es|ed|ing)|cit(?:es|ed|ing)|"
    r"claim(?:s|ed|ing)|stat(?:es|ed|ing)|"
    r"add(?:s|ed|ing)|reveal(?:s|ed|ing)|obtained|interviewed|learned|explain(?:s|ed)|describ(?:es|ed)|"
    r"publish(?:es|ed)|posted|tweeted|broadcast|aired|"
    r"broke|alleg(?:es|ed)|suggest(?:s|ed)|asked|spoke|carried|ran|printed|confirm(?:s|ed)|contacted|caught up|"
    r"captured|has it|have it"
)
_REPORTS = re.compile(
    rf"['’]?s?(?: (?:[A-Z][\w’'-]+|on|of)){{0,4}}(?: \([^)\n]{{1,30}}\))?(?:, [^.,;:“”\"\n]{{2,60}},)?"
    rf"(?: (?:{_KINDS}|reporter|correspondent|journalist|columnist|editor))?(?: (?:has|had|have|also|later|first|"
    rf"then|further|previously|earlier|exclusively|already|now|\w+ly)){{0,3}}"
    rf" (?:{_SAYS})\b"
)
_OWNER = re.compile(
    r"(?:['’]s?)?(?: (?:own|[a-z]+|new|original|exclusive|recent)){0,2} (?:sources?|reports?|article|story|stories|"
    r"interview|reporters?|correspondents?|journalists?|"
    r"account|piece|profile|post|report|producers?|host|anchor|insider|editor)\b|:(?=\s)"
)
_STRONG = (Slot.RECIPIENT, Slot.CREDIT, Slot.REPORTS)
# Verbs with which a name that no list holds is an outlet's; "said" would make one of every speaker.
_UNKNOWN_REPORTS = re.compile(
    rf"['’]?s?(?: (?:{_KINDS}))?(?: (?:has|had|also|first|later|exclusively|previously)){{0,2}} (?:report(?:s|ed)|"
    rf"quot(?:es|ed)|cit(?:es|ed)|publish(?:es|ed)|obtained|interviewed|"
    r"broadcast|aired|broke|writes|wrote)\b"
)
_LAST_KIND = re.compile(rf"(?:['’]s)? (?:{_KINDS})\b")
_NEVER = (MentionType.PRONOUN, MentionType.IMPLICIT, MentionType.UNNAMED, MentionType.DESCRIPTION, MentionType.DOCUMENT)
_REPORTER = re.compile(r"\b(?:reporter|correspondent|journalist|anchor|host|columnist|editor|blogger)s? $")
_VAGUE = frozenset("several some other many various multiple local state the".split())
_MOST_CARRIERS = 60
_LEFT, _RIGHT = 90, 140


def slot_at(text: str, start: int, end: int) -> Slot:
    """In what slot the words [start, end) of a text stand."""
    left = text[max(0, start - _LEFT) : start].replace("\n", "  ")
    if _RECIPIENT.search(left):
        return Slot.RECIPIENT
    if _CREDIT.search(left):
        return Slot.CREDIT
    right = text[end : end + _RIGHT]
    if _REPORTS.match(right):
        return Slot.REPORTS
    if _OWNER.match(right):
        return Slot.OWNER
    return Slot.PLACE if _PLACE.search(left) else Slot.OTHER


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of capitalised words of a text, cut where a sentence ends inside one."""
    for match in _RUN.finditer(text):
        start = match.start()
        for end in _RUN_END.finditer(text, match.start(), match.end()):
            yield start, end.start()
            start = end.end()
        owner = _OWNED.match(text, start, match.end())
        if owner and _is_place(owner["who"]):
            start = owner.end()
        if start < match.end():
            yield start, match.end()


def _known(text: str, run: tuple[int, int]) -> Iterator[tuple[int, int, str, CarrierType]]:
    """The outlets and the names in a run of capitalised words, each with its place."""
    pieces = [piece.span() for piece in _PIECE.finditer(text, *run)]
    number = 0
    loose = number
    while number < len(pieces):
        taken = 0
        for length in range(min(6, len(pieces) - number), 0, -1):
            start, end = pieces[number][0], pieces[number + length - 1][1]
            phrase = re.sub(r"['’]s?$", "", text[start:end]).rstrip(".,;:’'")
            name = outlets.outlet_of(phrase) or _common(text, start, start + len(phrase), phrase)
            carrier_type = CarrierType.KNOWN
            if name is None and (_shaped(phrase) or _DOMAIN.fullmatch(phrase)):
                name, carrier_type = phrase, CarrierType.SHAPED
            if name:
                if loose < number:
                    yield (*_stretch(text, pieces[loose:number]), "", CarrierType.NAME)
                yield start, start + len(phrase), name, carrier_type
                taken = length
                break
        number += taken or 1
        loose = number if taken else loose
    if loose < len(pieces):
        yield (*_stretch(text, pieces[loose:]), "", CarrierType.NAME)


def _stretch(text: str, pieces: Sequence[tuple[int, int]]) -> tuple[int, int]:
    start, end = pieces[0][0], pieces[-1][1]
    phrase = re.sub(r"['’]s?$", "", text[start:end]).rstrip(".,;:’'")
    return start, start + max(1, len(phrase))


def _common(text: str, start: int, end: int, phrase: str) -> str | None:
    """An outlet whose bare name is a common word: in a slot that nothing but somebody fills, or with "magazine"."""
    if phrase not in outlets.COMMON and not phrase.isupper():
        return None
    name = outlets.ALIASES.get(phrase) or outlets.ALIASES.get(phrase.title())
    slot = slot_at(text, start, end) if name else Slot.OTHER
    return name if slot in _STRONG or (name and _LAST_KIND.match(text, end)) else None


def _shaped(phrase: str) -> bool:
    words = phrase.removeprefix("The ").removeprefix("the ").split()
    return (
        len(words) > 1
        and (words[-1] in outlets.NAME_ENDS or words[0] == "Radio")
        and words[-1] not in ("Today", "Standard", "Record", "Star")
    )


class Carriers:
    """The carriers of one text."""

    def __init__(self, text: str, own: str | None = None) -> None:
        self.text = text
        self.entries: list[Carrier] = []
        self._by_key: dict[str, Carrier] = {}
        self._own = compact_name(outlets.outlet_of(own or "") or own or "")
        self._names()
        self._media()
        self._repeat()
        self._anaphors()
        for carrier in self.entries:
            carrier.mentions = sorted(set(carrier.mentions))
        self.mentions = sorted(
            (mention, number) for number, carrier in enumerate(self.entries) for mention in carrier.mentions
        )

    def find(self, name: str) -> Carrier | None:
        """The carrier that a name refers to."""
        ours = compact_name(outlets.outlet_of(name) or name)
        if ours in self._by_key:
            return self._by_key[ours]
        bare = normalize_name(re.sub(r"\s*\(.*", "", name))
        return next((carrier for carrier in self.entries if _alike(normalize_name(carrier.name), bare)), None)

    def add(self, name: str, carrier_type: CarrierType, mention: CarrierMention | None = None) -> Carrier:
        """The carrier of a name, entered where there is none, with one more mention."""
        carrier = self.find(name)
        if carrier is None:
            carrier = Carrier(name, carrier_type)
            self.entries.append(carrier)
            self._by_key[compact_name(name)] = carrier
        elif " " in name and " " not in carrier.name and compact_name(name) == compact_name(carrier.name):
            carrier.name = name
        if mention is not None:
            carrier.mentions.append(mention)
            carrier.mentions.sort()
        return carrier

    def _names(self) -> None:
        for match in _runs(self.text):
            for start, end, name, carrier_type in _known(self.text, match):
                if len(self.entries) >= _MOST_CARRIERS:
                    return
                if self.is_own(name or self.text[start:end]):
                    continue
                if carrier_type is not CarrierType.NAME:
                    self.add(name, carrier_type, CarrierMention(start, end, slot_at(self.text, start, end)))
                else:
                    self._in_slot(start, end)

    def is_own(self, name: str) -> bool:
        """Whether a name is that of the report's own outlet, which relays nothing in its own report."""
        ours = compact_name(name)
        return bool(self._own) and (ours == self._own or (len(ours) > 3 and ours in self._own))

    def _in_slot(self, start: int, end: int) -> None:
        phrase = self.text[start:end]
        bare = re.sub(r"^[Tt]he ", "", phrase)
        if len(bare) < 2 or _DAY.match(bare):
            return
        slot = slot_at(self.text, start, end)
        kind = _LAST_KIND.match(self.text, end)
        if (
            slot not in (Slot.RECIPIENT, Slot.CREDIT)
            and not kind
            and not _UNKNOWN_REPORTS.match(self.text, end, end + _RIGHT)
        ):
            return
        if kind and (_is_place(bare) or bare.split()[0].lower() in _VAGUE):
            bare, end = f"{bare}{kind[0]}", kind.end()
            if not _is_place(phrase.removeprefix("The ")) or "agenc" in bare:
                return
        read = read_mention(phrase)
        if _is_place(bare) or bodies.body_of(bare) or read.type in _NEVER:
            return
        if (
            read.type is MentionType.PERSON
            and slot is not Slot.RECIPIENT
            and not _REPORTER.search(self.text, max(0, start - 40), start)
        ):
            return
        carrier_type = (
            CarrierType.PERSON
            if read.type is MentionType.PERSON
            else CarrierType.SHAPED
            if kind or read.type is MentionType.OUTLET
            else CarrierType.NAME
        )
        self.add(bare, carrier_type, CarrierMention(start, end, slot))

    def _media(self) -> None:
        for match in _MEDIA.finditer(self.text):
            phrase = match[0]
            bare = re.sub(r"^(?:an?|the) ", "", phrase, flags=re.IGNORECASE)
            if (
                bare.lower()
                in ("press", "television", "tv", "radio", "newspaper", "broadcaster", "news agency", "social media")
                and slot_at(self.text, *match.span()) not in _STRONG
            ):
                continue
            if re.match(r"the (?:newspaper|broadcaster|news agency)$", phrase, re.IGNORECASE):
                continue
            if len(self.entries) >= _MOST_CARRIERS:
                return
            self.add(
                bare, CarrierType.MEDIA, CarrierMention(match.start(), match.end(), slot_at(self.text, *match.span()))
            )

    def _repeat(self) -> None:
        """Every other place at which a name stands that its slot made a carrier."""
        for carrier in self.entries:
            if carrier.type in (CarrierType.KNOWN, CarrierType.MEDIA):
                continue
            known = {mention.at for mention in carrier.mentions}
            for match in re.finditer(rf"(?<!\w){re.escape(carrier.name)}(?!\w)", self.text):
                inside = (
                    any(mention.at <= match.start() < mention.end for mention in carrier.mentions) if known else False
                )
                if not inside:
                    carrier.mentions.append(
                        CarrierMention(match.start(), match.end(), slot_at(self.text, *match.span()))
                    )

    def _anaphors(self) -> None:
        """ "The paper", "the site": the outlet that was named last."""
        named = sorted(
            (mention.at, number)
            for number, carrier in enumerate(self.entries)
            for mention in carrier.mentions
            if carrier.type in (CarrierType.KNOWN, CarrierType.SHAPED, CarrierType.NAME)
        )
        for match in _ANAPHOR.finditer(self.text):
            number = bisect_left(named, (match.start(),))
            if number:
                self.entries[named[number - 1][1]].mentions.append(
                    CarrierMention(match.start(), match.end(), slot_at(self.text, *match.span()), anaphor=True)
                )


def _is_place(phrase: str) -> bool:
    bare = phrase.removeprefix("The ").removeprefix("the ")
    return bool(
        places.country_of(bare) or bare in places.DEMONYMS or bare in places.OTHER_PLACES or bare in places.STATES
    )


def compact_name(name: str) -> str:
    """A name without spaces, marks and the end of a web address: "Quay Daily" and "quaydaily.com" are one."""
    return re.sub(r"\.(?:com|org|net|co\.uk|info|news)$|[^\w]", "", re.sub(r"^www\.", "", normalize_name(name)))


def _alike(left: str, right: str) -> bool:
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    return len(short) > 2 and bool(re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long))
