"""The persons of one report with the offset of each of their mentions (coreference by name)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from onrecord.attributing.lexicon import places
from onrecord.attributing.lexicon.forenames import FORENAMES
from onrecord.attributing.lexicon.titles import BODY_HEADS, FEMALE_HONORIFICS, MALE_HONORIFICS, PARTICLES, SUFFIXES
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.mentions.tokens import after_titles, is_title, tokenize
from onrecord.attributing.resolving.naming.name_matching import NameIndex, fold_word, name_words, same_name
from onrecord.attributing.segmentation import Segmentation

_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Brig|Capt|Cmdr|Sgt|Cpl|Pvt|Adm|Sen|Rep|Gov|Rev|Hon|Cst|Supt|Insp|Det|St|"
    r"(?:[A-Z]\.)*[A-Z])\."
)
# "The Tam Ode-led inquiry" names Tam Ode.
_COMPOUND_PARTICIPLE = (
    r"(?:penned|led|directed|backed|owned|run|written|produced|based|born|style|era|starring|chaired)\b"
)
_CAPITAL = rf"(?:{_TITLE}|[A-Z](?:\w|[‑-](?!{_COMPOUND_PARTICIPLE}))*(?:['’][A-Z]\w+)?)"
# A cue with a capital, as headlines and some posts have it, is no part of a name.
_RUN = re.compile(
    rf"(?<![\w@#’']){_CAPITAL}(?:[ \t](?!(?:Tweeted|Tweets|Says|Told|Wrote|Writes|Reported)\b)"
    rf"(?:(?:de|del|della|van|von|der|bin|al|el|la|da|dos|di|bint|ibn) )*{_CAPITAL})*"
)
_WORD = re.compile(r"[^\W\d_][\w‑-]*(?:['’][A-Z]\w+)?")
_LEFT = re.compile(r"((?:[\w’'-]+[ \t]){0,4})$")
# More capitalised words in a row are a headline or noise.
_LONGEST_RUN = 14
# Fewer names stand in any stretch of prose in which a pronoun can take one up.
_MOST_NEARBY = 400
# A text that names more persons is a list.
_MOST_PERSONS = 2_000
_DATES = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July
    August September October November December Jan Feb Aug Sept Oct Nov Dec""".split()
)
_OPENERS = frozenset(
    """The A An In On At But And Or If When While As For From With By To Of After Before Since Although Though
    However Meanwhile Then First Earlier Later Also It He She They We I You His Her Their Its This That
    These Those There Here What Who Why How Not No Yes Per Some Speaking Asked Both Even Still So Yet Just
    Only Once Because Despite During Under Over About According Last Next Like Former Rival Another Other
    Our My All Many Most Several Two Three Four Five Is Are Was Were Will Would Can Could Did Does Do Has
    Have Had""".split()
)
_APPOSED = re.compile(
    r",\s+(?:an?\s|the\s|who\s|\d{1,3}\b|whose\s|[a-z]+(?:\s[\w’'-]+){0,3}\s(?:of|at|for)\s)|\s\(\d{1,3}\)|"
    r"\s?,\s\w+(?:\s\w+)?\s(?:spokes|minister|director|chief)"
)
_MEMBERS = re.compile(
    r"(?:['’]s)? (?:militants?|fighters?|members?|spokes\w+|insurgents?|rebels?|supporters|gunmen|"
    r"representatives?|leaders?|officials?|"
    r"forces|troops|group|party|campaign|movement|executives?|employees|staff|insurgency|network|lawmakers|"
    r"shares|stores?)\b"
)
_BODY_CUE = re.compile(
    r"['’]s? (?:chief executive|chairman|board|shares?|customers|office|headquarters|website|offer|bid|owners?)\b|"
    r",? which\b|,? (?:a|an|the) (?:\w+ ){0,3}(?:company|firm|group|agency|charity|maker|operator|"
    r"union|bank|airline)\b|"
    r"[^.,;\n]{0,40}\bits\b"
)
_STRICT_MEMBERS = re.compile(
    r"(?<![\w.] )\b(?P<name>(?:[Tt]he )?[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})(?:['’]s)? "
    r"(?:militants?|fighters?|members?|spokes\w+|insurgents?|rebels?|gunmen|representatives?)\b"
)
_FAMILY_FIRST = frozenset(
    """kim lee park choi jung kang cho yoon jang lim moon han shin xi li wang zhang liu chen yang huang zhao wu
    zhou xu sun ma zhu hu guo he lin luo nguyen tran pham mao deng jiang wen chiang ban roh ri pak""".split()
)


@dataclass
class Person:
    """A person of one report: fullest name, role words, organization, gender, offsets of the mentions, description."""

    name: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    body: str = ""
    gender: str = ""
    offsets: list[int] = field(default_factory=list)
    first_offset: int = 0
    description: str = ""

    @property
    def full_name(self) -> str:
        """The name as it is written most fully."""
        return " ".join(self.name)

    @property
    def surname(self) -> str:
        """The surname, a suffix left off."""
        return self.name[-2] if len(self.name) > 1 and fold_word(self.name[-1]) in SUFFIXES else self.name[-1]


@dataclass(frozen=True, slots=True)
class _CapitalizedWord:
    """One capitalised word of the text: its offset, the word before it, whether a capitalised word follows."""

    at: int
    before: str
    followed_by_capital: bool


class PersonIndex:
    """The persons of one report, collected from its sources and its text."""

    def __init__(self, segmentation: Segmentation, sources: Iterable[tuple[int, Mention]]) -> None:
        self.text = segmentation.text
        self.persons: list[Person] = []
        self._by_name: NameIndex[Person] = NameIndex()
        self.bodies: set[str] = set()
        self._alone: dict[str, int] = {}
        mentions = [(at, mention) for at, mention in sources if mention.type is MentionType.PERSON]
        mentions.extend(self._mentions_in_text())
        for at, mention in sorted(mentions, key=lambda pair: (*_sort_key(pair[1]), pair[0])):
            self._add(at, mention)
        self.persons.sort(key=lambda person: person.first_offset)
        self._drop_bodies()
        self._drop_false_persons()
        self._by_name = NameIndex((person.name, person) for person in self.persons)
        self._find_bodies()
        self._assign_mentions()

    def find(self, name: str, before: int | None = None) -> Person | None:
        """The person a name refers to; where several share it, the one mentioned last before a position."""
        words = tuple(name.split())
        fitting = [person for person in self._by_name.candidates(words) if same_name(person.name, words)]
        if not fitting and len(words) == 1:
            fitting = self._persons_with_word(fold_word(name))
        if len(fitting) > 1 and before is not None:
            fitting.sort(key=lambda person: max((at for at in person.offsets if at <= before), default=-1))
        return fitting[-1] if fitting else None

    def mentions_before(self, end: int, start: int = 0) -> list[tuple[int, Person]]:
        """The last mentions in [start, end) as (offset, person), by person and then by offset."""
        low, high = bisect_left(self._mention_offsets, (start,)), bisect_left(self._mention_offsets, (end,))
        chosen = sorted((number, seen) for seen, number in self._mention_offsets[max(low, high - _MOST_NEARBY) : high])
        return [(seen, self.persons[number]) for number, seen in chosen]

    @cached_property
    def _mention_offsets(self) -> list[tuple[int, int]]:
        """All mentions as (offset, number of the person), by offset."""
        return sorted((seen, number) for number, person in enumerate(self.persons) for seen in person.offsets)

    def _persons_with_word(self, folded: str) -> list[Person]:
        family = [person for person in self.persons if fold_word(person.name[0]) == folded and _surname_first(person)]
        return family or [person for person in self.persons if folded in name_words(person.name)]

    @cached_property
    def _capitalized_words(self) -> dict[str, list[_CapitalizedWord]]:
        """Every capitalised word with its places."""
        index: dict[str, list[_CapitalizedWord]] = {}
        before, end = "", 0
        for match in _WORD.finditer(self.text):
            word = match[0]
            if word[0].isupper():
                gap = self.text[end : match.start()]
                led = before if gap in (" ", ". ", "\t") or not gap else ""
                after = self.text[match.end() : match.end() + 2]
                followed_by_capital = len(after) == 2 and after[0] in " \t" and after[1].isupper()
                index.setdefault(word, []).append(_CapitalizedWord(match.start(), led, followed_by_capital))
            before, end = word, match.end()
        return index

    def _mentions_in_text(self) -> Iterator[tuple[int, Mention]]:
        for match in _RUN.finditer(self.text):
            for start, words in _split_run(match[0], match.start()):
                end = start + len(" ".join(words))
                opens = start == match.start()
                before: list[str] = []
                if opens and start and self.text[start - 1] == " ":
                    left = _LEFT.search(self.text[max(0, start - 50) : start])
                    before = left[1].split() if left else []
                if len(words) > _LONGEST_RUN or (len(words) < 2 and not (before and is_title(before[-1]))):
                    continue
                mention = self._read_person_mention(before, words, self.text[end : end + 40])
                if mention:
                    yield start, mention

    def _read_person_mention(self, before: list[str], words: list[str], after: str) -> Mention | None:
        # "Tam Ode and Ada Lorne" are two, "lawyer and author Ada Lorne" is one.
        others = [n for n, (left, word) in enumerate(pairwise(before), 2) if word == "and" and left[:1].isupper()]
        before = before[others[-1] if others else 0 :]
        led = [word for word in before if word.lower() not in ("and", "that", "as", "by", "with")]
        phrase = " ".join([*led[_description_start(led) :], *words])
        mention = read_mention(phrase)
        if mention.type is not MentionType.PERSON:
            return None
        name = mention.name.split()
        titled = bool(after_titles(tokenize(" ".join(words)))[0]) or bool(led and is_title(led[-1]))
        known = name[0].lower() in FORENAMES or bool(_APPOSED.match(after))
        return mention if titled or known or (len(name) > 1 and self._stands_alone(name[-1])) else None

    def _stands_alone(self, surname: str, least: int = 1) -> bool:
        """Whether a name word also stands without another name word before and behind it, as surnames do."""
        if surname not in self._alone:
            self._alone[surname] = sum(_is_alone(word) for word in self._capitalized_words.get(surname, ()))
        return self._alone[surname] >= least

    def _add(self, at: int, mention: Mention) -> None:
        name = tuple(mention.name.split())
        person = next(
            (candidate for candidate in self._by_name.candidates(name) if same_name(candidate.name, name)), None
        )
        if person is None and len(self.persons) >= _MOST_PERSONS:
            return
        if person is None:
            person = Person(name=name, first_offset=at)
            self.persons.append(person)
            self._by_name.add(name, person)
        person.first_offset = min(person.first_offset, at)
        person.roles.update(mention.roles)
        person.body = person.body or mention.body
        person.gender = person.gender or mention.gender
        # "U.S. Marine Corps" may reach here without its first letter.
        description = _reorder_joint_description(re.sub(r"^[A-Z]\.\s+", "", mention.words), mention.name)
        if len(description) > len(person.description):
            person.description = description

    def _drop_bodies(self) -> None:
        """Names that stand before "militants" or "officials" and never shorten to a surname are bodies."""
        self.bodies.update(person.full_name for person in self.persons if self._is_body(person))
        self.persons = [person for person in self.persons if person.full_name not in self.bodies]

    def _is_body(self, person: Person) -> bool:
        if person.name[0].lower() in FORENAMES or len(person.name) < 2:
            return False
        used = self._occurrences(person.full_name)
        if len(used) < 2 or self._stands_alone(person.name[-1], 1 + len(used) // 4):
            return False
        return any(has_body_cue(self.text, at + len(person.full_name)) for at in used)

    def _occurrences(self, name: str) -> list[int]:
        first = name.split(" ")[0]
        return [word.at for word in self._capitalized_words.get(first, ()) if self.text.startswith(name, word.at)]

    def _drop_false_persons(self) -> None:
        """Drop a name that only a capital before another's surname makes ("Rejecting Lorne")."""
        surnames = {person.surname for person in self.persons if _is_known(person)}

        def is_false(person: Person) -> bool:
            return (
                not (_is_known(person) or person.roles or len(self._occurrences(person.full_name)) > 1)
                and person.surname in surnames
            )

        self.persons = [person for person in self.persons if not is_false(person)]

    def _find_bodies(self) -> None:
        """Names twice in front of "militants", "spokesman" and the like that are no country's or person's."""
        counted = Counter(
            match["name"].removeprefix("The ").removeprefix("the ") for match in _STRICT_MEMBERS.finditer(self.text)
        )
        taken = {person.surname for person in self.persons} | {person.full_name for person in self.persons}
        for name, count in sorted(counted.items()):
            often = count >= 2 or (len(self._occurrences(name)) >= 3 and " " in name)
            if often and name not in taken and places.country_of(name) is None and name not in _OPENERS:
                self.bodies.add(name)

    def _assign_mentions(self) -> None:
        """Assign each surname to a person: a shared one to whoever was last named in full."""
        by_last: dict[str, list[Person]] = {}
        for person in self.persons:
            by_last.setdefault(person.surname, []).append(person)
            if _surname_first(person):
                by_last.setdefault(person.name[0], []).append(person)
        for word, sharing in by_last.items():
            current = sharing[0]
            for occurrence in self._capitalized_words.get(word, ()):
                current = self._resolve_shared_surname(occurrence, sharing, current)
                current.offsets.append(occurrence.at)
        for person in self.persons:
            person.offsets.sort()

    def _resolve_shared_surname(self, occurrence: _CapitalizedWord, sharing: list[Person], current: Person) -> Person:
        if len(sharing) == 1:
            return current
        led = occurrence.before.lower().rstrip(".")
        for person in sharing:
            if len(person.name) > 1 and fold_word(occurrence.before) in name_words(person.name)[:-1]:
                return person
        wanted = "m" if led in MALE_HONORIFICS else "f" if led in FEMALE_HONORIFICS else ""
        fitting = [person for person in sharing if wanted and person.gender == wanted]
        return fitting[0] if fitting else current


def has_body_cue(text: str, end: int) -> bool:
    """Whether what follows a name tells that it is a body's: members, officers, "which", "its"."""
    return bool(_MEMBERS.match(text, end) or _BODY_CUE.match(text, end))


def _is_alone(word: _CapitalizedWord) -> bool:
    led = word.before
    return not (led[:1].isupper() and led not in _OPENERS and not is_title(led)) and not word.followed_by_capital


def _sort_key(mention: Mention) -> tuple[bool, int]:
    """Sorting key: known forenames first, fuller names first."""
    name = mention.name.split()
    return name[0].lower() not in FORENAMES, -min(len(name), 4)


def _is_known(person: Person) -> bool:
    return person.name[0].lower() in FORENAMES


def _split_run(run: str, start: int) -> Iterator[tuple[int, list[str]]]:
    """A run of capitalised words without its sentence opener, cut at days and months."""
    words: list[str] = []
    at = first = start
    for word in run.split(" "):
        if word in _DATES or (not words and word in _OPENERS):
            if words:
                yield first, words
            words = []
        else:
            first = first if words else at
            words.append(word)
        at += len(word) + 1
    if words:
        yield first, words


def _surname_first(person: Person) -> bool:
    return (
        len(person.name) >= 2
        and person.name[0].lower() in _FAMILY_FIRST
        and person.name[-1].lower() not in _FAMILY_FIRST
        and person.name[-1].lower() not in FORENAMES
    )


def _is_office_word(word: str) -> bool:
    low = word.lower()
    known = is_title(word) or low in BODY_HEADS or low in ("defence", "defense", "press", "tax", "exchequer")
    return known or word[0].isupper() or re.search(r"(?:al|ary|ive|ic|-born|-based|-elect|ese|ish)$", low) is not None


def _reorder_joint_description(description: str, name: str) -> str:
    """A description that begins with who speaks together with a person: "Ada Lorne, with Tam Ode, both divers"."""
    pair = re.match(rf"(?P<other>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)+) and {re.escape(name)}", description)
    return f"{name}, with {pair['other']}{description[pair.end() :]}" if pair else description


def _description_start(words: list[str]) -> int:
    """Where a description that runs up to a name may begin: behind the last word that is no part of an office."""
    if words and re.search(r"['’]s?$", words[-1]):
        return len(words) - 1
    for number in range(len(words) - 1, -1, -1):
        if words[number].lower() in PARTICLES or not _is_office_word(words[number]):
            return number + 1
    return 0
