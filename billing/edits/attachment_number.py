"""What is sent beside a claim carries a number."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import Attachment, DentalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with
from clinic.domain.words import N_


@edit(
    "DEN-30",
    title=N_("Attachment that is sent without its number"),
    message=N_("An attachment is sent, and nothing says by what number it is known."),
    severity="block",
    scope="claim",
    when="claim.part.attachments",
    fields=("part.attachments", "part.attachments[].control"),
    source="ASC X12N 005010X224A2, 2300 PWK06",
    since="2026-11-25",
    kinds=("dental",),
)
def attachment_number(claim: DentalClaim) -> Iterator[Fault]:
    """What is sent beside a claim carries a number.

    What it checks:
        Each attachment that is not only sent on request has its control number.

    Why payers deny:
        The payer cannot bring paper and claim together, and denies for lack of what was asked.

    How to fix:
        Enter the number that stands on the attachment.
    """
    for number, attachment in enumerate(claim.part.attachments):
        if attachment.sent != "AA" and not attachment.control:
            yield at(f"part.attachments[{number}].control")


FAILS = (dental_claim_with(attachments=(Attachment("RB", "EL"),)),)
PASSES = (dental_claim_with(attachments=(Attachment("RB", "EL", "IMG1"), Attachment("P6", "AA"))),)
