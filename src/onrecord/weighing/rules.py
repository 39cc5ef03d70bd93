"""The ordered rules that give a claim its standing; the first that applies decides (FORMATS.md, `standing`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.report import Report
from onrecord.datamodel.standing import Origins, Status
from onrecord.weighing.origins import origins
from onrecord.weighing.voices import Voice

# Raised when a rule, or their order, changes what a ledger is told as.
VERSION = "4"


@dataclass(frozen=True)
class Weighed:
    """What the rules look at: the voices on one claim and, counted where a rule asks, their origins."""

    voices: tuple[Voice, ...]
    reports: Mapping[str, Report]

    @cached_property
    def origins(self) -> Origins:
        """The origins behind the supporters."""
        return origins(self.supporters, self.reports)

    @cached_property
    def supporters(self) -> tuple[Voice, ...]:
        """Voices that assert or confirm and did not withdraw since; who denies it in so many words supports nothing."""
        gone = {voice.party.id for voice in self.voices if voice.stance is Act.RETRACTS}
        return tuple(
            voice
            for voice in self.voices
            if voice.supports and voice.party.id not in gone and voice.party.id not in self._plainly_denying
        )

    @cached_property
    def on_record(self) -> tuple[Voice, ...]:
        """Supporters that are named and on the record."""
        return tuple(voice for voice in self.supporters if voice.on_record)

    @cached_property
    def deniers(self) -> tuple[Voice, ...]:
        """Voices that deny or withdraw; a mere negation denies nothing that its holder supports at the same time."""
        held = {voice.holder for voice in self.voices if voice.supports}
        return tuple(
            voice
            for voice in self.voices
            if voice.stance is Act.RETRACTS
            or (voice.denies and (voice.holder not in held or voice.party.id in self._plainly_denying))
        )

    @cached_property
    def _plainly_denying(self) -> frozenset[str]:
        """Parties of whom it is said that they deny it: what else of theirs was linked to the claim is less sure."""
        return frozenset(
            voice.party.id
            for voice in self.voices
            if voice.stance is Act.DENIES and voice.attribution.act is Act.DENIES
        )

    @cached_property
    def withdrawn(self) -> tuple[Voice, ...]:
        """Voices of holders that supported it and withdrew it."""
        held = {voice.party.id for voice in self.voices if voice.supports}
        return tuple(v for v in self.voices if v.stance is Act.RETRACTS and v.party.id in held)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: the status it gives, when, and the voices it rests on."""

    status: Status
    when: str
    applies: Callable[[Weighed], bool]
    rests_on: Callable[[Weighed], tuple[Voice, ...]]


def _retracted(found: Weighed) -> bool:
    return bool(found.withdrawn) and not found.on_record


def _denied(found: Weighed) -> bool:
    return any(voice.on_record for voice in found.deniers) and not found.on_record


def _disputed(found: Weighed) -> bool:
    return bool(found.supporters) and bool(found.deniers)


def _corroborated(found: Weighed) -> bool:
    return bool(found.on_record) and found.origins.lo >= 2


RULES: tuple[Rule, ...] = (
    Rule(
        Status.RETRACTED,
        "a holder that supported it withdrew it, and no other on-the-record holder supports it",
        _retracted,
        lambda found: found.withdrawn,
    ),
    Rule(
        Status.DENIED,
        "somebody denies it on the record, and no named person or organization supports it on the record "
        "(unnamed sources, documents of doubtful standing and an outlet's own words do not count)",
        _denied,
        lambda found: tuple(voice for voice in found.deniers if voice.on_record),
    ),
    Rule(
        Status.DISPUTED,
        "some support it and others deny it",
        _disputed,
        lambda found: (*found.supporters, *found.deniers),
    ),
    Rule(
        Status.CORROBORATED,
        "at least two independent origins support it, one of them named and on the record",
        _corroborated,
        lambda found: found.supporters,
    ),
    Rule(
        Status.SINGLE_ORIGIN,
        "a named origin supports it on the record, and it is the only certain one",
        lambda found: bool(found.on_record),
        lambda found: found.on_record,
    ),
    Rule(
        Status.UNCONFIRMED,
        "it rests on unnamed sources or doubtful documents only, or on a report's own unattributed words",
        lambda found: True,
        lambda found: found.voices,
    ),
)


def table() -> str:
    """The rules as a Markdown table, for the documentation."""
    rows = [f"| {number} | `{rule.status}` | {rule.when} |" for number, rule in enumerate(RULES, 1)]
    return "\n".join(["| order | standing | when |", "| --- | --- | --- |", *rows])
