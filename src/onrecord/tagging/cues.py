"""The words that attribute: verbs, nouns and phrases, and what kind of content each takes."""

from __future__ import annotations

# Verbs of saying by their base form; inflected in `forms`.
_SAY = """say tell add announce claim state note explain argue insist warn write tweet report reveal declare assert allege
acknowledge admit concede affirm maintain contend stress emphasize emphasise reiterate repeat suggest remark comment reply
respond recall recount testify predict conclude observe point indicate disclose confirm deny describe call label dub estimate
mention quip joke complain caution promise vow pledge swear urge ask ordain rule find show inform remind assure counter retort
exclaim proclaim hint imply signal boast brag lament muse opine post relate underscore accuse dispute reject dismiss
refute rebut question speculate theorize argue read quote cite praise criticize criticise condemn denounce blame defend
slam blast disavow clarify elaborate stipulate specify advise recommend testify ruled report shout yell whisper scream cry
believe think know learn hear understand suspect doubt expect hope fear want feel consider agree disagree worry see
support back oppose plan intend decide demand call propose request seek view regard favor favour wish wonder""".split()

_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote written writing",
    "swear": "swears swore sworn swearing", "find": "finds found finding", "show": "shows showed shown showing",
    "read": "reads reading", "think": "thinks thought thinking", "know": "knows knew known knowing",
    "hear": "hears heard hearing", "understand": "understands understood understanding", "feel": "feels felt feeling",
    "see": "sees saw seen seeing", "seek": "seeks sought seeking", "quip": "quips quipped quipping",
    "brag": "brags bragged bragging", "plan": "plans planned planning", "deny": "denies denied denying",
    "reply": "replies replied replying", "testify": "testifies testified testifying", "imply": "implies implied implying",
    "cry": "cries cried crying", "worry": "worries worried worrying", "specify": "specifies specified specifying",
    "clarify": "clarifies clarified clarifying", "admit": "admits admitted admitting", "rebut": "rebuts rebutted rebutting",
    "slam": "slams slammed slamming", "dub": "dubs dubbed dubbing", "signal": "signals signaled signalled signaling",
    "label": "labels labeled labelled labeling",
}  # fmt: skip

_ATTITUDE = frozenset(
    """believe think know learn understand suspect doubt expect hope fear want feel consider agree disagree worry see support
    back oppose plan intend decide demand seek view regard favor favour wish wonder hear""".split()
)

# Verbs whose direct object is what is attributed ("confirmed the meeting").
OBJECT = frozenset(
    """announce confirm deny dispute reject dismiss refute rebut acknowledge admit concede disclose reveal describe report
    allege claim predict suggest estimate mention reiterate repeat stress emphasize emphasise question defend praise criticize
    criticise condemn denounce promise pledge note explain describe recall recount testify declare""".split()
)
# Verbs that name a thing in words of the source ("called it a mistake").
NAMING = frozenset("call label dub describe".split())
# Verbs that take an addressee before the content ("told reporters that").
ADDRESSED = frozenset("tell inform remind assure ask advise urge warn".split())

NOUNS = frozenset(
    """statement claim assertion allegation accusation announcement report suggestion warning prediction argument remark comment
    belief testimony admission acknowledgment acknowledgement declaration promise pledge insistence contention finding
    conclusion notion idea fear concern complaint charge rumor rumour speculation news revelation confirmation denial
    tweet letter memo memorandum interview""".split()
)

REFUSALS = (
    r"(?:declin(?:ed|es|ing)|refus(?:ed|es|ing)) (?:immediately )?to (?:comment|say|discuss|answer|disclose|elaborate|"
    r"confirm(?: or deny)?|speak|be interviewed|provide|name|identify|give)",
    r"(?:would|could|will|did|does|do|has|have|had|was|were)(?: not|n[’']t)(?: \w+ly)? (?:\w+ly )?(?:comment|say|discuss|"
    r"disclose|elaborate|respond(?:ed)?|repl(?:y|ied)|answer(?:ed)?|return(?:ed)?|commented|be reached)(?: \w+ly)?",
    r"(?:could|can|would|has|have|was|were)(?: not|n[’']t)(?: \w+ly)?(?: be| been| yet been)? (?:\w+ly )?"
    r"(?:confirm(?:ed)?|verif(?:y|ied)|corroborate[d]?)",
    r"had no (?:immediate )?comment",
    r"(?:was|were) (?:not )?(?:unavailable|available) for comment",
)


def forms(verb: str) -> tuple[str, ...]:
    """The inflected forms of a verb, the base form first."""
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb].split())
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    return (verb, f"{verb}{'es' if verb.endswith(('s', 'sh', 'ch', 'x')) else 's'}", f"{verb}ed", f"{verb}ing")


VERBS: dict[str, str] = {form: verb for verb in dict.fromkeys(_SAY) for form in forms(verb)}


def is_attitude(verb: str) -> bool:
    """Whether a verb (base form) reports a plan, wish or thought rather than words said."""
    return verb in _ATTITUDE
