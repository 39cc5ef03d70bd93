"""Who a source is within its report: pronouns, surnames, "the minister", "the agency", and nobody at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.attributing.identity import Identity, body, plain
from onrecord.attributing.layout import Layout
from onrecord.attributing.lexicon import bodies, outlets, places, titles
from onrecord.attributing.mentions import Cast, Figure, fold
from onrecord.attributing.naming import description, is_counted, is_doubtful
from onrecord.attributing.names import Mention, Sort, read_mention
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Post, Report
from onrecord.datamodel.span import Span, all_inside, hull, words


@dataclass(frozen=True, slots=True)
class Turn:
    """One resolved source: where it stands and who it is."""

    at: int
    tag: Tag
    mention: Mention
    identity: Identity
    named: bool


class Scene:
    """One report while its sources are resolved, in the order of the text."""

    def __init__(self, report: Report, tags: Sequence[Tag], elsewhere: Sequence[Figure] = ()) -> None:
        self.report = report
        self.text = report.text
        self.layout = Layout(report.text)
        self.tags = tuple(sorted(tags, key=place))
        self.mentions = {tag: read_mention(words(tag.source[:1], self.text) if tag.source else "") for tag in self.tags}
        sources = [(tag.source[0].start, self.mentions[tag]) for tag in self.tags if tag.source]
        self.cast = Cast(self.layout, sources)
        self.elsewhere = elsewhere
        self.turns: list[Turn] = []

    def resolve(self) -> dict[Tag, Turn]:
        """Every tag's speaker."""
        for tag in self.tags:
            mention = self.mentions[tag]
            identity, named = self._identity(tag, mention)
            self.turns.append(Turn(place(tag), tag, mention, identity, named))
        self._empty_sources()
        self._teasers()
        return {turn.tag: turn for turn in self.turns}

    # --- by what the words are

    def _identity(self, tag: Tag, mention: Mention) -> tuple[Identity, bool]:
        at = place(tag)
        match mention.sort:
            case Sort.PERSON | Sort.NAME:
                found = self._by_name(mention, at)
                return found, not mention.claimed and found.named
            case Sort.HANDLE:
                return self._by_handle(mention), True
            case Sort.OUTLET:
                return body(self._outlet(mention.name), outlet=True, alias=mention.words), True
            case Sort.BODY:
                return self._body(mention), True
            case Sort.DOCUMENT:
                return self._document(mention, at, tag)
            case Sort.UNNAMED:
                return self._unnamed(mention), False
            case Sort.BODY_DESCRIPTION:
                return self._body_described(mention, at)
            case Sort.DESCRIPTION:
                return self._described(mention, at)
            case Sort.PRONOUN:
                return self._pronoun(tag, mention)
        return self._own(mention, at), False

    def _by_name(self, mention: Mention, at: int) -> Identity:
        name = mention.name
        if name in self.cast.bodies:
            return body(name)
        figure = self.cast.find(name, at)
        if figure is None and " " not in name:
            known = self._body_named(name)
            if known:
                return known
        figure = figure or self._figure_elsewhere(name)
        if figure:
            return person(figure, mention)
        if mention.sort is Sort.PERSON:
            return person(Figure(name=tuple(name.split()), roles=set(mention.roles), gender=mention.gender), mention)
        return Identity(key=f"name {plain(name)}", name=name, kind=self._kind_of(name), figure=(name,))

    def _kind_of(self, name: str) -> PartyKind:
        """A capitalised word that nothing introduces: a body when "the" or "its" goes with it, else not known."""
        known = re.search(rf"\b(?:[Tt]he|[Aa]t|[Bb]y|[Ff]rom) {re.escape(name)}\b|\b{re.escape(name)}['’]s? (?:\w+ )?(?:website|shares|chief|spokes)", self.text)
        return PartyKind.ORGANIZATION if known else PartyKind.UNKNOWN

    def _figure_elsewhere(self, name: str) -> Figure | None:
        folded = fold(name.split()[-1])
        fitting = [one for one in self.elsewhere if fold(one.name[-1]) == folded]
        return fitting[0] if fitting else None

    def _body_named(self, name: str) -> Identity | None:
        for turn in reversed(self.turns):
            if turn.identity.kind is PartyKind.ORGANIZATION and name.casefold() in plain(turn.identity.name).split():
                return turn.identity
        for known in sorted(self.cast.bodies):
            if name in known.split():
                return body(known)
        return None

    def _by_handle(self, mention: Mention) -> Identity:
        low = mention.name.lower()
        for figure in self.cast.figures:
            last = fold(figure.name[-1])
            if len(last) >= 4 and last in low:
                return person(figure, mention)
        for post in self.report.posts:
            if post.handle and post.handle.lstrip("@").lower() == low:
                return self._author(post)
        return Identity(key=f"handle {low}", name=mention.words, kind=PartyKind.UNKNOWN)

    def _author(self, post: Post) -> Identity:
        read = read_mention(post.author)
        if read.sort in (Sort.OUTLET, Sort.BODY):
            return body(read.name, outlet=read.sort is Sort.OUTLET)
        figure = self.cast.find(post.author) or Figure(name=tuple(post.author.split()))
        return person(figure, read)

    def _outlet(self, name: str) -> str:
        """"The Times" and "the Post" are the paper that the report calls by its full name."""
        last = name.split()[-1]
        if name.removeprefix("The ").count(" "):
            return name
        for full in outlets.OUTLETS:
            if full != name and full.split()[-1] == last and len(full.removeprefix("The ").split()) > 1:
                if full.removeprefix("The ") in self.text or full == outlets.outlet_of(self.report.outlet or ""):
                    return full
        return name

    def _body(self, mention: Mention) -> Identity:
        outlet = outlets.outlet_of(mention.name)
        for turn in self.turns:
            known = turn.identity
            if known.kind is PartyKind.ORGANIZATION and _acronym(known.name) == mention.name:
                return known
        spelt = _spelt(mention.name, self.text) if mention.name.isupper() else None
        return body(outlet or bodies.body_of(spelt or "") or spelt or mention.name, outlet=bool(outlet), alias=mention.words)

    # --- documents

    def _document(self, mention: Mention, at: int, tag: Tag) -> tuple[Identity, bool]:
        kind = _document_kind(mention.name)
        if kind == "report" and len(mention.words.split()) <= 2:
            reporter = self._reporting_outlet()
            if reporter and not mention.plural:
                return reporter, False
        if kind in ("statement",):
            previous = self._last(lambda turn: turn.identity.named and turn.at < at, at)
            if previous:
                return previous.identity, True
        if kind == "rumour" or mention.name in ("media", "press", "reports", "headlines"):
            return self._told_of(mention, PartyKind.GROUP if kind != "rumour" else PartyKind.UNKNOWN), False
        author = mention.author or self._author_of_document(kind, at)
        doubtful = is_doubtful(mention.words) or self._document_doubted(kind)
        base = Identity(
            key=f"document {kind}", name=f"the {kind}", kind=PartyKind.DOCUMENT, doubtful=doubtful, gender="n", alias=mention.words
        )
        if not author:
            vague = mention.words.lower().startswith(("a recent", "one ", "another", "some ")) or kind in ("poll",)
            return base, not vague
        figure = self.cast.find(author, at)
        name = figure.full if figure else author
        return Identity(
            key=f"document {kind} {plain(name)}", name=f"{name} (in the {kind})", kind=PartyKind.DOCUMENT, doubtful=doubtful,
            gender="n", alias=mention.words, speaks_for=base.key,
        ), True  # fmt: skip

    def _reporting_outlet(self) -> Identity | None:
        """The outlet that the report's body says first reported: "Report: …" in a headline is its word."""
        for tag in self.tags:
            mention = self.mentions[tag]
            if mention.sort is Sort.OUTLET and re.search(r"report", words(tag.cue, self.text)):
                return body(self._outlet(mention.name), outlet=True)
        found = re.search(r"reported by (the [A-Z][\w ]+|[A-Z][\w ]+)", self.text)
        known = outlets.outlet_of(found[1].strip()) if found else None
        return body(known, outlet=True) if known else None

    def _author_of_document(self, kind: str, at: int) -> str:
        """The person from whom the text has said the document is."""
        nouns = "|".join(_DOCUMENT_KINDS.get(kind, (kind,)))
        before = self.text[:at]
        for match in re.finditer(rf"\b(?:{nouns})\b(?:,[^.]{{0,120}}?,)?(?: \w+){{0,3}}? (?:from|by|signed by|written by|sent by) (?P<who>[^.;”\"]{{4,80}})", before):
            who = read_mention(re.split(r",| to | addressed", match["who"])[0])
            if who.sort is Sort.PERSON and " " in who.name:
                return who.name
        return ""

    def _document_doubted(self, kind: str) -> bool:
        nouns = "|".join(_DOCUMENT_KINDS.get(kind, (kind,)))
        return bool(
            re.search(
                rf"\b(?:leaked|draft|unsigned|unverified|purported|alleged|forged|fake|unconfirmed|disputed)(?: \w+){{0,2}} (?:{nouns})\b|"
                rf"\b(?:{nouns})\b[^.]{{0,60}}\b(?:leaked|unsigned|was a draft|is a draft|not (?:been )?(?:confirmed|verified|authenticated)|forged|fake)\b",
                self.text, re.IGNORECASE,
            )
        )  # fmt: skip

    def _told_of(self, mention: Mention, kind: PartyKind) -> Identity:
        told = description(mention)
        where = plain(self.report.outlet or self.report.id)
        return Identity(key=f"unnamed {told.casefold()} {where}", name=told, kind=kind, named=False, plural=True)

    # --- unnamed and described

    def _unnamed(self, mention: Mention) -> Identity:
        told = description(mention)
        if len(told.split()) == 1 and mention.plural:
            for turn in reversed(self.turns):
                if turn.identity.loose and turn.identity.plural and turn.identity.name.casefold().endswith(f" {told.casefold()}"):
                    return turn.identity
        counted = is_counted(mention)
        name = told if counted else f"unnamed {told}"
        kind = PartyKind.GROUP if mention.plural else PartyKind.PERSON
        return Identity(
            key=f"unnamed {told.casefold()}", name=name, kind=kind, named=False, plural=mention.plural, gender=mention.gender, loose=True
        )

    def _described(self, mention: Mention, at: int) -> tuple[Identity, bool]:
        head = _role_head(mention)
        figure = self._by_role(mention, head, at)
        if figure:
            return person(figure, mention), True
        for turn in reversed(self.turns):
            if turn.mention.sort is Sort.UNNAMED and set(turn.mention.roles) & {head, f"{head}s"}:
                return turn.identity, False
            if head in ("man", "woman", "boy", "girl") and re.search(rf"\b{head}\b", turn.mention.words):
                return turn.identity, False
            if turn.mention.sort is Sort.DESCRIPTION and set(mention.roles) <= set(turn.mention.roles) | {head} and head in turn.mention.roles:
                return turn.identity, turn.named
        previous = self._last(lambda turn: turn.identity.kind is PartyKind.PERSON and _agrees(mention.gender, turn.identity.gender), at)
        if previous and self._near(previous.at, at, 1) and len(mention.roles) == 1 and not mention.body and head not in _OFFICES:
            return previous.identity, previous.named
        told = description(mention)
        return (
            Identity(key=f"unnamed {told.casefold()}", name=f"the {told}", kind=PartyKind.PERSON, named=False, gender=mention.gender, loose=True),
            False,
        )

    def _by_role(self, mention: Mention, head: str, at: int) -> Figure | None:
        best: tuple[tuple[float, int], Figure] | None = None
        for figure in [*self.cast.figures, *self.elsewhere]:
            heads = _same_role(head)
            if not figure.roles & heads or not _agrees(mention.gender, figure.gender):
                continue
            others = set(mention.roles) - heads - _VAGUE
            shared = len(others & figure.roles) + (1 if mention.body and mention.body == figure.body else 0)
            if others and not shared and not mention.body:
                continue
            local = figure in self.cast.figures
            last = max((p for p in figure.places if p <= at), default=-1) if local else -2
            score = (shared + (0.5 if head in figure.roles else 0.0) + (0.6 if local else 0.0) + self._recency(last, at), last)
            if best is None or score > best[0]:
                best = score, figure
        return best[1] if best else None

    def _recency(self, last: int, at: int) -> float:
        if last < 0:
            return 0.0
        return max(0.0, 1.0 - 0.1 * (self.layout.sentence(at) - self.layout.sentence(last)))

    def _body_described(self, mention: Mention, at: int) -> tuple[Identity, bool]:
        head = mention.name
        country = self._country_in(mention, at)
        arm = bodies.arm_of(" ".join(mention.roles[1:])) or bodies.arm_of(" ".join(mention.roles)) or bodies.arm_of(head)
        if arm and country and (head != "police" or country != "United States"):
            people = places.SHORT.get(country) or places.PEOPLES.get(country) or f"{country}'s"
            return body(f"{people} {arm}", alias=mention.words), True
        if head in ("police", "prosecutors", "services", "forces", "authorities") and len(mention.roles) <= 2:
            named = head == "police"
            return Identity(key=f"body {plain(mention.words)}", name=mention.words.lower(), kind=PartyKind.ORGANIZATION, gender="n", named=named), named
        found = self._body_before(mention, head, at)
        if found:
            return found, found.named
        told = description(mention)
        return Identity(key=f"unnamed {told.casefold()}", name=f"the {told}", kind=PartyKind.ORGANIZATION, named=False, gender="n", loose=True), False

    def _country_in(self, mention: Mention, at: int) -> str | None:
        """The country a body without one belongs to: the one last told of for "the country's", else the report's."""
        counted: dict[str, int] = {}
        last = None
        for match in re.finditer(_COUNTRY, self.text):
            country = places.country_of(match[0])
            if country is None or match[0] in places.CAPITALS:
                continue
            counted[country] = counted.get(country, 0) + 1
            if match.start() < at:
                last = country
        if "country" in mention.roles:
            start = self.layout.sentence_span(self.layout.sentence(at))[0]
            here = re.search(_COUNTRY, self.text[start:at])
            return places.country_of(here[0]) if here else last
        return max(sorted(counted), key=lambda one: counted[one]) if counted else None

    def _body_before(self, mention: Mention, head: str, at: int) -> Identity | None:
        for turn in reversed(self.turns):
            identity = turn.identity
            if identity.kind is not PartyKind.ORGANIZATION or turn.at > at or not identity.named:
                continue
            if not self._near(turn.at, at, 3) and head not in plain(identity.name):
                continue
            if identity.outlet == (head in _OUTLET_WORDS or (head == "agency" and "news" in mention.roles)) or head in ("group", "organization"):
                return identity
        if head in ("group", "movement", "organization", "organisation", "party", "militants") and self.cast.bodies:
            return body(max(sorted(self.cast.bodies), key=self.text.count))
        nearest = self._bodies_in_text(at, head)
        return body(nearest, outlet=bool(outlets.outlet_of(nearest))) if nearest else None

    def _bodies_in_text(self, at: int, head: str) -> str | None:
        start = max(0, at - 600)
        wanted = head in _OUTLET_WORDS
        last = None
        for match in re.finditer(r"(?:the |The )?[A-Z][\w&’'.-]*(?: (?:of|for|and|&|the) [A-Z][\w&’'-]*| [A-Z][\w&’'-]*)*", self.text[start:at]):
            told = match[0].removesuffix("'s").removesuffix("’s")
            outlet = outlets.outlet_of(told)
            known = bodies.body_of(told)
            capital = told.split()[-1].lower() == head or any(word.lower() == head for word in told.split())
            if (wanted and outlet) or (not wanted and (known or (capital and " " in told))):
                last = outlet if wanted else known or told.removeprefix("the ").removeprefix("The ")
        return last

    # --- pronouns

    def _pronoun(self, tag: Tag, mention: Mention) -> tuple[Identity, bool]:
        at = place(tag)
        container = self._container(tag)
        kind = mention.gender
        if kind in ("1", "1p", "2"):
            if container:
                return container.identity, container.named
            previous = self._last(lambda turn: True, at)
            return (previous.identity, previous.named) if previous and self._near(previous.at, at, 1) else (self._own(mention, at), False)
        if kind in ("m", "f"):
            return self._he_or_she(tag, mention, container)
        if kind == "r":
            return self._antecedent(tag, mention)
        if kind == "p":
            return self._they(tag, mention, container)
        return self._it(tag, mention, container)

    def _he_or_she(self, tag: Tag, mention: Mention, container: Turn | None) -> tuple[Identity, bool]:
        at = place(tag)
        best: tuple[float, int, Figure] | None = None
        for figure in self.cast.figures:
            if not _agrees(mention.gender, figure.gender):
                continue
            for seen in figure.places:
                if seen >= at or self._hidden(seen, tag):
                    continue
                score = self._subject_score(seen, at, figure)
                if best is None or (score, seen) > best[:2]:
                    best = score, seen, figure
        spoken = self._spoken(tag, mention, container)
        if spoken and (best is None or spoken[0] >= best[0]):
            return spoken[1].identity, spoken[1].named
        if best and best[0] > -6:
            return person(best[2], mention), True
        return self._own(mention, at), False

    def _spoken(self, tag: Tag, mention: Mention, container: Turn | None) -> tuple[float, Turn] | None:
        at = place(tag)
        for turn in reversed(self.turns):
            if turn.at >= at or (turn is container and len(self.turns) > 1 and False):
                continue
            if turn.identity.kind not in (PartyKind.PERSON, PartyKind.UNKNOWN) or not _agrees(mention.gender, turn.identity.gender):
                continue
            if turn.identity.plural or turn.mention.sort is Sort.NOTHING:
                continue
            distance = self.layout.sentence(at) - self.layout.sentence(turn.at)
            apart = self.layout.paragraph(at) - self.layout.paragraph(turn.at)
            return 1.6 - 0.35 * distance - 0.3 * apart, turn
        return None

    def _subject_score(self, seen: int, at: int, figure: Figure) -> float:
        distance = self.layout.sentence(at) - self.layout.sentence(seen)
        apart = self.layout.paragraph(at) - self.layout.paragraph(seen)
        start = self.layout.sentence_span(self.layout.sentence(seen))[0]
        opening = self.text[start:seen]
        lead = max(0.0, 1.0 - len(opening) / 60) if not re.search(r"\b(?:of|to|by|with|for|from|against|about) (?:\w+\.? )?$", opening) else -0.5
        possessive = 0.6 if re.match(r"\w+(?: \w+)?['’]s?\b", self.text[seen : seen + len(figure.full) + 2]) and self._is_possessive(seen) else 0.0
        return 0.4 + lead - possessive - 0.5 * distance - 0.3 * apart

    def _is_possessive(self, seen: int) -> bool:
        return bool(re.match(r"[\w.-]+(?: [A-Z][\w.-]+)*['’]s?\b", self.text[seen : seen + 40]))

    def _hidden(self, seen: int, tag: Tag) -> bool:
        """Whether a naming stands in the tag's own content or in somebody's quoted words."""
        return any(span.start <= seen < span.end for span in tag.content) or (
            self.layout.in_quotes(seen) and not self.layout.in_quotes(place(tag))
        )

    def _they(self, tag: Tag, mention: Mention, container: Turn | None) -> tuple[Identity, bool]:
        at = place(tag)
        for turn in reversed(self.turns):
            if turn is container or not self._near(turn.at, at, 1) or turn.at >= at:
                continue
            if turn.identity.plural or turn.identity.kind in (PartyKind.GROUP, PartyKind.ORGANIZATION):
                return turn.identity, turn.named
        return self._own(mention, at), False

    def _it(self, tag: Tag, mention: Mention, container: Turn | None) -> tuple[Identity, bool]:
        at = place(tag)
        start = self.layout.sentence_span(self.layout.sentence(at))[0]
        here = self._body_inside(start, at)
        if here:
            return here, True
        for turn in reversed(self.turns):
            if turn.at < at and self._near(turn.at, at, 1) and turn.identity.gender == "n":
                return turn.identity, turn.named
        paragraph = self.layout.paragraph_span(self.layout.paragraph(at))[0]
        found = self._body_inside(paragraph, at)
        return (found, True) if found else (self._own(mention, at), False)

    def _body_inside(self, start: int, end: int) -> Identity | None:
        last = None
        for match in re.finditer(r"(?:[Tt]he )?[A-Z][\w&’'.-]*(?: [A-Z][\w&’'.-]*)*(?: (?:government|army|military|police|ministry|company|group))?", self.text[start:end]):
            read = read_mention(match[0])
            if read.sort in (Sort.BODY, Sort.OUTLET) and " " in match[0]:
                last = body(read.name, outlet=read.sort is Sort.OUTLET)
        return last

    def _antecedent(self, tag: Tag, mention: Mention) -> tuple[Identity, bool]:
        at = place(tag)
        near = [(seen, figure) for figure in self.cast.figures for seen in figure.places if at - 60 <= seen < at]
        if near:
            return person(max(near, key=lambda pair: pair[0])[1], mention), True
        start = self.layout.sentence_span(self.layout.sentence(at))[0]
        phrase = self.text[start:at].rstrip(" ,")
        cut = re.split(r",| (?:said|by|of|to|with|from) ", phrase)[-1]
        if cut:
            read = read_mention(cut)
            if read.sort is not Sort.NOTHING and read.sort is not Sort.PRONOUN:
                return self._identity(tag, read)
        return self._own(mention, at), False

    # --- nobody written

    def _empty_sources(self) -> None:
        for number, turn in enumerate(self.turns):
            if turn.mention.sort is Sort.NOTHING:
                identity, named = self._unwritten(turn, number)
                self.turns[number] = Turn(turn.at, turn.tag, turn.mention, identity, named)

    def _unwritten(self, turn: Turn, number: int) -> tuple[Identity, bool]:
        tag = turn.tag
        post = self._post_at(tag)
        cue = words(tag.cue, self.text).lower()
        if post and not cue:
            return self._author(post), True
        again = self._same_words(turn)
        if again:
            return again.identity, False
        if re.search(r"rumou?r", cue):
            return Identity(key="unnamed rumours", name="rumours", kind=PartyKind.UNKNOWN, named=False, plural=True), False
        if re.search(r"reported|allege|purported|apparent|suppose|is said|are said|was said", cue):
            return self._hearsay(tag), False
        previous = self._before(number)
        if previous is None:
            return turn.identity, False
        quoted = self.text[tag.content[0].start] in "\"“‘'"
        if self.layout.sentence(previous.at) == self.layout.sentence(turn.at) or self._same_headline(previous, turn):
            return previous.identity, previous.named
        gap = self.layout.paragraph(turn.at) - self.layout.paragraph(previous.at)
        if quoted and not cue and gap <= 1 and not self._is_crosshead(tag):
            return previous.identity, previous.named
        if cue and gap == 0 and not re.search(r"\b(?:was|were|is|are|been|being) \w+", cue) and not _passive(self.text, tag):
            return previous.identity, previous.named
        return turn.identity, False

    def _hearsay(self, tag: Tag) -> Identity:
        for turn in self.turns:
            if turn.mention.sort is Sort.DOCUMENT and turn.mention.name in ("reports", "media") and turn.at < place(tag):
                return turn.identity
        where = plain(self.report.outlet or self.report.id)
        return Identity(key=f"unnamed hearsay {where}", name="unstated", kind=PartyKind.UNKNOWN, named=False)

    def _same_headline(self, previous: Turn, turn: Turn) -> bool:
        return "\n" not in self.text[previous.at : turn.at] and turn.at - previous.at < 200

    def _is_crosshead(self, tag: Tag) -> bool:
        start, end = self.layout.paragraph_span(self.layout.paragraph(place(tag)))
        return len(self.text[start:end].split()) <= 8 and not re.search(r"[.!?]", self.text[start:end].strip()[-2:])

    def _same_words(self, turn: Turn) -> Turn | None:
        """Somebody whose attributed words elsewhere in the report hold these: a crosshead, a post printed twice."""
        ours = _letters(words(turn.tag.content, self.text))
        if len(ours) < 12 or turn.tag.cue:
            return None
        for other in self.turns:
            if other is not turn and other.mention.sort is not Sort.NOTHING:
                theirs = _letters(words(other.tag.content, self.text))
                if ours in theirs or (len(theirs) > 30 and theirs in ours):
                    return other
        return None

    def _before(self, number: int) -> Turn | None:
        for turn in reversed(self.turns[:number]):
            if not self._inside_quote_of(self.turns[number], turn):
                return turn
        return None

    def _inside_quote_of(self, turn: Turn, other: Turn) -> bool:
        return all_inside(turn.tag.content, other.tag.content) and turn.tag.content != other.tag.content

    def _post_at(self, tag: Tag) -> Post | None:
        start = tag.content[0].start
        return next((post for post in self.report.posts if post.body.start <= start < post.body.end), None)

    # --- teasers

    def _teasers(self) -> None:
        """A headline's or a lead's "top official" is who the body gives the same quoted words to."""
        for number, turn in enumerate(self.turns):
            if turn.mention.sort is not Sort.UNNAMED or turn.mention.plural or self.layout.paragraph(turn.at) > 4:
                continue
            told = self._named_later(turn)
            if told is None:
                continue
            for other, again in enumerate(self.turns):
                if again.identity == turn.identity and self.layout.paragraph(again.at) <= 4:
                    self.turns[other] = Turn(again.at, again.tag, again.mention, told.identity, False)
            self.turns[number] = Turn(turn.at, turn.tag, turn.mention, told.identity, False)

    def _named_later(self, turn: Turn) -> Turn | None:
        ours = _fragments(words(turn.tag.content, self.text))
        fitting: list[Turn] = []
        for other in self.turns:
            if other.at <= turn.at or not other.named or other.identity.kind is not PartyKind.PERSON:
                continue
            theirs = " ".join(_fragments(words(other.tag.content, self.text)))
            if any(re.search(rf"\b{re.escape(fragment)}\b", theirs) for fragment in ours):
                fitting.append(other)
        return fitting[0] if fitting and len({other.identity.key for other in fitting}) == 1 else None

    # --- small questions

    def _container(self, tag: Tag) -> Turn | None:
        """The innermost attribution in whose content this one's source stands."""
        if not tag.source:
            return None
        inside = [turn for turn in self.turns if turn.tag is not tag and all_inside(tag.source, turn.tag.content)]
        return min(inside, key=lambda turn: len(hull(turn.tag.content) or Span(0, 1)), default=None)

    def _last(self, wanted: object, at: int) -> Turn | None:
        for turn in reversed(self.turns):
            if turn.at < at and wanted(turn):  # type: ignore[operator]
                return turn
        return None

    def _near(self, left: int, right: int, paragraphs: int) -> bool:
        return abs(self.layout.paragraph(right) - self.layout.paragraph(left)) <= paragraphs

    def _own(self, mention: Mention, at: int) -> Identity:
        told = mention.words or "unstated"
        return Identity(key=f"own {self.report.id} {at}", name=told, kind=PartyKind.UNKNOWN, named=False, gender=mention.gender)


def place(tag: Tag) -> int:
    """Where a tag stands in the order of the text: its source, else its cue, else its content."""
    return (tag.source or tag.cue or tag.content)[0].start


def person(figure: Figure, mention: Mention) -> Identity:
    """A person of the cast as an identity."""
    role = figure.description or None
    return Identity(
        key=f"person {plain(figure.full)}", name=figure.full, kind=PartyKind.PERSON, role=role, alias=mention.words if mention.sort is not Sort.PRONOUN else "",
        gender=figure.gender, figure=figure.name,
    )  # fmt: skip


_DOCUMENT_KINDS: dict[str, tuple[str, ...]] = {
    "letter": ("letter", "memo", "memorandum", "draft", "document", "note", "email", "e-mail", "cable", "documents", "letters", "memos", "emails", "e-mails", "paper", "file"),
    "report": ("report", "article", "story", "reports", "stories", "editorial"),
    "study": ("study", "research", "paper", "analysis", "findings", "review", "studies"),
    "poll": ("poll", "survey", "polls", "surveys"),
    "statement": ("statement", "statements", "release", "communique", "communiqué"),
    "rumour": ("rumour", "rumor", "rumours", "rumors"),
    "video": ("video", "videos", "recording", "tape", "footage"),
    "filing": ("lawsuit", "complaint", "indictment", "affidavit", "filing", "filings", "warrant", "order", "ruling", "verdict", "judgment", "judgement"),
}  # fmt: skip
_OUTLET_WORDS = frozenset("newspaper paper magazine broadcaster station channel network outlet site website publication daily weekly tabloid agency wire".split())
_OFFICES = frozenset("president minister premier chancellor king queen pope mayor governor chief leader chairman director secretary".split())
_VAGUE = frozenset("senior top former current then new own late long longtime incoming outgoing year-old young old elderly".split())
_COUNTRY = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted((*places.COUNTRIES, *places.DEMONYMS), key=lambda w: (-len(w), w))) + r")(?!\w)"
)


def _document_kind(noun: str) -> str:
    return next((kind for kind, nouns in _DOCUMENT_KINDS.items() if noun in nouns), noun)


def _role_head(mention: Mention) -> str:
    heads = [role for role in mention.roles if role in titles.ROLES or role in titles.UNNAMED_HEADS]
    return heads[-1] if heads else (mention.roles[-1] if mention.roles else "")


def _same_role(head: str) -> frozenset[str]:
    found = {head}
    for group in titles.SAME_ROLE:
        if head in group:
            found |= group
    return frozenset(found)


def _agrees(wanted: str, given: str) -> bool:
    return not wanted or not given or wanted == given or given not in "mf" or wanted not in "mf"


def _letters(told: str) -> str:
    return re.sub(r"[\W_]+", " ", told).strip().casefold()


def _fragments(told: str) -> list[str]:
    """The quoted stretches of a content, folded; a whole quotation counts as one."""
    found = re.findall(r"[\"“']([^\"”“]{4,}?)[\"”']", told)
    return [_letters(one) for one in found if len(_letters(one)) > 3]


def _acronym(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())


def _spelt(acronym: str, text: str) -> str | None:
    """The words that a report gives for an acronym: "Harbour Safety Board (HSB)"."""
    letters = r"[\w’'-]*(?: (?:of|for|and|the|on|&))? ".join(re.escape(letter) for letter in acronym) + r"[\w’'-]*"
    found = re.search(rf"\b({letters}),? \((?:the )?{re.escape(acronym)}\)", text) if len(acronym) <= 6 else None
    return found[1] if found else None


def _passive(text: str, tag: Tag) -> bool:
    before = text[max(0, tag.cue[0].start - 20) : tag.cue[0].start] if tag.cue else ""
    return bool(re.search(r"\b(?:was|were|is|are|been|being|be) (?:\w+ly )?$", before))
