"""The words of a phrase: how they are cut, which are titles, where its head ends."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import titles

_GENDERS = {
    "m": "he him his himself",
    "f": "she her hers herself",
    "p": "they them their themselves both all",
    "n": "it its this",
    "1": "i my me",
    "1p": "we our us",
    "2": "you",
    "r": "who whom which that",
}
# Pronouns by gender, number and person; "r" are relative.
PRONOUNS = {word: gender for gender, words in _GENDERS.items() for word in words.split()}
PREPOSITIONS = frozenset(
    """of to for at in on with from by about against under over inside outside within near behind among between
    as including like via after before during""".split()
)
DETERMINERS = frozenset(
    """a an the this that these those some many several few most one two three four five six seven eight nine
    ten another other others all both any each every no multiple various certain numerous dozens hundreds
    his her its their our my your at least more than""".split()
)
_WITH_ARTICLE = re.compile(r"(?:a[dlnrst]|ash|ath|az|el|ul)[-‑’'](?=[A-Z])")
_INNER_CAPITAL = re.compile(r"(?!\d+[A-Z]{1,2}$)(?:[a-z]|\d[a-z\d]*)[A-Z]\w*[a-z]")
# "Eddie “The Hammer” Quayle": a nickname between the parts of a name.
_NICKNAME = re.compile(r"(?<=\w )(?:“[^“”]{2,24}”|\"[^\"]{2,24}\"|‘[^‘’]{2,24}’) (?=[A-Z])")
_TOKEN = re.compile(r"@\w+|\w[\w&.’'/‑-]*|[,;:()—–&]")


def clean(words: str) -> str:
    """Source words on one line without marks around them."""
    flat = " ".join(words.split()).strip(" \t\"“”‘’'.,:;-–—[]")
    return flat.removeprefix("(").removesuffix(")") if flat.count("(") != flat.count(")") else flat


def tokenize(words: str) -> list[str]:
    """Words and commas; a possessive ending is a word of its own, a full stop stays with initials and titles.

    A nickname between marks inside a name is left out.
    """
    pieces: list[str] = []
    for token in _TOKEN.findall(_NICKNAME.sub("", words)):
        for ending in ("'s", "’s", "s'", "s’", "'", "’"):
            if token.endswith(ending) and len(token) > len(ending):
                pieces.extend((token[: -len(ending)] + ("s" if ending.startswith("s") else ""), "'s"))
                break
        else:
            pieces.append(token)
    return [token if _keeps_stop(token) else token.rstrip(".") for token in pieces]


def _keeps_stop(token: str) -> bool:
    return token.count(".") > 1 or (len(token) == 2 and token[0].isupper())


def bare(token: str) -> str:
    """A word in lower case without a closing full stop."""
    return token.lower().rstrip(".")


def is_title(token: str) -> bool:
    """Whether a word may stand before a personal name: honorific, rank, office, role."""
    low = bare(token)
    return low in titles.HONORIFICS or low in titles.RANKS or low in titles.ROLES


def is_capital(token: str) -> bool:
    """Whether a word begins with a capital letter as names do: also "al-Ruun", "iBuoy" and "4Quays"."""
    return token[:1].isupper() or bool(_WITH_ARTICLE.match(token) or _INNER_CAPITAL.match(token))


def core_of(parts: list[str]) -> list[str]:
    """The words before the first preposition: the phrase without what is hung on it."""
    for number, token in enumerate(parts):
        if token.lower() in PREPOSITIONS and number:
            return parts if _compound(parts, number) else parts[:number]
    return parts


def _compound(parts: list[str], number: int) -> bool:
    """Whether a preposition stands inside a name that a role follows: "a Department of Health spokesman"."""
    last = parts[-1]
    inside = parts[number] == "of" and is_capital(parts[number - 1]) and len(parts) > number + 2
    human = last.lower() in titles.UNNAMED_HEADS or is_title(last)
    return inside and human and not is_capital(last) and is_capital(parts[number + 1]) and is_capital(parts[-2])


def trailing_run(parts: list[str]) -> list[str]:
    """The capitalised words, particles between them included, with which a phrase ends."""
    start = len(parts)
    while start:
        token = parts[start - 1]
        particle = token.lower() in titles.PARTICLES and start < len(parts)
        if token.lower() in DETERMINERS or not (is_capital(token) or particle):
            break
        start -= 1
    run = parts[start:]
    while run and not is_capital(run[0]) and run[0].lower() not in titles.PARTICLES:
        run = run[1:]
    return run


def after_titles(run: list[str]) -> tuple[list[str], list[str]]:
    """A run of capitalised words parted behind its last title: (titles and what precedes them, name)."""
    while len(run) > 2 and bare(run[-1]) in titles.POST_NOMINALS:
        run = run[:-1]
    last = -1
    for number, token in enumerate(run):
        # "Stephen King" is no king.
        if is_title(token) and number + 1 < len(run) and not (number == 1 and len(run) == 2):
            last = number
    if last < 0 and len(run) == 2 and is_title(run[0]):
        last = 0
    return run[: last + 1], run[last + 1 :]


def roles_of(parts: list[str]) -> tuple[str, ...]:
    """The words of a description that tell it apart, lower case, without articles and prepositions."""
    skipped = DETERMINERS | PREPOSITIONS | {"'s", ",", "and", "who", "is", "was", "has", "been"}
    return tuple(dict.fromkeys(bare(token) for token in parts if token.lower() not in skipped))
