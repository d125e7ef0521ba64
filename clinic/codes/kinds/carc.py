"""Claim adjustment reason codes: the user's copy of the list that X12 keeps."""

from __future__ import annotations

import re

from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.lists import Listing, read_list
from clinic.codes.reason_list import COLUMNS, reason_columns, reason_row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_CODE = re.compile(r"[A-Z]?\d{1,3}")
_LISTING = Listing(reason_columns(_CODE, N_("a reason code, such as 45 or B7")), reason_row, strict=True)


def _read(source: Source, wish: Wish) -> list[Draft]:
    return read_list(KIND, _LISTING, source, wish)


KIND = Kind(
    key="carc",
    systems=("carc",),
    title=N_("Claim adjustment reason codes"),
    licence="© X12, Incorporated: for whoever holds its licence; the texts are not part of this product",
    origin="X12 publishes the list three times a year; who is licensed saves it as a table.",
    layout=COLUMNS,
    months=4,
    read=_read,
)
