"""Two tellings of a story, and the entries between them, to what changed: each change once, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.datamodel.attribution import Act, Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.entry import Entry, EntryType
from onrecord.datamodel.notice import Basis, Notice, NoticeKind
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.ledger.entries import payload_of
from onrecord.ledger.revisions.story_diff import ClaimChange, turns
from onrecord.ledger.storage.index import cancelled

# A statement by its report's file and its exact words, which are the same in every version of a report.
_Key = tuple[str, str]
_TOLD = {Act.DENIES: NoticeKind.DENIAL, Act.RETRACTS: NoticeKind.WITHDRAWAL}


def notices_of(before: Story, after: Story, entries: Sequence[Entry]) -> tuple[Notice, ...]:
    """What changed: reports that were withdrawn or corrected, claims that stand otherwise or are newly denied, and
    statements that are new, in this order. `entries` are those of the story after the earlier telling.
    """
    span = (entries[0].seq, entries[-1].seq) if entries else (0, 0)
    changed = {one.claim: one for one in turns(before, after)}
    found = [
        *_of_reports(before, after, entries),
        *_of_claims(before, after, changed, span),
        *_of_statements(before, after, span),
    ]
    return tuple(found)


def _of_reports(before: Story, after: Story, entries: Sequence[Entry]) -> Iterator[Notice]:
    undone = cancelled((one.seq, payload_of(one)["entry"]) for one in entries if one.act is EntryType.UNDONE)
    for entry in entries:
        if entry.seq in undone:
            continue
        if entry.act is EntryType.WITHDRAWN:
            yield _of_report(before, entry, NoticeKind.WITHDRAWAL, payload_of(entry)["why"])
        elif entry.act is EntryType.CORRECTED:
            yield _of_report(after, entry, NoticeKind.CORRECTION, payload_of(entry)["words"])
        elif entry.act is EntryType.COMPARED and (reason := _revised(entry)):
            yield _of_report(after, entry, NoticeKind.CORRECTION, reason)


def _revised(entry: Entry) -> str | None:
    """What a new version cut or altered of what the report had said; None where it only added something."""
    found = payload_of(entry)["comparison"]
    changes = [
        f"it said “{one['words_before']}” and says “{one['words_after']}” now" for one in found.get("altered", [])
    ]
    changes.extend(f"it says no more “{said}”" for _, said in found.get("cut", []))
    return "; ".join(changes) or None


def _of_report(story: Story, entry: Entry, kind: NoticeKind, reason: str) -> Notice:
    report = story.report.get(entry.subject)
    said = [one for one in story.attributions if one.report == entry.subject]
    ids = {one.id for one in said}
    claims = [claim for claim in story.claims if any(one.attribution in ids for one in claim.members)]
    name = (report.headline or report.file) if report else entry.subject
    outlet = f"{report.outlet}: " if report and report.outlet else ""
    return Notice(
        kinds=(kind,),
        story=story.name,
        text=f"{outlet}{name}",
        report=entry.subject,
        entries=(entry.seq, entry.seq),
        claims=tuple(ident for claim in claims for ident in (claim.id, *claim.formerly)),
        reason=" ".join(reason.split()),
        # What a note corrects it says itself; of a withdrawn report all is gone that it said.
        rests_on=tuple(_basis(one, story, one.act) for one in said if kind is NoticeKind.WITHDRAWAL),
        speakers=_speakers(said, story),
    )


def _of_claims(before: Story, after: Story, changed: dict[str, ClaimChange], span: tuple[int, int]) -> Iterator[Notice]:
    # What a claim is called, or how it is grouped, is no news: the words must be new, or be against somebody now.
    known = {(_key(one, before), act) for claim in before.claims for one, act in _against(claim, before)}
    for claim in after.claims:
        fresh = [one for one in _against(claim, after) if (_key(one[0], after), one[1]) not in known]
        change = changed.get(claim.id)
        stands = change is not None and change.before is not None and change.before != change.after
        kinds = [NoticeKind.STANDING] if stands else []
        kinds.extend(kind for act, kind in _TOLD.items() if any(one[1] is act for one in fresh))
        if kinds:
            yield _of_claim(claim, after, tuple(kinds), change, [one for one, _ in fresh], span)
    here = {claim.id for claim in after.claims}
    for ident, change in changed.items():
        if ident not in here and change.before is not None:
            gone = next(claim for claim in before.claims if claim.id == ident)
            yield _of_claim(gone, before, (NoticeKind.STANDING,), change, [], span)


def _of_claim(
    claim: Claim,
    story: Story,
    kinds: tuple[NoticeKind, ...],
    change: ClaimChange | None,
    fresh: Sequence[Attribution],
    span: tuple[int, int],
) -> Notice:
    stands = story.standing.get(claim.id)
    gone = change is not None and change.after is None
    status = stands.status.value if stands and not gone else None
    because = [story.attribution[ident] for ident in (stands.because if stands else ()) if ident in story.attribution]
    rests = list(dict.fromkeys(one.id for one in (*fresh, *because)))
    members = [story.attribution[one.attribution] for one in claim.members if one.attribution in story.attribution]
    return Notice(
        kinds=kinds,
        story=story.name,
        text=claim.text,
        entries=span,
        claims=(claim.id, *claim.formerly),
        before=change.before if change else status,
        after=status,
        reason="no report that counts bears on it any more" if gone else stands.reason if stands else None,
        rests_on=tuple(
            _basis(story.attribution[ident], story, claim.stance_of(ident) or story.attribution[ident].act)
            for ident in rests
        ),
        speakers=_speakers(members, story),
    )


def _of_statements(before: Story, after: Story, span: tuple[int, int]) -> Iterator[Notice]:
    known = {_key(one, before) for one in before.attributions}
    for one in after.attributions:
        if _key(one, after) in known:
            continue
        report = after.report[one.report]
        claims = [claim for claim in after.claims if claim.stance_of(one.id) is not None]
        yield Notice(
            kinds=(NoticeKind.STATEMENT,),
            story=after.name,
            text=words(one.content, report.text),
            report=report.id,
            entries=span,
            claims=tuple(ident for claim in claims for ident in (claim.id, *claim.formerly)),
            rests_on=(_basis(one, after, one.act),),
            speakers=_speakers([one], after),
        )


def _against(claim: Claim, story: Story) -> list[tuple[Attribution, Act]]:
    """Who denies a claim or withdraws it, of those that count."""
    return [
        (story.attribution[one.attribution], one.stance)
        for one in claim.members
        if one.stance in _TOLD and not one.loose and one.attribution in story.attribution
    ]


def _key(one: Attribution, story: Story) -> _Key:
    report = story.report[one.report]
    return report.file, words(one.content, report.text)


def _speakers(said: Sequence[Attribution], story: Story) -> tuple[str, ...]:
    names = [story.party[one.speaker].name for one in said if one.speaker and one.speaker in story.party]
    return tuple(dict.fromkeys(names))


def _basis(one: Attribution, story: Story, act: Act) -> Basis:
    report = story.report[one.report]
    party = story.party.get(one.speaker or "")
    return Basis(
        attribution=one.id,
        report=report.id,
        sha256=report.sha256,
        spans=tuple((span.start, span.end) for span in one.content),
        words=words(one.content, report.text),
        act=act.value,
        speaker=party.name if party else None,
        named=one.named,
        relay=tuple(story.party[hop].name if hop in story.party else hop for hop in one.relay),
        outlet=report.outlet,
        published=report.published.isoformat() if report.published else None,
        url=report.url,
    )
