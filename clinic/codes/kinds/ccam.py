"""CCAM: the common classification of medical acts of France, from the insurance's tables or from a list."""

from __future__ import annotations

import re
from pathlib import Path

from clinic.codes.ccam_tables import read_tables
from clinic.codes.delimited import Column, Record, Table
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.lists import Listing, facts_of, read_list, span
from clinic.codes.named_days import day_named
from clinic.codes.release import Row
from clinic.codes.source_file import Source
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_FACTS = {
    "act_group": ("CAM_PRS_RGT", "regroupement"),
    "price": ("prix", "tarif", "prix unitaire"),
    "activities": ("activites", "activités", "activite", "activité"),
    "phases": ("phases", "phase"),
    "modifiers": ("modificateurs",),
}
_COLUMNS = (
    Column(
        "code",
        ("CAM_PRS_IDE_COD", "code", "code acte"),
        re.compile(r"[A-Z]{4}\d{3}(?:\s*\[[A-Z]\])?|NT_\d+"),
        needed=True,
        says=N_("an act of four letters and three digits"),
    ),
    Column("display", ("CAM_PRS_IDE_LIB", "libelle", "libellé", "texte", "libelle long", "libellé long"), needed=True),
    Column("start", ("date debut", "date début", "date effet"), optional=True),
    Column("end", ("date fin",), optional=True),
    *(Column(name, heads, optional=True) for name, heads in _FACTS.items()),
)
_VERSION = re.compile(r"v[_ ]?(\d{2,3})(?:[._](\d{1,2}))?", re.IGNORECASE)


def _row(table: Table, record: Record) -> Row | None:
    """An act. The list of the health data hub numbers its notes like acts (``NT_09``); those are none."""
    if record.cells["code"].startswith("NT_"):
        return None
    start, end = span(table, record, ("date debut", "date fin"), day_first=True)
    return Row(
        value=record.cells["code"][:7],  # a letter in brackets may follow: JANH798 [A]
        display=record.cells["display"],
        billable=True,
        start=start,
        end=end,
        facts=facts_of(record, tuple(_FACTS)),
    )


_LISTING = Listing(_COLUMNS, _row, pattern="ccam")
_TABLES = (
    r"^r_(acte|acte_ivite|acte_ivite_phase|pu_base|activite_modificateur|activite_phase_dent|note_acte|menu)\.dbf$"
)


def _name(source: Source) -> str | None:
    """The version: CCAM_V79.10 is v79.10."""
    match = _VERSION.search(source.paths[0].name) or _VERSION.search(source.name)
    return None if match is None else "v" + ".".join(part for part in match.groups() if part)


def _read(source: Source, wish: Wish) -> list[Draft]:
    wish = Wish(wish.name or _name(source), wish.start, wish.end)
    if not source.holds(".dbf"):
        return read_list(KIND, _LISTING, source, wish)
    files = {Path(file.name).stem.upper(): file for file in source.files(".dbf", pattern=_TABLES)}
    if "R_ACTE" not in files:
        raise Refused(
            N_("the table of acts, R_ACTE.dbf, is missing."),
            where=str(source.paths[0]),
            remedy=N_("Load the .zip as its publisher offers it, or name all its tables."),
        )
    release = edition_of(KIND, wish, source.paths[0].name, start=day_named(source.paths[0].name))
    return [Draft(release, read_tables(files))]


KIND = Kind(
    key="ccam",
    systems=("ccam",),
    title="CCAM",
    licence="CNAM / ATIH open data",
    origin="The French health insurance publishes each version as a .zip of .dbf tables.",
    layout=(
        "The .zip of tables (R_ACTE and, where they are there, R_ACTE_IVITE, R_ACTE_IVITE_PHASE, R_PU_BASE, "
        "R_ACTIVITE_MODIFICATEUR, R_ACTIVITE_PHASE_DENT, R_NOTE_ACTE, R_MENU); or a table with CAM_PRS_IDE_COD and "
        "CAM_PRS_IDE_LIB, or code and libelle."
    ),
    months=12,
    read=_read,
)
