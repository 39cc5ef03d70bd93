"""Navigation, buttons and links to other stories, by the words sites put on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.report import Part, Passage
from onrecord.reading.marking.lines import Line

_BUTTONS = frozenset(
    """
    watch live|live|most recent|all articles|most read|most popular|most viewed|most watched|trending|trending now
    |top stories
    |latest news|latest stories|latest|home|menu|search|share|share this|share this article|share this story
    |share this page
    |share on facebook|share on twitter|share via email|tweet|retweet|reply|favorite|favourite|like|pin it|email
    |e-mail|print
    |save|save article|copy link|comments|comment|view comments|show comments|leave a comment|add a comment
    |post a comment
    |join the discussion|join the conversation|have your say|advertisement|advertising|ad|sponsored
    |sponsored content|promoted
    |loading|loading weather data|please wait|hide caption|show caption|toggle caption|enlarge this image|enlarge image
    |view gallery|view full gallery|view photos|view slideshow|scroll down for video|play video|video|close|skip|skip ad
    |skip to content|skip to main content|back to top|top|next|previous|next page|previous page|more|see more|read more
    |show more|load more|continue reading|continue reading the main story|read the full story|read full article
    |more maps|subscribe|subscribe now|sign up|sign in|log in|login|register|follow|follow us|newsletter|newsletters
    |get the app|download the app|listen|listen to this article|watch|photos|gallery|related|related topics|topics
    |tags|tagged
    |key points|story highlights|highlights|all times gmt|all times utc|all times local
    |an error occurred while processing this directive
    |story continues below advertisement|article continues below advertisement|story continues below|terms of use
    |privacy policy|contact us|about us|accept cookies|accept all|cookie policy|all rights reserved|source|by by
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_SIGNS = re.compile(
    r"(?:sign up (?:for|to|here)|subscribe to|follow (?:us|me|@\w+)|(?:like|find|join) us on|get (?:the|our)"
    r" .{0,60}newsletter"
    r"|click here|tap here|download (?:the|our) .{0,30}app|follow [\w .'’-]{2,60} on (?:twitter|facebook|instagram|x)\b"
    r"|send us an? (?:sms|email|e-mail)|videos?: send|twitter: @|share your (?:experience|story|views)"
    r"|are you in the area\?|do you have (?:a story|information)|this (?:article|story|video) (?:is|was) (?:sponsored"
    r"|supported)"
    r"|stay with .{0,90} live updates|already a subscriber|by signing up|we use cookies|this site uses cookies"
    r"|stay up to date|read this (?:story|article) in |©|\(c\) ?(?:19|20)\d\d|copyright (?:©|\(c\)|(?:19|20)\d\d)|all"
    r" rights reserved)",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"(?:read more|read also|read next|also read|see also|more on|more from|related(?: (?:article|story|stories|video"
    r"|coverage))?"
    r"|watch|watch now|must read|don['’]t miss|recommended|in pictures|photos?|video|explainer|further reading|next"
    r" up|read)"
    r"\s*[:»>|→]\s*\S",
    re.IGNORECASE,
)
# "ANALYSIS | Who runs the pier?"
_KIND = re.compile(
    r"(?:analysis|opinion|comment(?:ary)?|profile|feature|exclusive|interview|gallery|audio|podcast|timeline|background"
    r"|fact ?check|perspective|editorial|review|essay|in depth)\s*\|\s*\S",
    re.IGNORECASE,
)
_SECTIONS = re.compile(
    r"(?:related (?:stories|articles|content|coverage|news|links|topics)|more (?:stories|on this story|from .{2,40}"
    r"|like this)"
    r"|featured(?: on .{2,40})?|part of complete coverage on.*|complete coverage|you may (?:also )?like|you might"
    r" also like"
    r"|recommended(?: for you| reading)?|most (?:read|popular|viewed|watched|recent|shared)|top stories|trending(?:"
    r" now)?"
    r"|from (?:around )?the web|around the web|editor['’]?s['’]? picks?|in other news|read next|what to read next|up"
    r" next)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"[-–—•*|·\s]+|\d+ of \d+|\d+/\d+|\d+ (?:photos?|comments?|shares?|images?)|\d{1,2}:\d\d(?::\d\d)?"
)
_PLAYING = re.compile(r"\s+\d{1,2}:\d\d$|\s+\d+ photos$")
_MAX_BUTTON = 60
_MAX_SIGN = 240
_MAX_LINK = 200
# A list of other stories' headlines near the top ends at the first full sentence.
_MAX_LISTED = 8


def menus(lines: Sequence[Line]) -> Iterator[Passage]:
    """Buttons and invitations as MENU, links and lists of other stories as RELATED."""
    for number, line in enumerate(lines):
        if _is_menu(line):
            yield Passage(span=line.span, part=Part.MENU)
        elif len(line.text) <= _MAX_LINK and (_LINKS.match(line.text.lstrip("-–—•*>| ")) or _is_clip(lines, number)):
            yield Passage(span=line.span, part=Part.RELATED)
    yield from _labelled(lines)
    yield from _sections(lines)


def _labelled(lines: Sequence[Line]) -> Iterator[Passage]:
    """Links to other stories that are set into the text, each by its kind, with headlines that stand between two."""
    found = [bool(len(line.text) <= _MAX_LINK and _KIND.match(line.text)) for line in lines]
    found[:1] = [False]
    for number, line in enumerate(lines):
        between = 0 < number < len(lines) - 1 and found[number - 1] and found[number + 1] and not line.ended
        if found[number] or between:
            yield Passage(span=line.span, part=Part.RELATED)


def _is_menu(line: Line) -> bool:
    if _COUNTER.fullmatch(line.text):
        return True
    if len(line.text) <= _MAX_BUTTON and (line.bare in _BUTTONS or line.text.strip("[]").casefold() in _BUTTONS):
        return True
    said = line.text.lstrip("-–—•*>| ")
    return len(said) <= _MAX_SIGN and bool(_SIGNS.match(said)) and '"' not in said and "“" not in said


def _is_clip(lines: Sequence[Line], number: int) -> bool:
    """A video's title with its length; players print the title twice."""
    line = lines[number]
    if _PLAYING.search(line.text) and not line.ended:
        return True
    return (
        number + 1 < len(lines)
        and not line.ended
        and (_PLAYING.sub("", lines[number + 1].text) == _plain(line.text) != lines[number + 1].text)
    )


def _plain(text: str) -> str:
    return text.replace("&#39;", "'").replace("&amp;", "&").replace("&quot;", '"')


def _sections(lines: Sequence[Line]) -> Iterator[Passage]:
    number = 0
    while number < len(lines):
        if len(lines[number].text) > _MAX_BUTTON or not _SECTIONS.fullmatch(lines[number].text.strip(" :|-–—")):
            number += 1
            continue
        until = _section_end(lines, number)
        for line in lines[number:until]:
            yield Passage(span=line.span, part=Part.RELATED)
        number = until


def _section_end(lines: Sequence[Line], heading: int) -> int:
    """A list in the last half of a page runs to its end; one before that, to the first full sentence or long gap."""
    total = lines[-1].end
    rest = lines[heading + 1 :]
    if lines[heading].start > total // 2 and not any(_quotes_at_length(line) for line in rest):
        return len(lines)
    until = heading + 1
    while (
        until < len(lines)
        and until - heading <= _MAX_LISTED
        and not lines[until].ended
        and len(lines[until].text) < 140
    ):
        until += 1
    return until if until < len(lines) or until - heading <= _MAX_LISTED else heading + 1


def _quotes_at_length(line: Line) -> bool:
    return line.speaks and len(line.text) > 250


def is_section_heading(words: str) -> bool:
    """Whether a line heads a list of other stories ("Most read")."""
    return len(words) <= _MAX_BUTTON and bool(_SECTIONS.fullmatch(words.strip(" :|-–—")))


def leads_elsewhere(words: str) -> bool:
    """Whether a line says of itself that it links to another story ("Read more: …")."""
    return bool(_LINKS.match(words.lstrip("-–—•*>| ")))
