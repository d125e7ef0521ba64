"""CDT: the table of whoever is licensed by the American Dental Association."""

from __future__ import annotations

import re

from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.licensed_acts import LAYOUT, act_columns, act_row
from clinic.codes.lists import Listing, read_list
from clinic.codes.source_file import Source
from clinic.domain.words import N_

_LISTING = Listing(
    act_columns(re.compile(r"D\d{4}", re.IGNORECASE), N_("a CDT code, D and four digits")),
    act_row,
    pattern="cdt",
    strict=True,
)


def _read(source: Source, wish: Wish) -> list[Draft]:
    return read_list(KIND, _LISTING, source, wish)


KIND = Kind(
    key="cdt",
    systems=("cdt",),
    title="CDT",
    licence="© American Dental Association: only for whoever holds its licence",
    notice="CDT © American Dental Association. All rights reserved.",
    origin="The ADA's data files; who is licensed saves the codes as a table.",
    layout=LAYOUT,
    months=12,
    read=_read,
)
