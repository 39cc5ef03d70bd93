"""Descriptions without a name ("the minister", "two officials") to persons of the report, or to an unnamed party."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import outlets, places, titles
from onrecord.attributing.mentions.anonymity import description, is_counted
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.tokens import core_of, is_capital, tokenize, trailing_run
from onrecord.attributing.resolving.context import DocumentContext, Resolution, ResolvedSource
from onrecord.attributing.resolving.naming.identity import Identity, person_identity
from onrecord.attributing.resolving.naming.person_mentions import Person
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


def resolve_unnamed(context: DocumentContext, mention: Mention, at: int) -> Resolution:
    """ "A senior official", "two people": a bare "officials" is the officials that the report describes more fully."""
    if _ONE_OF_THEM.match(mention.words):
        several = context.nearest_before(
            lambda resolved: (
                resolved.identity.plural
                and resolved.identity.outlet_scoped
                and context.within_paragraphs(resolved.at, at, 2)
            ),
            at,
        )
        if several:
            return several.identity, False
    person = _named_at_end(context, mention, at)
    if person:
        return person_identity(person, mention), not mention.claimed
    label = description(mention)
    if len(label.split()) == 1 and mention.plural and not is_counted(mention):
        label = _described_more_fully(context, label) or label
    kind = PartyKind.GROUP if mention.plural else PartyKind.PERSON if _is_human(mention) else PartyKind.UNKNOWN
    return Identity(
        key=f"unnamed {label.casefold()}",
        name=label if is_counted(mention) else f"unnamed {label}",
        kind=kind,
        named=False,
        plural=mention.plural,
        gender=mention.gender or ("" if _is_human(mention) else "n"),
        outlet_scoped=True,
    ), False  # fmt: skip


def _named_at_end(context: DocumentContext, mention: Mention, at: int) -> Person | None:
    """The person of the report with whose full name a description ends: "his pal Tam Ode", "co-host Ada Lorne"."""
    core = core_of(tokenize(re.split(r", | who ", mention.words, maxsplit=1)[0]))
    name = trailing_run(core)
    if mention.plural or len(name) < 2 or len(name) == len(core):
        return None
    person = context.person_index.find(" ".join(name[-3:]), at) or context.person_index.find(" ".join(name[-2:]), at)
    return person if person and len(person.name) > 1 else None


def _is_human(mention: Mention) -> bool:
    known = titles.UNNAMED_HEADS | titles.ROLES | titles.RANKS
    return any(role in known or role.removesuffix("s") in known for role in mention.roles)


def _described_more_fully(context: DocumentContext, label: str) -> str | None:
    for mention in context.mentions:
        if mention.type is MentionType.UNNAMED and mention.plural:
            full = description(mention)
            if full.casefold().endswith(f" {label.casefold()}") and " and " not in full and len(full.split()) <= 4:
                return full
    return None


def resolve_description(context: DocumentContext, mention: Mention, at: int) -> Resolution:
    """ "The minister", "the source": somebody told of before, by office or by the same description."""
    head = role_head(mention)
    again = context.nearest_before(lambda resolved: _redescribes(mention, head, resolved), at)
    if again and again.mention.type is MentionType.UNNAMED and context.within_paragraphs(again.at, at, 3):
        return again.identity, again.named
    person = _by_role(context, mention, head, at)
    if person:
        return person_identity(person, mention), _is_known_by(context, person, at)
    if again:
        return again.identity, again.named
    previous = _taken_up(context, mention, head, at)
    if previous:
        return previous.identity, previous.named
    label = description(mention)
    key = f"unnamed {label.casefold()}"
    name = label if re.match(r"\w+['’]s ", label) else f"the {label}"
    if _is_one_office(mention, head, label):
        return Identity(key=f"office {label.casefold()}", name=name, kind=PartyKind.PERSON, gender=mention.gender), True
    return Identity(
        key=key, name=name, kind=PartyKind.PERSON, named=False, gender=mention.gender, outlet_scoped=True
    ), False


_ONE_OFFICE = frozenset(
    "president minister premier chancellor king queen pope emperor leader head chief mayor governor chairman "
    "chairwoman director ambassador archbishop commissioner ceo speaker".split()
)


def _is_one_office(mention: Mention, head: str, label: str) -> bool:
    """Whether words name an office that one person holds: "the Vallish president", "Sollmar's police chief"."""
    whose = any(is_capital(token) for token in tokenize(label)) or bool(mention.body)
    return whose and head in _ONE_OFFICE and not mention.plural and not re.match(r"an? ", mention.words, re.IGNORECASE)


def _taken_up(context: DocumentContext, mention: Mention, head: str, at: int) -> ResolvedSource | None:
    """The speaker before, where words tell what he is by age, trade or kin ("the singer", "the boy"), not an office.

    An office ("the prosecutor") is another person's, unless the report has said that it is his: `_by_role` knows that.
    Nor is a trade taken up by somebody of whom another one has been told, and "her lawyer" is not herself.
    """
    apart = [role for role in mention.roles if role not in _VAGUE and not _AGED.fullmatch(role)]
    if len(apart) > 1 or mention.body or head not in titles.REDESCRIBING or _POSSESSED.match(mention.words):
        return None
    previous = context.nearest_before(lambda resolved: resolved.identity.kind is PartyKind.PERSON, at)
    if (
        previous is None
        or not context.within_paragraphs(previous.at, at, 1)
        or not agrees(mention.gender, previous.identity.gender)
    ):
        return None
    person = context.person_index.find(previous.identity.name, at) if previous.identity.person_name else None
    known_roles = {role for role in (person.roles if person else previous.mention.roles) if role in titles.ROLES}
    other = known_roles - _same_role(head) - titles.REDESCRIBING
    return None if other and head not in titles.LIFE else previous


def _possessor(context: DocumentContext, mention: Mention, at: int) -> Person | None:
    """Whom "her" of "her lawyer" means: the person named last who may be."""
    owned = _POSSESSED.match(mention.words)
    gender = {"his": "m", "her": "f"}.get(owned["whose"].lower(), "") if owned else ""
    if owned is None:
        return None
    near = context.person_index.mentions_before(at, context.segmentation.sentence_start_back(at, 4))
    fitting = [(seen, person) for seen, person in near if agrees(gender, person.gender)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _is_known_by(context: DocumentContext, person: Person, at: int) -> bool:
    """Whether a report has named somebody before a place; a headline's "minister" names nobody yet."""
    own = context.person_index.find(person.full_name, at)
    return own is not None and any(seen < at for seen in own.offsets)


def _redescribes(mention: Mention, head: str, resolved: ResolvedSource) -> bool:
    if resolved.mention.type is MentionType.UNNAMED and {head, f"{head}s"} & set(resolved.mention.roles):
        return True
    if head in ("man", "woman", "boy", "girl") and re.search(rf"\b{head}\b", resolved.mention.words):
        return True
    if resolved.mention.type is not MentionType.DESCRIPTION or head not in resolved.mention.roles:
        return False
    return set(mention.roles) <= set(resolved.mention.roles)


def _by_role(context: DocumentContext, mention: Mention, head: str, at: int) -> Person | None:
    best: tuple[float, int] | None = None
    best_person = None
    heads = _same_role(head)
    owner = _possessor(context, mention, at)
    for person in [*context.person_index.persons, *context.story_people.with_role(heads)]:
        if not person.roles & heads or not agrees(mention.gender, person.gender) or person is owner:
            continue
        others = _nationed({role for role in mention.roles if _distinguishes(role, mention)} - heads - _VAGUE)
        shared = len(others & _nationed(person.roles)) + (1 if mention.body and mention.body == person.body else 0)
        if (others and not shared) or (not others and not head):
            continue
        other_house = outlets.outlet_of(mention.body) if mention.body != person.body else None
        if other_house or _excluded(mention.roles, person.roles):
            continue
        local = any(person is own for own in context.person_index.persons)
        last = max((seen for seen in person.offsets if seen <= at), default=-1) if local else -2
        score = shared + (0.5 if head in person.roles else 0.0) + (0.6 if local else 0.0) + _recency(context, last, at)
        if best is None or (score, last) > best:
            best, best_person = (score, last), person
    return best_person


def _distinguishes(role: str, mention: Mention) -> bool:
    """Whether a word of a description tells whom it means: a name, another role, a body; adjectives do not."""
    proper = re.search(rf"\b{re.escape(role)}\b", mention.words) is None
    return proper or role in titles.ROLES or role in titles.BODY_HEADS


def _excluded(wanted: tuple[str, ...], given: set[str]) -> bool:
    """Whether a description's party or nation is another than the person's."""
    for groups in titles.EXCLUSIVE:
        asked = [group for group in groups if group & set(wanted)]
        given_groups = [group for group in groups if group & given]
        if asked and given_groups and not any(group in given_groups for group in asked):
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


def _recency(context: DocumentContext, last: int, at: int) -> float:
    if last < 0:
        return 0.0
    return max(0.0, 1.0 - 0.1 * (context.segmentation.sentence(at) - context.segmentation.sentence(last)))


def role_head(mention: Mention) -> str:
    """The role word that heads a description."""
    heads = [role for role in mention.roles if role in titles.ROLES or role in titles.UNNAMED_HEADS]
    return heads[-1] if heads else (mention.roles[-1] if mention.roles else "")


def _same_role(head: str) -> frozenset[str]:
    roles = {head}
    for group in titles.SAME_ROLE:
        if head in group:
            roles |= group
    return frozenset(roles)


def agrees(wanted: str, given: str) -> bool:
    """Whether two genders do not exclude each other."""
    return not (wanted in ("m", "f") and given in ("m", "f") and wanted != given)
