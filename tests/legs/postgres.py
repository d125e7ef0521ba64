"""A PostgreSQL of the suite's own: made in a temporary folder, reached by a socket in it, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 30
STOP_SECONDS = 10

SETTINGS = """
listen_addresses = ''
max_connections = 400
shared_buffers = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
timezone = 'UTC'
"""
"""No network, room for the tests of many writers, and no waiting for a disk whose content is thrown away."""


def _other_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so there it runs as Debian's user for it, or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise LookupError("root, and neither a user postgres nor nobody")


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text('utf-8', 'replace')}") from error
            time.sleep(0.05)
        else:
            return


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """A running server; yields the address of its first database.

    ``trust`` opens it to whoever reaches the socket, and only this user and root reach into its folder.
    """
    user = _other_user()
    # Short, because a socket's path may have 107 characters; not the suite's own temporary folder, which may be deep.
    # The name is random and the mode 0700.
    folder = Path(tempfile.mkdtemp(prefix="cabinet-pg-", dir="/tmp"))
    data, log = folder / "data", folder / "log"
    try:
        if user:
            os.chown(folder, user["user"], user["group"])
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "cabinet", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **user,
        )
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"{SETTINGS}unix_socket_directories = '{folder}'\n")
        with log.open("wb") as output:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data], stdout=output, stderr=output, cwd=folder, **user
            )
        try:
            url = f"postgresql://cabinet@/postgres?host={folder}"
            _wait(server, url, log)
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast stop: whoever is still connected is cut off
            try:
                server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
