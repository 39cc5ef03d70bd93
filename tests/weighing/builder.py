"""Builds small cases for weighing: one line a voice."""

from __future__ import annotations

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.moment import Moment, moment
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.standing import Standing
from onrecord.weighing.weigh import weigh

TEXT = "The pump had failed on Monday, they said, and the lower ward was without water."


def person(ident: str, **known: str) -> Party:
    return Party(
        id=ident, name=ident, kind=PartyKind.PERSON, role=known.get("role"), speaks_for=known.get("speaks_for")
    )


def body(ident: str) -> Party:
    return Party(id=ident, name=ident, kind=PartyKind.ORGANIZATION)


def unnamed(ident: str) -> Party:
    return Party(id=ident, name=f"unnamed {ident}", kind=PartyKind.GROUP, named=False)


def described(ident: str) -> Party:
    return Party(id=ident, name=ident, kind=PartyKind.PERSON, named=False)


def paper(ident: str) -> Party:
    return Party(id=ident, name=ident, kind=PartyKind.ORGANIZATION, outlet=True)


def leak(ident: str) -> Party:
    return Party(id=ident, name=ident, kind=PartyKind.DOCUMENT, doubtful=True)


class Case:
    """Voices on one claim; each in a report of its own, dated a day after the one before."""

    def __init__(self) -> None:
        self.parties: dict[str, Party] = {}
        self.attributions: list[Attribution] = []
        self.reports: list[Report] = []
        self.members: list[Member] = []

    def say(
        self,
        party: Party,
        stance: Act = Act.ASSERTS,
        relay: tuple[str, ...] = (),
        text: str = "",
        mode: Mode = Mode.INDIRECT,
    ) -> Case:
        number = len(self.reports) + 1
        told = text or f"{TEXT} ({number}) {'x' * number * 40}"
        self.parties[party.id] = party
        self.reports.append(
            Report(id=f"{number}", text=told, file=f"{number}.txt", sha256="", published=moment(f"2031-05-{number:02}"))
        )
        self.attributions.append(
            Attribution(
                id=f"{number}-01",
                report=f"{number}",
                source=(),
                cue=(),
                content=(Span(0, len(told)),),
                mode=mode,
                act=stance,
                speaker=party.id,
                relay=relay,
                named=party.named,
            )
        )
        self.members.append(Member(attribution=f"{number}-01", stance=stance))
        return self

    @property
    def claim(self) -> Claim:
        return Claim(id="pump", text="The pump failed.", members=tuple(self.members))

    def stand(self, as_of: Moment | None = None) -> Standing:
        (standing,) = weigh([self.claim], self.attributions, tuple(self.parties.values()), self.reports, as_of)
        return standing
