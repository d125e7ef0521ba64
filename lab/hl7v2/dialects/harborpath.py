"""Harbor Pathology (invented): ISO 8859-1, own codes before LOINC, our number in ORC-2, a text line by line."""

from __future__ import annotations

from lab.hl7v2.dialect import Dialect

DIALECT = Dialect(
    key="harborpath",
    applications=("HARBORPATH", "HPATH"),
    charset="iso8859-1",
    placers=(("ORC", 2, 1, 1), ("OBR", 2, 1, 1)),
    containers=(("OBR", 18, 1, 1), ("SPM", 2, 1, 1)),
    flags=(("C", "AA"), ("ABN", "A")),
    usual=("NORMAL",),
    lines_of_text=True,
)
