"""LOINC: the core table; the licence's notice goes along wherever the codes are."""

from __future__ import annotations

import re

from clinic.codes.delimited import ENDINGS, Column, Record, Table
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.lists import facts_of, further, unique_rows
from clinic.codes.named_days import day_named
from clinic.codes.release import Contents, Row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_FACTS = {
    "component": "COMPONENT",
    "property": "PROPERTY",
    "time": "TIME_ASPCT",
    "specimen": "SYSTEM",
    "scale": "SCALE_TYP",
    "method": "METHOD_TYP",
    "class": "CLASS",
    "class_type": "CLASSTYPE",
    "status": "STATUS",
    "first_released": "VersionFirstReleased",
    "last_changed": "VersionLastChanged",
    "copyright_notice": "EXTERNAL_COPYRIGHT_NOTICE",
}
_COLUMNS = (
    Column("code", ("LOINC_NUM",), re.compile(r"\d{1,7}-\d"), needed=True, says=N_("a LOINC number such as 718-7")),
    Column("component", ("COMPONENT",), needed=True),
    Column("long", ("LONG_COMMON_NAME",), optional=True),
    Column("short", ("SHORTNAME",), optional=True),
    *(
        Column(name, (head,), optional=name not in {"property", "specimen", "scale", "status"})
        for name, head in _FACTS.items()
        if name != "component"
    ),
)
_VERSION = re.compile(r"\d{1,2}\.\d{1,3}")


def _row(_table: Table, record: Record) -> Row:
    cells = record.cells
    display = cells["long"] or cells["component"]
    return Row(
        value=cells["code"],
        display=display,
        # A deprecated term may not be used any more; one that is discouraged or on trial may.
        billable=cells["status"].upper() != "DEPRECATED",
        titles=further(display, cells["short"], cells["component"]),
        facts=facts_of(record, tuple(_FACTS)),
    )


def _version(rows: tuple[Row, ...]) -> str | None:
    """The release's own number: the highest that any term names."""
    named = {text for row in rows for key, text in row.facts if key in {"first_released", "last_changed"}}
    versions = [tuple(int(part) for part in text.split(".")) for text in named if _VERSION.fullmatch(text)]
    return ".".join(str(part) for part in max(versions)) if versions else None


def _read(source: Source, wish: Wish) -> list[Draft]:
    file = source.one(*ENDINGS, pattern=r"^loinctablecore\.csv$")
    rows = unique_rows(Table(file, _COLUMNS), _row)
    start = day_named(file.name) or day_named(source.paths[0].name)
    release = edition_of(KIND, wish, file.name, name=_version(rows), start=start)
    return [Draft(release, Contents(rows))]


KIND = Kind(
    key="loinc",
    systems=("loinc",),
    title="LOINC",
    licence="LOINC licence: free of charge, the notice goes along",
    notice=(
        "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, "
        "Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost "
        "under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief "
        "Institute, Inc."
    ),
    origin="Regenstrief publishes LOINC twice a year at loinc.org, after a free registration.",
    layout="LoincTableCore.csv, alone or in the release's .zip.",
    months=6,
    read=_read,
)
