"""The files of images: in the instance folder, under the SHA-256 of their bytes, written whole or not at all.

A file without a row is harmless: nobody can ask for it by its address, and the next one with the same dots is it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from flask import current_app

from lab.documents.picture import Picture

FOLDER = "images"


def put_away(practice_id: int, picture: Picture) -> None:
    """Keep a picture's file."""
    path = path_of(practice_id, picture.digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(picture.data)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def take_out(practice_id: int, digest: str) -> bytes | None:
    """The bytes of a kept picture; None where the file is gone."""
    path = path_of(practice_id, digest)
    return path.read_bytes() if path.exists() else None


def path_of(practice_id: int, digest: str) -> Path:
    """Where a picture's file lies: ``images/<practice>/<two letters>/<digest>``."""
    return Path(current_app.config["CABINET_INSTANCE"]) / FOLDER / str(practice_id) / digest[:2] / digest
