"""Remittance advice remark codes: the user's copy of the list that X12 publishes and CMS maintains."""

from __future__ import annotations

import re

from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.lists import Listing, read_list
from clinic.codes.reason_list import COLUMNS, reason_columns, reason_row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_CODE = re.compile(r"(?:MA?|N)\d{1,4}")
_LISTING = Listing(reason_columns(_CODE, N_("a remark code, such as M15 or N130")), reason_row, strict=True)


def _read(source: Source, wish: Wish) -> list[Draft]:
    return read_list(KIND, _LISTING, source, wish)


KIND = Kind(
    key="rarc",
    systems=("rarc",),
    title=N_("Remittance advice remark codes"),
    licence="© X12, Incorporated; maintained by CMS: for whoever holds the licence",
    origin="X12 publishes the list three times a year; who is licensed saves it as a table.",
    layout=COLUMNS,
    months=4,
    read=_read,
)
