"""Run by a test inside a network namespace of its own: every command once, and what they tried to send.

Everything that is sent goes over the namespace's loopback, which leads nowhere; a packet socket sees it all. Prints one
JSON object: `asked` are packets to a name server, `sent` those to any address but loopback, `status` each command's.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

_ALL = 3  # ETH_P_ALL
_IPV4 = 0x0800
_DNS = 53
# The runtime's maker waits for five seconds before it sends.
_LATER_S = 6.5


class Wire:
    """What is sent from now on."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.sent: list[str] = []
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.ntohs(_ALL))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            raw, (_, kind, direction, *_) = self._socket.recvfrom(65535)
            if kind != _IPV4 or direction != socket.PACKET_OUTGOING:
                continue
            place, head = socket.inet_ntoa(raw[16:20]), (raw[0] & 15) * 4
            port = struct.unpack(">H", raw[head + 2 : head + 4])[0]
            if port == _DNS:
                self.asked.append(f"{place}: {raw[head + 20 :][:80]!r}")
            elif not place.startswith("127."):
                self.sent.append(f"{place}:{port}")


def main(story: Path, work: Path) -> dict[str, object]:
    """Carry out every command, those that fetch on a web of this machine; then serve the desk and look at it."""
    for line in ("ip link set lo up", "ip route add default dev lo"):
        subprocess.run(line.split(), check=True)
    wire = Wire()
    from onrecord.cli.app import run

    desk, named = str(work / "desk.db"), "story"
    status: dict[str, int] = {}

    def carry_out(*words: str, held: bool = True) -> None:
        status[" ".join(words[:2])] = run([*words, *(["--desk", desk] if held else [])])

    carry_out("brief", str(story), "--out", str(work / "brief.html"), "--format", "html", held=False)
    carry_out("extract", str(story), "--out", str(work / "lines"), held=False)
    carry_out("read", str(story), "--out", str(work / "read"), held=False)
    carry_out("ask", "The airline was sold.", str(story), held=False)
    carry_out("add", named, str(story))
    for words in (["stories"], ["claims", named], ["show", named], ["find", "airline"]):
        carry_out(*words)
    from onrecord.desk_pipeline import desk as opened

    with opened(desk) as held:
        told = held.story(named)
    claim = told.claims[0].id
    said = told.attribution[told.claims[0].members[0].attribution]
    where = told.report[said.report]
    quote = {"type": "TextQuoteSelector", "exact": said.content[0].of(where.text)}
    note = {"id": "a", "uri": f"file:///{where.file}", "text": "Call them.", "target": [{"selector": [quote]}]}
    (work / "notes.json").write_text(json.dumps([note]), encoding="utf-8")
    carry_out("annotate", named, str(work / "notes.json"), "--by", "Vera")
    carry_out("decide", named, "accept", claim, "--by", "Vera", "--why", "read")
    with opened(desk) as held:
        decided = held.head()[0]
    carry_out("undo", str(decided), "--by", "Vera", "--why", "read again")
    carry_out("drop", named, "05", "--by", "Vera", "--why", "test")
    for words in (["retell", named], ["log"], ["verify"], ["head"], ["backup", str(work / "copy.db")]):
        carry_out(*words)
    carry_out("export", named, "--pack", str(work / "p.zip"))
    draft = work / "draft.txt"
    draft.write_text("The airline will be sold, the ministry confirmed on Monday.\n", encoding="utf-8")
    for words in (
        ["check", str(draft), "--story", named], ["alert", "list"],
        ["alert", "add", named, "--to", "feed", "--by", "Vera"],
        ["move", named, "other", "04", "--by", "Vera", "--why", "another story"], ["notify", "--once"],
        ["digest", "--since", "24h"],
    ):  # fmt: skip
        carry_out(*words)
    _fetched(carry_out, work)
    if find_spec("mcp"):
        # It ends where nobody asks any more.
        command = [sys.executable, "-m", "onrecord", "mcp", "--desk", desk]
        status["mcp"] = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode
    status["serve"] = _served(desk)
    _accounts(carry_out)
    time.sleep(_LATER_S)
    left = [str(one) for one in Path(os.environ["HOME"]).rglob("*") if one.is_file()]
    commands = sorted({one.partition(" ")[0] for one in status})
    seen = {"asked": wire.asked, "sent": wire.sent, "status": status, "left": left, "commands": commands}
    return {**seen, "control": _control(wire)}


def _fetched(carry_out: Callable[..., None], work: Path) -> None:
    """The commands that ask the web, of addresses of this machine: nobody else is asked."""
    from tests.capturing.test_watching import page, rss
    from tests.capturing.web import served
    from tests.ledger.authority import Authority

    with served() as web:
        one, other = (web.set(f"/{name}", page(f"Bridge {name}")) for name in ("one", "other"))
        feed = web.set("/feed", rss([("Bridge other", other, "s")]))
        carry_out("fetch", one, "--out", str(work / "page.warc.gz"), "--allow-private", held=False)
        carry_out("add", "web", one, "--allow-private")
        carry_out("watch", "web", feed, "--once", "--allow-private")
    if shutil.which("openssl") and find_spec("rfc3161_client"):
        authority = Authority(work / "authority")
        with authority.served() as place:
            carry_out("stamp", "--authority", place, "--certificate", str(authority.chain), "--allow-private")


def _accounts(carry_out: Callable[..., None]) -> None:
    """The last commands: a desk that has accounts is not looked at without one."""
    for words in (
        ["add", "ann", "--role", "administrator", "--no-password"], ["list"], ["role", "ann", "administrator"],
        ["stories", "ann", "--story", "story"], ["token", "ann"], ["remove", "ann"],
    ):  # fmt: skip
        carry_out("account", *words)


def _served(desk: str) -> int:
    command = [sys.executable, "-m", "onrecord", "serve", "--desk", desk, "--port", "8719"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        for line in server.stdout:
            if "serving" in line:
                break
        for place in ("", "stories/story", "stories/story/claims", "api/stories"):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:8719/{place}", timeout=20) as page:
                    page.read()
            except urllib.error.HTTPError as error:
                error.close()
        # Long enough for what its process that tells stories might send.
        time.sleep(_LATER_S)
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)
    return server.returncode


def _control(wire: Wire) -> bool:
    """Whether a question would have been seen."""
    before = len(wire.asked)
    asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asker.sendto(b"?" * 40, ("192.0.2.53", _DNS))
    time.sleep(0.3)
    return len(wire.asked) > before and bool(wire.asked.pop())


if __name__ == "__main__":
    told = main(Path(sys.argv[1]), Path(sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(told), encoding="utf-8")
