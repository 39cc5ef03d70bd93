"""The desk in the browser under load: a large story on the loopback, and a team of readers and editors on PostgreSQL.

Run as: python -m benchmarks.web story --reports 1000, or python -m benchmarks.web team --readers 50 --editors 10.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote

import httpx

from onrecord import desk_pipeline
from onrecord.ledger.desk import open_desk
from onrecord.web.auth.accounts import Accounts
from onrecord.web.auth.people import Role
from onrecord.web.auth.sessions import Sessions

STORY = "dam"
BASE = Path(__file__).parent.parent / "examples" / "dam-memo"
_SPEAKERS = tuple(
    f"{first} {last}, {role},"
    for first, last, role in zip(
        "Ann Bo Cy Dina Egon Fay Gus Hedda Ivo June Karl Lena Milo Nora Olaf Petra Quin Rosa Sven Tilda".split(),
        "Orr Lee Dahl Frisk Maar Toll Venn Rask Holm Bree Stoll Wick Arden Lund Pohl Dam Marl Veit Gram Ness".split(),
        ("the mayor", "the harbour master", "an engineer", "a spokeswoman for the ministry", "the fire chief") * 4,
        strict=True,
    )
)
_THINGS = ("gate", "spillway", "turbine hall", "access road", "eastern wall", "pumping station", "reservoir", "siren")
_STATES = (
    "is cracked", "was inspected in May", "will close on Friday", "cost {n} million crowns", "is safe",
    "was built with poor concrete", "leaks {n} litres a second", "was repaired last year", "will be drained",
    "was left without power for {n} hours", "injured {n} workers", "is guarded by soldiers",
)  # fmt: skip
_CUES = (
    "said that",
    "said that",
    "confirmed that",
    "denied that",
    "warned that",
    "insisted that",
    "told reporters that",
)


# What editors do all day.
_WORK = (
    ("accept", None),
    ("note", "call the ministry, @editor-1"),
    ("note", "they do not pick up"),
    ("state", "being-checked"),
    ("owner", "editor 2"),
    ("tag", "gate"),
)
# What a reader looks at a page for, in the mean.
_PAUSE_S = 4.0


def written(folder: Path, many: int) -> None:
    """Invented reports of one event: paragraphs of the example story, and many speakers' statements on many things."""
    chance = random.Random(20310307)
    bases = [path.read_text(encoding="utf-8").split("\n\n") for path in sorted(BASE.glob("*.txt"))]
    start, articles = datetime(2023, 11, 9, 18, 20, tzinfo=UTC), []
    for number in range(many):
        head, *paragraphs = chance.choice(bases)
        kept = [one for one in paragraphs if chance.random() < 0.35]
        said = [
            f"{chance.choice(_SPEAKERS)} {chance.choice(_CUES)} the {chance.choice(_THINGS)} "
            f"{chance.choice(_STATES).format(n=chance.randrange(2, 40))}."
            for _ in range(chance.randrange(4, 10))
        ]
        name = f"{number:04}_report.txt"
        (folder / name).write_text("\n\n".join([head, *kept, *said]) + "\n", encoding="utf-8")
        at = start + timedelta(minutes=9 * number)
        outlet = f"Outlet {number % 90}"
        articles.append({"file": name, "outlet": outlet, "date": at.isoformat(), "headline": head.split("\n")[0]})
    (folder / "meta.json").write_text(json.dumps({"articles": articles}), encoding="utf-8")


def built(many: int, cache: Path) -> Path:
    """A desk with a story of so many reports, made once and told once."""
    place = cache / f"desk-{many}.db"
    if not place.exists():
        cache.mkdir(parents=True, exist_ok=True)
        fresh = cache / f"making-{many}.db"
        fresh.unlink(missing_ok=True)
        with (
            tempfile.TemporaryDirectory() as folder,
            desk_pipeline.desk(str(fresh), create=True, which="rules") as desk,
        ):
            written(Path(folder), many)
            started = time.perf_counter()
            added = sum(1 for _ in desk_pipeline.add(desk, STORY, [Path(folder)], "rules"))
            print(f"added {added} reports in {time.perf_counter() - started:.1f} s", flush=True)
        fresh.rename(place)
    with desk_pipeline.desk(str(place), which="rules") as desk:
        started = time.perf_counter()
        story = desk.story(STORY)
        print(
            f"{len(story.reports)} reports, {len(story.attributions)} statements, {len(story.claims)} claims, "
            f"told in {time.perf_counter() - started:.1f} s",
            flush=True,
        )
    return place


@contextmanager
def served(*arguments: str) -> Iterator[str]:
    """A server of its own process; its address."""
    line = [sys.executable, "-m", "onrecord", "serve", "--port", "0", "--tagger", "rules", *arguments]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = ""
            while not told.startswith("serving "):
                told = process.stdout.readline()
                if not told:
                    raise SystemExit("the server did not start")
            yield told.split(" at ")[1].split(" · ")[0].rstrip("/")
            print(f"the server itself took {_cpu_s(process.pid):.1f} s of a core, telling apart from it not counted")
        finally:
            process.terminate()


def _cpu_s(pid: int) -> float:
    """Seconds of a core that a process has used so far; on a busy machine they say more than the wall clock."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return float("nan")
    ticks = stat.read_text().rpartition(")")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def _timed(ask: Callable[[], httpx.Response]) -> tuple[float, httpx.Response]:
    started = time.perf_counter()
    answer = ask()
    answer.raise_for_status()
    return (time.perf_counter() - started) * 1000, answer


def large_story(many: int, cache: Path, repeats: int, settle: float = 0.0) -> None:
    """Medians of first page, claim and slider, each request of another claim or instant, and the page's weight."""
    place = built(many, cache)
    with served("--desk", str(place)) as address, httpx.Client(base_url=address, timeout=600) as browser:
        cold, _ = _timed(lambda: browser.get(f"/stories/{STORY}"))
        time.sleep(settle)
        claims = browser.get(f"/api/v1/stories/{STORY}/claims?limit=200").json()["items"]
        chosen = claims[:: max(1, len(claims) // repeats)][:repeats]
        start = datetime(2023, 11, 9, 18, 20, tzinfo=UTC)
        step = 9 * many / (repeats + 1)
        instants = [start + timedelta(minutes=int(step * (number + 1))) for number in range(repeats)]
        between = [one - timedelta(minutes=step // 2) for one in instants]
        asked = {
            "first page": [f"/stories/{STORY}"] * repeats,
            "open a claim": [f"/stories/{STORY}/claims/{quote(one['id'])}" for one in chosen],
            "move the slider": [f"/stories/{STORY}?as-of={one:%Y-%m-%dT%H:%MZ}" for one in instants],
            "the same as a page": [f"/stories/{STORY}?as-of={one:%Y-%m-%dT%H:%MZ}" for one in between],
            "search": [f"/search?q={quote(word)}" for word in _THINGS] * 2,
            "API: claims as of": [f"/api/v1/stories/{STORY}/claims?as-of={one:%Y-%m-%dT%H:%M:30Z}" for one in instants],
        }
        print(f"{many} reports on the loopback; the very first page after the start {cold:.0f} ms")
        for what, places in asked.items():
            # The slider asks for the list alone, as its script does.
            heads = {"hx-request": "true", "hx-target": "claims"} if what == "move the slider" else {}
            taken = [_timed(partial(browser.get, place, headers=heads))[0] for place in places]
            print(
                f"{what:<18} median {statistics.median(taken):6.0f} ms, best {min(taken):6.0f}, worst {max(taken):6.0f}"
            )
        page = browser.get(f"/stories/{STORY}").content
        print(f"page weight {len(gzip.compress(page, 6)) / 1024:.0f} KB packed, {len(page) / 1024:.0f} KB not")


@dataclass
class Tally:
    """What a team's members met."""

    taken_ms: list[float] = field(default_factory=list)
    by_page: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    landed: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, what: str, ask: Callable[[], httpx.Response]) -> httpx.Response | None:
        """One request, counted under what was asked for."""
        started = time.perf_counter()
        try:
            answer = ask()
            fault = None if answer.status_code < 400 else f"{answer.status_code} {answer.text[:200]}"
        except httpx.HTTPError as error:
            answer, fault = None, f"{type(error).__name__} {error}"
        with self.lock:
            took = (time.perf_counter() - started) * 1000
            self.taken_ms.append(took)
            self.by_page.setdefault(what, []).append(took)
            if fault:
                self.faults.append(fault)
        return None if fault else answer


def team(readers: int, editors: int, seconds: float, many: int, settle: float = 0.0) -> None:
    """Readers click through pages and editors decide, all at once, each with some seconds to look at what came.

    Each begins somewhere in such a pause; `settle` seconds after the server began to answer, the minute begins.
    """
    from tests.ledger.postgres import Databases, find_server, server

    programs = find_server()
    if programs is None:
        raise SystemExit("no PostgreSQL server is installed")
    folder = Path(tempfile.mkdtemp(prefix="onrecord-team-"))
    try:
        with server(programs) as postgres:
            address = Databases.fresh(postgres)
            written(folder, many)
            with desk_pipeline.desk(address, create=True, which="rules") as desk:
                list(desk_pipeline.add(desk, STORY, [folder], "rules"))
                desk.story(STORY)
            tokens = _tokens(address, editors)
            _hour(address, tokens, (readers, editors, seconds), settle)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tokens(address: str, editors: int) -> list[str]:
    with open_desk(address) as desk:
        accounts = Accounts(desk.store)
        passes = Sessions(accounts)
        names = [accounts.add("reader", Role.READER)]
        names += [accounts.add(f"editor {number}", Role.EDITOR) for number in range(editors)]
        return [passes.issue(name, "load") for name in names]


def _hour(address: str, tokens: list[str], size: tuple[int, int, float], settle: float) -> None:
    readers, editors, seconds = size
    tally = Tally()
    with served("--desk", address) as place:
        with httpx.Client(base_url=place, headers=_bearer(tokens[0]), timeout=60) as browser:
            claims = [one["id"] for one in browser.get(f"/api/v1/stories/{STORY}/claims?limit=200").json()["items"]]
        time.sleep(settle)
        until = time.monotonic() + seconds
        people = [
            threading.Thread(target=_read, args=(place, tokens[0], claims, until, tally, n)) for n in range(readers)
        ]
        people += [threading.Thread(target=_decide, args=(place, token, claims, until, tally)) for token in tokens[1:]]
        for one in people:
            one.start()
        for one in people:
            one.join()
        with httpx.Client(base_url=place, headers=_bearer(tokens[0]), timeout=60) as browser:
            kept = _entries(browser)
    taken = sorted(tally.taken_ms)
    p95 = taken[int(len(taken) * 0.95)]
    lost = [seq for seq in tally.landed if seq not in kept]
    print(
        f"{readers} readers and {editors} editors for {seconds:.0f} s on PostgreSQL: {len(taken)} requests, "
        f"{len(tally.faults)} errors, median {statistics.median(taken):.0f} ms, p95 {p95:.0f} ms, "
        f"worst {taken[-1]:.0f} ms; {len(tally.landed)} decisions landed, {len(lost)} lost"
    )
    for what, some in sorted(tally.by_page.items()):
        print(
            f"  {what:<14} {len(some):4} requests, median {statistics.median(some):6.0f} ms, "
            f"p95 {sorted(some)[int(len(some) * 0.95)]:6.0f} ms"
        )
    for fault in sorted(set(tally.faults))[:5]:
        print(f"  {fault}")


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _entries(browser: httpx.Client) -> set[int]:
    found: set[int] = set()
    cursor = ""
    while cursor is not None:
        page = browser.get(f"/api/v1/log?story={STORY}&limit=200&cursor={cursor}").json()
        found.update(one["seq"] for one in page["items"])
        cursor = page["next"]
    return found


def _read(place: str, token: str, claims: list[str], until: float, tally: Tally, number: int) -> None:
    chance = random.Random(number)
    time.sleep(chance.random() * _PAUSE_S)
    with httpx.Client(base_url=place, headers=_bearer(token), timeout=60) as browser:
        while time.monotonic() < until:
            what, page = chance.choice(
                (
                    ("stories", "/"),
                    ("story", f"/stories/{STORY}"),
                    ("claim", f"/stories/{STORY}/claims/{quote(chance.choice(claims))}"),
                    ("timeline", f"/stories/{STORY}/timeline"),
                    ("API: claims", f"/api/v1/stories/{STORY}/claims?offset={chance.randrange(50)}"),
                    ("search", "/search?q=gate"),
                    ("queue", "/queue"),
                    ("notices", "/notices"),
                    ("news", f"/stories/{STORY}/news"),
                )
            )
            tally.ask(what, partial(browser.get, page))
            time.sleep(2 + chance.random() * 4)


def _decide(place: str, token: str, claims: list[str], until: float, tally: Tally) -> None:
    chance = random.Random(token)
    time.sleep(chance.random() * _PAUSE_S)
    with httpx.Client(base_url=place, headers=_bearer(token), timeout=60) as browser:
        while time.monotonic() < until:
            chosen = chance.choice(claims)
            verdict, value = chance.choice(_WORK)
            wish = {"verdict": verdict, "ids": [chosen], "value": value, "why": f"seen by me {chance.random()}"}
            answer = tally.ask("decide", partial(browser.post, f"/api/v1/stories/{STORY}/decisions", json=wish))
            if answer is not None:
                with tally.lock:
                    tally.landed.append(answer.json()["entry"]["seq"])
            time.sleep(2 + chance.random() * 6)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["story", "team"])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--editors", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--settle", type=float, default=0.0, help="seconds between the start and what is measured")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-bench-web")
    asked = parser.parse_args()
    if asked.what == "story":
        large_story(asked.reports, asked.cache, asked.repeats, asked.settle)
    else:
        team(asked.readers, asked.editors, asked.seconds, asked.reports, asked.settle)


if __name__ == "__main__":
    main()
