"""Attributions in a spaCy pipeline."""

from __future__ import annotations

import importlib

import pytest

spacy = pytest.importorskip("spacy")
importlib.import_module("onrecord.spacy_component")

TEXT = "“The gate is shut,” the harbour master said. The minister denied that a boat had sunk."


def test_a_document_holds_its_attributions() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord", config={"tagger": "rules"})
    doc = nlp(TEXT)
    told = [[span.of(doc.text) for span in one.source] for one in doc._.attributions]
    assert told == [["the harbour master"], ["The minister"]]
    labels = {span.label_ for span in doc.spans["onrecord"]}
    assert labels == {"SOURCE", "CUE", "CONTENT"}
    assert all(doc.text[span.start_char : span.end_char] == span.text for span in doc.spans["onrecord"])
    assert nlp("")._.attributions == ()
