"""Reading against trafilatura: main text and its map in twenty layouts, stories in every format, dates, speed, OCR."""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from tests.reading import makers

from benchmarks.layouts import LAYOUTS, Copy, truth
from onrecord.datamodel.report import FURNITURE, Part, Report
from onrecord.datamodel.story import Story
from onrecord.reading.furniture import mark
from onrecord.reading.intake import read
from onrecord.reading.markup.words import collapse

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
STORIES = ROOT.parent / "shared" / "stories"
GOLD = ("iraq-letter", "pompeo-kim-meeting-2018", "boko-haram-ceasefire-2014")


def copies(folder: Path = EXAMPLES) -> Iterator[Copy]:
    """The example stories' reports as headline and paragraphs."""
    for path in sorted(folder.glob("*/*.txt")):
        rows = [row.strip() for row in path.read_text("utf-8").splitlines() if row.strip()]
        prose = tuple(row for row in rows[1:] if len(row) > 60)
        if len(prose) > 3:
            yield Copy(rows[0], prose)


def grams(words: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Word 4-grams."""
    found = re.findall(r"\w+", words.casefold())
    return Counter(tuple(found[at : at + size]) for at in range(len(found) - size + 1))


def f1(found: str, told: str) -> float:
    """F1 of word 4-grams."""
    left, right = grams(found), grams(told)
    shared = sum((left & right).values())
    return 2 * shared / max(1, sum(left.values()) + sum(right.values()))


def prose_of(report: Report) -> str:
    """A report's text without its headline and furniture."""
    beside = FURNITURE | {Part.HEADLINE}
    cut = [one.span for one in report.passages if one.part in beside and (one.part is not Part.DATELINE or one.at)]
    keep = [sign for at, sign in enumerate(report.text) if not any(span.start <= at < span.end for span in cut)]
    return "".join(keep)


def pages(folder: Path) -> None:
    """F1 a layout, ours and trafilatura's, and the share of places that read as their bytes."""
    import trafilatura

    told = list(copies())
    ours_all, theirs_all, exact, places = [], [], 0, 0
    for layout in LAYOUTS:
        ours, theirs = [], []
        for number, copy in enumerate(told):
            raw = layout(copy).encode()
            path = folder / f"{layout.__name__}{number}.html"
            path.write_bytes(raw)
            want = "\n".join(truth(layout, copy))
            reports = read([path]).reports
            # The entries of a live blog are reports of their own.
            ours.append(f1("\n".join(map(prose_of, reports)), want))
            found = trafilatura.extract(raw.decode(), include_comments=False) or ""
            theirs.append(f1(found.replace(copy.headline, ""), want))
            for report in reports:
                for locus in report.loci:
                    places += 1
                    exact += collapse(raw[locus.start_byte : locus.end_byte].decode()) == locus.span.of(report.text)
        print(f"{layout.__name__:20} ours {mean(ours):6.2%}  trafilatura {mean(theirs):6.2%}")
        ours_all += ours
        theirs_all += theirs
    print(f"main text, F1 of word 4-grams: ours {mean(ours_all):.2%}, trafilatura {mean(theirs_all):.2%}")
    print(f"places that read as their bytes: {exact} of {places}")


def drawn(seed: int) -> Copy:
    """A report of words drawn by chance, so that no page of an archive is a copy of another."""
    chance = random.Random(seed)
    # As often as they stand in reports: a text without its small words is in no language.
    pool = sorted(word for copy in copies() for row in copy.paragraphs for word in re.findall(r"[a-z]+", row))

    def sentence(length: int) -> str:
        return " ".join(chance.choices(pool, k=length)).capitalize() + "."

    return Copy(sentence(8)[:-1], tuple(" ".join(sentence(18) for _ in range(3)) for _ in range(14)))


def mean(values: Sequence[float]) -> float:
    """The mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def split(text: str, told: str | None) -> tuple[str, tuple[str, ...]]:
    """A text's headline and paragraphs, as a page would hold them."""
    rows = tuple(row.strip() for row in re.split(r"\n+", text) if row.strip())
    headline = mark(text, headline=told).headline
    if headline and rows and headline == rows[0]:
        return headline, rows[1:]
    return "", rows


def _feed(title: str, rows: tuple[str, ...]) -> bytes:
    return makers.make_rss(title, rows).split(b"<item><title>Pier")[0] + b"</channel></rss>"


def _picture(title: str, rows: tuple[str, ...]) -> bytes:
    """The pages of the PDF as one TIFF at 200 dpi."""
    import pypdfium2

    document = pypdfium2.PdfDocument(makers.make_pdf(title, rows))
    frames = [document[n].render(scale=200 / 72).to_pil().convert("L") for n in range(len(document))]
    held = io.BytesIO()
    frames[0].save(
        held, format="TIFF", save_all=True, append_images=frames[1:], compression="tiff_deflate", dpi=(200, 200)
    )
    return held.getvalue()


FORMATS: dict[str, Callable[[str, tuple[str, ...]], bytes]] = {
    "html": makers.make_html,
    "pdf": makers.make_pdf,
    "docx": makers.make_docx,
    "odt": makers.make_odt,
    "eml": makers.make_mail,
    "rss": _feed,
    "warc.gz": lambda title, rows: makers.make_warc([(makers.URL, makers.make_html(title, rows))]),
    "tiff": _picture,
}


def attributions(story: Story) -> Counter[tuple[str, ...]]:
    """What a story's attributions say, places left out."""
    texts = {one.id: one.text for one in story.reports}
    files = {one.id: one.file.partition(".")[0] for one in story.reports}

    def words(spans: Sequence[Any], report: str) -> str:
        return " ".join("".join(span.of(texts[report]).split()) for span in spans)

    return Counter(
        (
            files[one.report],
            words(one.source, one.report),
            words(one.cue, one.report),
            words(one.content, one.report),
            one.act.value,
        )
        for one in story.attributions
    )


def wrapped(source: Path, target: Path, ending: str) -> None:
    """A story folder with every report in another format, and meta.json beside it."""
    meta_path = source / "meta.json"
    meta = json.loads(meta_path.read_text("utf-8")) if meta_path.exists() else {"articles": []}
    listed = {one["file"]: one for one in meta["articles"]}
    for path in sorted(source.glob("*.txt")):
        headline, rows = split(path.read_bytes().decode("utf-8"), (listed.get(path.name) or {}).get("headline"))
        (target / f"{path.stem}.{ending}").write_bytes(FORMATS[ending](headline, rows))
    if listed:
        entries = [{**one, "file": f"{Path(one['file']).stem}.{ending}"} for one in listed.values()]
        (target / "meta.json").write_text(json.dumps({"articles": entries}))


def formats(folder: Path, endings: Sequence[str]) -> None:
    """The share of the plain-text story's attributions that each format gives, word for word."""
    from onrecord.pipeline import tell

    sources = [STORIES / name for name in GOLD if (STORIES / name).is_dir()]
    if not sources:
        print("no reference stories beside the repository; the examples stand in")
        sources = [EXAMPLES / "dam-memo", EXAMPLES / "airline-sale"]
    plain: dict[Path, Counter[tuple[str, ...]]] = {}
    for source in sources:
        kept = folder / f"{source.name}-txt"
        kept.mkdir()
        for path in [*sorted(source.glob("*.txt")), *source.glob("meta.json")]:
            shutil.copy(path, kept / path.name)
        plain[source] = attributions(tell([kept], which="rules"))
    for ending in endings:
        shared = total = 0
        for source in sources:
            target = folder / f"{source.name}-{ending}"
            target.mkdir()
            wrapped(source, target, ending)
            found = attributions(tell([target], which="rules"))
            shared += sum((plain[source] & found).values())
            total += max(sum(plain[source].values()), sum(found.values()))
        print(f"{ending:8} {shared} of {total} attributions as in plain text: {shared / total:.1%}")


def _mail_time(at: datetime) -> str:
    return format_datetime(at)


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _in_page(title: str, rows: tuple[str, ...], at: datetime) -> bytes:
    return makers.make_html(title, rows, when=_iso(at))


# Every format that carries a time, with the time written as it writes them.
DATED: dict[str, Callable[[str, tuple[str, ...], datetime], bytes]] = {
    "html": _in_page,
    "eml": lambda title, rows, at: makers.make_mail(title, rows, when=_mail_time(at)),
    "rss": lambda title, rows, at: makers.make_rss(title, rows, when=_mail_time(at)),
    "json": lambda title, rows, at: makers.make_json_feed(title, rows, when=_iso(at)),
    "ninjs.json": lambda title, rows, at: makers.make_ninjs("usable", title, rows, when=_iso(at)),
    "newsml.xml": lambda title, rows, at: makers.make_newsml(title, rows, when=_iso(at)),
    "jsonl": lambda title, rows, at: json.dumps(
        {"title": title, "text": "\n\n".join(rows), "publish_date": _iso(at)}
    ).encode(),
    "warc.gz": lambda title, rows, at: makers.make_warc([(makers.URL, _in_page(title, rows, at))]),
}


def dates(folder: Path) -> None:
    """Right day, and right minute, of the gold stories' reports in every format that carries a time.

    Where a report's day alone is known, a minute of that day is given; nothing but the file tells it.
    """
    right, minute, told = Counter[str](), Counter[str](), 0
    for name, (headline, rows), at in dated_reports():
        told += 1
        for ending, make in DATED.items():
            path = folder / f"{name}.{ending}"
            path.write_bytes(make(headline or "Without a headline", rows, at))
            found = read([path]).reports
            published = found[0].published if found else None
            right[ending] += bool(published and published.date == at.date())
            minute[ending] += bool(published and published.isoformat() == _iso(at))
            path.unlink()
    for ending in DATED:
        print(f"{ending:12} right day {right[ending]} of {told}, right minute {minute[ending]} of {told}")
    total = told * len(DATED)
    print(f"dates: right day {sum(right.values())} of {total}, right minute {sum(minute.values())} of {total}")


def dated_reports() -> Iterator[tuple[str, tuple[str, tuple[str, ...]], datetime]]:
    """Name, headline and paragraphs, and time of each gold story's report; of our own where there are none."""
    found = False
    for story in GOLD:
        gold = STORIES / story / "gold.json"
        for one in json.loads(gold.read_text("utf-8"))["reports"] if gold.exists() else ():
            if one.get("published") and (path := STORIES / story / one["file"]).exists():
                found = True
                at = datetime.fromisoformat(one["published"].replace("Z", "+00:00"))
                at = at.astimezone(UTC) if at.tzinfo else at.replace(hour=at.hour or 13, minute=at.minute, tzinfo=UTC)
                yield path.stem, split(path.read_bytes().decode("utf-8"), one.get("headline")), at
    if not found:
        at = datetime.fromisoformat(makers.WHEN.replace("Z", "+00:00"))
        yield from ((f"own{n}", (copy.headline, copy.paragraphs), at) for n, copy in enumerate(copies()))


def speed(folder: Path, count: int) -> None:
    """Pages a second from one WARC: the whole reading, and trafilatura alone on the same records."""
    import trafilatura
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    made = [(f"https://p.example/{n}", LAYOUTS[n % len(LAYOUTS)](drawn(n)).encode()) for n in range(count)]
    raw = makers.make_warc(made)
    path = folder / "pages.warc.gz"
    path.write_bytes(raw)
    trafilatura.extract(made[0][1].decode())
    reports = read([path]).reports
    ours = theirs = 0.0
    for _ in range(3):  # in turns, so that a busy machine slows both
        started = time.perf_counter()
        for record in ArchiveIterator(io.BytesIO(raw), record_types=WarcRecordType.response):
            trafilatura.extract(record.reader.read().decode())
        theirs += (time.perf_counter() - started) / 3
        started = time.perf_counter()
        read([path])
        ours += (time.perf_counter() - started) / 3
    rates = f"ours {count / ours:.1f} pages/s, trafilatura alone {count / theirs:.1f} pages/s"
    print(f"{len(reports)} of {count} pages; {rates}, ratio {theirs / ours:.2f}")


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=["pages", "formats", "dates", "speed", "ocr", "all"])
    parser.add_argument("--pages", type=int, default=400, help="pages in the archive of the speed figure")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.what in ("pages", "all"):
            pages(folder)
        if asked.what in ("dates", "all"):
            dates(folder)
        if asked.what in ("speed", "all"):
            speed(folder, asked.pages)
        if asked.what in ("formats", "all"):
            formats(folder, [one for one in FORMATS if one != "tiff"])
        if asked.what in ("ocr", "all") and shutil.which("tesseract"):
            inner = folder / "ocr"
            inner.mkdir()
            formats(inner, ["tiff"])


if __name__ == "__main__":
    main()
