"""Run by a test inside a network namespace of its own: every command once, and what they tried to send.

Everything that is sent goes over the namespace's loopback, which leads nowhere; a packet socket sees it all. Prints one
JSON object: `asked` are packets to a name server, `sent` those to any address but loopback, `status` each command's.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
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
    """Carry out every command that need not fetch, then serve the desk and look at it."""
    for line in ("ip link set lo up", "ip route add default dev lo"):
        subprocess.run(line.split(), check=True)
    wire = Wire()
    from onrecord.cli.app import run

    desk, story_name = str(work / "desk.db"), "story"
    status: dict[str, int] = {}

    def carry_out(*words: str, held: bool = True) -> None:
        status[" ".join(words[:2])] = run([*words, *(["--desk", desk] if held else [])])

    carry_out("brief", str(story), "--out", str(work / "brief.html"), "--format", "html", held=False)
    carry_out("extract", str(story), "--out", str(work / "lines"), held=False)
    carry_out("ask", "The airline was sold.", str(story), held=False)
    carry_out("add", story_name, str(story))
    for words in (["stories"], ["claims", story_name], ["show", story_name], ["find", "airline"]):
        carry_out(*words)
    from onrecord.desk_pipeline import desk as opened

    with opened(desk) as held:
        claim = held.story(story_name).claims[0].id
    carry_out("decide", story_name, "accept", claim, "--by", "Vera", "--why", "read")
    with opened(desk) as held:
        decided = held.head()[0]
    carry_out("undo", str(decided), "--by", "Vera", "--why", "read again")
    carry_out("drop", story_name, "05", "--by", "Vera", "--why", "test")
    for words in (["retell", story_name], ["log"], ["verify"], ["export", story_name, "--pack", str(work / "p.zip")]):
        carry_out(*words)
    status["serve"] = _served(desk)
    time.sleep(_LATER_S)
    left = [str(one) for one in Path(os.environ["HOME"]).rglob("*") if one.is_file()]
    return {"asked": wire.asked, "sent": wire.sent, "status": status, "left": left, "control": _control(wire)}


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
