"""A document to what is shown of it: facts gathered by who says so, its text in fragments, its way to each report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Difference
from onrecord.datamodel.document import Document, DocumentFact, FactKind, Fragment, Witness
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.rendering.views.exhibits import Reference, outlet_of, way_words
from onrecord.rendering.wording import bare_name, counted, day_words, safe_id, shown

# What stands between two fragments of a text that are not known to follow each other word by word.
GAP = "[…]"
HEADINGS = {
    FactKind.AUTHOR: "from",
    FactKind.ADDRESSEE: "to",
    FactKind.DATE: "dated",
    FactKind.STATUS: "status",
    FactKind.ROUTE: "came by",
}
SIDES = (
    (Act.CONFIRMS, "says it is genuine"),
    (Act.DENIES, "doubts or denies it"),
    (Act.NOT_CONFIRMED, "could not tell"),
    (Act.NO_COMMENT, "would not say"),
)


_SUFFIXES = frozenset({"i", "ii", "iii", "iv", "jr", "sr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One fact and who says so: exact words, holder, the way it came, since when, and every place that tells it."""

    words: str
    holder: str
    own: bool
    way: str
    since: Moment | None
    references: tuple[Reference, ...]
    attribution: str | None

    @property
    def credit(self) -> str:
        """Who says so, through whom, in which outlet, since when."""
        return f"{self.holder}, {self.way}" if self.way else self.holder


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintView:
    """One report's print of a fragment."""

    words: str
    outlet: str
    reference: Reference
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FragmentView:
    """A stretch of the text: the fullest print, the others, and whether a gap stands before it."""

    first: PrintView
    others: tuple[PrintView, ...]
    gap: bool
    placed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WayView:
    """How a document reached one report: what it says of that, and through whom its words came."""

    outlet: str
    since: Moment | None
    told: tuple[FactView, ...]
    through: tuple[str, ...]
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document with all that is shown of it."""

    id: str
    name: str
    called: tuple[str, ...]
    facts: tuple[tuple[str, tuple[FactView, ...]], ...]
    sides: tuple[tuple[str, tuple[FactView, ...]], ...]
    text: tuple[FragmentView, ...]
    ways: tuple[WayView, ...]
    standing: str
    first: Reference
    reports: int

    @property
    def anchor(self) -> str:
        """The id of its place in a page."""
        return f"document-{safe_id(self.id)}"

    @property
    def title(self) -> str:
        """Its noun with a capital, and what else it is called."""
        also = f", also called {', '.join(self.called)}" if self.called else ""
        return f"The {self.name}{also}"


def document_views(story: Story) -> tuple[DocumentView, ...]:
    """The story's documents as they are shown."""
    return tuple(_view(one, story) for one in story.documents)


def _view(document: Document, story: Story) -> DocumentView:
    return DocumentView(
        id=document.id,
        name=document.name,
        called=_called(document, story),
        facts=tuple(
            (heading, found)
            for kind, heading in HEADINGS.items()
            if kind is not FactKind.ROUTE and (found := _gathered(document.told(kind), story))
        ),
        sides=tuple(
            (heading, found)
            for stance, heading in SIDES
            if (
                found := _gathered([one for one in document.told(FactKind.AUTHENTICITY) if one.stance is stance], story)
            )
        ),
        text=tuple(_fragment(one, story, number) for number, one in enumerate(document.text)),
        ways=_ways(document, story),
        standing=_standing(document, story),
        first=Reference(document.mentions[0].report, (document.mentions[0].span,)),
        reports=len({one.report for one in document.mentions}),
    )


def _called(document: Document, story: Story) -> tuple[str, ...]:
    nouns: dict[str, int] = {}
    for one in document.mentions:
        noun = one.span.of(story.report[one.report].text).split()[-1].lower().strip("“”\"'’")
        nouns[noun] = nouns.get(noun, 0) + 1
    nouns.pop(document.name.split()[-1], None)
    return tuple(sorted(nouns, key=lambda noun: (-nouns[noun], noun)))


def _standing(document: Document, story: Story) -> str:
    """What it counts as where its words support a claim."""
    author = story.party.get(document.author or "")
    if document.owned:
        one = story.attribution[document.owned]
        party = story.party.get(one.speaker or "")
        return f"owned by {shown(party.name) if party else 'its author'}: its words count as his"
    one_origin = f"one origin with {shown(author.name)}" if author else "one origin"
    return f"{one_origin}, {'doubtful until it is owned' if document.doubtful else 'as an origin of its own'}"


def _gathered(facts: Iterable[DocumentFact], story: Story) -> tuple[FactView, ...]:
    """Facts of one kind, each holder's same words once, the earliest first."""
    views: dict[tuple[str, str], list[FactView]] = {}
    for fact in facts:
        view = _fact(fact, story)
        # What several reports say in their own words is said once.
        views.setdefault(("" if view.own else bare_name(view.holder), _key(fact, view)), []).append(view)
    found = [_earliest(some) for some in views.values()]
    return tuple(
        sorted(found, key=lambda one: (one.since.at.isoformat() if one.since else "9999", one.references[0].report))
    )


def _key(fact: DocumentFact, view: FactView) -> str:
    """What makes two facts of one holder one: any words on one side, the same name, the same words."""
    if fact.kind is FactKind.AUTHENTICITY:
        return fact.stance or ""
    told = view.words.casefold().strip("“”\"'’.,")
    if fact.kind is not FactKind.AUTHOR:
        return told
    names = [word for word in told.split() if word.strip(".") not in _SUFFIXES]
    return names[-1] if names else told


def _earliest(some: Sequence[FactView]) -> FactView:
    ordered = sorted(some, key=lambda one: one.since.at.isoformat() if one.since else "9999")
    first = ordered[0]
    places = tuple(place for one in ordered for place in one.references)
    outlets = dict.fromkeys(one.holder for one in ordered)
    others = f" and {counted(len(outlets) - 1, 'other report')}" if first.own and len(outlets) > 1 else ""
    return FactView(
        words=first.words,
        holder=f"{first.holder}{others}",
        own=first.own,
        way=first.way,
        since=first.since,
        references=places,
        attribution=first.attribution,
    )


def _fact(fact: DocumentFact, story: Story) -> FactView:
    report = story.report[fact.report]
    said = story.attribution.get(fact.attribution or "")
    party = story.party.get(fact.speaker or "")
    outlet = outlet_of(report)
    relay = [shown(one) for one in said.relay] if said else []
    if fact.holder:
        holder = shown(words(fact.holder, report.text))
        teller = story.party.get(said.speaker or "") if said else None
        relay.extend([shown(teller.name)] if teller else [])
    elif said:
        holder = shown(party.name) if party else f"“{shown(words(said.source, report.text))}”"
    else:
        holder = f"{outlet} in its own words"
    hops = [outlet]
    hops.extend(one for one in relay if bare_name(one) != bare_name(hops[-1]))
    way = way_words(tuple(hops), holder) if said or fact.holder else ""
    when = day_words(report.published) if report.published else "date unknown"
    return FactView(
        words=shown(fact.span.of(report.text)),
        holder=holder,
        own=said is None and not fact.holder,
        way=", ".join(part for part in (way, when) if part),
        since=report.published,
        references=(Reference(fact.report, (fact.span,)),),
        attribution=fact.attribution,
    )


def _fragment(fragment: Fragment, story: Story, number: int) -> FragmentView:
    first, *others = (_print(one, story) for one in fragment.witnesses)
    return FragmentView(
        first=first,
        others=tuple(others),
        gap=number > 0 and not fragment.joined,
        placed=number == 0 or fragment.follows,
    )


def _print(witness: Witness, story: Story) -> PrintView:
    report = story.report[witness.report]
    return PrintView(
        words=shown(witness.span.of(report.text)),
        outlet=outlet_of(report),
        reference=Reference(witness.report, (witness.span,)),
        differences=witness.differences,
    )


def _ways(document: Document, story: Story) -> tuple[WayView, ...]:
    named = {one.report for one in document.mentions}
    return tuple(_way(document, report, story) for report in story.reports if report.id in named)


def _way(document: Document, report: Report, story: Story) -> WayView:
    told = [one for one in document.told(FactKind.ROUTE) if one.report == report.id]
    said = (story.attribution[one] for one in document.statements)
    through = dict.fromkeys(shown(relay) for one in said if one.report == report.id for relay in one.relay)
    return WayView(
        outlet=outlet_of(report),
        since=report.published,
        told=_gathered(told, story),
        through=tuple(through),
        report=report.id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a document: a label where it opens a group, words of reports or ours, who says so, and where."""

    label: str
    words: str
    credit: str
    references: tuple[Reference, ...]
    quoted: bool = True
    differences: tuple[Difference, ...] = ()


def lines(view: DocumentView) -> tuple[Line, ...]:
    """All that is shown of a document as lines, for formats that lay them out one below the other."""
    told = [
        Line(label=heading if not place else "", words=one.words, credit=one.credit, references=one.references)
        for heading, found in (*view.facts, *view.sides)
        for place, one in enumerate(found)
    ]
    return (*told, *_text_lines(view), *_way_lines(view))


def _text_lines(view: DocumentView) -> Iterator[Line]:
    for place, fragment in enumerate(view.text):
        same = tuple(one for one in fragment.others if not one.differences)
        also = f" and {counted(len(same), 'more print')}" if same else ""
        yield Line(
            label="its text" if not place else GAP if fragment.gap else "",
            words=fragment.first.words,
            credit=f"{'' if fragment.placed else 'place unknown, '}in {fragment.first.outlet}{also}",
            references=(fragment.first.reference, *(one.reference for one in same)),
        )
        for other in fragment.others:
            if other.differences:
                yield Line(
                    label="",
                    words=other.words,
                    credit=f"worded otherwise in {other.outlet}",
                    references=(other.reference,),
                    differences=other.differences,
                )


def _way_lines(view: DocumentView) -> Iterator[Line]:
    for place, way in enumerate(view.ways):
        label = "how it came" if not place else ""
        via = f"its words through {', then '.join(reversed(way.through))}" if way.through else ""
        if not way.told:
            words = f"{way.outlet}: {via or 'does not say'}"
            yield Line(label=label, words=words, credit="", references=(), quoted=False)
        for number, one in enumerate(way.told):
            credit = "; ".join(part for part in (one.credit, via if not number else "") if part)
            yield Line(label="" if number else label, words=one.words, credit=credit, references=one.references)
