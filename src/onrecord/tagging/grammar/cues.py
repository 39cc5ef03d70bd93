"""The words that attribute: verbs, nouns and phrases, and what kind of content each takes."""

from __future__ import annotations

_SAY = """
    accuse acknowledge add admit affirm allege announce answer applaud argue ask assert assess assure attest
    authenticate bark bellow bemoan blame blast blurt boast brag call caution challenge chant
    characterize characterise charge chide claim clarify comment communicate compare complain concede conclude condemn
    confess confide confirm contend continue contradict counsel counter credit criticize criticise cry dangle
    debunk decide declare decry defend define demand denounce deny describe detail dictate disavow disclose
    discuss dismiss dispute document dub elaborate email emphasize emphasise estimate exclaim exhort explain
    express fault find forecast fume gripe growl grumble gush hail highlight hint identify imply indicate inform
    inquire insinuate insist instruct interject invoke jest joke label lament lash laugh lecture liken maintain
    mention mock moan mumble murmur muse mutter narrate note observe offer opine order outline paraphrase plead
    pledge point portray post postulate praise preach predict proclaim project promise pronounce propose protest
    prove publish put quip quote rail read reaffirm reason reassure rebuff rebuke rebut recall recite recommend
    recount refer refute reiterate reject relate relay remark remind repeat reply report respond restate retort
    reveal rule ruminate say scoff scold scream shout show signal slam sneer snap specify speak speculate state
    stipulate stress submit suggest summarize summarise surmise swear talk taunt tell testify theorize theorise
    thank thunder tout trumpet tweet underline underscore urge utter vent verify voice volunteer vouch vow warn
    whisper write yell
""".split()

_ATTITUDE = frozenset(
    """
    agree aim anticipate appreciate approve assume back believe consider debate desire disagree doubt endorse
    envision expect favor favour fear feel figure foresee guess hear hope imagine intend know learn like oppose
    plan ponder prefer realize realise reckon refuse regard regret resolve see seek sense support suppose
    suspect think threaten trust understand view want welcome wish wonder worry decide
""".split()
)

_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote written writing",
    "swear": "swears swore sworn swearing", "find": "finds found finding", "show": "shows showed shown showing",
    "read": "reads reading", "think": "thinks thought thinking", "know": "knows knew known knowing",
    "hear": "hears heard hearing", "understand": "understands understood understanding", "feel": "feels felt feeling",
    "see": "sees saw seen seeing", "seek": "seeks sought seeking", "speak": "speaks spoke spoken speaking",
    "foresee": "foresees foresaw foreseen foreseeing", "submit": "submits submitted submitting",
    "quip": "quips quipped quipping", "brag": "brags bragged bragging", "plan": "plans planned planning",
    "rebut": "rebuts rebutted rebutting", "admit": "admits admitted admitting", "slam": "slams slammed slamming",
    "dub": "dubs dubbed dubbing", "chat": "chats chatted chatting", "snap": "snaps snapped snapping",
    "refer": "refers referred referring", "blur": "blurs blurred blurring", "prefer": "prefers preferred preferring",
    "regret": "regrets regretted regretting", "signal": "signals signaled signalled signaling signalling",
    "put": "puts putting",
    "label": "labels labeled labelled labeling labelling", "bark": "barks barked barking",
}  # fmt: skip

# Verbs whose subject must be evidence ("a poll showed"), since "the move shows" credits nobody.
SHOWING = frozenset(
    "show find reveal prove highlight underscore underline signal document detail project identify".split()
)
EVIDENCE = frozenset(
    """
    poll polls survey surveys study studies report reports data record records email emails e-mail e-mails
    document documents video videos footage photo photos picture pictures figures numbers statistics results
    research analysis analyses review reviews evidence transcript transcripts filing filings letter letters memo
    memos investigation investigations inquiry audit test tests estimates census returns paper papers article
    articles story map chart footage tape tapes recording recordings file files bill bills quiz count tally
    polling paperwork disclosure disclosures audits image images message messages report's website site page
    book investigators researchers scientists authors committee panel commission court jury judge police
    detectives auditors inspectors economists analysts experts
""".split()
)

# Verbs whose direct object is what is attributed ("confirmed the meeting").
OBJECT = frozenset(
    """
    accuse acknowledge address admit announce applaud authenticate bemoan blame blast cite claim compare concede
    condemn confirm contradict credit criticize criticise debunk declare decry defend demand denounce deny
    describe detail disavow disclose discuss dismiss dispute emphasize emphasise estimate explain express
    forecast hail highlight imply indicate lament mention mock note offer outline pledge praise predict promise
    propose quote read reaffirm rebuff rebuke rebut recall recite recommend recount refute reiterate reject
    repeat report reveal show slam state stress suggest tout tweet underscore urge voice vow verify warn write
    corroborate find voice question challenge release publish thank portray reassure assure project sign trumpet
""".split()
)
# Verbs that name a thing in words of the source ("called it a mistake").
NAMING = frozenset("call label dub describe characterize characterise brand declare portray term deem".split())
# Verbs that take an addressee before the content ("told reporters that").
ADDRESSED = frozenset(
    "tell inform remind assure reassure ask advise urge warn instruct order exhort caution promise show text".split()
)
# Verbs with the preposition or particle that belongs to the cue.
WITH = {
    "call": ("for", "on", "upon"), "point": ("to", "out"), "speak": ("of", "about"), "talk": ("about", "of", "up"),
    "warn": ("of", "about", "against"), "complain": ("about", "of"), "boast": ("of", "about"), "brag": ("about",),
    "respond": ("to",), "reply": ("to",), "refer": ("to",), "allude": ("to",), "hint": ("at",), "ask": ("about", "for"),
    "comment": ("on", "about"), "accuse": (), "object": ("to",), "joke": ("about",), "write": ("about", "of"),
    "say": ("of", "about"), "rail": ("against",), "lash": ("out",), "swear": ("off",), "press": ("for",),
    "plead": ("for",),
    "testify": ("about", "to"), "report": ("on",), "inquire": ("about",), "go": ("on",), "insist": ("on",),
    "elaborate": ("on",), "argue": ("for", "against"), "push": ("for",), "muse": ("about",), "tweet": ("about",),
}  # fmt: skip
# Verbs that attribute only what stands in quotation marks.
ONLY_QUOTED = frozenset("read continue go speak talk laugh sneer chat vent reason finish cut shoot fire put".split())
# Verbs that stand before "to say" and belong to its cue.
RAISING = frozenset(
    """
    appear appears appeared seem seems seemed go goes went gone going come came continue continues continued
    begin begins began like likes try tries tried trying tends tend fails failed used quick
""".split()
)

# Participles that begin a statement of their own behind a comma.
SAYING = frozenset(
    """adding arguing asking calling citing claiming describing explaining insisting noting pointing promising saying
    stressing suggesting telling tweeting urging vowing warning writing""".split()
)

NOUNS = frozenset(
    """
    accusation acknowledgement acknowledgment admission allegation announcement argument assertion assessment
    assurance belief claim comment complaint concern conclusion confirmation contention criticism declaration
    denial doubt estimate fear finding hint insistence notion opinion pledge prediction promise remark report
    revelation rumor rumour speculation statement suggestion suspicion testimony theory threat tweet view vow
    warning word letter memo memorandum message
""".split()
)


def forms(verb: str) -> tuple[str, ...]:
    """The inflected forms of a verb, the base form first."""
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb].split())
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    if verb.endswith("y") and verb[-2] not in "aeou":
        return (verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    return (verb, f"{verb}{'es' if verb.endswith(('s', 'sh', 'ch', 'x')) else 's'}", f"{verb}ed", f"{verb}ing")


SPEECH: dict[str, str] = {form: verb for verb in _SAY for form in forms(verb)}
VERBS: dict[str, str] = {form: verb for verb in sorted(_ATTITUDE) for form in forms(verb)} | SPEECH


def is_attitude(verb: str) -> bool:
    """Whether a verb (base form) reports a plan, wish or thought rather than words said."""
    return verb in _ATTITUDE
