"""Northlake Reference (invented): by the book, UTF-8, LOINC first, the container's number in SPM-2."""

from __future__ import annotations

from lab.hl7v2.dialect import CONTAINERS, PLACERS, Dialect

DIALECT = Dialect(key="northlake", applications=("NORTHLAKE",), placers=PLACERS, containers=CONTAINERS)
