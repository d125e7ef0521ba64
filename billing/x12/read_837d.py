"""837D files into dental claims."""

from __future__ import annotations

import msgspec

from billing.domain.dental import DentalClaim
from billing.x12.claim_from_837d import claim
from billing.x12.compiled import Grammar
from billing.x12.guide_837d import DENTAL
from billing.x12.held_837d import HELD
from billing.x12.reader_837 import WATCHED, Kind, read
from billing.x12.reading import Reading
from billing.x12.situations_837d import dental

GRAMMAR = Grammar(DENTAL, HELD, WATCHED)
KIND = Kind(GRAMMAR, claim, dental, msgspec.json.Decoder(DentalClaim))


def read_837d(data: bytes) -> Reading:
    """Read a file of dental claims. Never raises, whatever the bytes.

    Faults are values in the reading. A claim that carries a fault is given as far as it can be built; what a claim
    here does not hold is given back in ``unmapped``.
    """
    return read(data, (KIND,))
