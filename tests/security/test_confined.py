"""What is parsed in C or at length is parsed apart: whatever it does there costs one file, and soon."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import signal
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from onrecord.datamodel.report import Fate
from onrecord.errors import ReadError
from onrecord.reading.confining.caller import Worker, account_apart, read_apart
from onrecord.reading.confining.carrying import packed, unpacked
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.html import account_of_page
from onrecord.reading.formats.registry import READERS, read_here, read_source
from onrecord.reading.intake import read
from onrecord.reading.limits.record_limits import Patience
from tests.reading import makers

_MAIL = (
    b"From: press@harbour.example\nSubject: Bridge\nDate: Fri, 7 Mar 2031 10:00:00 +0000\n\nThe bridge will close.\n"
)


def _pdf(objects: list[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _stream(head: bytes, body: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


def nested_forms(depth: int = 10, wide: int = 12) -> bytes:
    """A small PDF whose page draws a form that draws a form …: wide ** depth texts."""
    first = 6
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /XObject << /F %d 0 R >> >> >>" % first,
        _stream(b"", b"/F Do"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for level in range(depth):
        last = level == depth - 1
        held = b"/Font << /T 5 0 R >>" if last else b"/XObject << /F %d 0 R >>" % (first + level + 1)
        body = b"BT /T 9 Tf (The bridge will close) Tj ET" if last else b"/F Do\n" * wide
        objects.append(_stream(b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << %s >>" % held, body))
    return _pdf(objects)


def picture_page(side: int = 30_000) -> bytes:
    """A small PDF whose page is one picture of side × side dots."""
    packed_dots = zlib.compress(b"\x00" * (side * side // 8), 9)
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d "
    head += b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode"
    return _pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /XObject << /I 5 0 R >> >> >>",
        _stream(b"", b"600 0 0 800 0 0 cm /I Do"),
        _stream(head % (side, side), packed_dots),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("name", "raw"),
    [("forms.pdf", nested_forms()), ("picture.pdf", picture_page())],
    ids=["nested forms", "a page of one large picture"],
)
def test_a_small_pdf_that_unfolds_without_end_is_one_refused_file(name: str, raw: bytes, tmp_path: Path) -> None:
    assert len(raw) < 200_000
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.eml").write_bytes(_MAIL)
    intake = read([tmp_path])
    assert {one.input: one.fate for one in intake.outcomes} == {name: Fate.REFUSED, "good.eml": Fate.READ}


def test_what_is_read_apart_is_what_would_be_read_here() -> None:
    source = Source(_MAIL, "a.eml")
    assert read_source(source) == read_here(source)


def test_formats_parsed_in_c_or_at_length_are_read_apart() -> None:
    here = {one.gives.name for one in READERS if not one.gives.apart}
    assert here == {"text", "json", "claimreview", "ninjs", "transcript", "csv"}


_PROSE = "".join(
    f"<div><p>The harbour master, Ilse Roon, said pier {n} will be shut from May, and that nobody was asked.</p></div>"
    for n in range(4)
)
# Ways in which a tag holds very many attributes, as HTML's tokenizer takes them.
_FLOODS: dict[str, Callable[[int], str]] = {
    "quoted": lambda many: " ".join(f'a{n}="{n}"' for n in range(many)),
    "signs in values": lambda many: " ".join(f"a{n}='>{n}'" for n in range(many)),
    "bare": lambda many: " ".join(f"a{n}" for n in range(many)),
    "tags within": lambda many: " ".join(f"<a{n}" for n in range(many)),
    "slashes": lambda many: "/".join(f"a{n}" for n in range(many)),
    "not spaced": lambda many: "".join(f'a{n}="1"' for n in range(many)),
}


def _soon(raw: str, name: str) -> tuple[Draft, ...]:
    """What is read of it in this process, in seconds of the processor: what grows squared takes minutes."""
    source = Source(raw.encode(), name)
    start = time.process_time()
    try:
        return read_here(source)
    finally:
        assert time.process_time() - start < 5


@pytest.mark.parametrize("kind", _FLOODS)
def test_a_page_with_a_tag_of_very_many_attributes_is_read_soon(kind: str) -> None:
    flood = _FLOODS[kind](100_000)
    page = f"<html><title>Pier <a b='</title><body {flood}><h1>Piers shut</h1>{_PROSE}</body></html>"
    if kind != "tags within":
        assert _soon(page, "page.html")[0].text.count("will be shut from May") == 4
    else:
        _soon(page, "page.html")


@pytest.mark.parametrize(
    "page",
    [
        '<html><!-- <a b=" --><body c="> {}><h1>Piers shut</h1>{}',
        '<html><!--> <a b=" --><body c="> {}><h1>Piers shut</h1>{}',
        '<html><script>\'<a b="</script><body c="> {}><h1>Piers shut</h1>{}',
        "<html><body></p {}><h1>Piers shut</h1>{}",
    ],
    ids=["behind a comment", "behind an empty comment", "behind a script", "in an end tag"],
)
def test_nothing_on_a_page_hides_such_a_tag(page: str) -> None:
    assert _soon(page.format(_FLOODS["quoted"](100_000), _PROSE), "page.html")


def test_a_feed_with_a_tag_of_very_many_attributes_is_refused_by_name() -> None:
    item = "<item><title>Piers shut</title><description>Pier 4 is shut.</description></item>"
    for place in ("<rss><channel {}>{}</channel></rss>", "<rss><channel><title>x</title><p {}/>{}</channel></rss>"):
        with pytest.raises(ReadError, match="a tag of 100,000 attributes, more than 1,000"):
            _soon(place.format(_FLOODS["signs in values"](100_000), item), "feed.xml")
    quoted = f"<rss><channel><!-- <a b='> --><item><title>x</title><description><![CDATA[<p {_FLOODS['bare'](100_000)}>"
    assert _soon(f"{quoted}Pier 4 is shut.</p>]]></description></item></channel></rss>", "feed.xml")


def test_a_wire_item_with_a_tag_of_very_many_attributes_is_read_soon() -> None:
    flood = _FLOODS["quoted"](100_000)
    body = f"<html xmlns='http://www.w3.org/1999/xhtml'><body {flood}>{_PROSE}</body></html>"
    head = f"<?xml version='1.0'?><newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' {flood}>"
    raw = f"{head}<contentSet><inlineXML>{body}</inlineXML></contentSet></newsItem>"
    assert "will be shut from May" in _soon(raw, "item.xml")[0].text


def test_a_page_is_accounted_for_apart_as_it_is_here() -> None:
    source = Source(f"<html><body><nav>Menu</nav><h1>Piers shut</h1>{_PROSE}</body></html>".encode(), "page.html")
    assert account_apart(source) == account_of_page(source)
    with pytest.raises(ReadError, match="nested"):
        account_apart(Source(b"<html>" + b"<div>" * 5_000 + b"x", "deep.html"))


def test_a_worker_that_takes_too_long_is_ended_and_the_next_file_read() -> None:
    worker = Worker(wall_s=60.0)
    try:
        worker.read(Source(_MAIL, "a.eml"))
        worker.wall_s = 0.0
        with pytest.raises(ReadError, match="too long"):
            worker.read(Source(nested_forms(), "forms.pdf"))
        worker.wall_s = 60.0
        assert worker.read(Source(_MAIL, "a.eml"))
    finally:
        worker.close()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGSEGV, signal.SIGXCPU])
def test_a_worker_that_is_killed_costs_the_file_it_read(by: signal.Signals) -> None:
    worker = Worker()
    try:
        worker.read(Source(_MAIL, "a.eml"))
        process = worker._process
        assert process
        os.kill(process.pid, signal.SIGSTOP)
        threading.Timer(0.3, _send, (process.pid, by)).start()
        threading.Timer(0.4, _send, (process.pid, signal.SIGCONT)).start()
        with pytest.raises(ReadError):
            worker.read(Source(_MAIL, "a.eml"))
        assert worker.read(Source(_MAIL, "a.eml"))
    finally:
        worker.close()


def _send(pid: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, what)


def test_a_worker_is_reused_and_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_DESK", "postgresql://desk:hunter2@db/desk")
    worker = Worker()
    try:
        worker.read(Source(_MAIL, "a.eml"))
        process = worker._process
        assert process
        if (told := Path(f"/proc/{process.pid}/environ")).exists():
            assert b"hunter2" not in told.read_bytes()
        start = time.perf_counter()
        for _ in range(20):
            worker.read(Source(_MAIL, "a.eml"))
        assert worker._process is process
        assert time.perf_counter() - start < 10
    finally:
        worker.close()


class _Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.system, ("true",))


@pytest.mark.parametrize("raw", [pickle.dumps(_Evil()), pickle.dumps(io.BytesIO()), b"", b"\x80\x05K\x01"])
def test_nothing_is_made_of_an_answer_but_plain_values(raw: bytes) -> None:
    with pytest.raises(ValueError, match="no plain value"):
        unpacked(raw)
    assert unpacked(packed(("refused", "why"))) == ("refused", "why")


def test_archives_of_many_members_and_a_zip_bomb_are_refused(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("archive/data.warc", b"\x00" * 100_000_000)
    with pytest.raises(ReadError, match="bomb"):
        read_apart(Source(bomb.getvalue(), "bomb.wacz"))


_RECORD = makers.make_warc([("https://p.example/", b"<html><p>Shut.")], packed=False)
_OLD = b"filedesc://a.arc 0.0.0.0 20310505060000 text/plain 4\n1 0\n\n"


def _wacz(members: Sequence[bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for number, raw in enumerate(members):
            made.writestr(f"archive/data{number}.warc.gz", raw)
    return held.getvalue()


_MANY = {
    "packed.warc.gz": lambda: gzip.compress(_RECORD) * 50_000,
    "plain.warc": lambda: _RECORD * 50_000,
    "old.arc": lambda: _OLD + b"https://p.example/ 1.2.3.4 20310505060000 text/html 6\n<html>\n" * 50_000,
    "two.wacz": lambda: _wacz([gzip.compress(_RECORD) * 25_000] * 2),
}


@pytest.mark.parametrize("name", _MANY)
def test_an_archive_of_too_many_records_is_refused_before_they_are_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(_MANY[name]())
    start = time.monotonic()
    intake = read([tmp_path / name])
    assert time.monotonic() - start < 10
    told = "an archive of 50,000 records, more than 20,000; split it, or set ONRECORD_LIMITS=captures=50000 to read all"
    assert [(one.fate, one.reason) for one in intake.outcomes] == [(Fate.REFUSED, told)]


def test_a_mail_of_very_many_parts_is_refused_before_they_are_read() -> None:
    head = b"From: a\nTo: b\nSubject: Pier\nContent-Type: multipart/mixed; boundary=x\n\n"
    with pytest.raises(ReadError, match="75,000 parts, more than 2,000"):
        _soon((head + b"--x\nContent-Type: text/html\n\n<p>hi\n" * 75_000).decode(), "a.eml")
    ruled = head.decode() + "--x\n\nThe pier is shut.\n" + "-- \n---------\n" * 3_000 + "--x--\n"
    assert "The pier is shut." in _soon(ruled, "a.eml")[0].text


@pytest.mark.parametrize("name", ["a.warc", "a.mbox"])
def test_what_takes_too_long_is_kept_as_far_as_it_was_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = b"From x@y Fri Mar  7 10:00:00 2031\n" + _MAIL
    pages = [(makers.URL + str(n), makers.make_html()) for n in range(5)]
    raw = makers.make_warc(pages) if name == "a.warc" else mail * 5
    monkeypatch.setattr(Patience, "is_over", lambda self, told=[]: bool(told.append(1) or len(told) > 2))
    source = Source(raw, name)
    assert len(read_here(source)) in (2, 3)
    (left,) = source.left_out
    assert left.count in (2, 3)
    assert "took as long as one file may (60 s); split the file, or set ONRECORD_LIMITS=seconds=" in left.reason
