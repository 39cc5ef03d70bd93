"""A story to the story file (FORMATS.md, section 2), with further keys of our own beside those of the format."""

from __future__ import annotations

import json

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Conflict, Link, Quote
from onrecord.datamodel.document import Document, DocumentFact, Fragment
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Outcome, Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.standing import Change, Origins, Standing
from onrecord.datamodel.story import Event, Story
from onrecord.rendering.lines import fields, pairs

Json = dict[str, object]


def render(story: Story) -> str:
    """The story file; the same story gives the same bytes."""
    return json.dumps(story_json(story), ensure_ascii=False, indent=1) + "\n"


def story_json(story: Story) -> Json:
    """The story file as a value."""
    return {
        "story": story.name,
        "as_of": _instant(story.as_of),
        "reports": [report_json(report) for report in story.reports],
        "speakers": [party_json(party) for party in story.parties],
        "attributions": [attribution_json(one, story.report[one.report]) for one in story.attributions],
        "claims": [claim_json(claim, story.standing.get(claim.id)) for claim in story.claims],
        "conflicts": [conflict_json(conflict) for conflict in story.conflicts],
        "quotes": [quote_json(quote) for quote in story.quotes],
        "exhibits": [document_json(one, story) for one in story.documents],
        "timeline": [event_json(event) for event in story.timeline],
        "changes": [change_json(change) for change in story.changes],
        "links": [link_json(link) for link in story.links],
        "outcomes": [outcome_json(outcome) for outcome in story.outcomes],
        "notes": list(story.notes),
        "made_by": list(story.made_by),
    }


def report_json(report: Report) -> Json:
    """One report, without its text."""
    return {
        "id": report.id,
        "file": report.file,
        "outlet": report.outlet,
        "published": _instant(report.published),
        "headline": report.headline,
        "sha256": report.sha256,
        "byline": report.byline,
        "url": report.url,
        "language": report.language,
        "reader": report.reader,
        "passages": [
            {"span": [one.span.start, one.span.end], "part": one.part.value, "at": _instant(one.at)}
            for one in report.passages
        ],
        "truncated": report.truncated,
        "revises": report.revises,
        "notes": list(report.notes),
    }


def party_json(party: Party) -> Json:
    """One speaker."""
    return {
        "id": party.id,
        "name": party.name,
        "kind": party.kind.value,
        "named": party.named,
        "role": party.role,
        "aliases": list(party.aliases),
        "speaks_for": party.speaks_for,
        "doubtful": party.doubtful,
    }


def attribution_json(one: Attribution, report: Report) -> Json:
    """One attribution, with its exact words beside its spans."""
    told: Json = {
        **fields(one),
        "report": one.report,
        "act": one.act.value,
        "speaker": one.speaker,
        "relay": list(one.relay),
        "named": one.named,
        "terms": one.terms,
        "said_at": _instant(one.said_at),
    }
    if one.outer_of:
        told["outer_of"] = list(one.outer_of)
    told.update(
        hedged=one.hedged,
        confidence=round(one.confidence, 4),
        made_by=one.made_by,
        reasons=list(one.reasons),
        source_text=[span.of(report.text) for span in one.source],
        cue_text=[span.of(report.text) for span in one.cue],
        content_text=[span.of(report.text) for span in one.content],
    )
    return told


def claim_json(claim: Claim, standing: Standing | None) -> Json:
    """One claim and where it stands; no standing, no word for it."""
    return {
        "id": claim.id,
        "text": claim.text,
        "members": [
            {
                "attribution": member.attribution,
                "stance": member.stance.value,
                "passage": pairs(member.passage),
                "score": round(member.score, 4),
                "reasons": list(member.reasons),
                "loose": member.loose,
            }
            for member in claim.members
        ],
        "origins": [standing.origins.lo, standing.origins.hi] if standing else [0, 0],
        "standing": standing.status.value if standing else None,
        "because": list(standing.because) if standing else [],
        "reason": standing.reason if standing else None,
        "rule": standing.rule if standing else None,
        "origin_list": _origins(standing.origins) if standing else [],
        "origin_reasons": list(standing.origins.reasons) if standing else [],
        "formerly": list(claim.formerly),
    }


def _origins(origins: Origins) -> list[Json]:
    return [
        {
            "party": origin.party,
            "attributions": list(origin.attributions),
            "named": origin.named,
            "doubtful": origin.doubtful,
            "reason": origin.reason,
        }
        for origin in origins.origins
    ]


def conflict_json(conflict: Conflict) -> Json:
    """One conflict of two attributions."""
    return {
        "claim": conflict.claim,
        "left": conflict.left,
        "right": conflict.right,
        "kind": conflict.kind.value,
        "reasons": list(conflict.reasons),
    }


def quote_json(quote: Quote) -> Json:
    """One quote in its wordings."""
    return {
        "members": list(quote.members),
        "drift": quote.drift,
        "partial": quote.partial,
        "wordings": [
            {
                "attribution": wording.attribution,
                "against": wording.against,
                "differences": [[one.edit.value, one.text] for one in wording.differences],
                "meaning_changed": wording.meaning_changed,
                "reasons": list(wording.reasons),
            }
            for wording in quote.wordings
        ],
    }


def document_json(document: Document, story: Story) -> Json:
    """One document that the story turns on, with the exact words of each fact and fragment beside its place."""
    return {
        "id": document.id,
        "name": document.name,
        "author": document.author,
        "doubtful": document.doubtful,
        "owned": document.owned,
        "parties": list(document.parties),
        "mentions": [_placed(one.report, one.span, story) for one in document.mentions],
        "facts": [_fact_json(one, story) for one in document.facts],
        "text": [_fragment_json(one, story) for one in document.text],
        "statements": list(document.statements),
    }


def _placed(report: str, span: Span, story: Story) -> Json:
    return {"report": report, "span": [span.start, span.end], "text": span.of(story.report[report].text)}


def _fact_json(fact: DocumentFact, story: Story) -> Json:
    report = story.report[fact.report]
    said = story.attribution.get(fact.attribution or "")
    return {
        "kind": fact.kind.value,
        **_placed(fact.report, fact.span, story),
        "stance": fact.stance.value if fact.stance else None,
        "attribution": fact.attribution,
        "speaker": fact.speaker,
        "holder": pairs(fact.holder),
        "holder_text": [span.of(report.text) for span in fact.holder],
        "relay": list(said.relay) if said else [],
        "since": _instant(report.published),
    }


def _fragment_json(fragment: Fragment, story: Story) -> Json:
    return {
        "follows": fragment.follows,
        "joined": fragment.joined,
        "differs": fragment.differs,
        "witnesses": [
            {
                **_placed(one.report, one.span, story),
                "attribution": one.attribution,
                "differences": [[each.edit.value, each.text] for each in one.differences],
            }
            for one in fragment.witnesses
        ],
    }


def event_json(event: Event) -> Json:
    """One line of the timeline."""
    return {
        "at": _instant(event.at),
        "precision": event.at.precision.value if event.at else None,
        "text": event.text,
        "attributions": list(event.attributions),
        "report": event.report,
        "span": pairs(event.span),
    }


def change_json(change: Change) -> Json:
    """One change of a standing."""
    return {
        "claim": change.claim,
        "at": _instant(change.at),
        "before": change.before.value if change.before else None,
        "after": change.after.value,
        "because": list(change.because),
        "reason": change.reason,
    }


def link_json(link: Link) -> Json:
    """One judged relation."""
    return {
        "left": link.left,
        "right": link.right,
        "relation": link.relation.value,
        "score": round(link.score, 4),
        "reasons": list(link.reasons),
        "by": link.by,
    }


def outcome_json(outcome: Outcome) -> Json:
    """What became of one input."""
    return {
        "input": outcome.input,
        "fate": outcome.fate.value,
        "report": outcome.report,
        "reason": outcome.reason,
    }


def _instant(at: Moment | None) -> str | None:
    return at.isoformat() if at else None
