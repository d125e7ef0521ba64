"""837P files into professional claims."""

from __future__ import annotations

import msgspec

from billing.domain.professional import ProfessionalClaim
from billing.x12.claim_from_837p import claim
from billing.x12.compiled import Grammar
from billing.x12.guide_837p import PROFESSIONAL
from billing.x12.held_837p import HELD
from billing.x12.reader_837 import WATCHED, Kind, read
from billing.x12.reading import Reading
from billing.x12.situations_837p import professional

GRAMMAR = Grammar(PROFESSIONAL, HELD, WATCHED)
KIND = Kind(GRAMMAR, claim, professional, msgspec.json.Decoder(ProfessionalClaim))


def read_837p(data: bytes) -> Reading:
    """Read a file of professional claims. Never raises, whatever the bytes.

    Faults are values in the reading. A claim that carries a fault is given as far as it can be built; what a claim
    here does not hold is given back in ``unmapped``.
    """
    return read(data, (KIND,))
