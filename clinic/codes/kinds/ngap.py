"""NGAP: the key letters of the French general nomenclature of acts, with their tariffs where the table has them."""

from __future__ import annotations

import re
from datetime import date

from clinic.codes.delimited import ENDINGS, Column, Record, Table, day_of
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.lists import facts_of, span
from clinic.codes.named_days import day_named
from clinic.codes.release import Contents, Row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_FACTS = {
    "nature": ("PRS_NAT",),
    "tariff": ("tarif", "tarif metropole", "valeur", "montant"),
    "profession": ("profession", "specialite", "spécialité"),
    "class": ("PRS_NAT_RGT",),
    "care": ("TOP_PRS_SOI",),
}
_COLUMNS = (
    Column(
        "code",
        ("PRS_NAT_CB2", "lettre cle", "lettre clé", "code"),
        re.compile(r"[!-~](?:[ -~]{0,18}[!-~])?"),
        says=N_("a key letter"),
    ),
    Column("display", ("PRS_NAT_LIB", "libelle", "libellé"), needed=True),
    Column("start", ("date debut", "date début", "date effet", "debut"), optional=True),
    Column("end", ("date fin", "fin"), optional=True),
    Column("remark", ("PRS_NAT_OBS", "observation"), optional=True),
    *(Column(name, heads, optional=True) for name, heads in _FACTS.items()),
)
_CLOSED = re.compile(r"ferm[eé]e? le (\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)


def _row(table: Table, record: Record) -> Row | None:
    """A key letter. Natures of the table that have none (sums of other kinds) are passed over."""
    cells = record.cells
    if not cells["code"]:
        return None
    start, end = span(table, record, ("date debut", "date fin"), day_first=True)
    notes = (("notes", (cells["remark"],)),) if cells["remark"] else ()
    return Row(
        value=cells["code"].upper(),
        display=cells["display"],
        billable=True,
        start=start,
        end=end or _closed(cells["remark"]),
        notes=notes,
        facts=facts_of(record, tuple(_FACTS)),
    )


def _closed(remark: str) -> date | None:
    """The last day, where the table says it in a remark: "fermé le 21/11/2004"."""
    match = _CLOSED.search(remark)
    try:
        return day_of(match[1], day_first=True) if match else None
    except ValueError:
        return None


def _letters(table: Table) -> tuple[Row, ...]:
    """One row a key letter: a letter that several natures share keeps the words of the first and all their numbers."""
    rows: dict[str, Row] = {}
    for record in table.records():
        row = _row(table, record)
        if row is None:
            continue
        before = rows.get(row.value)
        rows[row.value] = row if before is None else _joined(before, row)
    if not rows:
        raise table.refusal(N_("no code was found in this file."), 1)
    return tuple(rows.values())


def _joined(one: Row, other: Row) -> Row:
    facts = dict(one.facts)
    for name, text in other.facts:
        told = facts.get(name)
        facts[name] = text if told is None or text in told.split(" ") else f"{told} {text}"
    titles = tuple(dict.fromkeys((*one.titles, other.display)))
    return Row(
        value=one.value,
        display=one.display,
        billable=True,
        titles=tuple(title for title in titles if title != one.display),
        # Open as long as one of them is.
        start=min(one.start, other.start) if one.start and other.start else None,
        end=max(one.end, other.end) if one.end and other.end else None,
        notes=one.notes or other.notes,
        facts=tuple(facts.items()),
    )


def _read(source: Source, wish: Wish) -> list[Draft]:
    file = source.one(*ENDINGS, pattern=r"nat|ngap")
    release = edition_of(KIND, wish, file.name, start=day_named(file.name) or day_named(source.paths[0].name))
    return [Draft(release, Contents(_letters(Table(file, _COLUMNS))))]


KIND = Kind(
    key="ngap",
    systems=("ngap",),
    title=N_("NGAP key letters"),
    licence="CNAM open data",
    origin=(
        "The French health insurance publishes no table of the NGAP; the health data hub's IR_NAT_V holds its letters."
    ),
    layout=(
        "A table with PRS_NAT_CB2 and PRS_NAT_LIB, or code and libelle; tarif, date debut and date fin may stand "
        "beside them."
    ),
    months=12,
    read=_read,
)
