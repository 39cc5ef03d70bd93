"""The same event over reports, CoNLL F1 on gold mentions of ECB+: `python -m benchmarks.ecb [FILE]`.

Statements are what the linker links; here each event mention stands for one, with the other words of its clause as
context, and links are average links as between statements. The baseline takes mentions of one stem for one event.
Scores are the mean of MUC, B³ and CEAF-e (Pradhan et al., 2014), by scorch.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scorch.scores import b_cubed, ceaf_e, muc

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.span import Span, words
from onrecord.linking.blocking import candidates
from onrecord.linking.cluster import average_links
from onrecord.linking.incidence import incidence
from onrecord.linking.judge import Judge, load_judge
from onrecord.linking.lexis import content_words, counted, paragraphs
from onrecord.linking.propositions import Proposition, clauses
from onrecord.linking.sharing import shared
from onrecord.linking.slots import slots
from onrecord.linking.vectors import similarity_vectors

# A mention is a word or two: more is asked of it than of a statement. Chosen on the tuning part.
LEAST = 0.6
DEV = Path("../shared/data/cross/ecbplus/dev.jsonl")
Row = dict[str, Any]
Mention = tuple[str, int, int]
Chains = list[set[Mention]]


def mentions(document: Row) -> list[Row]:
    """The event mentions that are scored."""
    return [one for one in document["mentions"] if one["in_gold"] and one["is_event"]]


def key(document: Row, mention: Row) -> Mention:
    """What tells a mention from all others."""
    return str(document["doc_id"]), int(mention["start"]), int(mention["end"])


def gold(documents: Sequence[Row]) -> Chains:
    """The chains of a topic; who has none stands alone, and some hold inside one document only."""
    found: dict[object, set[Mention]] = defaultdict(set)
    for document in documents:
        for one in mentions(document):
            chain, own = one["chain"], key(document, one)
            found[own if chain is None else (chain, own[0]) if str(chain).startswith("INTRA") else chain].add(own)
    return list(found.values())


def same_stem(documents: Sequence[Row]) -> Chains:
    """Mentions of one stem as one event."""
    found: dict[tuple[str, ...], set[Mention]] = defaultdict(set)
    for document in documents:
        for one in mentions(document):
            found[content_words(one["text"]) or (one["text"],)].add(key(document, one))
    return list(found.values())


def stated(document: Row, mention: Row) -> Proposition:
    """A mention as a statement: its own words, with the rest of its clause as context."""
    text, place = str(document["text"]), Span(mention["start"], mention["end"])
    sentence = next(one for one in document["sents"] if one["id"] == mention["sent"])
    pieces = clauses((Span(sentence["start"], sentence["end"]),), text)
    passage = next((one for one in pieces if any(span.overlaps(place) for span in one)), pieces[0])
    told, own = words(passage, text), content_words(mention["text"])
    return Proposition(
        attribution="/".join(map(str, key(document, mention))),
        report=str(document["doc_id"]),
        text=str(mention["text"]),
        passage=passage,
        words=own,
        slots=slots(told),
        act=Act.ASSERTS,
        refused=False,
        pointer=False,
        whole=False,
        context=tuple(word for word in content_words(told) if word not in own),
    )


def linked(documents: Sequence[Row], judge: Judge | None, least: float) -> Chains:
    """The mentions of a topic as the linker groups statements."""
    named = [(key(document, one), stated(document, one)) for document in documents for one in mentions(document)]
    found = [one for _, one in named]
    rare = counted({str(at): paragraphs(one["text"]) for at, one in enumerate(documents)}).rarity()
    lexical = incidence([one.words for one in found], rare)
    vectors = similarity_vectors(found, rare, judge, lexical)
    pairs = candidates(lexical, vectors)
    common = shared(lexical, pairs)
    groups = average_links(vectors, pairs, (least,), lambda left, right: False, common.more)[0]
    return [{named[row][0] for row in group} for group in groups]


def conll(told: Mapping[str, Chains], held: Mapping[str, Chains]) -> dict[str, float]:
    """F1 of each measure over all topics, and their mean."""
    flat, wanted = ([chain for some in chains.values() for chain in some] for chains in (told, held))
    scores = {name: measure(wanted, flat)[2] for name, measure in (("MUC", muc), ("B³", b_cubed), ("CEAF-e", ceaf_e))}
    return {**scores, "CoNLL": float(np.mean(list(scores.values())))}


def by_topic(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The documents of each topic."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row["topic"])].append(row)
    return dict(found)


def main() -> None:
    """Print the scores of the baseline and of the linker."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("documents", type=Path, nargs="?", default=DEV)
    ask.add_argument("--rules", action="store_true", help="without the encoder")
    ask.add_argument("--least", type=float, default=LEAST, help="the mean similarity at which groups are merged")
    told = ask.parse_args()
    judge = None if told.rules else load_judge()
    topics = by_topic(json.loads(line) for line in told.documents.read_text(encoding="utf-8").splitlines())
    held = {topic: gold(documents) for topic, documents in topics.items()}
    count = sum(len(chain) for chains in held.values() for chain in chains)
    print(f"{told.documents.name}: {len(topics)} topics, {count} event mentions, gold mentions within topics")
    for name, chains in (
        ("same stem", {topic: same_stem(documents) for topic, documents in topics.items()}),
        ("linked", {topic: linked(documents, judge, told.least) for topic, documents in topics.items()}),
    ):
        print(f"{name:10}", "  ".join(f"{part} {100 * score:.1f}" for part, score in conll(chains, held).items()))


if __name__ == "__main__":
    main()
