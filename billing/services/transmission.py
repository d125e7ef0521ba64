"""Who sends to whom: the envelope of the practice's files."""

from __future__ import annotations

from datetime import datetime

from billing.coding.wording import claim_text, digits, postal_text
from billing.x12 import Transmission
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice


def transmission(practice: Practice, control: int, at: datetime) -> Transmission:
    """The envelope of one file.

    Raises:
        Refused: the practice does not say whom its files go to.
    """
    raise NotImplementedError
