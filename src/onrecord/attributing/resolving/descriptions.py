"""Descriptions without a name ("the minister", "two officials") to persons of the report, or to an unnamed party."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import outlets, places, titles
from onrecord.attributing.resolving.cast import Figure
from onrecord.attributing.resolving.identity import Identity, person
from onrecord.attributing.resolving.scene import Found, Scene, Turn
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.unnamed import description, is_counted
from onrecord.attributing.wording.words import core_of, is_capital, tokens, trailing_run
from onrecord.datamodel.party import PartyKind

_POSSESSED = re.compile(r"(?P<whose>his|her|their|its|my|our)\s", re.IGNORECASE)
_ONE_OF_THEM = re.compile(
    r"(?:one|both|another|two|either|some) of (?:them|the (?:two|three|pair|people|officials))\b|the (?:pair|two|duo)$",
    re.IGNORECASE,
)
_AGED = re.compile(r"\d{1,3}(?:-year-old)?|\w+-year-old|teenage")
_VAGUE = frozenset(
    "senior top former current then new own late long longtime incoming outgoing young old elderly".split()
)


def unnamed(scene: Scene, mention: Mention, at: int) -> Found:
    """ "A senior official", "two people": a bare "officials" is the officials that the report describes more fully."""
    if _ONE_OF_THEM.match(mention.words):
        several = scene.last(
            lambda turn: turn.identity.plural and turn.identity.loose and scene.near(turn.at, at, 2), at
        )
        if several:
            return several.identity, False
    figure = _named_at_end(scene, mention, at)
    if figure:
        return person(figure, mention), not mention.claimed
    told = description(mention)
    if len(told.split()) == 1 and mention.plural and not is_counted(mention):
        told = _described_more_fully(scene, told) or told
    kind = PartyKind.GROUP if mention.plural else PartyKind.PERSON if _is_human(mention) else PartyKind.UNKNOWN
    return Identity(
        key=f"unnamed {told.casefold()}",
        name=told if is_counted(mention) else f"unnamed {told}",
        kind=kind,
        named=False,
        plural=mention.plural,
        gender=mention.gender or ("" if _is_human(mention) else "n"),
        loose=True,
    ), False  # fmt: skip


def _named_at_end(scene: Scene, mention: Mention, at: int) -> Figure | None:
    """The person of the report with whose full name a description ends: "his pal Tam Ode", "co-host Ada Lorne"."""
    core = core_of(tokens(re.split(r", | who ", mention.words, maxsplit=1)[0]))
    name = trailing_run(core)
    if mention.plural or len(name) < 2 or len(name) == len(core):
        return None
    figure = scene.cast.find(" ".join(name[-3:]), at) or scene.cast.find(" ".join(name[-2:]), at)
    return figure if figure and len(figure.name) > 1 else None


def _is_human(mention: Mention) -> bool:
    known = titles.UNNAMED_HEADS | titles.ROLES | titles.RANKS
    return any(role in known or role.removesuffix("s") in known for role in mention.roles)


def _described_more_fully(scene: Scene, told: str) -> str | None:
    for mention in scene.mentions:
        if mention.sort is Sort.UNNAMED and mention.plural:
            full = description(mention)
            if full.casefold().endswith(f" {told.casefold()}") and " and " not in full and len(full.split()) <= 4:
                return full
    return None


def described(scene: Scene, mention: Mention, at: int) -> Found:
    """ "The minister", "the source": somebody told of before, by office or by the same description."""
    head = role_head(mention)
    again = scene.last(lambda turn: _redescribes(mention, head, turn), at)
    if again and again.mention.sort is Sort.UNNAMED and scene.near(again.at, at, 3):
        return again.identity, again.named
    figure = _by_role(scene, mention, head, at)
    if figure:
        return person(figure, mention), _is_known_by(scene, figure, at)
    if again:
        return again.identity, again.named
    previous = _taken_up(scene, mention, head, at)
    if previous:
        return previous.identity, previous.named
    told = description(mention)
    key = f"unnamed {told.casefold()}"
    name = told if re.match(r"\w+['’]s ", told) else f"the {told}"
    if _is_one_office(mention, head, told):
        return Identity(key=f"office {told.casefold()}", name=name, kind=PartyKind.PERSON, gender=mention.gender), True
    return Identity(key=key, name=name, kind=PartyKind.PERSON, named=False, gender=mention.gender, loose=True), False


_ONE_OFFICE = frozenset(
    "president minister premier chancellor king queen pope emperor leader head chief mayor governor chairman "
    "chairwoman director ambassador archbishop commissioner ceo speaker".split()
)


def _is_one_office(mention: Mention, head: str, told: str) -> bool:
    """Whether words name an office that one person holds: "the Vallish president", "Sollmar's police chief"."""
    whose = any(is_capital(token) for token in tokens(told)) or bool(mention.body)
    return whose and head in _ONE_OFFICE and not mention.plural and not re.match(r"an? ", mention.words, re.IGNORECASE)


def _taken_up(scene: Scene, mention: Mention, head: str, at: int) -> Turn | None:
    """The speaker before, where words tell what he is by age, trade or kin ("the singer", "the boy"), not an office.

    An office ("the prosecutor") is another person's, unless the report has said that it is his: `_by_role` knows that.
    Nor is a trade taken up by somebody of whom another one has been told, and "her lawyer" is not herself.
    """
    apart = [role for role in mention.roles if role not in _VAGUE and not _AGED.fullmatch(role)]
    if len(apart) > 1 or mention.body or head not in titles.REDESCRIBING or _POSSESSED.match(mention.words):
        return None
    previous = scene.last(lambda turn: turn.identity.kind is PartyKind.PERSON, at)
    if previous is None or not scene.near(previous.at, at, 1) or not agrees(mention.gender, previous.identity.gender):
        return None
    figure = scene.cast.find(previous.identity.name, at) if previous.identity.figure else None
    told = {role for role in (figure.roles if figure else previous.mention.roles) if role in titles.ROLES}
    other = told - _same_role(head) - titles.REDESCRIBING
    return None if other and head not in titles.LIFE else previous


def _possessor(scene: Scene, mention: Mention, at: int) -> Figure | None:
    """Whom "her" of "her lawyer" means: the person named last who may be."""
    owned = _POSSESSED.match(mention.words)
    gender = {"his": "m", "her": "f"}.get(owned["whose"].lower(), "") if owned else ""
    if owned is None:
        return None
    near = scene.cast.named_before(at, scene.layout.sentence_back(at, 4))
    fitting = [(seen, figure) for seen, figure in near if agrees(gender, figure.gender)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _is_known_by(scene: Scene, figure: Figure, at: int) -> bool:
    """Whether a report has named somebody before a place; a headline's "minister" names nobody yet."""
    own = scene.cast.find(figure.full, at)
    return own is not None and any(seen < at for seen in own.places)


def _redescribes(mention: Mention, head: str, turn: Turn) -> bool:
    if turn.mention.sort is Sort.UNNAMED and {head, f"{head}s"} & set(turn.mention.roles):
        return True
    if head in ("man", "woman", "boy", "girl") and re.search(rf"\b{head}\b", turn.mention.words):
        return True
    if turn.mention.sort is not Sort.DESCRIPTION or head not in turn.mention.roles:
        return False
    return set(mention.roles) <= set(turn.mention.roles)


def _by_role(scene: Scene, mention: Mention, head: str, at: int) -> Figure | None:
    best: tuple[float, int] | None = None
    found = None
    heads = _same_role(head)
    owner = _possessor(scene, mention, at)
    for figure in [*scene.cast.figures, *scene.elsewhere.in_role(heads)]:
        if not figure.roles & heads or not agrees(mention.gender, figure.gender) or figure is owner:
            continue
        others = _nationed({role for role in mention.roles if _distinguishes(role, mention)} - heads - _VAGUE)
        shared = len(others & _nationed(figure.roles)) + (1 if mention.body and mention.body == figure.body else 0)
        if (others and not shared) or (not others and not head):
            continue
        other_house = outlets.outlet_of(mention.body) if mention.body != figure.body else None
        if other_house or _excluded(mention.roles, figure.roles):
            continue
        local = any(figure is one for one in scene.cast.figures)
        last = max((seen for seen in figure.places if seen <= at), default=-1) if local else -2
        score = shared + (0.5 if head in figure.roles else 0.0) + (0.6 if local else 0.0) + _recency(scene, last, at)
        if best is None or (score, last) > best:
            best, found = (score, last), figure
    return found


def _distinguishes(role: str, mention: Mention) -> bool:
    """Whether a word of a description tells whom it means: a name, another role, a body; adjectives do not."""
    proper = re.search(rf"\b{re.escape(role)}\b", mention.words) is None
    return proper or role in titles.ROLES or role in titles.BODY_HEADS


def _excluded(wanted: tuple[str, ...], given: set[str]) -> bool:
    """Whether a description's party or nation is another than the person's."""
    for groups in titles.EXCLUSIVE:
        asked = [group for group in groups if group & set(wanted)]
        told = [group for group in groups if group & given]
        if asked and told and not any(group in told for group in asked):
            return True
    nations = {role for role in _nationed(set(wanted)) if role.isupper()}
    known = {role for role in _nationed(given) if role.isupper()}
    return bool(nations and known and not nations & known)


def _nationed(roles: set[str]) -> set[str]:
    """Roles with a nation's words ("israel", "israeli") in one form, in capitals."""
    return {
        (places.COUNTRIES.get(role.title()) or places.DEMONYMS.get(role.title()) or "").upper() or role
        for role in roles
    }


def _recency(scene: Scene, last: int, at: int) -> float:
    if last < 0:
        return 0.0
    return max(0.0, 1.0 - 0.1 * (scene.layout.sentence(at) - scene.layout.sentence(last)))


def role_head(mention: Mention) -> str:
    """The role word that heads a description."""
    heads = [role for role in mention.roles if role in titles.ROLES or role in titles.UNNAMED_HEADS]
    return heads[-1] if heads else (mention.roles[-1] if mention.roles else "")


def _same_role(head: str) -> frozenset[str]:
    found = {head}
    for group in titles.SAME_ROLE:
        if head in group:
            found |= group
    return frozenset(found)


def agrees(wanted: str, given: str) -> bool:
    """Whether two genders do not exclude each other."""
    return not (wanted in ("m", "f") and given in ("m", "f") and wanted != given)
