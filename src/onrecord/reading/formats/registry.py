"""All readers in the order in which they are asked."""

from __future__ import annotations

from onrecord.errors import ReadError
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.html import HtmlReader
from onrecord.reading.formats.text import TextReader
from onrecord.reading.reader import Reader

READERS: tuple[Reader, ...] = (HtmlReader(), TextReader())
_HEAD_BYTES = 4096


def read_source(source: Source, readers: tuple[Reader, ...] = READERS) -> tuple[Draft, ...]:
    """The items of one file by the first reader that knows its format; every fault comes out as a ReadError."""
    head = source.raw[:_HEAD_BYTES]
    reader = next((one for one in readers if one.sniff(head, source.name)), None)
    if reader is None:
        raise ReadError(f"{source.name}: no reader knows this format; convert it to text, HTML or PDF")
    try:
        return reader.read(source)
    except ReadError:
        raise
    except RecursionError as error:
        raise ReadError(f"{source.name}: {reader.gives.name} nested too deep to read; save it as plain text") from error
    except MemoryError as error:
        raise ReadError(f"{source.name}: {reader.gives.name} too large to unfold; split it") from error
    except Exception as error:  # a parser's own fault on hostile bytes must not end the story
        raise ReadError(
            f"{source.name}: {reader.gives.name} could not be read ({type(error).__name__}); save it again or as plain text"
        ) from error
