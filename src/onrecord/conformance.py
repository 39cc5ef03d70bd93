"""Checks that what another package adds keeps the promises that the rest relies on; for its tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onrecord.datamodel.story import Story
from onrecord.tagging.tagger import Tagger

# Quotation, indirect speech, code points beyond the first plane, right-to-left marks, furniture, nothing at all.
TEXTS = (
    "“The gate is shut,” the harbour master said. She added that it would open on Monday.",
    "According to two officials, no boat 🚢 has left. ‏‏The ministry declined to comment.",
    "“Never,” he said, “will I sign”, Ola Brandt told the Quay Post, which asked twice.\n\n\tMENU\n\nHome | Sport",
    "",
    " \n",
)


def tagger_faults(tagger: Tagger, texts: Sequence[str] = TEXTS) -> tuple[str, ...]:
    """What a tagger does wrong on some texts, in words; nothing where it conforms.

    It must have a name, give the same tags again, give the same for many texts as for each, in order, and keep all
    spans within the text and all scores within 0 and 1.
    """
    faults = [] if tagger.name.strip() else ["its name is empty: made_by would say nothing"]
    one_by_one = [tagger.tag(text) for text in texts]
    if one_by_one != [tagger.tag(text) for text in texts]:
        faults.append("the same text gives other tags the second time")
    if one_by_one != list(tagger.tag_many(iter(texts))):
        faults.append("tag_many gives other tags than tag, or another order")
    for text, tags in zip(texts, one_by_one, strict=True):
        for tag in tags:
            spans = (*tag.source, *tag.cue, *tag.content)
            if any(span.end > len(text) for span in spans):
                faults.append(f"a span leaves the text “{text[:30]}”")
            if any(not span.of(text).strip() for span in spans if span.end <= len(text)):
                faults.append(f"a span of nothing but spaces in “{text[:30]}”")
            if not 0 <= tag.score <= 1:
                faults.append(f"a score of {tag.score}")
            if not tag.made_by:
                faults.append("a tag without made_by")
    return tuple(dict.fromkeys(faults))


def exporter_faults(export: Callable[[Story], str], story: Story) -> tuple[str, ...]:
    """What an exporter does wrong with a story, in words; nothing where it conforms.

    It must return text that can be written as UTF-8, the same again for an equal story, and take an empty one.
    """
    told = export(story)
    if not isinstance(told, str):
        return (f"it gives {type(told).__name__}, not text",)
    faults = [] if told == export(story) else ["the same story gives other text the second time"]
    try:
        told.encode()
    except UnicodeEncodeError:
        faults.append("its text cannot be written as UTF-8")
    if not isinstance(export(Story(name="nothing")), str):
        faults.append("an empty story gives no text")
    return tuple(faults)
