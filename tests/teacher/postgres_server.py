"""A PostgreSQL server of the tests' own: in a temporary folder, on a Unix socket, no network."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

INSTALL = "PostgreSQL's initdb is not in /usr/lib/postgresql/*/bin nor on the path: make postgres"
PASSWORD = "rosebud/7%"  # of every user; / and % are hard to write in URLs
QUOTED = "rosebud%2F7%25"


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, of the newest version that there is."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    found = next((p for p in reversed(folders) if (p / "initdb").is_file()), None)
    on_path = shutil.which("initdb")
    return found or (Path(on_path).parent if on_path else None)


@dataclass(frozen=True)
class Server:
    folder: Path  # of its socket

    def url(self, database: str, user: str = "ann", password: str = QUOTED) -> str:
        named = f"{user}:{password}" if password else user
        return f"postgresql://{named}@/{database}?host={self.folder}"

    def run(self, *statements: str, database: str = "postgres") -> list[tuple]:
        """Run SQL as the superuser; return the rows of the last statement."""
        about = f"host={self.folder} dbname={database} user=postgres"
        with psycopg.connect(about, password=PASSWORD, autocommit=True) as connection:
            for statement in statements:
                rows = connection.execute(statement)
            return rows.fetchall() if rows.description else []

    def create(self, database: str) -> str:
        """Make a database that ann owns, who has no other rights; return its URL."""
        self.run(
            f"DROP DATABASE IF EXISTS {database} WITH (FORCE)",
            f"CREATE DATABASE {database} OWNER ann",
        )
        return self.url(database)


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """Start a server, and stop it. As root it is another user's: PostgreSQL refuses root."""
    there = programs()
    assert there is not None, INSTALL
    # A socket's path may have 107 characters, and pytest's folders are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="gradelib-pg-"))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    as_user: dict = {"cwd": folder}
    if os.geteuid() == 0:
        known = {user.pw_name: user for user in pwd.getpwall()}
        other = known.get("postgres") or known["nobody"]
        as_user |= {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
        for path in (folder, secret):
            os.chown(path, other.pw_uid, other.pw_gid)

    def call(*command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **as_user)
        assert done.returncode == 0, done.stdout + done.stderr

    data, control = str(folder / "data"), str(there / "pg_ctl")
    options = f"-c listen_addresses='' -c fsync=off -c unix_socket_directories='{folder}'"
    try:
        call(
            str(there / "initdb"),
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
            f"--pwfile={secret}",
        )
        # Its output goes to a file: a pipe that the server holds open would never end.
        call(control, "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            running = Server(folder)
            for user in ("ann", "guest"):
                running.run(f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'")
            yield running
        finally:
            call(control, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
