"""Dental claims into an 837D file. What cannot be written is refused, with the claim and the element."""

from __future__ import annotations

from collections.abc import Iterable

from billing.domain.dental import DentalClaim
from billing.x12.claim_to_837d import put_claim
from billing.x12.read_837d import GRAMMAR
from billing.x12.syntax import Delimiters
from billing.x12.transmission import Transmission
from billing.x12.write_837 import Writer

_WRITER = Writer(GRAMMAR, put_claim)


def write_837d(
    transmission: Transmission, claims: Iterable[DentalClaim], delimiters: Delimiters | None = None
) -> bytes:
    """The file. Claims keep their order: neighbours of one billing provider, subscriber and patient share loops.

    Raises:
        Refused: a claim or the transmission cannot be written; nothing is.
    """
    return _WRITER.write(transmission, claims, delimiters)
