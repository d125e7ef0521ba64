"""X12: the tables of each transaction, one reader and one writer for all of them."""

from __future__ import annotations

from billing.x12.fault import Fault, Unmapped
from billing.x12.read_837 import read_837
from billing.x12.read_837d import read_837d
from billing.x12.read_837p import read_837p
from billing.x12.reading import Reading, ReadTransaction
from billing.x12.syntax import Delimiters
from billing.x12.transmission import Transmission
from billing.x12.write_837d import write_837d
from billing.x12.write_837p import write_837p

__all__ = [
    "Delimiters",
    "Fault",
    "ReadTransaction",
    "Reading",
    "Transmission",
    "Unmapped",
    "read_837",
    "read_837d",
    "read_837p",
    "write_837d",
    "write_837p",
]
