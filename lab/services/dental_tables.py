"""The tables of the dental side as they come with the program, read once."""

from __future__ import annotations

from functools import cache

from clinic.settings import ROOT
from lab.domain.dental_tables import RemakeReason, Work, read_reasons, read_work
from lab.domain.oral_sites import OralSite, read_sites

_FOLDER = ROOT / "reference" / "lab"


@cache
def oral_sites() -> dict[str, OralSite]:
    """Places in the mouth, by their keys."""
    return read_sites((_FOLDER / "oral_sites.csv").read_text("utf-8"))


@cache
def dental_work() -> dict[str, Work]:
    """Kinds of work, by their keys."""
    return read_work((_FOLDER / "dental_work.csv").read_text("utf-8"))


@cache
def remake_reasons() -> dict[str, RemakeReason]:
    """Reasons to make work again, by their keys."""
    return read_reasons((_FOLDER / "remake_reasons.csv").read_text("utf-8"))
