"""Attributions in a spaCy pipeline: `nlp.add_pipe("onrecord")` fills `doc._.attributions`."""

from __future__ import annotations

import hashlib

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.datamodel.report import Report
from onrecord.pipeline import choose_tagger, extract_reports

ROLES = ("source", "cue", "content")


class AttributionComponent:
    """Sets `doc._.attributions`, and `doc.spans` under "onrecord" with the labels SOURCE, CUE and CONTENT.

    The spans of attributions count characters of `doc.text` and are exact; a group in `doc.spans` holds only those that
    begin and end with a token.
    """

    def __init__(self, tagger: str = "auto") -> None:
        self._tagger, self.notes = choose_tagger(tagger)

    def __call__(self, doc: Doc) -> Doc:
        """The same document, with who said what in it."""
        digest = hashlib.sha256(doc.text.encode()).hexdigest()
        report = Report(id=digest[:8], text=doc.text, file="", sha256=digest)
        ((_, found),) = extract_reports([report], self._tagger)
        doc._.attributions = found
        marked = (
            doc.char_span(span.start, span.end, label=role.upper())
            for one in found
            for role in ROLES
            for span in getattr(one, role)
        )
        doc.spans["onrecord"] = [span for span in marked if span is not None]
        return doc


@Language.factory("onrecord", default_config={"tagger": "auto"})
def make_component(nlp: Language, name: str, tagger: str) -> AttributionComponent:
    """The component that spaCy asks for by name; raises BackendError where the tagger cannot be loaded."""
    return AttributionComponent(tagger)


if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", default=())
