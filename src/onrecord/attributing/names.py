"""The words of a source to what they name: a person, a body, an outlet, a document, somebody unnamed, a pronoun."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from onrecord.attributing.lexicon import bodies, outlets, places, titles
from onrecord.attributing.lexicon.forenames import FEMALE, FORENAMES, MALE


class Sort(StrEnum):
    """What the words of a source are."""

    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"
    DOCUMENT = "document"
    NAME = "name"  # one capitalised word that only the report can tell
    HANDLE = "handle"
    UNNAMED = "unnamed"
    DESCRIPTION = "description"  # "the minister": refers to somebody told of elsewhere
    BODY_DESCRIPTION = "body-description"  # "the agency"
    PRONOUN = "pronoun"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A source's words, read: `roles` are lower-case words, `body` is what a person belongs to, gender is m, f or empty."""

    words: str
    sort: Sort
    name: str = ""
    roles: tuple[str, ...] = ()
    body: str = ""
    gender: str = ""
    plural: bool = False
    claimed: bool = False
    author: str = ""


PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f", "they": "p", "them": "p", "their": "p", "it": "n",
    "its": "n", "i": "1", "we": "1p", "who": "r", "whom": "r", "which": "r", "that": "r", "you": "2", "himself": "m",
    "herself": "f", "themselves": "p", "both": "p", "my": "1", "me": "1", "our": "1p", "us": "1p", "all": "p", "this": "n",
}  # fmt: skip
PREPOSITIONS = frozenset(
    "of to for at in on with from by about against under over inside outside within near behind among between as including like via after before during".split()
)
DETERMINERS = frozenset(
    """a an the this that these those some many several few most one two three four five six seven eight nine ten another other others all both
    any each every no multiple various certain numerous dozens hundreds his her its their our my your at least more than""".split()
)
SAYINGS = "comments?|remarks?|announcements?|claims?|denials?|assertions?|statements?|words|speech|tweets?|posts?|admission|allegations?|testimony|account|confirmation"
DOCUMENTS = frozenset(
    """letter letters memo memos memorandum document documents report reports study studies draft email emails e-mail e-mails note notes cable
    cables transcript filing filings lawsuit complaint indictment affidavit resolution bill law treaty agreement contract dossier file files
    paper papers poll polls survey surveys statement statements release communique communiqué article story stories post posts tweet
    tweets video videos recording tape footage message messages text leaflet manifesto book review audit figures data statistics
    records research analysis findings order ruling verdict judgment judgement website editorial headline headlines warrant summary
    notice bulletin advisory guidance plan proposal deal record autopsy diary log logs census index estimates forecast rumours
    rumors rumour rumor media press news legend map""".split()
)
_TOKEN = re.compile(r"@\w+|\w[\w&.’'/‑-]*|[,;:()—–&]")
_TAIL = re.compile(r"(?:,(?!\s*(?:Jr|Sr|II|III|IV)\b)|;|\(|—|–|\s-\s|\s(?:who|which|whose|whom|that|where|when)\b|\s(?:an?)\s(?=\w+))")
_CLAIMING = re.compile(r"\b(?:claiming|claimed|purporting|believed|said|thought|alleged) to be\s+(?P<whom>.+)$|\bpurported\s+(?P<other>.+)$")
_SAYING_OF = re.compile(rf"^(?P<owner>.+?)['’]s?\s+(?:own\s|later\s|latest\s|earlier\s|public\s)?(?:{SAYINGS})$")


def clean(words: str) -> str:
    """Source words on one line without marks around them."""
    flat = " ".join(words.split()).strip(" \t\"“”‘’'.,:;-–—[]")
    return flat.removeprefix("(").removesuffix(")") if flat.count("(") != flat.count(")") else flat


def tokens(words: str) -> list[str]:
    """Words and commas; a possessive ending is a word of its own, a full stop stays with initials and titles."""
    found: list[str] = []
    for token in _TOKEN.findall(words):
        for ending in ("'s", "’s", "s'", "s’", "'", "’"):
            if token.endswith(ending) and len(token) > len(ending):
                found.extend((token[: -len(ending)] + ("s" if ending.startswith("s") else ""), "'s"))
                break
        else:
            found.append(token)
    return [token if _keeps_stop(token) else token.rstrip(".") for token in found]


def _keeps_stop(token: str) -> bool:
    return token.count(".") > 1 or (len(token) == 2 and token[0].isupper())


def _bare(token: str) -> str:
    return token.lower().rstrip(".")


def is_title(token: str) -> bool:
    """Whether a word may stand before a personal name: honorific, rank, office, role."""
    bare = _bare(token)
    return bare in titles.HONORIFICS or bare in titles.RANKS or bare in titles.ROLES


def _capital(token: str) -> bool:
    return token[:1].isupper()


def read_mention(words: str) -> Mention:
    """What a source's words name, as far as they tell it by themselves."""
    told = clean(words)
    low = told.lower()
    if not told:
        return Mention(words="", sort=Sort.NOTHING)
    if low in PRONOUNS:
        return Mention(words=told, sort=Sort.PRONOUN, name=low, gender=PRONOUNS[low])
    if told.startswith("@"):
        return Mention(words=told, sort=Sort.HANDLE, name=told[1:])
    claimed = _CLAIMING.search(told)
    if claimed:
        inner = read_mention(claimed["whom"] or claimed["other"])
        return replace(inner, words=told, claimed=True)
    saying = _SAYING_OF.match(told)
    if saying:
        return replace(read_mention(saying["owner"]), words=told)
    return _read_phrase(told)


def _read_phrase(told: str) -> Mention:
    told = re.sub(r"['’]s?$", "", told)
    head, tail = _split(told)
    parts = tokens(head)
    known = outlets.outlet_of(head)
    if known or bodies.body_of(head):
        return Mention(words=told, sort=Sort.OUTLET if known else Sort.BODY, name=known or bodies.body_of(head) or "")
    person = _person_in(parts)
    if person:
        return _person(told, person, parts, tail)
    document = _document(told, parts, tail)
    if document:
        return document
    apposed = _apposed(told, parts, tail)
    return apposed or _other(told, parts, tail)


def _split(told: str) -> tuple[str, str]:
    cut = _TAIL.search(told, 1)
    # "the minister, Ada Lorne" and "Ada Lorne, minister" both break at the comma; "Inc" and "Jr" do not break.
    return (told[: cut.start()].strip(), told[cut.start() :].strip(" ,;()—–-")) if cut else (told, "")


def _core(parts: list[str]) -> list[str]:
    """The words before the first preposition: the phrase without what is hung on it."""
    for number, token in enumerate(parts):
        if token.lower() in PREPOSITIONS and number:
            return parts[:number]
    return parts


def _trailing_run(parts: list[str]) -> list[str]:
    start = len(parts)
    while start and (_capital(parts[start - 1]) or (parts[start - 1].lower() in titles.PARTICLES and start < len(parts))):
        if parts[start - 1].lower() in DETERMINERS:
            break
        start -= 1
    run = parts[start:]
    while run and not _capital(run[0]) and run[0].lower() not in titles.PARTICLES:
        run = run[1:]
    return run


def after_titles(run: list[str]) -> tuple[list[str], list[str]]:
    """A run of capitalised words parted behind its last title: (titles and what precedes them, name)."""
    last = -1
    for number, token in enumerate(run):
        if is_title(token) and (number + 1 < len(run)) and not (number == 1 and len(run) == 2):
            last = number
    if last < 0 and len(run) == 2 and is_title(run[0]):
        last = 0
    return run[: last + 1], run[last + 1 :]


def _person_in(parts: list[str]) -> list[str] | None:
    """The tokens of the personal name that heads the phrase, None where none does."""
    core = _core(parts)
    found = _name_at_end(core)
    if found:
        return found
    if len(core) < len(parts) and parts[len(core)].lower() == "of" and core:
        run = _trailing_run(parts)
        before, name = after_titles(run)
        if not is_title(core[-1]) and (len(before) < 2 or not _capital(core[-1])):
            return None
        position = len(parts) - len(run)
        led = parts[position - 1].lower() if position else ""
        if name and len(name) <= 4 and (len(before) > 1 or (led not in PREPOSITIONS and led != "the")) and _personal(name):
            return name
    return None


def _name_at_end(core: list[str]) -> list[str] | None:
    run = _trailing_run(core)
    if not run:
        return None
    position = len(core) - len(run)
    led = core[position - 1] if position else ""
    before, name = after_titles(run)
    titled = bool(before) or (led and not _capital(led) and is_title(led) and led.lower() not in PREPOSITIONS)
    if titled and name and _personal(name):
        return name
    name = _without_nation(name)
    if led.lower() == "'s" and _looks_personal(name):
        return name
    if led and led.lower() not in ("and", ",") and not titled:
        return None
    return name if _looks_personal(name) else None


def _without_nation(name: list[str]) -> list[str]:
    while len(name) > 2 and (name[0] in places.DEMONYMS or name[0] in ("Republican", "Democrat", "Democratic", "Conservative", "Labour")):
        name = name[1:]
    return name


def _personal(name: list[str]) -> bool:
    """Whether words behind a title can be a name."""
    joined = " ".join(name)
    if len(name) > 5 or outlets.outlet_of(joined) or bodies.body_of(joined):
        return False
    if places.country_of(joined) and len(name) == 1:
        return False
    return not any(token in bodies.NAME_WORDS for token in name) or name[0].lower() in FORENAMES


def _looks_personal(name: list[str]) -> bool:
    """Whether capitalised words without a title are a person's name: two to five words that no list knows as a body."""
    if not 2 <= len(name) <= 5 or not _personal(name):
        return False
    first = name[0].lower().rstrip(".")
    if first in FORENAMES or re.fullmatch(r"(?:[A-Z]\.){1,3}", name[0]):
        return True
    joined = " ".join(name)
    known = places.country_of(joined) or name[0] in places.OTHER_PLACES or name[-1] in outlets.NAME_ENDS
    acronym = any(len(token) > 1 and token.isupper() and _bare(token) not in titles.SUFFIXES for token in name)
    nation = name[0] in ("The", "North", "South", "East", "West", "New", "Air", "Los", "San") or any(
        token in places.DEMONYMS or token in places.COUNTRIES for token in name[:-1]
    )
    return not (known or acronym or nation)


def _gender(roles: tuple[str, ...], name: list[str]) -> str:
    for role in roles:
        if role in titles.MALE_HONORIFICS or role in titles.MALE_ROLES:
            return "m"
        if role in titles.FEMALE_HONORIFICS or role in titles.FEMALE_ROLES:
            return "f"
    first = name[0].lower() if name else ""
    if first in MALE and first not in FEMALE:
        return "m"
    return "f" if first in FEMALE and first not in MALE else ""


def roles_of(parts: list[str]) -> tuple[str, ...]:
    """The words of a description that tell it apart, lower case, without articles and prepositions."""
    skipped = DETERMINERS | PREPOSITIONS | {"'s", ",", "and", "who", "is", "was", "has", "been"}
    return tuple(dict.fromkeys(_bare(token) for token in parts if token.lower() not in skipped))


def _person(told: str, name: list[str], parts: list[str], tail: str) -> Mention:
    before = parts[: len(parts) - len(name)] if parts[-len(name) :] == name else _before(parts, name)
    hung = parts[len(before) + len(name) :]
    roles = roles_of([*before, *hung, *tokens(tail)[:24]])
    kept = [token for token in name if token != "'s"]
    return Mention(
        words=told,
        sort=Sort.PERSON,
        name=" ".join(kept),
        roles=roles,
        body=_body_in(before) or _body_in(hung) or _body_in(tokens(tail)),
        gender=_gender(roles, kept),
    )


def _before(parts: list[str], name: list[str]) -> list[str]:
    for start in range(len(parts) - len(name) + 1):
        if parts[start : start + len(name)] == name:
            return parts[:start]
    return parts


def _body_in(parts: list[str]) -> str:
    """The outlet or known body among a description's words, the longest first; empty for none."""
    words = [token for token in parts if token != "'s"]
    for length in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            found = (outlets.outlet_of(run) or bodies.body_of(run)) if _capital(words[start]) else None
            if found:
                return found
    return ""


def _apposed(told: str, parts: list[str], tail: str) -> Mention | None:
    """A description with its name behind the comma: "a senior aide, Ada Lorne"."""
    if not tail or not parts:
        return None
    for segment in re.split(r"[,;()]", tail)[:2]:
        named = tokens(segment)
        if not named or len(named) > 8 or not all(_capital(t) or t.lower() in titles.PARTICLES or t in ("&", "and") for t in named):
            continue
        before, name = after_titles(named)
        if name and _personal(name) and (before or _looks_personal(name)) and not _body_head(parts):
            roles = roles_of([*parts, *before])
            return Mention(
                words=told, sort=Sort.PERSON, name=" ".join(name), roles=roles, body=_body_in(parts), gender=_gender(roles, name)
            )
        known = outlets.outlet_of(segment.strip())
        if _body_head(parts) or known:
            sort = Sort.OUTLET if known or _body_head(parts) in _OUTLET_HEADS else Sort.BODY
            return Mention(words=told, sort=sort, name=known or segment.strip(), roles=roles_of(parts))
    return None


_OUTLET_HEADS = frozenset("newspaper magazine broadcaster station channel paper outlet site website publication daily weekly tabloid broadsheet".split())


def _body_head(parts: list[str]) -> str:
    core = _core(parts)
    last = core[-1].lower() if core else ""
    return last if last in titles.BODY_HEADS else ""


def _document(told: str, parts: list[str], tail: str) -> Mention | None:
    core = _core(parts)
    for number, token in enumerate(core[:-1]):
        if token.lower() in DOCUMENTS and re.fullmatch(r"\w+ed|sent|seen|written|given|shown|shared|published", core[number + 1]):
            core = core[: number + 1]
            break
    if not core or core[-1].lower() not in DOCUMENTS or (_capital(core[-1]) and len(parts) > 1 and _capital(core[0]) and len(core) > 1):
        return None
    joined = " ".join(token for token in core[:-1] if token != "'s")
    known = outlets.outlet_of(joined)
    if known:
        return Mention(words=told, sort=Sort.OUTLET, name=known)
    if core[-1].lower() in ("statement", "statements", "release"):
        owner = " ".join(parts[len(core) + 1 :]) if len(core) < len(parts) and parts[len(core)].lower() in ("from", "by") else joined
        if owner and _capital(owner.removeprefix("the ").removeprefix("a ")):
            return replace(read_mention(owner), words=told)
    plural = core[-1].lower().endswith("s") or core[-1].lower() in ("media", "press")
    return Mention(
        words=told, sort=Sort.DOCUMENT, name=core[-1].lower(), roles=roles_of(parts), plural=plural, author=_author(core, parts, tail)
    )


def _author(core: list[str], parts: list[str], tail: str) -> str:
    """Who a document is said to be from: "a letter from Gen. Lorne", "Lorne's letter", "a letter, Gen. Ada Lorne"."""
    if "'s" in core:
        owner = core[: core.index("'s")]
        return " ".join(after_titles(_trailing_run(owner))[1])
    rest = parts[len(core) :]
    for number, token in enumerate(rest):
        if token.lower() in ("from", "by") and number + 1 < len(rest):
            run = _trailing_run(rest[number + 1 :])
            before, name = after_titles(run)
            return " ".join(name) if (before or _looks_personal(name)) and name and _personal(name) else ""
    found = _name_at_end(tokens(tail.split(",")[0])) if tail else None
    return " ".join(found) if found else ""


def _other(told: str, parts: list[str], tail: str) -> Mention:
    head = " ".join(parts).replace(" 's", "'s")
    known = outlets.outlet_of(head)
    if known:
        return Mention(words=told, sort=Sort.OUTLET, name=known)
    body = bodies.body_of(head) or _national(parts)
    if body:
        return Mention(words=told, sort=Sort.BODY, name=body)
    led = _body_led(told, parts)
    if led:
        return led
    core = _core(parts)
    bare = [token for token in core if token.lower() not in DETERMINERS]
    if bare and all(_capital(token) or token in ("'s", "&", "and") or token.lower() in titles.PARTICLES for token in bare):
        return _capitalised(told, bare, core, parts)
    return _described(told, core, parts, tail)


def _national(parts: list[str]) -> str:
    """A country's government or arm ("Kenya", "Kenya's army", "the Kenyan government"), empty for other words."""
    words = [token for token in parts if token not in ("'s",) and token.lower() not in ("the", "and")]
    for length in (3, 2, 1):
        country = places.country_of(" ".join(words[:length])) if len(words) >= length else None
        if country is None:
            continue
        rest = " ".join(words[length:]).lower()
        arm = "government" if not rest else bodies.arm_of(rest) or bodies.arm_of(rest.split(" ")[0])
        if arm:
            people = places.SHORT.get(country) or places.PEOPLES.get(country) or f"{country}'s"
            return "The Pentagon" if (people, arm) == ("U.S.", "defence ministry") else f"{people} {arm}"
    return ""


def _body_led(told: str, parts: list[str]) -> Mention | None:
    """Those who are a body when they speak: "members of the union", "the editors of the Gazette", "the group's leadership"."""
    low = [token.lower() for token in parts]
    if "of" in low[:5] and any(word in low[:3] for word in ("members", "editors", "organisers", "organizers", "leadership", "leaders", "management")):
        rest = parts[low.index("of") + 1 :]
        run = _trailing_run(rest)
        if run or (rest and rest[-1].lower() in titles.BODY_HEADS):
            named = " ".join(run) if run else " ".join(rest)
            capital = [token for token in rest if _capital(token)]
            if capital and rest[-1].lower() in titles.BODY_HEADS:
                named = " ".join(rest)
            return replace(read_mention(named), words=told)
    if "'s" in parts and low[-1] in ("leadership", "management", "editors", "organisers", "organizers", "board", "headquarters"):
        return replace(read_mention(" ".join(parts[: parts.index("'s")])), words=told)
    return None


def _capitalised(told: str, bare: list[str], core: list[str], parts: list[str]) -> Mention:
    name = " ".join(token for token in bare).replace(" 's", "'s")
    full = " ".join(token for token in parts if token.lower() not in ("a", "an") or token[0].isupper()).replace(" 's", "'s")
    full = re.sub(r"^\w+-based ", "", full.removeprefix("the ").removeprefix("The "))
    if bodies.body_of(full) or outlets.outlet_of(full):
        return Mention(words=told, sort=Sort.BODY if bodies.body_of(full) else Sort.OUTLET, name=bodies.body_of(full) or outlets.outlet_of(full) or full)
    if outlets.outlet_of(name):
        return Mention(words=told, sort=Sort.OUTLET, name=outlets.outlet_of(name) or name)
    if all(is_title(token) for token in bare) and len(core) < len(parts) or bare[-1].lower() in ("leader", "president", "secretary", "minister"):
        return Mention(words=told, sort=Sort.DESCRIPTION, roles=roles_of(parts), gender=_gender(roles_of(bare), []))
    if len(bare) == 1 and core[0].lower() != "the":
        unnamed = (bare[0].lower() in titles.UNNAMED_HEADS and len(parts) == 1) or bare[0].removesuffix("s") in places.DEMONYMS
        if unnamed:
            return _described(told, core, parts, "")
        body = bare[0].lower() in titles.BODY_HEADS
        if body:
            return Mention(words=told, sort=Sort.BODY_DESCRIPTION, name=bare[0].lower(), roles=roles_of(parts))
        return Mention(words=told, sort=Sort.BODY if bare[0].isupper() and len(bare[0]) > 1 else Sort.NAME, name=bare[0])
    if len(bare) == 1 and is_title(bare[0]):
        return Mention(words=told, sort=Sort.DESCRIPTION, roles=roles_of(parts), gender=_gender(roles_of(bare), []))
    if bare[-1].lower() in titles.UNNAMED_HEADS and bare[-1].lower().endswith("s"):
        return _described(told, core, parts, "")
    outlet = len(bare) > 1 and bare[-1] in outlets.NAME_ENDS and not any(token in ("'s",) for token in bare)
    return Mention(words=told, sort=Sort.OUTLET if outlet else Sort.BODY, name=full if len(bare) < 4 else name)


def _described(told: str, core: list[str], parts: list[str], tail: str) -> Mention:
    low = [token.lower() for token in core]
    head = _head(low)
    roles = roles_of(parts)
    run = _trailing_run(core)
    if run and len(run) < len(core) and core[-len(run) - 1].lower() in titles.BODY_HEADS:
        outlet = core[-len(run) - 1].lower() in _OUTLET_HEADS
        return Mention(words=told, sort=Sort.OUTLET if outlet else Sort.BODY, name=" ".join(run), roles=roles)
    definite = bool(low) and (low[0] in ("the", "his", "her", "its", "their", "this", "that") or "'s" in low)
    plural = head.endswith("s") and not head.endswith("ss") or head in ("people", "police", "many", "others", "some", "media")
    if head in titles.BODY_HEADS:
        return _body_described(told, core, roles)
    if definite and not plural and (is_title(head) or head in titles.UNNAMED_HEADS):
        return Mention(words=told, sort=Sort.DESCRIPTION, roles=roles, gender=_gender(roles, []), body=_body_in(core))
    return Mention(words=told, sort=Sort.UNNAMED, roles=roles, plural=plural, gender=_gender(roles, []), body=_body_in(core))


def _head(low: list[str]) -> str:
    known = [word for word in low if word not in DETERMINERS and (word in titles.UNNAMED_HEADS or word in titles.BODY_HEADS or is_title(word))]
    if "and" in low and known and low.index(known[0]) < low.index("and"):
        return known[0]
    last = next((word for word in reversed(low) if word != "'s"), "")
    return last if last in known or not known else known[-1]


def _body_described(told: str, core: list[str], roles: tuple[str, ...]) -> Mention:
    capital = [token for token in core if _capital(token) and token.lower() not in DETERMINERS]
    core = core[: core.index("and")] if "and" in core[1:] else core
    run = [token for token in core if token.lower() not in ("the", "a", "an", "'s")]
    if capital and core[0].lower() not in ("a", "an"):
        name = " ".join(core[1:] if core[0].lower() == "the" else core).replace(" 's", "'s")
        return Mention(words=told, sort=Sort.BODY, name=name, roles=roles)
    return Mention(words=told, sort=Sort.BODY_DESCRIPTION, name=run[-1].lower() if run else "", roles=roles)
