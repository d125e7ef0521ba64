"""NABM: the acts of medical biology of the French health insurance, with their coefficients."""

from __future__ import annotations

import re

from clinic.codes.delimited import Column, Record, Table
from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.lists import Listing, facts_of, read_list, span
from clinic.codes.release import Row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_FACTS = {
    "key_letter": ("BIO_TAR_NAT", "lettre cle"),
    "coefficient": ("BIO_TAR_COF", "coefficient", "valeur"),
    "group": ("BIO_PHY_GRP",),
    "chapter": ("BIO_GRP_LIB", "chapitre"),
    "maximum": ("BIO_MAX_EXE", "maximum"),
    "prior_agreement": ("BIO_ENP_TOP", "entente prealable"),
    "in_force_from": ("BIO_HIS_DTD",),
    "in_force_to": ("BIO_HIS_DTF",),
    "reserved": ("BIO_BIO_INV",),
}
_COLUMNS = (
    Column(
        "code",
        ("BIO_PRS_IDE", "code", "code acte"),
        re.compile(r"\d{1,4}"),
        needed=True,
        says=N_("an act of up to four digits"),
    ),
    Column("display", ("BIO_INF_LIB", "libelle", "libellé", "designation", "désignation"), needed=True),
    Column("start", ("BIO_CRE_DAT", "date creation", "date début"), optional=True),
    Column("end", ("BIO_SUP_DAT", "date suppression", "date fin"), optional=True),
    *(Column(name, heads, optional=True) for name, heads in _FACTS.items()),
)


def _row(table: Table, record: Record) -> Row:
    start, end = span(table, record, ("BIO_CRE_DAT", "BIO_SUP_DAT"), day_first=True)
    return Row(
        value=record.cells["code"].zfill(4),
        display=record.cells["display"],
        billable=True,
        start=start,
        end=end,
        facts=facts_of(record, tuple(_FACTS)),
    )


_LISTING = Listing(_COLUMNS, _row, pattern=r"bio|nabm")


def _read(source: Source, wish: Wish) -> list[Draft]:
    return read_list(KIND, _LISTING, source, wish)


KIND = Kind(
    key="nabm",
    systems=("nabm",),
    title=N_("NABM, acts of medical biology"),
    licence="CNAM / ATIH open data",
    origin=(
        "The French health insurance publishes the table; the health data hub's nomenclatures hold it as IR_BIO_R."
    ),
    layout="A table with BIO_PRS_IDE and BIO_INF_LIB, or code and libelle; a code gets its leading zeros.",
    months=12,
    read=_read,
)
