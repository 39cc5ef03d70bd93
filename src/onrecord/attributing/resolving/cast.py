"""The persons whom a report introduces, with every place at which they are named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.attributing.layout import Layout
from onrecord.attributing.lexicon import places
from onrecord.attributing.lexicon.forenames import FORENAMES
from onrecord.attributing.lexicon.titles import PARTICLES, SUFFIXES
from onrecord.attributing.resolving.matching import fold, name_words, same_name
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.attributing.wording.words import after_titles, is_title, tokens

_CAPITAL = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Brig|Capt|Cmdr|Sgt|Cpl|Pvt|Adm|Sen|Rep|Gov|Rev|Hon|Cst|Supt|Insp|"
    r"Det|St|[A-Z])\.|"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|"
    r"December|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\b)[A-Z][\w’'‑-]*(?<!['’]s))"
)
_RUN = re.compile(
    rf"(?<![\w@#]){_CAPITAL}(?:[ \t](?:(?:de|del|della|van|von|der|bin|al|el|la|da|dos|di|bint|ibn) )*{_CAPITAL})*"
)
_LEFT = re.compile(r"((?:[\w’'-]+[ \t]){0,5})$")
_LAST = re.compile(r"(\w[\w.’'-]*)[ \t]$")
_NAMED_ON = re.compile(r"[ \t][A-Z]")
_OPENERS = frozenset(
    """The A An In On At But And Or If When While As For From With By To Of After Before Since Although Though
    However Meanwhile Then First Earlier Later Also It He She They We I You His Her Their Its This That These
    Those There Here What Who Why How Not No Yes Per Some Speaking Asked Both Even Still So Yet Just Only Once
    Because Despite During Under Over About According Last Next Like Former""".split()
)
_APPOSED = re.compile(
    r",\s+(?:an?\s|the\s|who\s|\d{1,3}\b|whose\s|[a-z]+(?:\s[\w’'-]+){0,3}\s(?:of|at|for)\s)|\s\(\d{1,3}\)|"
    r"\s?,\s\w+(?:\s\w+)?\s(?:spokes|minister|director|chief)"
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


class Cast:
    """The persons of one report, found in its sources and its text."""

    def __init__(self, layout: Layout, sources: Iterable[tuple[int, Mention]]) -> None:
        self.layout = layout
        self.figures: list[Figure] = []
        self.bodies: set[str] = set()
        found = [(at, mention) for at, mention in sources if mention.sort is Sort.PERSON]
        found.extend(self._in_text())
        for at, mention in sorted(found, key=lambda pair: (-len(pair[1].name.split()), pair[0])):
            self._add(at, mention)
        self.figures.sort(key=lambda figure: figure.introduced)
        self._drop_bodies()
        self._find_bodies()
        self._place()

    def find(self, name: str, before: int | None = None) -> Figure | None:
        """The person a name means; where several share it, the one named last before a position."""
        words = tuple(name.split())
        fitting = [figure for figure in self.figures if same_name(figure.name, words)]
        if not fitting and len(words) == 1:
            folded = fold(name)
            fitting = [
                figure for figure in self.figures if folded in name_words(figure.name)[:1] and _surname_first(figure)
            ]
            fitting = fitting or [figure for figure in self.figures if folded == fold(figure.name[-1])]
            fitting = fitting or [figure for figure in self.figures if folded == fold(figure.name[0])]
        if len(fitting) > 1 and before is not None:
            fitting.sort(key=lambda figure: max((at for at in figure.places if at <= before), default=-1))
        return fitting[-1] if fitting else None

    def _in_text(self) -> Iterable[tuple[int, Mention]]:
        text = self.layout.text
        for match in _RUN.finditer(text):
            run = match[0].rstrip(".")
            words = run.split()
            start = match.start()
            while words and words[0] in _OPENERS:
                start += len(words[0]) + 1
                words = words[1:]
            if not words:
                continue
            left = _LEFT.search(text[max(0, start - 60) : start])
            before = left[1].split() if left and start == match.start() else []
            mention = self._personal(before, words, text[match.end() : match.end() + 40])
            if mention:
                yield start, mention

    def _personal(self, before: list[str], words: list[str], after: str) -> Mention | None:
        led = [word for word in before[-4:] if word.lower() not in ("and", "that", "as", "by", "with")]
        told = " ".join([*led[_last_break(led) :], *words])
        mention = read_mention(told)
        if mention.sort is not Sort.PERSON:
            return None
        name = mention.name.split()
        titled = bool(after_titles(tokens(" ".join(words)))[0]) or len(told.split()) > len(name)
        known = name[0].lower() in FORENAMES or bool(_APPOSED.match(after))
        return mention if titled or known or (len(name) > 1 and self._alone(name[-1])) else None

    def _alone(self, surname: str, least: int = 1) -> bool:
        """Whether a name word also stands without another name word before and behind it, as surnames do."""
        text = self.layout.text
        seen = 0
        for match in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", text):
            left = _LAST.search(text[max(0, match.start() - 30) : match.start()])
            led = left[1] if left else ""
            if not (led[:1].isupper() and led not in _OPENERS and not is_title(led)) and not _NAMED_ON.match(
                text[match.end() :]
            ):
                seen += 1
                if seen >= least:
                    return True
        return False

    def _add(self, at: int, mention: Mention) -> None:
        name = tuple(mention.name.split())
        figure = next((one for one in self.figures if same_name(one.name, name)), None)
        if figure is None:
            figure = Figure(name=name, introduced=at)
            self.figures.append(figure)
        figure.introduced = min(figure.introduced, at)
        figure.roles.update(mention.roles)
        figure.body = figure.body or mention.body
        figure.gender = figure.gender or mention.gender
        if len(mention.words) > len(figure.description):
            figure.description = mention.words

    def _drop_bodies(self) -> None:
        """Capitalised pairs that stand before "militants", "officials" and the like and never shorten to a surname."""
        kept = []
        for figure in self.figures:
            name = re.escape(figure.full)
            text = self.layout.text
            used = len(re.findall(rf"\b{name}\b", text))
            modifies = len(re.findall(rf"\b{name}(?:['’]s)? (?:{_MEMBERS})\b", text))
            known = figure.name[0].lower() in FORENAMES
            if (
                not known
                and modifies
                and len(figure.name) > 1
                and used >= 2
                and not self._alone(figure.name[-1], 1 + used // 4)
            ):
                self.bodies.add(figure.full)
            else:
                kept.append(figure)
        self.figures = kept

    def _find_bodies(self) -> None:
        """Names twice in front of "militants", "spokesman" and the like that are no country's or person's."""
        counted: dict[str, int] = {}
        for match in _MEMBERS_OF.finditer(self.layout.text):
            name = match["name"].removeprefix("The ").removeprefix("the ")
            counted[name] = counted.get(name, 0) + 1
        surnames = {figure.name[-1] for figure in self.figures} | {figure.full for figure in self.figures}
        for name, count in counted.items():
            if count >= 2 and name not in surnames and places.country_of(name) is None and name not in _OPENERS:
                self.bodies.add(name)

    def _place(self) -> None:
        for figure in self.figures:
            last = figure.name[-1] if fold(figure.name[-1]) not in SUFFIXES else figure.name[-2]
            forms = {last, figure.full}
            if _surname_first(figure):
                forms.add(figure.name[0])
            pattern = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
            figure.places = [match.start() for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", self.layout.text)]


_MEMBERS = (
    "militants?|leaders?|officials?|representatives?|fighters?|members?|spokes\\w+|insurgents?|rebels?|forces|"
    "troops|supporters|group|"
    "party|campaign|movement|executives?|employees|staff|officers?|insurgency|network|attacks?|lawmakers|players|"
    "fans|workers|shares|stores?"
)
_MEMBERS_OF = re.compile(
    r"(?<![\w.] )\b(?P<name>(?:[Tt]he )?[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})(?:['’]s)? "
    r"(?:militants?|fighters?|members?|spokes\w+|insurgents?|rebels?|supporters|gunmen|representatives?)\b"
)
_FAMILY_FIRST = frozenset(
    "kim lee park choi jung kang cho yoon jang lim moon han shin xi li wang zhang liu chen yang huang zhao wu "
    "zhou xu sun ma zhu hu guo he lin "
    "luo nguyen tran pham mao deng jiang wen chiang ban roh ri pak".split()
)


def _surname_first(figure: Figure) -> bool:
    return (
        len(figure.name) >= 2
        and figure.name[0].lower() in _FAMILY_FIRST
        and figure.name[-1].lower() not in _FAMILY_FIRST
    )


def _last_break(words: list[str]) -> int:
    """Where a description that runs up to a name may begin: behind the last verb-like or closing word."""
    for number in range(len(words) - 1, -1, -1):
        if words[number].lower() in _CLOSING or words[number].lower() in PARTICLES:
            return number + 1
    return 0


_CLOSING = frozenset(
    """to of for with from in on at by about against over is was were are be been has have had said says told met
    that when where who which and or but than as between after before because while if so then not did does do
    into under like called named include including showed shows reported quoted cited accused urged asked thanked
    praised blamed killed arrested""".split()
)
