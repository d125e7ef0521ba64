"""Who sends to whom: the envelope of the practice's files."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from billing.coding.wording import claim_text, digits, postal_text
from billing.x12 import Transmission
from clinic.domain.person import Contact, OrganizationName
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice

LOOK = 999_999_999
"""The interchange number of files that are only looked at: the last that nine digits hold (ISA13), never given out."""


def transmission(practice: Practice, control: int, at: datetime, zone: str) -> Transmission:
    """The envelope of one file, in the practice's local time.

    Raises:
        Refused: the practice does not say who it is to the receiver, whom its files go to, or whom to call.
    """
    asked = {
        "submitter_id": practice.submitter_id,
        "receiver_id": practice.receiver_id,
        "receiver_name": practice.receiver_name,
        "phone": practice.phone,
    }
    for field, value in asked.items():
        if not value:
            raise Refused(
                N_("The practice has no %(field)s, so no file can be addressed."),
                where=f"practice.{field}",
                remedy=N_("Enter it under House, Practice."),
                field=field,
            )
    if control > LOOK:
        raise Refused(N_("All nine-digit interchange numbers have been used."), where="practice")
    sender, receiver = claim_text(practice.submitter_id or ""), claim_text(practice.receiver_id or "")
    return Transmission(
        sender_qualifier="ZZ",
        sender=sender,
        receiver_qualifier="ZZ",
        receiver=receiver,
        submitter=OrganizationName(postal_text(practice.name)),
        submitter_id=sender,
        contact=Contact(postal_text(practice.contact_name or practice.name), digits(practice.phone)),
        receiver_name=postal_text(practice.receiver_name or ""),
        receiver_id=receiver,
        interchange=control,
        group=control,
        transaction="0001",
        created=at.astimezone(ZoneInfo(zone)),
        usage="T" if practice.demo else "P",
        reference=str(control),
    )
