"""QuickAssay (invented): batches in frames, local time, flags in words, units by their everyday names."""

from __future__ import annotations

from lab.hl7v2.dialect import Dialect

DIALECT = Dialect(
    key="quickassay",
    applications=("QUICKASSAY", "QA-LAB"),
    charset="cp1252",
    zone="America/Chicago",
    placers=(("OBR", 2, 1, 1),),
    containers=(("OBR", 18, 1, 1), ("SPM", 2, 1, 1)),
    flags=(("LO", "L"), ("HI", "H"), ("CRIT LO", "LL"), ("CRIT HI", "HH"), ("ABNORMAL", "A"), ("CRIT", "AA")),
    usual=("OK", "WNL"),
    units=(
        ("mg/dl", "mg/dL"),
        ("g/dl", "g/dL"),
        ("mcg/dL", "ug/dL"),
        ("K/uL", "10*3/uL"),
        ("M/uL", "10*6/uL"),
        ("mEq/L", "meq/L"),
        ("U/l", "U/L"),
        ("INR", "{INR}"),
        ("mmHg", "mm[Hg]"),
        ("uIU/ml", "u[IU]/mL"),
    ),
    status_in_values=True,
)
