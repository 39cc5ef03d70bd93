"""One story text wrapped in every format that the readers know, written here byte by byte."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import plistlib
import textwrap
import zipfile
import zlib
from datetime import datetime
from email.message import EmailMessage

from tests.reading import compound_files

TITLE = "Harbour board and union split over crane report"
OUTLET = "The Quay Gazette"
AUTHOR = "Mara Lindqvist"
WHEN = "2031-05-04T08:20:00Z"
URL = "https://quay-gazette.example/news/crane-report"
PARAGRAPHS = (
    "PORT ALDER — The harbour board said on Sunday that the tallest of its three cranes “will not be taken down”, "
    "contradicting a report that an engineering firm had handed to the dockers’ union a day earlier.",
    "“We have seen no such report,” board chairman Teodor Aal told reporters. “Nobody has sent it to us.”",
    "The union’s spokeswoman, Ines Obrado, confirmed that the report exists and said that it asks for the crane to be "
    "closed within two weeks. She declined to say who had commissioned it.",
    "Two people familiar with the inspection said that the firm found cracks in 14 of the crane’s 96 joints. The firm, "
    "Castellan Works, did not respond to questions sent on Saturday.",
    "A second report, which the board ordered in March, is expected next month, according to Aal.",
)
PLAIN = "\n\n".join((TITLE, *PARAGRAPHS)) + "\n"


def make_html(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, *, when: str = WHEN) -> bytes:
    """A page with menu, footer, links to other stories and JSON-LD."""
    told = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": when,
        "author": {"@type": "Person", "name": AUTHOR}, "publisher": {"@type": "Organization", "name": OUTLET},
    }  # fmt: skip
    body = "".join(f"<p>{html.escape(one, quote=False)}</p>\n" for one in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | {OUTLET}</title>
<link rel="canonical" href="{URL}"><script type="application/ld+json">{json.dumps(told)}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav><main><article>
<h1>{html.escape(title, quote=False)}</h1>
{body}</article></main><aside class="related"><h3>Related</h3><ul>
<li><a href="/a">Pier fire: what is known so far</a></li>
</ul></aside><footer><p>© 2031 {OUTLET}. All rights reserved.</p></footer></body></html>""".encode()


def make_pdf(
    title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, *, created: str = "D:20310504102000+02'00'"
) -> bytes:
    """A PDF of wrapped lines in two sizes, with running feet, written by hand."""
    rows: list[tuple[str, int, int]] = [(line, 18, 24) for line in textwrap.wrap(title, 50)]
    for paragraph in paragraphs:
        wrapped = textwrap.wrap(paragraph, 88) or [""]
        rows += [(line, 11, 26 if first == 0 else 14) for first, line in enumerate(wrapped)]
    pages: list[list[str]] = []
    y = 0
    for words, size, step in rows:
        if not pages or y - step < 80:
            pages.append([])
            y = 780
        y -= step
        pages[-1].append(f"BT /F1 {size} Tf 60 {y} Td ({_pdf_words(words)}) Tj ET")
    for number, page in enumerate(pages, 1):
        page.append(f"BT /F1 9 Tf 60 40 Td (Page {number} of {len(pages)}) Tj ET")
    return _pdf_file(["\n".join(page).encode("latin-1") for page in pages], title, created)


def _pdf_words(words: str) -> str:
    told = words.encode("cp1252", "replace").decode("latin-1")
    return told.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(streams: list[bytes], title: str, created: str) -> bytes:
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_pdf_words(title)}) /Author ({AUTHOR}) /CreationDate ({created}) >>".encode("latin-1"),
    ]
    for number, stream in enumerate(streams):
        content = zlib.compress(stream)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {6 + 2 * number} 0 R >>".encode()
        )
        objects.append(
            f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode() + content + b"\nendstream"
        )
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010} 00000 n \n".encode() for place in places))
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def make_docx(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, *, when: str = WHEN) -> bytes:
    """A Word file with a title style and core properties."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rows = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{html.escape(title)}</w:t></w:r></w:p>' + "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{html.escape(one)}</w:t></w:r></w:p>' for one in paragraphs
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{html.escape(title)}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
        f"<dcterms:created>{when}</dcterms:created>"
        "</cp:coreProperties>"
    )
    return _zip({
        "[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:document {w}><w:body>{rows}</w:body></w:document>",
        "docProps/core.xml": core,
    })  # fmt: skip


def make_odt(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    """An OpenDocument text."""
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    rows = f'<text:h text:outline-level="1">{html.escape(title)}</text:h>' + "".join(
        f"<text:p>{html.escape(one)}</text:p>" for one in paragraphs
    )
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body><office:text>{rows}'
        "</office:text></office:body></office:document-content>"
    )
    return _zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _zip(members: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(
                zipfile.ZipInfo(name), body, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
    return held.getvalue()


def make_mail(
    title: str = TITLE,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    *,
    width: int | None = 72,
    when: str = "Sun, 04 May 2031 10:20:00 +0200",
) -> bytes:
    """A press release: wrapped plain text in quoted-printable or 8 bit."""
    message = EmailMessage()
    message["From"] = f"{OUTLET} <desk@quay-gazette.example>"
    message["To"] = "newsroom@example.org"
    message["Date"] = when
    message["Subject"] = title
    message["Message-ID"] = "<crane-1@quay-gazette.example>"
    message.set_content(
        "\n\n".join(textwrap.fill(one, width) if width else one for one in paragraphs) + "\n", cte="quoted-printable"
    )
    return message.as_bytes()


def make_msg(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    """A message as Outlook saves it."""
    at = datetime.fromisoformat(WHEN)
    told = compound_files.message(
        title, "\r\n\r\n".join(paragraphs), sender=(OUTLET, "desk@quay-gazette.example"), sent=at
    )
    return compound_files.compound_file(told)


def make_mbox() -> bytes:
    """Two messages in one mailbox."""
    second = make_mail("Second notice", ("The board said that it will publish the report.",))
    return b"".join(b"From desk@example.org Sun May  4 10:20:00 2031\n" + one + b"\n" for one in (make_mail(), second))


def make_rss(
    title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, *, when: str = "Sun, 04 May 2031 08:20:00 GMT"
) -> bytes:
    """An RSS feed of one full entry and one stub."""
    body = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>{OUTLET}</title><link>https://quay-gazette.example/</link>
<item><title>{html.escape(title)}</title><link>{URL}</link><pubDate>{when}</pubDate>
<content:encoded><![CDATA[{body}]]></content:encoded></item>
<item><title>Pier fire: what is known</title><link>https://quay-gazette.example/pier</link>
<description>The fire at the old pier began shortly after midnight ...</description></item></channel></rss>""".encode()


def make_json_feed(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, *, when: str = WHEN) -> bytes:
    """A JSON Feed of one entry."""
    body = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    item = {
        "id": "1",
        "url": URL,
        "title": title,
        "content_html": body,
        "date_published": when,
        "authors": [{"name": AUTHOR}],
    }
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": OUTLET, "items": [item]}).encode()


def make_warc(pages: list[tuple[str, bytes]] | None = None, *, packed: bool = True) -> bytes:
    """An archive of responses, each captured on 5 May 2031."""
    records = []
    for number, (url, body) in enumerate(pages or [(URL, make_html())]):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        answer += f"Content-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"WARC-Target-URI: {url}\r\nWARC-Date: 2031-05-05T06:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        records.append(gzip.compress(record, mtime=0) if packed else record)
    return b"".join(records)


def make_wacz() -> bytes:
    """A packed archive."""
    return _zip({"datapackage.json": "{}", "archive/data.warc.gz": make_warc()})


def make_mhtml() -> bytes:
    """A page saved by a browser as one file."""
    body = base64.encodebytes(make_html()).decode()
    return (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: " + URL + "\r\nSubject: page\r\n"
        "Date: Mon, 5 May 2031 06:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="cut"\r\n\r\n--cut\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: base64\r\nContent-Location: {URL}\r\n\r\n{body}\r\n--cut--\r\n"
    ).encode()


def make_webarchive() -> bytes:
    """A page saved by Safari."""
    main = {"WebResourceData": make_html(), "WebResourceURL": URL, "WebResourceTextEncodingName": "UTF-8"}
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


def make_ninjs(
    status: str = "usable", title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, *, when: str = WHEN
) -> bytes:
    """An agency's item in JSON."""
    return json.dumps({
        "uri": "urn:newsml:quay:1", "type": "text", "pubstatus": status, "headline": title, "byline": AUTHOR,
        "versioncreated": when, "source": OUTLET,
        "body_html": "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs),
    }).encode()  # fmt: skip


def make_newsml(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, *, when: str = WHEN) -> bytes:
    """An agency's item in XML."""
    body = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:quay:1">
<itemMeta><versionCreated>{when}</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>{html.escape(title)}</headline><by>{AUTHOR}</by><creditline>{OUTLET}</creditline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<body>{body}</body></html></inlineXML></contentSet></newsItem>""".encode()


def make_json_lines() -> bytes:
    """Two records of a news API."""
    first = {"title": TITLE, "text": "\n\n".join(PARAGRAPHS), "publish_date": WHEN, "media_name": OUTLET, "url": URL}
    second = {"title": "Second", "body": "The board said it would wait.", "dateTimePub": "2031-05-05T00:00:00Z"}
    return "\n".join(json.dumps(one) for one in (first, second)).encode()


def make_vtt() -> bytes:
    """Subtitles with two voices."""
    return (
        b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Teodor Aal>We have seen no such report.\n\n"
        b"00:00:04.000 --> 00:00:06.500\n<v Teodor Aal>Nobody has sent it to us.\n\n"
        b"00:00:07.000 --> 00:00:09.000\n<v Ines Obrado>It exists, and I have\n\n"
        b"00:00:09.000 --> 00:00:11.000\n<v Ines Obrado>read every page of it.\n"
    )


def make_srt() -> bytes:
    """Subtitles without voices."""
    return (
        b"1\r\n00:00:01,000 --> 00:00:04,000\r\n- We have seen no such report.\r\n\r\n"
        b"2\r\n00:00:04,500 --> 00:00:06,500\r\n- It exists, and I have\r\n\r\n"
        b"3\r\n00:00:06,500 --> 00:00:08,000\r\nread it.\r\n"
    )


MAKERS = {
    "story.html": make_html, "story.pdf": make_pdf, "story.docx": make_docx, "story.odt": make_odt,
    "story.eml": make_mail, "story.mbox": make_mbox, "story.rss": make_rss, "feed.json": make_json_feed,
    "story.warc.gz": make_warc, "story.msg": make_msg,
    "story.wacz": make_wacz, "story.mhtml": make_mhtml, "story.webarchive": make_webarchive, "item.json": make_ninjs,
    "item.xml": make_newsml, "lines.jsonl": make_json_lines, "talk.vtt": make_vtt, "talk.srt": make_srt,
}  # fmt: skip
