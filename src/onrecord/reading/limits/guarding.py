"""Guards for formats that unfold: zip members and XML with caps on size and no entities."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from onrecord.errors import ReadError
from onrecord.reading.draft import Source

MAX_MEMBER_BYTES = 60_000_000
_MAX_RATIO = 200
_MAX_MEMBERS = 20_000


def open_zip(source: Source) -> zipfile.ZipFile:
    """The archive; raises ReadError for a broken one or one of too many members."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(f"{source.name}: a broken zip file ({error}); save it again") from error
    if len(archive.infolist()) > _MAX_MEMBERS:
        raise ReadError(f"{source.name}: a zip file of more than {_MAX_MEMBERS:,} members; unpack what matters")
    return archive


def unfold(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """A member's bytes; raises ReadError where it is missing, locked, broken, or grows like a zip bomb."""
    try:
        info = archive.getinfo(member)
        if info.file_size > MAX_MEMBER_BYTES or info.file_size > _MAX_RATIO * max(info.compress_size, 1_000):
            raise ReadError(
                f"{name}: {member} would unfold to {info.file_size:,} bytes, as a zip bomb does; not opened"
            )
        with archive.open(info) as stream:
            raw = stream.read(MAX_MEMBER_BYTES + 1)
    except (KeyError, RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ReadError(f"{name}: {member} cannot be read ({error}); save the file again without a password") from error
    except Exception as error:  # zlib and lzma have errors of their own
        raise ReadError(f"{name}: {member} is damaged; save the file again") from error
    if len(raw) > MAX_MEMBER_BYTES:
        raise ReadError(f"{name}: {member} unfolds beyond {MAX_MEMBER_BYTES:,} bytes, as a zip bomb does; not opened")
    return raw


def parse_xml(raw: bytes, name: str) -> Any:
    """The root element; raises ReadError for broken XML and for declared entities, which can unfold without end."""
    from lxml import etree

    if b"<!ENTITY" in raw:
        raise ReadError(f"{name}: XML that declares entities, which can unfold without end; remove its DOCTYPE")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=False)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{name}: broken XML ({str(error)[:120]}); save it again") from error
