"""Who sends to whom: the envelope of the practice's files."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from billing.coding.wording import claim_text, digits, postal_text
from billing.services.routes import Route, addressed
from billing.x12 import Transmission
from clinic.domain.person import Contact, OrganizationName
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice

LOOK = 999_999_999
"""The interchange number of files that are only looked at: the last that nine digits hold (ISA13), never given out."""


def transmission(practice: Practice, route: Route, control: int, at: datetime, zone: str) -> Transmission:
    """The envelope of one file along a route, in the practice's local time.

    Raises:
        Refused: the route ends nowhere, the practice does not say whom to call, or the numbers have run out.
    """
    addressed(route)
    if not practice.phone:
        raise Refused(
            N_("The practice has no telephone number, so no file can be addressed."),
            where="practice.phone",
            remedy=N_("Enter it under House, Practice."),
        )
    if control > LOOK:
        raise Refused(N_("All nine-digit interchange numbers have been used."), where="practice")
    sender, receiver = claim_text(route.submitter_id), claim_text(route.receiver_id)
    return Transmission(
        sender_qualifier="ZZ",
        sender=sender,
        receiver_qualifier="ZZ",
        receiver=receiver,
        submitter=OrganizationName(postal_text(practice.name)),
        submitter_id=sender,
        contact=Contact(postal_text(practice.contact_name or practice.name), digits(practice.phone)),
        receiver_name=postal_text(route.receiver_name),
        receiver_id=receiver,
        interchange=control,
        group=control,
        transaction="0001",
        created=at.astimezone(ZoneInfo(zone)),
        usage="T" if practice.demo else "P",
        reference=str(control),
    )
