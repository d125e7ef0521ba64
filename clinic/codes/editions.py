"""The editions of ICD-10-CM: their names and the dates of service they are judged by.

A fiscal year runs from 1 October to 30 September. Since 2022 a second edition takes effect on 1 April within it.
"""

from __future__ import annotations

import re
from datetime import date

from clinic.codes.release import Release
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

LICENCE = "Work of the United States Government, public domain (CDC/NCHS and CMS)"
_APRIL = re.compile(r"apr", re.IGNORECASE)
_YEAR = re.compile(r"20[0-9]{2}")


def edition(version: str, file_name: str) -> Release:
    """The release that a tabular file makes when its loader names no other dates.

    An April edition, told by its file's name, is judged from 1 April on; whoever has no October edition of the same
    year may load it with an earlier ``--from``.

    Raises:
        Refused: the file says no fiscal year.
    """
    if not _YEAR.fullmatch(version):
        raise Refused(
            N_("the file says no fiscal year (“%(version)s”)."),
            where=file_name,
            remedy=N_("Give --release, --from and --to."),
            version=version,
        )
    year = int(version)
    april = bool(_APRIL.search(file_name))
    start = date(year, 4, 1) if april else date(year - 1, 10, 1)
    return Release(
        system="icd10cm",
        name=f"fy{year}-april" if april else f"fy{year}",
        title=f"ICD-10-CM, fiscal year {year}" + (", April update" if april else ""),
        effective=start,
        start=start,
        end=date(year, 9, 30),
        licence=LICENCE,
        source=file_name,
        complete=True,
    )
