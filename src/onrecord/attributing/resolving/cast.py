"""The persons whom a report introduces, with every place at which they are named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from onrecord.attributing.layout import Layout
from onrecord.attributing.lexicon import places
from onrecord.attributing.lexicon.forenames import FORENAMES
from onrecord.attributing.lexicon.titles import BODY_HEADS, FEMALE_HONORIFICS, MALE_HONORIFICS, PARTICLES, SUFFIXES
from onrecord.attributing.resolving.matching import Named, fold, name_words, same_name
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.attributing.wording.words import after_titles, is_title, tokens

_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Brig|Capt|Cmdr|Sgt|Cpl|Pvt|Adm|Sen|Rep|Gov|Rev|Hon|Cst|Supt|Insp|Det|St|"
    r"(?:[A-Z]\.)*[A-Z])\."
)
# "The Tam Ode-led inquiry" names Tam Ode.
_MADE = r"(?:penned|led|directed|backed|owned|run|written|produced|based|born|style|era|starring|chaired)\b"
_CAPITAL = rf"(?:{_TITLE}|[A-Z](?:\w|[‑-](?!{_MADE}))*(?:['’][A-Z]\w+)?)"
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
_MOST_NEAR = 400
# A text that names more persons is a list.
_MOST_FIGURES = 2_000
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
class Figure:
    """A person of one report: the fullest name, what is told of the role, and the offsets of each naming."""

    name: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    body: str = ""
    gender: str = ""
    places: list[int] = field(default_factory=list)
    introduced: int = 0
    description: str = ""

    @property
    def full(self) -> str:
        """The name as it is written most fully."""
        return " ".join(self.name)

    @property
    def last(self) -> str:
        """The surname, a suffix left off."""
        return self.name[-2] if len(self.name) > 1 and fold(self.name[-1]) in SUFFIXES else self.name[-1]


@dataclass(frozen=True, slots=True)
class _Place:
    """One capitalised word of the text: where, and whether name words stand before or behind it."""

    at: int
    before: str
    named_on: bool


class Cast:
    """The persons of one report, found in its sources and its text."""

    def __init__(self, layout: Layout, sources: Iterable[tuple[int, Mention]]) -> None:
        self.text = layout.text
        self.figures: list[Figure] = []
        self._named: Named[Figure] = Named()
        self.bodies: set[str] = set()
        self._alone: dict[str, int] = {}
        found = [(at, mention) for at, mention in sources if mention.sort is Sort.PERSON]
        found.extend(self._in_text())
        for at, mention in sorted(found, key=lambda pair: (*_certainty(pair[1]), pair[0])):
            self._add(at, mention)
        self.figures.sort(key=lambda figure: figure.introduced)
        self._drop_bodies()
        self._drop_doubles()
        self._named = Named((figure.name, figure) for figure in self.figures)
        self._find_bodies()
        self._place()

    def find(self, name: str, before: int | None = None) -> Figure | None:
        """The person a name means; where several share it, the one named last before a position."""
        words = tuple(name.split())
        fitting = [figure for figure in self._named.alike(words) if same_name(figure.name, words)]
        if not fitting and len(words) == 1:
            fitting = self._by_word(fold(name))
        if len(fitting) > 1 and before is not None:
            fitting.sort(key=lambda figure: max((at for at in figure.places if at <= before), default=-1))
        return fitting[-1] if fitting else None

    def named_before(self, end: int, start: int = 0) -> list[tuple[int, Figure]]:
        """The last namings that stand in [start, end), with whom they name, by figure and then by place."""
        low, high = bisect_left(self._namings, (start,)), bisect_left(self._namings, (end,))
        chosen = sorted((number, seen) for seen, number in self._namings[max(low, high - _MOST_NEAR) : high])
        return [(seen, self.figures[number]) for number, seen in chosen]

    @cached_property
    def _namings(self) -> list[tuple[int, int]]:
        """Each place at which somebody is named, and the number of the figure, by place."""
        return sorted((seen, number) for number, figure in enumerate(self.figures) for seen in figure.places)

    def _by_word(self, folded: str) -> list[Figure]:
        family = [one for one in self.figures if fold(one.name[0]) == folded and _surname_first(one)]
        return family or [one for one in self.figures if folded in name_words(one.name)]

    @cached_property
    def _index(self) -> dict[str, list[_Place]]:
        """Every capitalised word with its places."""
        found: dict[str, list[_Place]] = {}
        before, end = "", 0
        for match in _WORD.finditer(self.text):
            word = match[0]
            if word[0].isupper():
                gap = self.text[end : match.start()]
                led = before if gap in (" ", ". ", "\t") or not gap else ""
                after = self.text[match.end() : match.end() + 2]
                named_on = len(after) == 2 and after[0] in " \t" and after[1].isupper()
                found.setdefault(word, []).append(_Place(match.start(), led, named_on))
            before, end = word, match.end()
        return found

    def _in_text(self) -> Iterator[tuple[int, Mention]]:
        for match in _RUN.finditer(self.text):
            for start, words in _parts(match[0], match.start()):
                end = start + len(" ".join(words))
                opens = start == match.start()
                before: list[str] = []
                if opens and start and self.text[start - 1] == " ":
                    left = _LEFT.search(self.text[max(0, start - 50) : start])
                    before = left[1].split() if left else []
                if len(words) > _LONGEST_RUN or (len(words) < 2 and not (before and is_title(before[-1]))):
                    continue
                mention = self._personal(before, words, self.text[end : end + 40])
                if mention:
                    yield start, mention

    def _personal(self, before: list[str], words: list[str], after: str) -> Mention | None:
        # "Tam Ode and Ada Lorne" are two, "lawyer and author Ada Lorne" is one.
        others = [n for n, (left, word) in enumerate(pairwise(before), 2) if word == "and" and left[:1].isupper()]
        before = before[others[-1] if others else 0 :]
        led = [word for word in before if word.lower() not in ("and", "that", "as", "by", "with")]
        told = " ".join([*led[_last_break(led) :], *words])
        mention = read_mention(told)
        if mention.sort is not Sort.PERSON:
            return None
        name = mention.name.split()
        titled = bool(after_titles(tokens(" ".join(words)))[0]) or bool(led and is_title(led[-1]))
        known = name[0].lower() in FORENAMES or bool(_APPOSED.match(after))
        return mention if titled or known or (len(name) > 1 and self._stands_alone(name[-1])) else None

    def _stands_alone(self, surname: str, least: int = 1) -> bool:
        """Whether a name word also stands without another name word before and behind it, as surnames do."""
        if surname not in self._alone:
            self._alone[surname] = sum(_is_alone(one) for one in self._index.get(surname, ()))
        return self._alone[surname] >= least

    def _add(self, at: int, mention: Mention) -> None:
        name = tuple(mention.name.split())
        figure = next((one for one in self._named.alike(name) if same_name(one.name, name)), None)
        if figure is None and len(self.figures) >= _MOST_FIGURES:
            return
        if figure is None:
            figure = Figure(name=name, introduced=at)
            self.figures.append(figure)
            self._named.enter(name, figure)
        figure.introduced = min(figure.introduced, at)
        figure.roles.update(mention.roles)
        figure.body = figure.body or mention.body
        figure.gender = figure.gender or mention.gender
        # "U.S. Marine Corps" may reach here without its first letter.
        told = _beside(re.sub(r"^[A-Z]\.\s+", "", mention.words), mention.name)
        if len(told) > len(figure.description):
            figure.description = told

    def _drop_bodies(self) -> None:
        """Names that stand before "militants" or "officials" and never shorten to a surname are bodies."""
        self.bodies.update(figure.full for figure in self.figures if self._is_body(figure))
        self.figures = [figure for figure in self.figures if figure.full not in self.bodies]

    def _is_body(self, figure: Figure) -> bool:
        if figure.name[0].lower() in FORENAMES or len(figure.name) < 2:
            return False
        used = self._uses(figure.full)
        if len(used) < 2 or self._stands_alone(figure.name[-1], 1 + len(used) // 4):
            return False
        return any(has_body_cue(self.text, at + len(figure.full)) for at in used)

    def _uses(self, name: str) -> list[int]:
        first = name.split(" ")[0]
        return [one.at for one in self._index.get(first, ()) if self.text.startswith(name, one.at)]

    def _drop_doubles(self) -> None:
        """Drop a name that only a capital before another's surname makes ("Rejecting Lorne")."""
        surnames = {figure.last for figure in self.figures if _is_known(figure)}

        def doubled(one: Figure) -> bool:
            return not (_is_known(one) or one.roles or len(self._uses(one.full)) > 1) and one.last in surnames

        self.figures = [figure for figure in self.figures if not doubled(figure)]

    def _find_bodies(self) -> None:
        """Names twice in front of "militants", "spokesman" and the like that are no country's or person's."""
        counted = Counter(
            match["name"].removeprefix("The ").removeprefix("the ") for match in _STRICT_MEMBERS.finditer(self.text)
        )
        taken = {figure.last for figure in self.figures} | {figure.full for figure in self.figures}
        for name, count in sorted(counted.items()):
            often = count >= 2 or (len(self._uses(name)) >= 3 and " " in name)
            if often and name not in taken and places.country_of(name) is None and name not in _OPENERS:
                self.bodies.add(name)

    def _place(self) -> None:
        """Give each naming to its figure: full names first, a shared surname to whoever was last named in full."""
        by_last: dict[str, list[Figure]] = {}
        for figure in self.figures:
            by_last.setdefault(figure.last, []).append(figure)
            if _surname_first(figure):
                by_last.setdefault(figure.name[0], []).append(figure)
        for word, sharing in by_last.items():
            current = sharing[0]
            for one in self._index.get(word, ()):
                current = self._meant(one, sharing, current)
                current.places.append(one.at)
        for figure in self.figures:
            figure.places.sort()

    def _meant(self, one: _Place, sharing: list[Figure], current: Figure) -> Figure:
        if len(sharing) == 1:
            return current
        led = one.before.lower().rstrip(".")
        for figure in sharing:
            if len(figure.name) > 1 and fold(one.before) in name_words(figure.name)[:-1]:
                return figure
        wanted = "m" if led in MALE_HONORIFICS else "f" if led in FEMALE_HONORIFICS else ""
        fitting = [figure for figure in sharing if wanted and figure.gender == wanted]
        return fitting[0] if fitting else current


def has_body_cue(text: str, end: int) -> bool:
    """Whether what follows a name tells that it is a body's: members, officers, "which", "its"."""
    return bool(_MEMBERS.match(text, end) or _BODY_CUE.match(text, end))


def _is_alone(one: _Place) -> bool:
    led = one.before
    return not (led[:1].isupper() and led not in _OPENERS and not is_title(led)) and not one.named_on


def _certainty(mention: Mention) -> tuple[bool, int]:
    """Sorting key: known forenames first, fuller names first."""
    name = mention.name.split()
    return name[0].lower() not in FORENAMES, -min(len(name), 4)


def _is_known(figure: Figure) -> bool:
    return figure.name[0].lower() in FORENAMES


def _parts(run: str, start: int) -> Iterator[tuple[int, list[str]]]:
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


def _surname_first(figure: Figure) -> bool:
    return (
        len(figure.name) >= 2
        and figure.name[0].lower() in _FAMILY_FIRST
        and figure.name[-1].lower() not in _FAMILY_FIRST
        and figure.name[-1].lower() not in FORENAMES
    )


def _of_office(word: str) -> bool:
    low = word.lower()
    known = is_title(word) or low in BODY_HEADS or low in ("defence", "defense", "press", "tax", "exchequer")
    return known or word[0].isupper() or re.search(r"(?:al|ary|ive|ic|-born|-based|-elect|ese|ish)$", low) is not None


def _beside(told: str, name: str) -> str:
    """A description that begins with who speaks together with a person: "Ada Lorne, with Tam Ode, both divers"."""
    pair = re.match(rf"(?P<other>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)+) and {re.escape(name)}", told)
    return f"{name}, with {pair['other']}{told[pair.end() :]}" if pair else told


def _last_break(words: list[str]) -> int:
    """Where a description that runs up to a name may begin: behind the last word that is no part of an office."""
    if words and re.search(r"['’]s?$", words[-1]):
        return len(words) - 1
    for number in range(len(words) - 1, -1, -1):
        if words[number].lower() in PARTICLES or not _of_office(words[number]):
            return number + 1
    return 0
