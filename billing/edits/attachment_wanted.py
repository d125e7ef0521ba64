"""Crowns and gum treatment are seldom paid unseen."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import Attachment, DentalActLine, DentalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import SHOWN
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.words import N_


@edit(
    "DEN-31",
    title=N_("Act for which payers ask to see something"),
    message=N_("With %(code)s payers want to see a radiograph or chart, and nothing is attached."),
    severity="advise",
    scope="line",
    when="not claim.part.attachments",
    fields=("acts[].code",),
    source="What dental plans ask for; each has its own list",
    since="2026-11-25",
    kinds=("dental",),
)
def attachment_wanted(claim: DentalClaim, line: DentalActLine) -> Iterator[Fault]:
    """Crowns and gum treatment are seldom paid unseen.

    What it checks:
        A crown (D2710 to D2799) or scaling by the quadrant (D4341, D4342) comes with an attachment.

    Why payers deny:
        The payer asks for radiographs or the periodontal chart, and pays weeks later.

    How to fix:
        Attach the radiograph, with D4341 and D4342 the periodontal chart too.
    """
    if line.code.value.startswith(SHOWN) and not claim.part.attachments and not claim.part.predetermination:
        yield at("code", code=line.code.value)


_SCALING = dental_line(code="D4341", teeth=(), areas=("10",))

FAILS = (dental_claim_with(acts=(_SCALING,), attachments=()),)
PASSES = (dental_claim_with(acts=(_SCALING,), attachments=(Attachment("P6", "AA"),)),)
