"""The practice's own blank form: a PDF of one letter page that claims can be drawn over.

The form's artwork is the practice's to bring. It is kept beside the database, not in it, under
``blanks/<practice>/cms1500.pdf``.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from flask import current_app

from billing.documents import cms1500
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.paper.blank import lay_under
from clinic.paper.grid import NO_OFFSET
from clinic.services.acting import Actor, acting

RIGHT = "printer.write"
MAX_BYTES = 8 * 1024 * 1024
"""A scanned page is far smaller; each claim printed over the blank carries it."""


def blank_path(practice_id: int) -> Path:
    """Where the blank of a practice is or would be."""
    return Path(current_app.config["CABINET_INSTANCE"]) / "blanks" / str(practice_id) / "cms1500.pdf"


def blank_of(practice_id: int) -> cms1500.Blank | None:
    """The practice's blank, None where it has none."""
    try:
        return cms1500.Blank(blank_path(practice_id).read_bytes())
    except FileNotFoundError:
        return None


def keep_blank(actor: Actor, pdf: bytes) -> str:
    """Keep a blank in place of the one there may be; gives its SHA-256.

    Raises:
        Refused: it is too large, or is not one letter page of readable PDF.
    """
    if len(pdf) > MAX_BYTES:
        raise Refused(N_("This file is larger than 8 MB."), where="file", remedy=N_("Scan it in grey at 200 dpi."))
    try:
        lay_under(pdf, cms1500.calibration(NO_OFFSET))  # what no page can be laid over is refused here
    except Refused as refused:
        raise Refused(refused.what, where="file", remedy=refused.remedy, **refused.params) from refused
    digest = hashlib.sha256(pdf).hexdigest()
    path = blank_path(actor.practice_id)
    with acting(actor, RIGHT) as work:
        work.fact("practice", actor.practice_id, "practice.blank_kept", {"form": "cms1500", "sha256": digest})
        work.journal("practice", actor.practice_id, digest=digest, detail="blank_kept cms1500")
        _put(path, pdf)
    return digest


def take_away_blank(actor: Actor) -> None:
    """Print without a blank again.

    Raises:
        Refused: there is none.
    """
    path = blank_path(actor.practice_id)
    with acting(actor, RIGHT) as work:
        if not path.exists():
            raise Refused(N_("There is no blank form."), where="file")
        work.fact("practice", actor.practice_id, "practice.blank_taken_away", {"form": "cms1500"})
        work.journal("practice", actor.practice_id, detail="blank_taken_away cms1500")
        path.unlink()


def _put(path: Path, pdf: bytes) -> None:
    """By temp and rename: whoever prints meanwhile has the one blank or the other, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=".", suffix=".tmp", delete=False) as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
