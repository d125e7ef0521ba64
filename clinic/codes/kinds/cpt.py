"""CPT: the table of whoever is licensed by the American Medical Association."""

from __future__ import annotations

import re

from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.licensed_acts import LAYOUT, act_columns, act_row
from clinic.codes.lists import Listing, read_list
from clinic.codes.source_file import Source
from clinic.domain.words import N_

# Category I and the laboratory and vaccine series, II (F), III (T), MAAA (M), PLA (U), and A of 2021 and after.
_CODE = re.compile(r"\d{4}[0-9AFMTU]", re.IGNORECASE)
_LISTING = Listing(act_columns(_CODE, N_("a CPT code of five signs")), act_row, pattern="cpt", strict=True)


def _read(source: Source, wish: Wish) -> list[Draft]:
    return read_list(KIND, _LISTING, source, wish)


KIND = Kind(
    key="cpt",
    systems=("cpt",),
    title="CPT",
    licence="© American Medical Association: only for whoever holds its licence",
    notice="CPT © American Medical Association. All rights reserved.",
    origin="The AMA's data files; who is licensed saves the codes as a table.",
    layout=LAYOUT,
    months=12,
    read=_read,
)
