"""Whether the preposition behind a cue's last word belongs to the cue, as annotators have it."""

from __future__ import annotations

import re

from onrecord.datamodel.span import Span
from onrecord.tagging.grammar.cues import VERBS

PREPOSITIONS = frozenset(
    "of on in at to for by with about against as from over out up off into toward towards upon".split()
)

# Counted on PolNeAR's training part by `python -m training.count_particles`.
_TAKEN = {
    preposition: frozenset(words.split())
    for preposition, words in {
        "about": """
            angry ask boast brag care comment complain concern concerned concerns conversations debate detail
            doubt information joke know length message more nervous out question questions remark skeptical
            speak stories talk think tweet up warn words worry write
        """,
        "against": "attacks back campaign caution lawsuit out rail vote voted warn",
        "as": "criticize him it know regard",
        "at": "aim angry back balked fun hint look out shots swipes",
        "by": "angered impressed",
        "for": """
            advocate apologized argue ask call campaign case concern credit enthusiasm hope know looking passion
            plan praise proposal push pushed pushing request requests respect support vote voted votes voting
            vouch
        """,
        "from": "away himself",
        "in": "believe confident faith interest interested",
        "of": """
            account accusations accuse allegations announcement assessment assure aware boast chant critic
            critical criticism critique defense embrace enamored endorsement endorsements example favor fear
            footage hope idea interest issue mention message opinion proponent proud question rejection secret
            sense sign signs skeptical speak story support supporter supporters supportive talk think understand
            view warn wary
        """,
        "off": "brushed shrugged ticked",
        "on": """
            agree attack attacks back based call comment consensus counting criticism debate decision down focus
            focused focuses focusing in insist opinion positions reflecting relying split stance thoughts
            touched view went
        """,
        "out": "call figure laid lays point rule singled tweet",
        "over": "criticism debate him sparred",
        "to": """
            according acquiesced admit ahead allegiance alluding as attention back devoted forward hostile
            instead opposition point refer reference references respond response speak support them tribute
            turned
        """,
        "up": "talk",
        "upon": "call remark",
        "with": "agree charge comfortable disagree identify in issue resonated respond sided well",
    }.items()
}
_LEFT = {
    preposition: frozenset(words.split())
    for preposition, words in {
        "as": "describe say",
        "at": "ask say",
        "by": "accuse ask back claim criticize echoed oppose provided report respond shared write",
        "for": "blame criticize say",
        "from": "attacks criticism opposition",
        "in": "argue claim declare interview report say see write",
        "of": "focus say write",
        "on": "announce ask attention report say tweet write",
        "to": """
            agree aim appeal appear appeared appears ask attributed call case claim complain decide decision
            declined designed desire determined eager expect explain hope inclination intend is know like looked
            looking meant not offer order plan pledge prefer promise proposal propose prove reason refusal
            refuse reluctance required say seek seem seemed seems show talk threaten up voted vow want willing
            write
        """,
    }.items()
}
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_NEXT = re.compile(r" +(\w+)\b")
_DETERMINERS = frozenset("the a an his her its their my our your this these those".split())


def base(word: str) -> str:
    """A cue verb's base form, any other word as it is."""
    return VERBS.get(word.lower(), word.lower())


def following(text: str, end: int) -> re.Match[str] | None:
    """The preposition that follows a place of a text, as group 1."""
    found = _NEXT.match(text, end)
    return found if found and found[1].lower() in PREPOSITIONS else None


def with_preposition(text: str, cue: Span) -> Span:
    """The cue with the preposition that its last word takes, without one that it leaves, and without a determiner."""
    words = list(_WORD.finditer(text, cue.start, cue.end))
    most = len(words)
    while len(words) > 1 and words[-1].group().lower() in _DETERMINERS:
        words.pop()
    if not words:
        return cue
    end = cue.end if len(words) == most else words[-1].end()
    last = words[-1].group().lower()
    if len(words) > 1 and last in PREPOSITIONS:
        before = base(words[-2].group())
        if before in _LEFT.get(last, ()) or (len(words) < most and before not in _TAKEN.get(last, ())):
            end = words[-2].end()
    elif (found := following(text, words[-1].end())) and base(last) in _TAKEN.get(found[1].lower(), ()):
        end = found.end()
    return Span(cue.start, end)
