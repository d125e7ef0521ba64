"""ICD-10-CM: the tabular list, or the plain lists of codes that CMS publishes beside it."""

from __future__ import annotations

import re

from clinic.codes.built_in import make_tabular
from clinic.codes.editions import LICENCE, edition
from clinic.codes.icd10cm import read_tabular
from clinic.codes.icd10cm_lists import is_order, read_codes, read_order
from clinic.codes.kind import Draft, Kind, Wish
from clinic.codes.release import Release
from clinic.codes.source_file import Source

_TEXTS = (r"^(?!.*addenda).*order.*\.txt$", r"^(?!.*addenda).*codes.*\.txt$")


def _read(source: Source, wish: Wish) -> list[Draft]:
    if source.holds(".xml"):
        file = source.one(".xml", pattern="tabular")
        tabular = read_tabular(file.read(), file.name)
        return [Draft(_release(tabular.version, file.name, wish), tabular.contents)]
    pattern = _TEXTS[0] if source.holds(".txt", pattern=_TEXTS[0]) else _TEXTS[1]
    file = source.one(".txt", pattern=pattern)
    first = next(file.lines(), "")
    contents = read_order(file) if is_order(first) else read_codes(file)
    # The lists say their year in their name alone.
    year = re.search(r"20\d\d", file.name)
    return [Draft(_release(year[0] if year else "", file.name, wish), contents)]


def _release(version: str, name: str, wish: Wish) -> Release:
    if wish.name and wish.start and wish.end:
        return Release(
            system="icd10cm",
            name=wish.name,
            title=f"ICD-10-CM, {wish.name}",
            effective=wish.start,
            start=wish.start,
            end=wish.end,
            licence=LICENCE,
            source=name,
            complete=True,
        )
    return edition(version, name)


def _came_along() -> Draft:
    release, contents = make_tabular()
    return Draft(release, contents)


KIND = Kind(
    key="icd10cm",
    systems=("icd10cm",),
    title="ICD-10-CM",
    licence=LICENCE,
    origin="CMS and CDC/NCHS publish it for each 1 October, and where codes change for 1 April.",
    layout=(
        "icd10cm-tabular….xml with notes and headers; or icd10cm-order-YYYY.txt (codes and headers, no notes), or "
        "icd10cm-codes-YYYY.txt (codes alone). In a .zip the first of these three that is there."
    ),
    months=12,
    read=_read,
    fallback=_came_along,
)
