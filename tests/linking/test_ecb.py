"""Mentions of events linked as statements are, and scored."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.ecb import conll, gold, linked, same_stem


def _document(ident: str, text: str, *events: tuple[str, str | None]) -> dict[str, Any]:
    marked = [
        {"start": text.index(word), "end": text.index(word) + len(word), "text": word, "sent": 0, "chain": chain,
         "is_event": True, "in_gold": True}
        for word, chain in events
    ]  # fmt: skip
    return {"doc_id": ident, "text": text, "sents": [{"id": 0, "start": 0, "end": len(text)}], "mentions": marked}


DOCUMENTS = [
    _document("a", "The dam burst on Monday and the village flooded.", ("burst", "1"), ("flooded", "2")),
    _document("b", "A bridge collapsed after the dam had burst.", ("collapsed", None), ("burst", "1")),
    _document("c", "They flooded the market with coins.", ("flooded", "INTRA_9")),
]


def test_mentions_of_one_stem_are_one_event() -> None:
    assert sorted(map(len, gold(DOCUMENTS))) == [1, 1, 1, 2]
    assert sorted(map(len, same_stem(DOCUMENTS))) == [1, 2, 2]


def test_linking_parts_all_mentions() -> None:
    chains = linked(DOCUMENTS, None, 0.6)
    assert sum(map(len, chains)) == len(set().union(*chains)) == 5
    assert any(len(chain) == 2 and {one[0] for one in chain} == {"a", "b"} for chain in chains)


def test_what_is_right_scores_one() -> None:
    held = {"dam": gold(DOCUMENTS)}
    assert conll(held, held)["CoNLL"] == pytest.approx(1.0)
    assert conll({"dam": same_stem(DOCUMENTS)}, held)["CoNLL"] < 1.0
