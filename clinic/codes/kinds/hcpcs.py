"""HCPCS Level II: the Alpha-Numeric file of CMS with its modifiers, every field kept as a fact of its code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clinic.codes.anweb import FACTS, PROCEDURE, is_code, table_of, table_records, text_records
from clinic.codes.delimited import Record, day_of
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.lists import facts_of, further
from clinic.codes.named_days import day_named, year_named
from clinic.codes.release import Contents, Row
from clinic.codes.source_file import Source, SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

CODES, MODIFIERS = "hcpcs", "hcpcs-modifier"
_REMEDY = N_("Take the file as its publisher offers it.")


def _records(file: SourceFile) -> Iterator[Record]:
    name = file.name.lower()
    if name.endswith(".txt"):
        return text_records(file)
    sheet = name.endswith(".xlsx")
    return table_records(table_of(file, sheet=sheet), sheet=sheet)


def _row(record: Record, where: str) -> Row:
    cells = record.cells
    if not is_code(cells["code"], cells["record"]):
        raise Refused(
            N_("“%(text)s” stands where %(says)s is meant."),
            where=f"{where}, 1-5",
            remedy=_REMEDY,
            text=cells["code"],
            says=N_("a letter and four digits, or a modifier of two signs"),
        )
    if not cells["long"]:
        raise Refused(N_("%(code)s has no words."), where=f"{where}, 12-91", remedy=_REMEDY, code=cells["code"])
    days = []
    for name, place in (("start", "269-276"), ("end", "285-292")):
        try:
            days.append(day_of(cells[name]))
        except ValueError:
            raise Refused(
                N_("“%(text)s” is no day."), where=f"{where}, {place}", remedy=_REMEDY, text=cells[name][:40]
            ) from None
    return Row(
        value=cells["code"],
        display=cells["long"],
        billable=True,
        titles=further(cells["long"], cells["short"]),
        start=days[0],
        end=days[1],
        facts=facts_of(record, FACTS),
    )


def _read(source: Source, wish: Wish) -> list[Draft]:
    file = source.one(".txt", ".xlsx", ".csv", pattern=r"anweb(?!.*(readme|layout|trans|note|corr)).*\.txt$")
    start = day_named(file.name) or day_named(source.paths[0].name)
    rows: dict[str, dict[str, Row]] = {CODES: {}, MODIFIERS: {}}
    for record in _records(file):
        where = f"{file.name}, line {record.line}"
        row = _row(record, where)
        into = rows[CODES if record.cells["record"] == PROCEDURE else MODIFIERS]
        if row.value in into:
            raise Refused(N_("%(code)s is in the file twice."), where=where, remedy=_REMEDY, code=row.value)
        into[row.value] = row
    if not rows[CODES]:
        raise Refused(N_("no code was found in this file."), where=file.name, remedy=_REMEDY)
    # Until 2019 the file came once a year, named by the year alone.
    year = year_named(file.name)
    return [
        Draft(
            edition_of(
                KIND,
                wish,
                file.name,
                system=system,
                title=N_("HCPCS Level II") if system == CODES else N_("Modifiers of HCPCS Level II"),
                start=start,
                end=None if year is None else date(year, 12, 31),
            ),
            Contents(tuple(found.values())),
        )
        for system, found in rows.items()
        if found
    ]


KIND = Kind(
    key="hcpcs",
    systems=(CODES, MODIFIERS),
    title=N_("HCPCS Level II"),
    licence="Work of the United States Government, public domain (CMS); D codes are the ADA's and are not in it",
    origin="CMS publishes the Alpha-Numeric HCPCS file each quarter: HCPCYYYY_MMM_CONTR_ANWEB.",
    layout=(
        "The text of 320 characters a record or its .xlsx; or a table with a column a field (code, long_description, "
        "short_description, cov, betos, tos, date_added, date_term …)."
    ),
    months=3,
    read=_read,
)
