"""Patterns for mentions of an outlet, an agency or a reporter who passed something on."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.attributing.lexicon import outlets
from onrecord.attributing.mentions.mention import MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.datamodel.labels import HEADING

_DATES = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|"
    r"September|October|"
    r"November|December)\b)"
)
# Names and their words are bounded, so that a text of capitals alone costs no more than its length.
_WORD = rf"(?<!\w){_DATES}[A-Z@][\w.&’'-]{{0,40}}"
_NAME = rf"(?:[Tt]he )?{_WORD}(?: (?:of|and|&|for|on) {_WORD}| {_WORD}){{0,6}}"
_PRESS = (
    r"(?:(?:state|local|national|foreign|Western|international|Israeli|Iranian|Russian|Chinese|Turkish|Syrian|"
    r"several|some|other) )*"
    r"(?:new[s]? agenc(?:y|ies)|media|television|TV|radio|newspapers?|news (?:outlets?|organi[sz]ations?|sites?)|"
    r"broadcasters?)"
)
TO_OUTLET = re.compile(
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
TOLD_PRESS = re.compile(rf"\b(?:told|tells|quoted by|reported by|cited by|carried by) (?P<who>(?:the )?{_PRESS})\b")
_THE_OUTLET = (
    r"[Tt]he (?:newspaper|paper|agency|news agency|broadcaster|website|news site|magazine|channel|station|network)"
)
_HOUSE = re.compile(
    r"\b(?:newspaper|tabloid|broadcaster|radio station|TV station|station|website|news site|magazine|channel|"
    r"newsletter|daily|blog|"
    rf"news agency|wire service|network|weekly|radio),? (?P<name>(?:[Tt]he )?{_WORD}(?: {_WORD}){{0,4}})"
    rf"|(?P<apart>(?:[Tt]he )?{_WORD}(?: {_WORD}){{0,4}}), (?:an?|the) (?:[\w’'-]+ ){{0,3}}?"
    r"(?:newspaper|tabloid|broadcaster|station|website|site|magazine|blog|daily|weekly|news agency|wire service|"
    r"newsletter)\b"
)
_LABEL = re.compile(r"^(?P<who>[A-Z][A-Z.'’ -]{2,40}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}):[ \t]", re.MULTILINE)
# Fewer labels than this are no transcript.
_FEWEST_LABELS = 3
ACCORDING = re.compile(
    rf"\b(?:[Aa]ccording to|[Aa]s reported by|[Aa]s quoted (?:by|in)|[Pp]er|[Vv]ia|[Cc]iting) "
    rf"(?P<who>{_THE_OUTLET}|{_NAME}|{_PRESS})"
)
REPORTS = re.compile(
    rf"(?P<who>{_NAME}|(?:[Ss]ome|[Ss]everal|[Mm]ultiple|[Ll]ocal|[Oo]ther) (?:reporters|journalists)|[Ss]tate "
    rf"{_PRESS})(?:['’]s?|, (?:an?|the|[A-Z][\w’'-]+) [^,.;:\n“”\"]{{3,60}},)?"
    r"(?: (?:also|later|first|further|has|had|have|previously|earlier))? (?:report(?:s|ed)?|quot(?:es|ed)|"
    r"cit(?:es|ed)|noted|said)\b|"
    rf"\breport(?:s|ed) (?P<after>{_NAME})"
)
OPENING = re.compile(
    rf"(?:[Pp]er|[Ff]rom|[Vv]ia|[Aa]ccording to|[Aa]s reported by)?\s*(?P<who>{_NAME})(?: \w+){{0,6}}\s*:\s*$"
)
# Those to whom everybody speaks are no relay.
_PUBLIC = frozenset("reporters journalists parliament congress lawmakers mps senators".split())


class OutletMentions:
    """The mentions of one text, by pattern."""

    def __init__(self, text: str) -> None:
        self.matches = {
            pattern: list(pattern.finditer(text)) for pattern in (REPORTS, ACCORDING, TO_OUTLET, TOLD_PRESS)
        }
        introduced = (match["name"] or match["apart"] for match in _HOUSE.finditer(text))
        self.introduced_names = tuple(dict.fromkeys(name.removeprefix("the ") for name in introduced))
        candidates = ((match.start(), match["who"]) for match in _LABEL.finditer(text))
        labels = [(at, who) for at, who in candidates if not HEADING.fullmatch(who)]
        self.labels = dict(_without_hosts(labels, text)) if len(labels) >= _FEWEST_LABELS else {}
        self.starts = {pattern: [match.start() for match in matches] for pattern, matches in self.matches.items()}

    def introduced_outlet(self, phrase: str) -> str | None:
        """The outlet that a text introduces by its kind ("the newsletter Quay Letter"), where words name it."""
        bare = phrase.removeprefix("the ").removeprefix("The ")
        return next((name for name in self.introduced_names if name == bare or name == bare.split("'s ")[0]), None)

    def transcript_speaker(self, line_start: int) -> str | None:
        """The speaker of a transcript's line, None where the line opens no turn."""
        return self.labels.get(line_start)

    def matches_within(self, pattern: re.Pattern[str], start: int, end: int) -> list[re.Match[str]]:
        """The matches of a pattern that begin within a stretch."""
        starts = self.starts[pattern]
        return self.matches[pattern][bisect_left(starts, start) : bisect_left(starts, end)]


def _without_hosts(labels: list[tuple[int, str]], text: str) -> list[tuple[int, str]]:
    """A transcript's turns but those of whoever asks the questions, who passes nothing on."""
    ends = [at for at, _ in labels[1:]] + [len(text)]
    asked: dict[str, list[bool]] = {}
    for (at, who), end in zip(labels, ends, strict=True):
        asked.setdefault(who, []).append("?" in text[at:end])
    hosts = {who for who, turns in asked.items() if 2 * sum(turns) >= len(turns)}
    return [(at, who) for at, who in labels if who not in hosts]


def relay_name(phrase: str) -> str | None:
    """The name of an outlet, or of a reporter with the outlet ("Courier (Ada Lorne)"); None for anybody else."""
    phrase = re.split(r"(?<=[a-z]{2})\.(?=[A-Z\s]|$)", re.sub(r"['’]s?$", "", phrase.strip(" .,:;")))[0]
    known = outlets.outlet_of(phrase)
    if known or phrase.lower() in _PUBLIC:
        return known
    parted = re.match(r"(?P<outlet>.+?)['’]s (?P<who>[A-Z].+)$", phrase)
    if parted:
        return _of_outlet(parted["outlet"], parted["who"])
    return _longer_name(phrase)


def _of_outlet(owner: str, who: str) -> str | None:
    outlet = outlets.outlet_of(owner)
    if outlet is None:
        return outlets.outlet_of(who)
    name = re.split(r" (?:on|in|for|of) ", who)[0].split()
    return f"{outlet} ({' '.join(name)})" if len(name) > 1 and name[-1] not in outlets.NAME_ENDS else outlet


def _longer_name(phrase: str) -> str | None:
    """An outlet with its programme ("Courier Radio Tonight"), or a name that ends as outlets' names do."""
    words = phrase.split()
    for length in range(len(words) - 1, 0, -1):
        outlet = outlets.outlet_of(" ".join(words[:length]))
        if outlet:
            programme = words[length][:1].isupper() or (
                words[length] in ("on", "for") and words[length + 1][:1].isupper()
            )
            return " ".join(words).removeprefix("the ") if programme and words[length] not in ("in", "at") else outlet
    read = read_mention(phrase)
    return read.name if read.type is MentionType.OUTLET and " " in read.name else None
