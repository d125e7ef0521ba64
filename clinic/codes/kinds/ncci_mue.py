"""NCCI medically unlikely edits: the most units of a code, as CMS publishes them each quarter for each setting."""

from __future__ import annotations

import re

from clinic.codes.delimited import Column, Table
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.limits import MOST, SHAPE, LimitsFile, Row, limit_sections
from clinic.codes.quarters import LICENCE, of_one_release, table_files
from clinic.codes.source_file import Source, SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_UNITS = re.compile(r"\d{1,10}")
_VALUES = {
    "practitioner": ("Practitioner Services MUE Values", "Practitioner MUE Values"),
    "outpatient": ("Outpatient Hospital Services MUE Values", "Outpatient Services MUE Values"),
    "dme": ("DME Supplier Services MUE Values", "DME Supplier MUE Values"),
}
_COLUMNS = (
    Column("code", ("HCPCS/CPT Code", "HCPCS Code", "CPT Code"), re.compile(r"[0-9A-Z]{5}"), needed=True,
           says=N_("a code of five characters")),
    *(
        Column(setting, heads, _UNITS, optional=True, says=N_("a number of units"))
        for setting, heads in _VALUES.items()
    ),
    Column("indicator", ("MUE Adjudication Indicator", "Adjudication Indicator"), re.compile(r"[123]\b.*"),
           needed=True, says=N_("an adjudication indicator (1, 2, 3)")),
    Column("rationale", ("MUE Rationale", "Rationale"), optional=True),
)  # fmt: skip
_REMEDY = N_("Take the file as CMS publishes it.")
_SYSTEMS = {"practitioner": "ncci-mue", "outpatient": "ncci-mue-outpatient", "dme": "ncci-mue-dme"}
_TITLES = {
    "practitioner": "NCCI MUE, practitioners",
    "outpatient": "NCCI MUE, outpatient hospital",
    "dme": "NCCI MUE, DME suppliers",
}


def _read(source: Source, wish: Wish) -> list[Draft]:
    files = table_files(source, r"mue")
    if len(files) > 1:
        raise Refused(
            N_("the limits of one setting stand in one file."),
            where=", ".join(file.name for file in files),
            remedy=N_("Load each file by itself."),
        )
    start, _ = of_one_release(files)
    setting, rows = read_limits(files[0])
    release = edition_of(KIND, wish, source.name, system=_SYSTEMS[setting], title=_TITLES[setting], start=start)
    return [Draft(release, limit_sections(rows))]


def read_limits(file: SourceFile) -> tuple[str, list[Row]]:
    """The setting that the heads name, and the limits.

    Raises:
        Refused: a line is no limit, or one code has two; the line is named.
    """
    table = Table(file, _COLUMNS, remedy=_REMEDY)
    found: dict[str, Row] = {}
    setting = ""
    for line, cells in table.records():
        named = [each for each in _VALUES if cells[each]]
        if len(named) != 1 or (setting and named[0] != setting):
            raise table.refusal(N_("the units stand in no column of their own."), line)
        setting = named[0]
        units = int(cells[setting])
        if units > MOST or cells["code"] in found:
            raise table.refusal(N_("“%(text)s” has a limit already, or one beyond counting."), line, text=cells["code"])
        found[cells["code"]] = Row(cells["code"], units, cells["indicator"][0], cells["rationale"][:200])
    if not found:
        raise Refused(N_("no limit was found in this file."), where=file.name, remedy=_REMEDY)
    return setting, list(found.values())


KIND = Kind(
    key="ncci-mue",
    systems=tuple(_SYSTEMS.values()),
    title="NCCI MUE",
    licence=LICENCE,
    origin=N_("CMS publishes it each quarter, a file for practitioners, one for hospitals, one for suppliers."),
    layout=N_("The table with code, units, adjudication indicator and rationale; its heads say for whom it is."),
    months=3,
    read=_read,
    shape=SHAPE,
    opener=LimitsFile,
)
