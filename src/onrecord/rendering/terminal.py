"""A story to a brief in the terminal; without colour it says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rich.columns import Columns
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.datamodel.claim import Difference, Edit
from onrecord.datamodel.standing import Status
from onrecord.datamodel.story import Story
from onrecord.rendering.brief import Brief, ChangeView, EventView, QuoteView, WordingView, brief
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.conflicts import ConflictView
from onrecord.rendering.views.documents import DocumentView, Line
from onrecord.rendering.views.documents import lines as document_lines
from onrecord.rendering.views.exhibits import Exhibit, Holder, Reference, way_words
from onrecord.rendering.views.sources import SourceView
from onrecord.rendering.wording import MARKS, counted, cut, day_words, moment_words, shown

STYLES = {
    Status.RETRACTED: "bold magenta",
    Status.DENIED: "bold red",
    Status.DISPUTED: "bold yellow",
    Status.CORROBORATED: "bold green",
    Status.SINGLE_ORIGIN: "bold cyan",
    Status.UNCONFIRMED: "bold",
}
SIDES = (("for", "for"), ("against", "against"), ("neither", "neither"))

# A sentence of the timeline is cut there; its reference leads to the whole.
EVENT_CHARS = 160

# References printed in a row before the rest is counted.
MOST_REFERENCES = 6

Item = TypeVar("Item")

# How much a screen shows before it says how much more there is; --all shows everything.
SOME = {
    "claims": 12,
    "holders": 4,
    "conflicts": 8,
    "sides": 3,
    "quotes": 8,
    "facts": 30,
    "lines": 12,
    "sources": 8,
    "days": 14,
    "minor": 10,
}


def render(story: Story, console: Console, *, changes: bool = False, whole: bool = False) -> None:
    """Print the brief; `whole` leaves nothing out."""
    view = brief(story)
    print_plain(console, lambda: _print(view, Screen(console, whole), changes))


def print_plain(console: Console, output: Callable[[], None]) -> None:
    """Carry out some printing; in a file or a pipe without the blanks that pad a cell to its column's width."""
    if console.is_terminal:
        output()
        return
    with console.capture() as printed:
        output()
    console.file.write("".join(f"{line.rstrip()}\n" for line in printed.get().splitlines()))


def _print(view: Brief, screen: Screen, changes: bool) -> None:
    screen.head(view)
    screen.claims(view)
    if changes:
        screen.changes(view)
    screen.conflicts(view.conflicts)
    screen.quotes(view.quotes)
    screen.documents(view.documents)
    screen.refusals(view.refusals)
    screen.timeline(view.timeline)
    screen.sources(view.sources)
    screen.minor(view)


class Screen:
    """A console with the habits of a brief: hanging labels, references that never break, counts of what is left out."""

    def __init__(self, console: Console, whole: bool) -> None:
        self.console = console
        self.whole = whole

    def head(self, view: Brief) -> None:
        """What the story is, what could not be read and why."""
        told = f"  as of {moment_words(view.story.as_of)}" if view.story.as_of else ""
        self._line(Text.assemble((view.name, "bold"), (told, "dim")))
        self._line(Text(" · ".join(view.lead)))
        rows = [
            (
                Text(one.report.id, "dim"),
                Text.assemble(
                    (one.outlet, "bold"),
                    f", {moment_words(one.report.published)}",
                    (f"\n{one.title}", "italic"),
                    *((f"\n{note}", "dim") for note in one.remarks),
                ),
            )
            for one in self._some(view.reports, "lines")
        ]
        self._title("Reports")
        self._rows(rows, 5)
        self._left(len(view.reports) - len(rows), "report")
        self._rows([(Text("!", "bold yellow"), Text(one)) for one in _remarks(view)], 1)

    def claims(self, view: Brief) -> None:
        """The claims and where each stands, in short and then one by one."""
        self._title("Claims and where each stands")
        if not view.claims:
            self._line(Text("  No claim was found in these reports."))
            return
        tally = Columns((_badge(one, f"{count} ") for one, count in view.tally), padding=(0, 3))
        self.console.print(Padding(tally, (0, 0, 0, 2)))
        some = self._some(view.claims, "claims")
        self.console.print(self._overview(some))
        self._left(len(view.claims) - len(some), "claim")
        for claim in some:
            self.claim(claim)

    def _overview(self, claims: Sequence[ClaimView]) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", show_edge=False)
        table.add_column("    ", no_wrap=True, justify="right")
        table.add_column("standing", no_wrap=True)
        table.add_column("origins", no_wrap=True, justify="right")
        table.add_column("outlets", no_wrap=True, justify="right")
        table.add_column("claim", ratio=1)
        for claim in claims:
            table.add_row(
                f"C{claim.number}", _badge(claim.status), claim.interval, str(claim.outlets), Text(claim.text)
            )
        return table

    def claim(self, claim: ClaimView) -> None:
        """One claim: its standing and why, who is for it, against it, neither."""
        self.console.print()
        self._line(Text.assemble((f"C{claim.number}  ", "dim"), (claim.text, "bold")))
        origins = f"origins {claim.interval}, in {counted(claim.outlets, 'outlet')}"
        rows: list[tuple[Text, Text]] = [
            (Text(""), Text.assemble(_badge(claim.status), f" · {origins}")),
            (Text("why", "dim"), Text(claim.reason)),
        ]
        for key, label in SIDES:
            rows.extend(self._holders(label, claim.holders[key]))
        if near := claim.near:
            rows.append((Text("near", "dim"), Text(f"{counted(near, 'statement')} near it, not counted", "dim")))
        rows.extend(
            (Text("origins", "dim"), Text(reason, "dim")) for reason in self._some(claim.origin_reasons, "sides")
        )
        self._rows(rows, 8)

    def _holders(self, label: str, found: Sequence[Holder]) -> list[tuple[Text, Text]]:
        some = self._some(found, "holders")
        rows = [(Text(label if not number else "", "dim"), _holder(holder)) for number, holder in enumerate(some)]
        if len(found) > len(some):
            rows.append((Text(""), Text(f"and {counted(len(found) - len(some), 'more holder')}", "dim")))
        return rows

    def changes(self, view: Brief) -> None:
        """When each standing changed, because of what."""
        self._title("When each standing changed")
        for one in view.turns:
            self._rows([(Text(f"C{one.claim.number}", "dim"), _change(one))], 5)
        if view.constant or not view.changes:
            self._line(Text(f"  {counted(view.constant, 'claim')} stood from the first as now", "dim"))

    def conflicts(self, found: Sequence[ConflictView]) -> None:
        """Who contradicts whom, both sides in their words."""
        if not found:
            return
        self._title("Who contradicts whom")
        some = self._some(found, "conflicts")
        for conflict in some:
            about = f"C{conflict.claim.number} {conflict.claim.text}" if conflict.claim else "no claim"
            self._line(Text.assemble(("  ⇄ ", "bold yellow"), (about, "bold"), (f"  ({conflict.kind})", "dim")))
            self._rows([*self._holders("", conflict.left), *self._holders("against", conflict.right)], 8)
        self._left(len(found) - len(some), "conflict")

    def quotes(self, found: Sequence[QuoteView]) -> None:
        """Quotes in several wordings, word differences marked."""
        drifting = [quote for quote in found if quote.drift]
        if not found:
            return
        self._title("Quotes in several wordings")
        if drifting:
            self._line(
                Text.assemble("  against the earliest wording: ", ("[-cut-]", "red"), " ", ("{+added+}", "green"))
            )
        some = self._some(drifting, "quotes")
        for quote in some:
            self._line(Text(f"  {quote.holder}", "bold"))
            self._rows([_wording(place, line) for place, line in enumerate(quote.wordings)], 8)
        self._left(len(drifting) - len(some), "drifting quote")
        steady = len(found) - len(drifting)
        if steady:
            self._line(Text(f"  {counted(steady, 'quote')} in the same words in several reports", "dim"))

    def documents(self, found: Sequence[DocumentView]) -> None:
        """Documents that the story turns on: what is told of each, by whom, and its text in pieces."""
        if not found:
            return
        self._title("Documents")
        for one in found:
            self._line(Text(f"  {one.title}", "bold"))
            told = document_lines(one)
            some = told if self.whole else told[: SOME["facts"]]
            rows = [(Text("counts as", "dim"), Text(one.standing))]
            self._rows([*rows, *((Text(line.label, "dim"), _document_line(line)) for line in some)], 20)
            self._left(len(told) - len(some), "line")

    def refusals(self, found: Sequence[Exhibit]) -> None:
        """Who would not comment or could not confirm."""
        if found:
            self._title("Would not comment, or could not confirm")
            some = self._some(found, "lines")
            self._rows([(Text("–", "dim"), exhibit_text(item)) for item in some], 3)
            self._left(len(found) - len(some), "refusal")

    def timeline(self, found: Sequence[EventView]) -> None:
        """What happened when; weekday names resolved to their dates."""
        if not found:
            return
        self._title("Timeline")
        days: dict[str, list[EventView]] = {}
        for event in found:
            days.setdefault(day_words(event.at) if event.at else "date unknown", []).append(event)
        # What lies furthest back is left out first.
        some = list(days.items())[0 if self.whole else -SOME["days"] :]
        self._left(len(days) - len(some), "earlier date")
        for day, events in some:
            shown_events = self._some(events, "sides")
            rows = [(Text(day if not place else "", "bold"), _event(event)) for place, event in enumerate(shown_events)]
            if len(events) > len(shown_events):
                rows.append((Text(""), Text(f"and {len(events) - len(shown_events)} more", "dim")))
            self._rows(rows, 16)

    def sources(self, found: Sequence[SourceView]) -> None:
        """Who is unnamed, and through whom each statement came."""
        if not found:
            return
        self._title("Sources, the unnamed first")
        for named in (False, True):
            group = [source for source in found if source.named is named]
            some = self._some(group, "sources")
            self._rows([(Text("◆" if named else "◇"), _source(source)) for source in some], 3)
            self._left(len(group) - len(some), "named source" if named else "unnamed source")

    def minor(self, view: Brief) -> None:
        """Claims that one report alone holds, one line each."""
        if not view.minor:
            return
        self._title(f"Further claims: {len(view.minor)}, in one report only or less than a sentence")
        some = self._some(view.minor, "minor")
        self._rows(
            [
                (
                    Text(f"C{claim.number}", "dim"),
                    Text.assemble(
                        _badge(claim.status),
                        f"  {claim.text} ",
                        Text(" ").join(_reference(item.reference) for item in claim.exhibits),
                    ),
                )
                for claim in some
            ],
            5,
        )
        self._left(len(view.minor) - len(some), "claim")

    def _some(self, items: Sequence[Item], what: str) -> Sequence[Item]:
        return items if self.whole else items[: SOME[what]]

    def _left(self, count: int, noun: str) -> None:
        if count > 0:
            self._line(Text(f"  … and {counted(count, f'more {noun}')}; --all shows them", "dim"))

    def _title(self, words: str) -> None:
        self.console.print()
        self._line(Text(words.upper(), "bold underline" if self.console.is_terminal else ""))

    def _line(self, text: Text) -> None:
        self.console.print(text, soft_wrap=False, highlight=False)

    def _rows(self, rows: Iterable[tuple[Text, Text]], width: int) -> None:
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(width=2)
        table.add_column(width=width, no_wrap=True)
        table.add_column(ratio=1)
        for label, body in rows:
            table.add_row("", label, body)
        self.console.print(table, highlight=False)


def _remarks(view: Brief) -> list[str]:
    """What was not read as a report of its own and why, and what else a reader must know."""
    unread = (f"{shown(one.input)}: {one.fate.value}, {shown(one.reason or 'no reason given')}" for one in view.unread)
    return [*unread, *(shown(note) for note in view.story.notes)]


def _badge(status: Status, before: str = "") -> Text:
    return Text(f"{MARKS[status]} {before}{status.value}", STYLES[status])


def _reference(place: Reference) -> Text:
    return Text(f"[{place.label}]", "cyan")


def _holder(holder: Holder) -> Text:
    told = exhibit_text(holder.first)
    if len(holder.exhibits) > 1:
        rest = _references([item.reference for item in holder.exhibits[1:]])
        told.append_text(Text.assemble(("\nalso ", "dim"), rest))
    return told


def exhibit_text(item: Exhibit) -> Text:
    """Who, through whom and when; then the cue and the exact words with their place."""
    role = f", {item.role}" if item.role else ""
    unnamed = " (unnamed)" if item.marked_unnamed else ""
    said = f"{item.said}: " if item.said else ""
    return Text.assemble(
        (item.holder, "bold"),
        (f"{role}{unnamed}, {item.way}", "dim"),
        "\n",
        (said, "italic"),
        item.words,
        " ",
        _reference(item.reference),
    )


def _wording(place: int, line: WordingView) -> tuple[Text, Text]:
    words = _marked(line.differences) if place and line.differences else Text(line.exhibit.words)
    warning = ("  the meaning changed", "bold red") if line.meaning_changed else ""
    label = "earliest" if not place else "then"
    against = f", against [{line.against.label}]" if line.against else ""
    return Text(label, "dim"), Text.assemble(
        (f"{line.exhibit.way}{against}\n", "dim"), words, " ", _reference(line.exhibit.reference), warning
    )


def _marked(differences: Sequence[Difference]) -> Text:
    """Word differences with marks that survive a pipe, as wdiff writes them."""
    marks = {Edit.SAME: ("{}", ""), Edit.CUT: ("[-{}-]", "red"), Edit.ADDED: ("{{+{}+}}", "green")}
    pieces = [
        Text(marks[one.edit][0].format(shown(one.text)), marks[one.edit][1]) for one in differences if one.text.strip()
    ]
    return Text(" ").join(pieces)


def _document_line(line: Line) -> Text:
    """Exact words, who says so and since when, and where."""
    words = (
        _marked(line.differences)
        if line.differences
        else Text(f"“{cut(line.words, EVENT_CHARS)}”" if line.quoted else line.words)
    )
    told = Text.assemble(words, (f"  {line.credit} " if line.credit else " ", "dim"))
    return told.append_text(_references(line.references))


def _source(source: SourceView) -> Text:
    """Who, of what kind, and each way its statements came."""
    facts = [source.kind.value, "named" if source.named else "unnamed"]
    facts += ["doubtful"] * source.doubtful + [f"speaks for {source.speaks_for}"] * bool(source.speaks_for)
    told = Text.assemble((source.name, "bold"), (f"  {', '.join(facts)}", "dim"))
    for path in source.paths:
        way = way_words(path.chain, source.name) or "in its own report"
        told.append_text(Text.assemble(f"\n{way} ", _references(path.references)))
    return told


def _change(one: ChangeView) -> Text:
    told = Text.assemble((moment_words(one.at), "bold"), "  ", _badge(one.before) if one.before else ("new", "dim"))
    told.append_text(Text.assemble(" → ", _badge(one.after), "\n", (one.claim.text, "italic"), f"\n{one.reason} "))
    return told.append_text(_references([item.reference for item in one.because]))


def _references(places: Sequence[Reference]) -> Text:
    """References in a row; of many, the first and how many more."""
    some = places[:MOST_REFERENCES]
    told = Text(" ").join(_reference(place) for place in some)
    return told.append(f" and {len(places) - len(some)} more", "dim") if len(places) > len(some) else told


def _event(event: EventView) -> Text:
    told = Text(cut(event.text, EVENT_CHARS))
    told.append(f"  “{event.dated}”, {event.outlet} " if event.dated else f"  {event.outlet} ", "dim")
    return told.append_text(_reference(event.reference)) if event.reference else told
