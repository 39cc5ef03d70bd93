"""Answers that deny without words of their own: "it was not", "that was a lie", "not so"."""

from __future__ import annotations

import re

FALSE = (
    r"(?:a lie|lies|false|untrue|fake|nonsense|fabricated|a fabrication|baseless|unfounded|ridiculous|absurd|"
    r"wrong|a hoax|"
    r"fiction|rubbish|incorrect|fantasy|invented|made up|garbage|without foundation)"
)
_QUOTE_MARKS = re.compile(r"[“”\"]|(?<!\w)['‘]|(?<=[\w.,!?])['’](?!\w)")
# "It was not", "no, it isn't", "not guilty", "never": an answer that denies what it answers.
_ANSWER = re.compile(
    r"(?:that )?(?:(?:no|nope|never|not at all|certainly not|absolutely not|of course not|nothing of the (?:sort|kind))"
    r"\W*)?"
    r"(?:(?:(?:it|this|that|they|he|she|we|i|you|there|these|those)"
    r"(?:(?: is| are| am| was| were| did| do| does| had| has| have| would| will| can| could)(?: not|n['’]t)|[’']s not|"
    r"[’']re not|[’']m not)(?: so| either)?)|"
    r"(?:(?:he|she|they|i|we)(?:[’']m| am| is| was| are| were|[’']s) )?not guilty|"
    r"(?:(?:it|this|that)(?: is| was|[’']s) )?(?:(?:simply|just|plainly|absolutely|certainly|quite) )*"
    r"not (?:so|true|right|correct|the case)(?: at all)?)?",
    re.IGNORECASE,
)
_BARE_FALSE = re.compile(
    rf"(?:(?:that )?(?:it|this|that)(?: is|['’]s| was) )?(?:(?:all|just|simply|absolutely|completely|totally|plainly|"
    rf"utter|pure|an?|complete|total|outright|flat|downright) )*{FALSE}",
    re.IGNORECASE,
)


def strip_quotation_marks(content: str) -> str:
    """A content without its quotation marks."""
    return _QUOTE_MARKS.sub("", content).strip()


def denies_only(content: str) -> bool:
    """Whether a content does no more than deny what it answers: "it was not", "that’s simply not true"."""
    answer = strip_quotation_marks(content).strip(" ,.;:!–—")
    if not answer or answer.lower() == "that":
        return False
    return bool(_ANSWER.fullmatch(answer) or _BARE_FALSE.fullmatch(answer))
