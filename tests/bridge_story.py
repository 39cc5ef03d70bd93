"""An invented story, rich in features, built by hand: what the faces are tested against."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.claim import (
    Claim,
    Conflict,
    ConflictKind,
    Difference,
    Edit,
    Link,
    Member,
    Quote,
    Relation,
    Wording,
)
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Fate, Outcome, Part, Passage, Report
from onrecord.datamodel.span import Span, Spans
from onrecord.datamodel.standing import Change, Origin, Origins, Standing, Status
from onrecord.datamodel.story import Event, Story

TEXTS = {
    "01": """Kestrel Bridge to close for two years, leaked memo says
By Ada Lorne

The Kestrel Bridge will be shut to all traffic from May, according to a leaked inspection memo seen by the Harbour \
Courier. A senior city official confirmed that the memo is genuine.

Mayor Ines Obrado said on Friday: “We will not gamble with a single life on that bridge.”

A spokeswoman for Castellan Works, which inspects the bridge, declined to comment.
""",
    "02": """City denies bridge closure

PORT ALDER, 7 March - Transport Minister Tomas Reyl denied that the Kestrel Bridge would close. “There is no plan to \
shut the bridge, none,” he said.

Two people familiar with the inspection told Northline Wire the memo was authentic. Northline could not independently \
verify the document.
""",
    "03": """What we know about the Kestrel Bridge

The Morning Tally reported, citing Northline Wire, that two people familiar with the inspection had called the memo \
authentic. The mayor has said the city “will not gamble with a single life”.

Chief engineer Paul Vantongeren said 14 of the 96 hangers were corroded.
""",
    "04": """Minister stands firm as engineer walks back figure

“I was wrong to say 14 hangers. It is 9,” Chief engineer Paul Vantongeren told Channel 6 on Sunday. “I withdraw that \
number.”

Ms Obrado was quoted as saying the city would gamble with no life on the bridge. The ministry did not respond to \
questions sent on Saturday.
""",
    "05": """Shippers brace for detour

Hauliers expect long detours if the bridge closes. The Port Alder Chamber said the closure would cost 40 million \
crowns a year.
""",
}
OUTLETS = {
    "01": ("Harbour Courier", "2031-03-07"),
    "02": ("Northline Wire", "2031-03-07T18:20:00Z"),
    "03": ("The Morning Tally", "2031-03-08T06:00:00Z"),
    "04": ("Channel 6", "2031-03-09"),
    "05": (None, None),
}


def spot(report: str, *pieces: str) -> Spans:
    """The places of exact words in a report's text, each looked for after the one before."""
    found: list[Span] = []
    at = 0
    for piece in pieces:
        start = TEXTS[report].index(piece, at)
        at = start + len(piece)
        found.append(Span(start, at))
    return tuple(found)


def build_report(key: str) -> Report:
    """One report of the story."""
    text = TEXTS[key]
    outlet, published = OUTLETS[key]
    headline = text.partition("\n")[0]
    passages = [Passage(span=Span(0, len(headline)), part=Part.HEADLINE)]
    if key == "01":
        passages.append(Passage(span=spot("01", "By Ada Lorne")[0], part=Part.BYLINE))
    return Report(
        id=key,
        text=text,
        file=f"{key}_bridge.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        outlet=outlet,
        published=moment(published) if published else None,
        headline=headline,
        passages=tuple(passages),
        notes=("no date was found in the report",) if published is None else (),
    )


PARTIES = (
    Party(id="the-memo", name="the leaked memo", kind=PartyKind.DOCUMENT, doubtful=True),
    Party(id="senior-city-official", name="a senior city official", kind=PartyKind.PERSON, named=False),
    Party(id="two-people", name="two people familiar with the inspection", kind=PartyKind.GROUP, named=False),
    Party(id="ines-obrado", name="Ines Obrado", kind=PartyKind.PERSON, role="mayor", aliases=("Ms Obrado",)),
    Party(id="tomas-reyl", name="Tomas Reyl", kind=PartyKind.PERSON, role="transport minister"),
    Party(id="castellan", name="Castellan Works", kind=PartyKind.ORGANIZATION),
    Party(id="northline", name="Northline Wire", kind=PartyKind.ORGANIZATION),
    Party(id="vantongeren", name="Paul Vantongeren", kind=PartyKind.PERSON, role="chief engineer"),
    Party(id="ministry", name="the transport ministry", kind=PartyKind.ORGANIZATION),
    Party(id="chamber", name="Port Alder Chamber", kind=PartyKind.ORGANIZATION),
)


def stated(id: str, source: str, cue: str, *content: str, **more: object) -> Attribution:
    """One attribution whose words are looked up in its report; content pieces are searched in order."""
    report = id.partition("-")[0]
    made = Attribution(
        id=id,
        report=report,
        source=spot(report, source) if source else (),
        cue=spot(report, cue) if cue else (),
        content=spot(report, *content),
        mode=Mode.INDIRECT,
        act=Act.ASSERTS,
        named=True,
        made_by="hand",
    )
    return replace(made, **more)  # type: ignore[arg-type]


ATTRIBUTIONS = (
    stated(
        "01-01",
        "a leaked inspection memo",
        "according to",
        "The Kestrel Bridge will be shut to all traffic from May",
        speaker="the-memo",
        relay=("Harbour Courier",),
        said_at=None,
    ),
    stated(
        "01-02",
        "A senior city official",
        "confirmed",
        "that the memo is genuine",
        act=Act.CONFIRMS,
        speaker="senior-city-official",
        named=False,
        terms="A senior city official",
    ),
    stated(
        "01-03",
        "Mayor Ines Obrado",
        "said",
        "“We will not gamble with a single life on that bridge.”",
        mode=Mode.DIRECT,
        speaker="ines-obrado",
        said_at=moment("2031-03-07"),
    ),
    stated(
        "01-04",
        "A spokeswoman for Castellan Works",
        "declined to comment",
        "declined to comment",
        act=Act.NO_COMMENT,
        speaker="castellan",
        terms="declined to comment",
    ),
    stated(
        "02-01",
        "Transport Minister Tomas Reyl",
        "denied",
        "that the Kestrel Bridge would close",
        act=Act.DENIES,
        speaker="tomas-reyl",
    ),
    stated(
        "02-02",
        "he",
        "said",
        "“There is no plan to shut the bridge, none,”",
        mode=Mode.DIRECT,
        act=Act.DENIES,
        speaker="tomas-reyl",
    ),
    stated(
        "02-03",
        "Two people familiar with the inspection",
        "told",
        "the memo was authentic",
        speaker="two-people",
        named=False,
        terms="Two people familiar with the inspection",
    ),
    stated(
        "02-04",
        "Northline",
        "could not independently verify",
        "the document",
        act=Act.NOT_CONFIRMED,
        speaker="northline",
    ),
    stated(
        "03-01",
        "two people familiar with the inspection",
        "had called",
        "the memo authentic",
        speaker="two-people",
        named=False,
        relay=("The Morning Tally", "Northline Wire"),
        terms="two people familiar with the inspection",
    ),
    stated(
        "03-02",
        "The mayor",
        "has said",
        "the city “will not gamble with a single life”",
        mode=Mode.MIXED,
        speaker="ines-obrado",
    ),
    stated(
        "03-03", "Chief engineer Paul Vantongeren", "said", "14 of the 96 hangers were corroded", speaker="vantongeren"
    ),
    stated(
        "04-01",
        "Chief engineer Paul Vantongeren",
        "told",
        "“I was wrong to say 14 hangers. It is 9,”",
        "“I withdraw that number.”",
        mode=Mode.DIRECT,
        act=Act.RETRACTS,
        speaker="vantongeren",
        said_at=moment("2031-03-09"),
    ),
    stated(
        "04-02",
        "Ms Obrado",
        "was quoted as saying",
        "the city would gamble with no life on the bridge",
        speaker="ines-obrado",
        relay=("an unnamed report",),
    ),
    stated(
        "04-03",
        "The ministry",
        "did not respond",
        "questions sent on Saturday",
        act=Act.NO_COMMENT,
        speaker="ministry",
        terms="did not respond",
    ),
    stated(
        "05-01", "The Port Alder Chamber", "said", "the closure would cost 40 million crowns a year", speaker="chamber"
    ),
)

CLAIMS = (
    Claim(
        id="bridge-closes",
        text="The Kestrel Bridge will close.",
        members=(
            Member(attribution="01-01", stance=Act.ASSERTS),
            Member(attribution="02-01", stance=Act.DENIES),
            Member(attribution="02-02", stance=Act.DENIES, score=0.91, reasons=("same action: close, shut",)),
        ),
    ),
    Claim(
        id="memo-genuine",
        text="The memo is genuine.",
        members=(
            Member(attribution="01-02", stance=Act.CONFIRMS),
            Member(attribution="02-03", stance=Act.ASSERTS),
            Member(attribution="03-01", stance=Act.ASSERTS),
            Member(attribution="02-04", stance=Act.NOT_CONFIRMED),
        ),
    ),
    Claim(
        id="hangers-14",
        text="14 of the hangers are corroded.",
        members=(
            Member(attribution="03-03", stance=Act.ASSERTS),
            Member(attribution="04-01", stance=Act.RETRACTS, passage=spot("04", "I was wrong to say 14 hangers")),
        ),
    ),
    Claim(
        id="cost-40m",
        text="The closure would cost 40 million crowns a year.",
        members=(Member(attribution="05-01", stance=Act.ASSERTS),),
    ),
)

STANDINGS = (
    Standing(
        claim="bridge-closes",
        as_of=None,
        status=Status.DENIED,
        because=("01-01", "02-01", "02-02"),
        reason="Tomas Reyl denies it on the record; only a leaked memo supports it",
        rule="denied",
        origins=Origins(
            lo=0,
            hi=1,
            origins=(
                Origin(
                    party="the-memo",
                    attributions=("01-01",),
                    named=True,
                    doubtful=True,
                    reason="a document of doubtful standing",
                ),
            ),
            reasons=("a leaked document may or may not count as an origin",),
        ),
    ),
    Standing(
        claim="memo-genuine",
        as_of=None,
        status=Status.UNCONFIRMED,
        because=("01-02", "02-03", "03-01"),
        reason="three unnamed people, via Harbour Courier and Northline Wire; nobody on the record",
        rule="unconfirmed",
        origins=Origins(
            lo=2,
            hi=3,
            origins=(
                Origin(
                    party="senior-city-official",
                    attributions=("01-02",),
                    named=False,
                    reason="described as an official",
                ),
                Origin(
                    party="two-people",
                    attributions=("02-03", "03-01"),
                    named=False,
                    reason="03-01 relays Northline Wire's 02-03",
                ),
            ),
            reasons=("“a senior city official” may be one of the “two people familiar with the inspection”",),
        ),
    ),
    Standing(
        claim="hangers-14",
        as_of=None,
        status=Status.RETRACTED,
        because=("03-03", "04-01"),
        reason="Paul Vantongeren withdrew it on Sun 9 Mar 2031; nobody else supports it",
        rule="retracted",
        origins=Origins(lo=0, hi=0),
    ),
    Standing(
        claim="cost-40m",
        as_of=None,
        status=Status.SINGLE_ORIGIN,
        because=("05-01",),
        reason="Port Alder Chamber only, on the record",
        rule="single-origin",
        origins=Origins(
            lo=1,
            hi=1,
            origins=(Origin(party="chamber", attributions=("05-01",), named=True, reason="said it on the record"),),
        ),
    ),
)

CHANGES = (
    Change(
        claim="bridge-closes",
        at=moment("2031-03-07"),
        before=None,
        after=Status.UNCONFIRMED,
        because=("01-01",),
        reason="a leaked memo says so",
    ),
    Change(
        claim="bridge-closes",
        at=moment("2031-03-07T18:20:00Z"),
        before=Status.UNCONFIRMED,
        after=Status.DENIED,
        because=("02-01",),
        reason="Tomas Reyl denies it on the record",
    ),
    Change(
        claim="hangers-14",
        at=moment("2031-03-08T06:00:00Z"),
        before=None,
        after=Status.SINGLE_ORIGIN,
        because=("03-03",),
        reason="Paul Vantongeren says so on the record",
    ),
    Change(
        claim="hangers-14",
        at=moment("2031-03-09"),
        before=Status.SINGLE_ORIGIN,
        after=Status.RETRACTED,
        because=("04-01",),
        reason="Paul Vantongeren withdrew it",
    ),
)

QUOTES = (
    Quote(
        members=("01-03", "03-02", "04-02"),
        drift=True,
        wordings=(
            Wording(
                attribution="01-03",
                differences=(Difference(edit=Edit.SAME, text="We will not gamble with a single life on that bridge."),),
            ),
            Wording(
                attribution="03-02",
                differences=(
                    Difference(edit=Edit.CUT, text="We"),
                    Difference(edit=Edit.ADDED, text="the city"),
                    Difference(edit=Edit.SAME, text="will not gamble with a single life"),
                    Difference(edit=Edit.CUT, text="on that bridge."),
                ),
                reasons=("cut short",),
            ),
            Wording(
                attribution="04-02",
                differences=(
                    Difference(edit=Edit.CUT, text="We will not"),
                    Difference(edit=Edit.ADDED, text="the city would"),
                    Difference(edit=Edit.SAME, text="gamble with"),
                    Difference(edit=Edit.CUT, text="a single"),
                    Difference(edit=Edit.ADDED, text="no"),
                    Difference(edit=Edit.SAME, text="life on"),
                    Difference(edit=Edit.CUT, text="that"),
                    Difference(edit=Edit.ADDED, text="the"),
                    Difference(edit=Edit.SAME, text="bridge"),
                ),
                meaning_changed=False,
                reasons=("indirect speech",),
            ),
        ),
    ),
)


def build_story() -> Story:
    """All of it: 5 reports, a leaked memo, unnamed officials, a two-hop relay, a denial, refusals, a retraction."""
    return Story(
        name="kestrel-bridge",
        reports=tuple(build_report(key) for key in TEXTS),
        outcomes=(
            *(Outcome(input=f"{key}_bridge.txt", fate=Fate.READ, report=key) for key in TEXTS),
            Outcome(input="06_copy.txt", fate=Fate.DUPLICATE, report="01", reason="the same bytes as 01_bridge.txt"),
            Outcome(
                input="07_scan.txt",
                fate=Fate.REFUSED,
                reason="binary data where text was expected; convert it to .txt, .md or .html",
            ),
        ),
        parties=PARTIES,
        attributions=ATTRIBUTIONS,
        claims=CLAIMS,
        standings=STANDINGS,
        changes=CHANGES,
        conflicts=(
            Conflict(
                claim="bridge-closes",
                left="01-01",
                right="02-01",
                kind=ConflictKind.DENIAL,
                reasons=("Tomas Reyl denies what the leaked memo says",),
            ),
            Conflict(claim="bridge-closes", left="01-01", right="02-02", kind=ConflictKind.DENIAL),
            Conflict(claim="hangers-14", left="03-03", right="04-01", kind=ConflictKind.WITHDRAWAL),
        ),
        quotes=QUOTES,
        links=(
            Link(
                left="01-02",
                right="02-03",
                relation=Relation.SAME,
                score=0.94,
                by="judge 1",
                reasons=("subject: the memo", "genuine ~ authentic"),
            ),
            Link(left="02-03", right="03-01", relation=Relation.SAME, score=0.99, by="judge 1", reasons=("relay",)),
            Link(
                left="01-01",
                right="02-01",
                relation=Relation.CONTRADICTS,
                score=0.88,
                by="judge 1",
                reasons=("cue: denied",),
            ),
        ),
        timeline=(
            Event(
                at=moment("2031-03-07"),
                text="Mayor Ines Obrado said on Friday",
                report="01",
                span=spot("01", "on Friday"),
                attributions=("01-03",),
            ),
            Event(
                at=moment("2031-03-09"),
                text="Paul Vantongeren told Channel 6 on Sunday",
                report="04",
                span=spot("04", "on Sunday"),
                attributions=("04-01",),
            ),
            Event(
                at=moment("2031-03-08"),
                text="questions sent on Saturday",
                report="04",
                span=spot("04", "on Saturday"),
                attributions=("04-03",),
            ),
            Event(
                at=moment("2031-05-01"),
                text="will be shut to all traffic from May",
                report="01",
                span=spot("01", "from May"),
                attributions=("01-01",),
            ),
            Event(
                at=None, text="the closure would cost 40 million crowns a year", report="05", span=spot("05", "a year")
            ),
        ),
        made_by=("rules 1", "judge 1"),
    )


HOSTILE = (
    "<script>alert(1)</script> \u202eevil\u202c \x1b[31mred [bold]x[/bold] <img src=x onerror=y> & ]]> *star* |pipe|"
)


def build_hostile_story() -> Story:
    """A story in which every text field tries to become markup, a terminal command or reversed text."""
    text = f"{HOSTILE} said {HOSTILE}."
    size = len(HOSTILE)
    report = Report(
        id="h",
        text=text,
        file=f"{HOSTILE}.txt",
        sha256="0" * 64,
        outlet=HOSTILE,
        headline=HOSTILE,
        byline=HOSTILE,
        notes=(HOSTILE,),
    )
    made = Attribution(
        id="h-01",
        report="h",
        source=(Span(0, size),),
        cue=(Span(size + 1, size + 5),),
        content=(Span(size + 6, size * 2 + 6),),
        mode=Mode.INDIRECT,
        act=Act.DENIES,
        speaker="p",
        relay=(HOSTILE,),
        terms=HOSTILE,
        reasons=(HOSTILE,),
    )
    claim = Claim(id="c", text=HOSTILE, members=(Member(attribution="h-01", stance=Act.DENIES, reasons=(HOSTILE,)),))
    standing = Standing(
        claim="c",
        as_of=None,
        status=Status.DENIED,
        because=("h-01",),
        reason=HOSTILE,
        rule="denied",
        origins=Origins(lo=0, hi=0, reasons=(HOSTILE,)),
    )
    return Story(
        name=HOSTILE,
        reports=(report,),
        parties=(Party(id="p", name=HOSTILE, role=HOSTILE, named=False),),
        outcomes=(Outcome(input=HOSTILE, fate=Fate.REFUSED, reason=HOSTILE),),
        attributions=(made,),
        claims=(claim,),
        standings=(standing,),
        notes=(HOSTILE,),
        conflicts=(Conflict(claim="c", left="h-01", right="h-01", kind=ConflictKind.DENIAL, reasons=(HOSTILE,)),),
        quotes=(
            Quote(
                members=("h-01", "h-01"),
                drift=True,
                wordings=(
                    Wording(
                        attribution="h-01", differences=(Difference(edit=Edit.ADDED, text=HOSTILE),), reasons=(HOSTILE,)
                    ),
                ),
            ),
        ),
        timeline=(Event(at=moment("2031-03-07"), text=HOSTILE, report="h", span=(Span(0, 8),)),),
    )
