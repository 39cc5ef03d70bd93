"""A PostgreSQL server of our own, brought up from whatever is installed and thrown away after the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

# Where distributions put servers that are not on the path.
_USUAL = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")


def find_server() -> Path | None:
    """The newest folder of server programs, None where no server is installed."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
        found.append(Path(told))
    for pattern in _USUAL:
        found.extend(sorted(Path("/").glob(pattern[1:]), reverse=True))
    return next((one for one in found if (one / "initdb").exists() and (one / "pg_ctl").exists()), None)


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """The address of a fresh server on a loopback port, with a trusted user "desk"."""
    home = Path(tempfile.mkdtemp(prefix="desk-pg-"))
    port = _free_port()
    data = home / "data"
    if os.getuid() == 0:
        owner = pwd.getpwnam("nobody")
        os.chown(home, owner.pw_uid, owner.pw_gid)
    try:
        _run(programs / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-p {port} -h 127.0.0.1 -k {home} -c shared_buffers=16MB -c max_connections=40 -c fsync=off"
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
        yield f"postgresql://desk@127.0.0.1:{port}"
    finally:
        if (data / "postmaster.pid").exists():
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def _run(program: Path, *arguments: object) -> None:
    """PostgreSQL refuses to run as root, so root runs it as nobody."""
    line: Sequence[str] = [str(program), *map(str, arguments)]
    if os.getuid() == 0:
        line = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *line]
    done = subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{program.name} failed: {done.stderr.strip()[-300:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Databases:
    """Fresh places for desks on one server: schemas, which are quicker made than databases."""

    made = 0

    @classmethod
    def fresh(cls, server_address: str) -> str:
        """The address of a new, empty schema."""
        cls.made += 1
        name = f"desk{cls.made}"
        engine = create_engine(f"postgresql+psycopg{server_address.removeprefix('postgresql')}/postgres")
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
        engine.dispose()
        return f"{server_address}/postgres?options=-csearch_path%3D{name}"
