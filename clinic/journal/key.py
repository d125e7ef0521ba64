"""The installation's journal key and the heads of its chains, both kept outside the database."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from flask import current_app

from clinic.settings import kept_secret


class Head(NamedTuple):
    """The last link of a chain."""

    sequence: int
    hash: str


def journal_key() -> bytes:
    """The key rows and links are authenticated with, made at first use, readable by its owner alone."""
    found = current_app.extensions.get("cabinet_journal_key")
    if not isinstance(found, bytes):
        found = kept_secret(Path(current_app.config["CABINET_INSTANCE"]), "journal_key").encode()
        current_app.extensions["cabinet_journal_key"] = found
    return found


def heads_file() -> Path:
    """Where the heads are kept."""
    return Path(current_app.config["CABINET_INSTANCE"]) / "journal_heads.json"


def read_heads(path: Path) -> dict[str, Head]:
    """The kept heads by chain; none where nothing was ever sealed.

    Raises:
        ValueError: the file is not one of heads.
    """
    if not path.exists():
        return {}
    kept = json.loads(path.read_text("ascii"))
    return {str(name): Head(int(sequence), str(hashed)) for name, (sequence, hashed) in kept.items()}


def keep_head(name: str, head: Head) -> None:
    """Keep a chain's head, never an older one than is kept. By temp and rename: the file is whole at any moment."""
    path = heads_file()
    heads = read_heads(path)
    if name in heads and heads[name].sequence >= head.sequence:
        return
    heads[name] = head
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name, delete=False, encoding="ascii") as file:
        json.dump(heads, file)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
