"""837 files of every kind that is read here, told by their version (GS08, ST03), also several in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from billing.x12 import read_837d, read_837p, reader_837
from billing.x12.fault import Fault
from billing.x12.reading import Reading, ReadTransaction
from billing.x12.syntax import Data

KINDS = (read_837p.KIND, read_837d.KIND)


def read_837(data: bytes) -> Reading:
    """Read a file of claims. Never raises, whatever the bytes; see ``read_837p``."""
    return reader_837.read(data, KINDS)


def transactions_837(data: Data, envelope: Callable[[list[Fault]], object]) -> Iterator[ReadTransaction]:
    """The transactions of a file that begins with its ISA, one at a time: a mapped one is never held whole.

    At the end ``envelope`` is told the faults of the envelopes around them.
    """
    return reader_837.transactions(data, KINDS, envelope)
