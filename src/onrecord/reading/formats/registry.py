"""All readers in the order in which they are asked."""

from __future__ import annotations

from dataclasses import replace

from onrecord.errors import ReadError
from onrecord.reading.confining.caller import read_apart
from onrecord.reading.decoding import sound
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.archives.archive import ArcReader, WaczReader, WarcReader
from onrecord.reading.formats.archives.page_file import MhtmlReader, WebarchiveReader
from onrecord.reading.formats.fact_check import ClaimReviewReader
from onrecord.reading.formats.feed import FeedReader
from onrecord.reading.formats.html import HtmlReader
from onrecord.reading.formats.messages.mail import MailReader
from onrecord.reading.formats.messages.outlook import OutlookReader
from onrecord.reading.formats.office import DocxReader, OdtReader
from onrecord.reading.formats.paper.pdf import PdfReader
from onrecord.reading.formats.paper.scan import ImageReader
from onrecord.reading.formats.records import RecordsReader
from onrecord.reading.formats.table import TableReader
from onrecord.reading.formats.text import TextReader
from onrecord.reading.formats.transcript import TranscriptReader
from onrecord.reading.formats.wire import NewsmlReader, NinjsReader
from onrecord.reading.limits.record_limits import LIMITS, limit, raised
from onrecord.reading.reader import Reader

# What an address can lead to beside a page; the narrower sign first, as below.
_DOCUMENTS: tuple[Reader, ...] = (
    PdfReader(), OdtReader(), DocxReader(), OutlookReader(), MhtmlReader(), MailReader(), NewsmlReader(), FeedReader(),
    ClaimReviewReader(), NinjsReader(), RecordsReader(), TranscriptReader(), TableReader(), TextReader(),
)  # fmt: skip
# The narrower sign first: MHTML is a kind of mail, ninjs a kind of JSON, whatever decodes is text.
READERS: tuple[Reader, ...] = (
    WarcReader(_DOCUMENTS), ArcReader(_DOCUMENTS), PdfReader(), ImageReader(), OdtReader(), WaczReader(_DOCUMENTS),
    DocxReader(), WebarchiveReader(), OutlookReader(), MhtmlReader(), MailReader(), NewsmlReader(), FeedReader(),
    HtmlReader(), ClaimReviewReader(), NinjsReader(), RecordsReader(), TranscriptReader(), TableReader(), TextReader(),
)  # fmt: skip
_HEAD_BYTES = 4096


def find_reader(source: Source, readers: tuple[Reader, ...] = READERS) -> Reader | None:
    """The first reader that knows a file's bytes."""
    head = source.raw[:_HEAD_BYTES]
    return next((one for one in readers if one.sniff(head, source.name)), None)


def read_source(source: Source, readers: tuple[Reader, ...] = READERS) -> tuple[Draft, ...]:
    """The items of one file by the first reader that knows its format; every fault comes out as a ReadError.

    What is parsed in C or at length is read by a process of its own, within limits; with `readers`, all is read here.
    """
    if readers is READERS and (found := find_reader(source)) and found.gives.apart:
        _check_size(source, found)
        return read_apart(source)
    return read_here(source, readers)


def read_here(source: Source, readers: tuple[Reader, ...] = READERS) -> tuple[Draft, ...]:
    """The same, read by this process whatever the format."""
    reader = find_reader(source, readers)
    if reader is None:
        raise ReadError(f"{source.name}: no reader knows this format; convert it to text, HTML or PDF")
    _check_size(source, reader)
    kind = reader.gives.name
    try:
        return tuple(map(_sound, reader.read(source)))
    except ReadError:
        raise
    except ImportError as error:
        package = {"PIL": "pillow"}.get(error.name or "", error.name)
        raise ReadError(
            f"{source.name}: {kind} needs {package}, which is not installed; pip install {package}"
        ) from error
    except RecursionError as error:
        raise ReadError(f"{source.name}: {kind} nested too deep to read; save it as plain text") from error
    except MemoryError as error:
        raise ReadError(f"{source.name}: {kind} too large to unfold; split it") from error
    except Exception as error:  # a parser's own fault on hostile bytes must not end the story
        found = type(error).__name__
        raise ReadError(
            f"{source.name}: {kind} that cannot be read ({found}); save it again or as plain text"
        ) from error


def _most_mb(reader: Reader) -> int:
    """The largest file that a format takes; a raised limit for files holds for every format."""
    raised_to = limit("file_mb")
    return raised_to if raised_to > LIMITS["file_mb"].most else min(raised_to, reader.gives.max_mb)


def _check_size(source: Source, reader: Reader) -> None:
    kind, most = reader.gives.name, _most_mb(reader)
    if len(source.raw) > most * 1_000_000:
        size = len(source.raw) // 1_000_000
        todo = f"split it, save what matters, or {raised('file_mb', size + 1)}"
        raise ReadError(f"{source.name}: {size} MB of {kind}, more than {most} MB; {todo}")


def _sound(draft: Draft) -> Draft:
    """A draft without lone halves of surrogate pairs, which parsers let through and nothing after them can write."""
    told = (draft.text, draft.key, *draft.credits, *draft.notes, *(one.value for one in draft.evidence))
    if all(one == sound(one) for one in told):
        return draft
    return replace(
        draft,
        text=sound(draft.text),
        key=sound(draft.key),
        credits=tuple(map(sound, draft.credits)),
        notes=tuple(map(sound, draft.notes)),
        evidence=tuple(replace(one, value=sound(one.value)) for one in draft.evidence),
    )


def table(readers: tuple[Reader, ...] = READERS) -> str:
    """What each format gives, as a Markdown table, by name."""
    rows = [
        "| format | usual endings | date | author | page | time code | up to | needs |",
        f"|{' --- |' * 8}",
    ]
    for gives in sorted((one.gives for one in readers), key=lambda gives: gives.name):
        told = ("yes" if has else "" for has in (gives.date, gives.author, gives.page, gives.time_code))
        endings = ", ".join(f"`.{ending}`" for ending in gives.endings)
        needs = f"`{gives.extra}`" if gives.extra else ""
        rows.append(f"| {gives.name} | {endings} | {' | '.join(told)} | {gives.max_mb} MB | {needs} |")
    return "\n".join(rows)
