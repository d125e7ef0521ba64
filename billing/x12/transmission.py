"""Everything about a file that is not the claims in it: who sends it to whom, when, under which numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from clinic.domain.person import Contact, Name
from clinic.domain.value import Value


class Transmission(Value, frozen=True, kw_only=True):
    """The envelope and header of one 837. Nothing of it is looked up: time and numbers are passed in."""

    sender_qualifier: str
    """ISA05: ZZ mutually agreed, 30 tax id, 01, 14, 20, 27, 28, 29, 33."""
    sender: str
    """ISA06 and GS02, at most 15 characters."""
    receiver_qualifier: str
    receiver: str
    """ISA08 and GS03."""
    submitter: Name
    submitter_id: str
    """1000A NM109, the number the receiver gave."""
    contact: Contact
    """1000A PER; the phone is required, ten digits."""
    receiver_name: str
    receiver_id: str
    """1000B NM109."""
    interchange: int
    """ISA13, at most nine digits, never used twice to one receiver."""
    group: int
    """GS06."""
    transaction: str
    """ST02 of the (first) transaction, four to nine digits."""
    created: datetime
    """Local time of the sender, to the minute."""
    usage: Literal["T", "P"]
    """ISA15: test or production."""
    reference: str
    """BHT03, the batch's own number, never used twice. Where the batch is cut the further parts add ``-2``, ``-3``."""
    resend: bool = False
    """BHT02 18: a batch sent again after the receiver asked for it."""
    encounter: bool = False
    """BHT06 RP: reported, not to be paid."""
