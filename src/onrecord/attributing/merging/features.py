"""What a pair of parties is compared by: one row of named numbers."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher
from itertools import product
from math import log

from onrecord.attributing.merging.entities import PartyEntity, squashed, trigrams, words_of
from onrecord.datamodel.party import PartyKind

Row = dict[str, float]
_KINDS = tuple(PartyKind)
_FAR = 30
_FULL_CONTENT = 6


def row(left: PartyEntity, right: PartyEntity) -> Row:
    """The features of a pair; the same for (right, left)."""
    found = {
        **_names(left, right),
        **_descriptions(left, right),
        **_kinds(left, right),
        **_places(left, right),
        **_statements(left, right),
    }
    return {**found, **_crossed(left, right, found)}


def _share(left: Collection[str], right: Collection[str]) -> float:
    both = set(left) & set(right)
    return len(both) / max(1, len(set(left) | set(right)))


def _overlap(left: Collection[str], right: Collection[str]) -> float:
    return len(set(left) & set(right)) / max(1, min(len(set(left)), len(set(right))))


def _mentions_name(told: PartyEntity, of: PartyEntity) -> float:
    """Whether the words for one hold the whole name of the other: "a new report from Quayline"."""
    name = set(of.name_words)
    return float(of.party.named and bool(name) and any(name <= words for words in told.source_words))


def _holds_name(told: PartyEntity, of: PartyEntity) -> float:
    name = squashed(of.name)
    return float(of.party.named and len(name) > 3 and any(name in source for source in told.squashed_sources))


def _names(left: PartyEntity, right: PartyEntity) -> Row:
    pairs = list(product(map(squashed, left.names), map(squashed, right.names)))
    grams = list(product(map(trigrams, left.names), map(trigrams, right.names)))
    inside = _mentions_name(left, right), _mentions_name(right, left)
    return {
        "name_words_share": _share(left.name_words, right.name_words),
        "name_words_overlap": _overlap(left.name_words, right.name_words),
        "name_similarity": max(SequenceMatcher(None, min(pair), max(pair)).ratio() for pair in pairs),
        "name_equal": float(any(one == other for one, other in pairs)),
        "name_trigrams": max(_share(one, other) for one, other in grams),
        "last_word_equal": float(left.head == right.head),
        "first_word_equal": float(left.name_words[:1] == right.name_words[:1] != ()),
        "name_inside": max(inside),
        "name_inside_both": min(inside),
        "name_in_letters": max(_holds_name(left, right), _holds_name(right, left)),
    }


def _descriptions(left: PartyEntity, right: PartyEntity) -> Row:
    described = [
        float(bool(one.head) and one.head in other.description) for one, other in ((left, right), (right, left))
    ]
    more, fewer = left.capitals - right.capitals, right.capitals - left.capitals
    return {
        "heads_shared": float(len(left.heads & right.heads)),
        "head_described": max(described),
        "head_described_both": min(described),
        "description_overlap": _overlap(left.description, right.description),
        "description_shared": float(len(left.description & right.description)),
        "description_differing": float(len(left.description ^ right.description)),
        "capitals_overlap": _overlap(left.capitals, right.capitals),
        "capitals_shared": float(len(left.capitals & right.capitals)),
        "capitals_differing": float(len(more) * len(fewer)),
        "capitals_disjoint": float(bool(left.capitals) and bool(right.capitals) and not left.capitals & right.capitals),
        "plural_differs": float(left.is_plural is not right.is_plural),
        "counts_differ": float(left.counts != right.counts),
    }


def _kinds(left: PartyEntity, right: PartyEntity) -> Row:
    first, second = sorted(_KINDS.index(one.party.kind) for one in (left, right))
    kinds = {f"first_{kind}": float(number == first) for number, kind in enumerate(_KINDS)}
    kinds.update({f"second_{kind}": float(number == second) for number, kind in enumerate(_KINDS)})
    crossing = (left.is_publication and right.party.outlet) or (right.is_publication and left.party.outlet)
    speaks_for = right.party.id == left.party.speaks_for or left.party.id == right.party.speaks_for
    return {
        **kinds,
        "kind_equal": float(first == second),
        "named": float(left.party.named + right.party.named),
        "pronouns": float(left.is_pronoun + right.is_pronoun),
        "unstated": float(left.is_unstated + right.is_unstated),
        "publications": float(left.is_publication + right.is_publication),
        "outlets": float(left.party.outlet + right.party.outlet),
        "publication_and_outlet": float(crossing),
        "speaks_for": float(speaks_for),
    }


def distance(left: PartyEntity, right: PartyEntity) -> int:
    """How many statements of one report lie between the two at least; _FAR where no report has both."""
    shared = left.positions.keys() & right.positions.keys()
    gaps = (abs(one - other) for at in shared for one in left.positions[at] for other in right.positions[at])
    return min((_FAR, *gaps))


def _follows(left: PartyEntity, right: PartyEntity) -> float:
    """Whether the first statement of one stands right behind one of the other in a report."""
    shared = left.positions.keys() & right.positions.keys()
    return float(any(left.positions[at][0] - 1 in right.positions[at] for at in shared))


def _places(left: PartyEntity, right: PartyEntity) -> Row:
    shared = len(left.positions.keys() & right.positions.keys())
    far = distance(left, right)
    sizes = sorted((len(left.mentions), len(right.mentions)))
    return {
        "reports_shared": float(shared),
        "reports_share": shared / min(len(left.positions), len(right.positions)),
        "same_report": float(shared > 0),
        "distance": float(far),
        "nearness": 1 / (1 + far),
        "follows": _follows(left, right) + _follows(right, left),
        "statements_fewer": log(sizes[0]),
        "statements_more": log(sizes[1]),
    }


def _statements(left: PartyEntity, right: PartyEntity) -> Row:
    share = inside = within = 0.0
    for (report, words), (other, others) in product(left.contents, right.contents):
        both = len(words & others)
        if report == other:
            within = max(within, both / len(words | others))
            continue
        fewest = min(len(words), len(others))
        share = max(share, both / len(words | others))
        inside = max(inside, both / fewest * min(1.0, fewest / _FULL_CONTENT))
    relayed = (_relays(left, right), _relays(right, left))
    return {
        "content_share": share,
        "content_inside": inside,
        "content_share_within": within,
        "relay_shared": float(bool(set(left.relays) & set(right.relays))),
        "relayed_by_other": max(relayed),
    }


def _relays(told: PartyEntity, by: PartyEntity) -> float:
    name = squashed(by.name)
    long = [relay for relay in told.relays if len(relay) > 2]
    return float(by.party.named and any(name in relay or relay in name for relay in long))


def _crossed(left: PartyEntity, right: PartyEntity, row: Row) -> Row:
    """Features that weigh otherwise for two names, two descriptions, a name and a description, and anaphora."""
    both = float(row["named"] == 2)
    none = float(row["named"] == 0)
    mixed = 1 - both - none
    persons = float(left.party.kind is PartyKind.PERSON is right.party.kind)
    bare = [float(one.is_publication and not one.is_name) for one in (left, right)]
    anaphoric = float((bare[0] and right.party.outlet) or (bare[1] and left.party.outlet))
    near, same = row["nearness"], row["same_report"]
    found = {
        "both_persons_last_equal": both * persons * row["last_word_equal"],
        "both_persons_last_differs": both * persons * (1 - row["last_word_equal"]),
        "both_bodies_overlap": both * (1 - persons) * row["name_words_overlap"],
        "none_last_equal_same_report": none * row["last_word_equal"] * same,
        "none_last_equal_other_report": none * row["last_word_equal"] * (1 - same),
        "anaphoric_outlet": anaphoric,
        "anaphoric_outlet_near": anaphoric * near,
        "anaphoric_outlet_follows": anaphoric * row["follows"],
        "bare_near": sum(bare) * near,
        "bare_both_same_report": float(sum(bare) == 2) * same,
        "bare_both_other_report": float(sum(bare) == 2) * (1 - same),
        "pronoun_near": row["pronouns"] * near,
        "pronoun_follows": row["pronouns"] * row["follows"],
        "unstated_near": row["unstated"] * near,
        "unstated_both": float(row["unstated"] == 2),
        "unstated_one": float(row["unstated"] == 1),
        "outlet_named_inside": row["publication_and_outlet"] * row["name_inside"],
        "outlet_in_letters": row["publication_and_outlet"] * row["name_in_letters"],
        "publications_content": row["publications"] * row["content_inside"],
    }
    for prefix, on, names in (
        ("both", both, ("name_equal", "name_similarity", "name_words_share", "name_words_overlap", "name_trigrams")),
        ("mixed", mixed, ("head_described", "name_inside", "description_overlap", "content_inside", "nearness",
                          "same_report", "capitals_disjoint", "follows")),
        ("none", none, ("last_word_equal", "name_words_share", "capitals_disjoint", "content_inside", "content_share",
                        "same_report", "nearness", "relay_shared", "capitals_differing")),
    ):  # fmt: skip
        found.update({f"{prefix}_{name}": on * row[name] for name in names})
    return found


def may_be_one(left: PartyEntity, right: PartyEntity) -> bool:
    """Whether nothing forbids it: persons with different surnames are two, as are names that share no word.

    Nor is "her lawyer" she who spoke just before.
    """
    if not (left.is_name and right.is_name):
        return not ((left.is_possessed or right.is_possessed) and (_follows(left, right) or _follows(right, left)))
    if left.party.kind is PartyKind.PERSON is right.party.kind and len(left.name_words) > 1 < len(right.name_words):
        return SequenceMatcher(None, left.head, right.head).ratio() >= 0.8
    words = {*words_of(" ".join(left.names))}, {*words_of(" ".join(right.names))}
    similar = SequenceMatcher(None, squashed(left.name), squashed(right.name)).ratio()
    return bool(words[0] & words[1]) or similar >= 0.8 or bool(_holds_name(left, right) or _holds_name(right, left))
