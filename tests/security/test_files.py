"""Files and streams: what may not be read is not, what is written is one person's, and nothing ends in a traceback."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.cli.app import run
from onrecord.datamodel.report import Fate
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import open_desk
from onrecord.ledger.storage.copying import copy
from onrecord.reading.intake import read
from onrecord.web.background.jobs import safe_name
from tests.ledger.builder import PlainBuilder, reading

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
_WORDS = "The harbour master, Ilse Roon, said the bridge will be shut on Monday.\n"


def test_a_link_that_leads_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret.txt", tmp_path / "in"
    folder.mkdir()
    secret.write_text("The password is hunter2.", encoding="utf-8")
    (folder / "own.txt").write_text(_WORDS, encoding="utf-8")
    (folder / "out.txt").symlink_to(secret)
    (folder / "within.txt").symlink_to(folder / "own.txt")
    (folder / "far").symlink_to(tmp_path)
    intake = read([folder])
    ended = {one.input: one.fate for one in intake.outcomes}
    assert ended["out.txt"] is Fate.REFUSED and "hunter2" not in str(intake.reports)
    assert [one.file for one in intake.reports] == ["own.txt"]


def test_what_never_ends_or_waits_is_refused(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.txt"
    os.mkfifo(fifo)
    for path in (fifo, Path("/dev/zero"), Path("/dev/tty")):
        (outcome,) = read([path]).outcomes
        assert outcome.fate is Fate.REFUSED


@pytest.mark.parametrize("kind", ["a pipe", "a link out of the folder", "a link to a device", "a folder"])
def test_a_meta_json_that_waits_or_leads_elsewhere_is_told_and_costs_no_report(kind: str, tmp_path: Path) -> None:
    folder, secret = tmp_path / "in", tmp_path / "secret.json"
    folder.mkdir()
    (folder / "a.txt").write_text(_WORDS, encoding="utf-8")
    secret.write_text('{"title": "hunter2", "articles": [{"file": "a.txt", "outlet": "hunter2"}]}', encoding="utf-8")
    place = folder / "meta.json"
    make: dict[str, Callable[[], object]] = {
        "a pipe": lambda: os.mkfifo(place),
        "a link out of the folder": lambda: place.symlink_to(secret),
        "a link to a device": lambda: place.symlink_to("/dev/zero"),
        "a folder": place.mkdir,
    }
    make[kind]()
    intake = read([folder])
    assert {one.input: one.fate for one in intake.outcomes} == {"a.txt": Fate.READ, "meta.json": Fate.REFUSED}
    story = pipeline.tell([folder], which="rules")
    assert len(story.reports) == 1 and "hunter2" not in str(story)


def test_a_desk_and_what_lies_beside_it_are_one_person_s(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    old = os.umask(0o022)
    try:
        with open_desk(str(place), PlainBuilder(), create=True) as held:
            list(held.add("b", [reading("01_wire", ("Ann", "it holds"))]))
            modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
    finally:
        os.umask(old)
    assert set(modes) >= {"desk.db", "desk.db-wal"} and set(modes.values()) == {0o600}


def test_a_copy_of_a_served_desk_holds_what_is_in_its_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, made = tmp_path / "desk.db", tmp_path / "copy.db"
    with open_desk(str(place), PlainBuilder(), create=True) as held:
        list(held.add("b", [reading("01_wire", ("Ann", "it holds"))]))
        assert (tmp_path / "desk.db-wal").stat().st_size
        assert run(["backup", str(made), "--desk", str(place)]) == 0
        with open_desk(str(made), PlainBuilder()) as other:
            assert other.head() == held.head() and verify(other.store).faults == ()
        assert run(["backup", str(made), "--desk", str(place)]) == 2
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert "file exists" in capsys.readouterr().err


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(str(tmp_path / "desk.db"), PlainBuilder(), create=True) as held:
        monkeypatch.setattr("onrecord.ledger.storage.copying.sqlite3.connect", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            copy(held.store, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("told", ["漢" * 300 + ".txt", "a" * 476, "😀" * 119 + ".txt", "x." + "漢" * 300])
def test_a_long_name_fits_every_file_system(told: str, tmp_path: Path) -> None:
    name = safe_name(told)
    assert len(name.encode()) <= 190
    (tmp_path / name).write_text("x", encoding="utf-8")


# Streams.


def _shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
    line = line.replace("onrecord", f"{sys.executable} -m onrecord")
    return subprocess.run(["bash", "-c", line], cwd=cwd, env=environment, capture_output=True, text=True)


def test_whoever_reads_no_further_costs_no_report(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(_WORDS + f"It is report {number}.\n", encoding="utf-8")
    done = _shell("onrecord add b in --desk desk.db --tagger rules | head -1", tmp_path)
    assert done.stderr == ""
    with open_desk(str(tmp_path / "desk.db"), PlainBuilder()) as held:
        assert len(held.state("b").filed) == 12


@pytest.mark.parametrize("where", [">&-", "> /dev/full", ">&- 2>&-", "2> /dev/full"])
def test_a_closed_or_full_stream_gives_no_traceback(where: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_WORDS, encoding="utf-8")
    lines = (
        "stories --desk none.db",
        "--version",
        "brief a.txt --tagger rules",
        "extract a.txt --tagger rules",
        "read a.txt",
    )
    done = _shell("; ".join(f"onrecord {line} {where}" for line in lines), tmp_path)
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_an_interrupt_at_any_moment_gives_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_WORDS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
    for wait_s in (0.15, 0.4, 1.0, 2.5):
        command = [sys.executable, "-m", "onrecord", "brief", "a.txt", "--tagger", "rules"]
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=-3, stderr=subprocess.PIPE, text=True)
        time.sleep(wait_s)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=240)
        # Python itself is interrupted before it comes to us where the machine is slow.
        assert "Traceback" not in told or "onrecord" not in told, told


def test_a_name_that_is_no_text_neither_stops_a_pack_nor_a_brief(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text(_WORDS, encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes no such name")
    desk, pack = str(tmp_path / "desk.db"), str(tmp_path / "p.zip")
    assert run(["add", "b", str(folder), "--desk", desk, "--tagger", "rules"]) == 0
    assert run(["export", "b", "--pack", pack, "--desk", desk]) == 0
    assert run(["verify", "--pack", pack]) == 0


def test_an_interrupt_that_comes_while_python_tidies_up_is_not_lost(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys, time\n"
        "from onrecord.cli import app\n"
        # A shell's background jobs are begun with interrupts ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Late:\n"
        "    def __del__(self):\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "def run():\n"
        "    Late()\n"
        "    time.sleep(20)\n"
        "    return 0\n"
        "app.app = lambda **_: run()\n"
        "app.main()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(Path(one).resolve()) for one in sys.path if one)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 130 and "Traceback" not in done.stderr and "interrupted" in done.stderr
