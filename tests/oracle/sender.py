"""The envelope of the files that are compared: invented, and the same for all."""

from __future__ import annotations

from datetime import datetime

from billing.x12.transmission import Transmission
from clinic.domain.person import Contact, OrganizationName

TRANSMISSION = Transmission(
    sender_qualifier="ZZ",
    sender="BAYSIDE",
    receiver_qualifier="ZZ",
    receiver="CLEARING",
    submitter=OrganizationName("BAYSIDE FAMILY PRACTICE"),
    submitter_id="BAY01",
    contact=Contact("FRONT DESK", "6175550142"),
    receiver_name="CLEARING HOUSE",
    receiver_id="CLR99",
    interchange=1,
    group=1,
    transaction="0001",
    created=datetime(2026, 7, 1, 9, 30),  # noqa: DTZ001  local time of the sender, as the field asks
    usage="T",
    reference="BATCH1",
)
