"""The act that a content carries by itself: denial, retraction, doubt, refusal to comment."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon.cues import SILENT_VERBS
from onrecord.bare_denials import FALSE, denies_only, strip_quotation_marks

_THERE_IS = r"there(?:['’]s| is| was| were| are|['’]re| has been| have been|['’]s been|['’]ve been| had been)"
_SOFT = r"(?!certainty|guarantee that|doubt|question|way|need|reason|time|one\b|longer|more|better|place|word|sign)"
_PAST = r"(?:\w+ed|had|has|have|was|were|is|are|came|went|left|took|made|gave|said|told|saw|held|sent|got|fell|ran)\b"
_NOTHING = re.compile(
    rf"(?<!if )(?<!whether )\b{_THERE_IS}(?: absolutely| simply)? [\"“'‘]?no {_SOFT}\w+|"
    rf"^\W*(?:that )?[\"“'‘]?no {_SOFT}(?:\w+ ){{0,4}}?(?:had|has|have|was|were|is|are|exists?|existed)\b|"
    rf"(?:^|[.!?] )\W*(?:that )?no {_SOFT}(?:\w+ ){{0,4}}?{_PAST}|"
    r"^\W*no (?:decision|order|danger|plans?|agreement|deal|truth|such)\b|^\W*no\W*$|"
    r"\b(?:know|knows|knew|known|have|has|had) nothing (?:of|about|to do with)\b|"
    r"^\W*(?:that )?nothing (?:has|had|was|is)\b",
    re.IGNORECASE,
)
_OPEN = (
    r"(?:able|possible|decided|determined|established|confirmed|verified|identified|named|announced|released|"
    r"disclosed|settled|completed|finalized|finalised|reached|published|charged|"
    r"informed|told|consulted|contacted|asked|notified|shown)\b"
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
    r"^\W*(?:that )?(?:not |never )(?:to have \w+|having \w+|even )?(?:\w+(?:ing|ed|en)\b|(?<=to have )\w+\b)|"
    r"^\W*(?:that )?(?:not|never) to have \w+|"
    r"^\W*(?:that )?(?:[^.,;!?“”\"]{1,60}? )?(?:is|are|was|were)(?:n['’]t| not) \d|"
    r"^\W*(?:that )?(?:[^.,;!?“”\"]{1,60}? )?(?:has|have|had)(?:n['’]t| not| never) been "
    rf"(?!{_OPEN})\w+(?:ed|en|ld|nt)\b|"
    r"^\W*(?:[\w'’-]+ ){1,3}not [\w-]+ing\b",
    re.IGNORECASE,
)
_IS_FALSE = re.compile(
    r"^\W*(?:that )?(?:it|this|that|they|he|she|these|those|\w+(?: \w+){0,4}?)(?: is|['’]s| was| were| are|['’]re)"
    rf"(?: all| a complete| completely| totally| just| simply| absolutely| categorically)* [\"“'‘]?(?:\w+ )?{FALSE}\b"
    r"(?! more| less| about| often| sometimes| for\b)|"
    r"(?:^|[.!?] )\W*(?:that )?(?:it|this|that)(?: is|['’]s| was) the wrong \w+",
    re.IGNORECASE,
)
_CALLED_FALSE = re.compile(rf"[\"“'‘]?(?:\w+ )?\b{FALSE}\b", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\bwhat (?:i|we) (?:said|wrote|reported|told)\b[^.]{0,50}? (?:was|were) (?:wrong|false|untrue|incorrect|not true|"
    r"a mistake|not right)|\b(?:i|we) should (?:never have|not have|have) (?:said|written|reported|told|made clear)\b|"
    r"\b(?:i|we) (?:misspoke|spoke too soon|take (?:\w+ ){1,3}back|withdraw|retract|recant|was wrong|were "
    r"wrong|regret the error)\b|"
    r"\b(?:misspoke|spoke too soon|was wrong, and i|apologi[sz]es? for the error)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    rf"^\W*(?:that )?(?:[^.,;“”\"]{{1,40}} )?(?:would|will|could|can|do|does|wo|ca)(?:n['’]t| not|not) "
    rf"(?:{SILENT_VERBS})\b|"
    r"^\W*(?:that )?(?:[^.,;“”\"]{1,40} )?(?:am|is|are|was|were|[’']m|[’']re|[’']s) not "
    r"(?:going|prepared|ready|willing|in a position) to (?:talk|say|comment|discuss|answer|speak|give|go into|get into|"
    r"confirm|verify|identify|name|reveal|disclose|speculate|elaborate)\b|"
    r"^\W*(?:no comment)\b|^\W*(?:that )?(?:he|she|it|they|i|we)(?: had| have|['’]d|['’]ve)? (?:declined|refused) to "
    r"(?:comment|answer|discuss)|^\W*(?:that )?(?:he|she|it|they|i|we) (?:would|will) wait\b",
    re.IGNORECASE,
)
_UNSURE_START = r"(?:^|[.!?] )\W*(?:that )?(?:[^\s.,;“”\"]+ ){0,4}?"
_UNESTABLISHED = re.compile(
    r"^\W*(?:that )?(?:[^.,;“”\"]{1,40} )?(?:has|have|had) not (?:yet )?been (?:established|confirmed|verified|"
    r"determined)\b|"
    r"^\W*(?:that )?(?:it|this)(?: was| is|['’]s) (?:still )?(?:too (?:early|soon) to (?:say|tell|know|draw|determine|"
    r"speculate|confirm)|unclear|not (?:yet )?(?:clear|known|certain))\b(?! to)|"
    rf"{_UNSURE_START}(?:can(?:not| not|['’]t)|could(?: not|n['’]t))(?: yet| \w+ly| independent)? "
    r"(?:say (?:with|for|whether|if|which|what|"
    r"who|how|where|when|why)|tell\b(?! you about)|be (?:sure|certain)|rule (?:it |that |anything )?(?:in or )?out|"
    r"know|confirm|verify)\b|"
    rf"{_UNSURE_START}(?:do|does|did)(?: not|n['’]t) (?:yet |just )?know\b"
    r"(?: (?:whether|if|who|which|that)\b|\W*$|[.,;])|"
    rf"{_UNSURE_START}(?:have|has|had) no (?:idea (?:if|whether)|way of knowing|confirmation)\b|"
    rf"{_UNSURE_START}(?:has|have|had)(?: not|n['’]t) (?:yet )?been (?:confirmed|verified|established|corroborated)\b|"
    rf"{_UNSURE_START}(?:am|is|are|was|were|['’]m|['’]re)(?: not|n['’]t) (?:yet )?(?:certain|sure)\b|"
    rf"{_UNSURE_START}(?:do|does|did)(?: not|n['’]t) (?:yet |by itself )?(?:prove|mean that|establish)\b",
    re.IGNORECASE,
)


def denies(content: str) -> bool:
    """Whether a content says that something is not so; plans and promises ("would not") are statements."""
    if denies_only(content):
        return True
    content = strip_quotation_marks(content)
    return bool(_NOTHING.search(content) or _NOT_SO.search(content) or _IS_FALSE.search(content))


def calls_false(content: str) -> bool:
    """Whether what somebody calls a thing is that it is false: "pure fantasy"."""
    return bool(_CALLED_FALSE.search(content))


def retracts(content: str) -> bool:
    """Whether a content withdraws what its speaker said before."""
    content = strip_quotation_marks(content)
    return bool(_TAKEN_BACK.search(content))


def refuses_comment(content: str) -> bool:
    """Whether a content is that nothing will be said: "that he would not discuss it"."""
    content = strip_quotation_marks(content)
    return bool(_REFUSES.search(content))


def is_unestablished(content: str) -> bool:
    """Whether a content is that a thing has not been established."""
    content = strip_quotation_marks(content)
    return bool(_UNESTABLISHED.search(content))
