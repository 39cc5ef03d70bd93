"""Contents that by themselves deny, withdraw, doubt or refuse to say."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon.cues import SILENT_VERBS

_THERE_IS = r"there(?:['’]s| is| was| were| are|['’]re| has been| have been|['’]s been|['’]ve been| had been)"
_SOFT = r"(?!certainty|guarantee that|doubt|question|way|need|reason|time|one\b|longer|more|better|place|word|sign)"
_NOTHING = re.compile(
    rf"(?<!if )(?<!whether )\b{_THERE_IS}(?: absolutely| simply)? [\"“'‘]?no {_SOFT}\w+|"
    rf"^\W*(?:that )?[\"“'‘]?no {_SOFT}(?:\w+ ){{0,4}}?(?:had|has|have|was|were|is|are|exists?|existed)\b|"
    r"^\W*no (?:decision|order|danger|plans?|agreement|deal|truth|such)\b|"
    r"^\W*(?:that )?nothing (?:has|had|was|is)\b",
    re.IGNORECASE,
)
# Only the subject may stand before: "he had never met her", "a withdrawal is not happening".
_NOT_SO = re.compile(
    r"^\W*(?:that )?(?:[^.,;!?“”\"]{1,60}? )?(?:is|are|was|were|has|have|had|did|do|does|am)(?:n['’]t| not| "
    r"never)(?: \w+ly)? "
    r"(?!among|only|just|yet|sure|clear|aware|enough|know|immediately|been\b|being\b)"
    r"(?:\w+(?:ing|ed|en)|true|accurate|correct|the case|authentic|genuine|happen\w*|believe|involved|responsible|"
    r"guilty|behind|spoken|done|made|met|sent|had|any|our|ours|his|hers|theirs)\b|"
    r"^\W*(?:that )?(?:i|we|he|she|they)(?: \w+)? never (?!heard|known|seen|be\b)\w+(?:ed|t|de|id|ew|ent|n|ook|oke)\b|"
    r"^\W*(?:that )?(?:[^.,;!?“”\"]{1,60}? )?(?:is|was|are|were) [\"“'‘]?not (?:ours|mine|his|hers|theirs|so|true)\b|"
    r"^\W*(?:that )?(?:not |never )(?:to have )?\w+(?:ing|ed|en)?\b|^\W*(?:[\w'’-]+ ){1,3}not [\w-]+ing\b",
    re.IGNORECASE,
)
_FALSE = (
    r"(?:a lie|lies|false|untrue|fake|nonsense|fabricated|a fabrication|baseless|unfounded|ridiculous|absurd|"
    r"wrong|a hoax|"
    r"fiction|rubbish|incorrect|fantasy|invented|made up|garbage|without foundation)"
)
_IS_FALSE = re.compile(
    r"^\W*(?:that )?(?:it|this|that|they|he|she|these|those|\w+(?: \w+){0,4}?)(?: is|['’]s| was| were| are|['’]re)"
    rf"(?: all| a complete| completely| totally| just| simply| absolutely| categorically)* [\"“'‘]?(?:\w+ )?{_FALSE}\b",
    re.IGNORECASE,
)
_CALLED_FALSE = re.compile(rf"[\"“'‘]?(?:\w+ )?\b{_FALSE}\b", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\b(?:i|we) (?:misspoke|spoke too soon|take (?:it|that|this) back|withdraw|retract|recant|was wrong|were "
    r"wrong|regret the error)\b|"
    r"\b(?:misspoke|spoke too soon|was wrong, and i|apologi[sz]es? for the error)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    rf"^\W*(?:that )?(?:[^.,;“”\"]{{1,40}} )?(?:would|will|could|can|do|does)(?:n['’]t| not|not) (?:{SILENT_VERBS})\b|"
    r"^\W*(?:no comment)\b|^\W*(?:that )?(?:he|she|it|they|i|we)(?: had| have|['’]d|['’]ve)? (?:declined|refused) to "
    r"(?:comment|answer|discuss)|^\W*(?:that )?(?:he|she|it|they|i|we) (?:would|will) wait\b",
    re.IGNORECASE,
)
_UNESTABLISHED = re.compile(
    r"^\W*(?:that )?(?:[^.,;“”\"]{1,40} )?(?:has|have|had) not (?:yet )?been (?:established|confirmed|verified|"
    r"determined)\b|"
    r"^\W*(?:that )?(?:it|this) (?:was|is) (?:too early|unclear|not (?:yet )?clear)\b(?! to)",
    re.IGNORECASE,
)


def denies(content: str) -> bool:
    """Whether a content says that something is not so; plans and promises ("would not") are statements."""
    return bool(_NOTHING.search(content) or _NOT_SO.search(content) or _IS_FALSE.search(content))


def calls_false(content: str) -> bool:
    """Whether what somebody calls a thing is that it is false: "pure fantasy"."""
    return bool(_CALLED_FALSE.search(content))


def takes_back(content: str) -> bool:
    """Whether a content withdraws what its speaker said before."""
    return bool(_TAKEN_BACK.search(content))


def refuses(content: str) -> bool:
    """Whether a content is that nothing will be said: "that he would not discuss it"."""
    return bool(_REFUSES.search(content))


def leaves_open(content: str) -> bool:
    """Whether a content is that a thing has not been established."""
    return bool(_UNESTABLISHED.search(content))
