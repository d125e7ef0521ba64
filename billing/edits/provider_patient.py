"""Nobody is paid for care of oneself."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.person import PersonName
from clinic.domain.words import N_


@edit(
    "PRV-05",
    title=N_("Patient who did it"),
    message=N_("The patient and the provider who did it are both %(name)s."),
    severity="warn",
    scope="claim",
    fields=("part.rendering.name",),
    when="(claim.part.rendering or claim.billing).name == claim.patient.name",
    kinds=("professional", "dental"),
    source="42 CFR 411.12; Medicare Benefit Policy Manual, chapter 16, section 130; CARC 53",
    since="2026-11-25",
)
def provider_patient(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Nobody is paid for care of oneself.

    What it checks:
        The provider who did it, or the practice where that is a person, does not have the patient's whole name.

    Why payers deny:
        Medicare does not pay for care of oneself, of one's household or near family, and many plans follow.

    How to fix:
        If two people have one name, leave it; the birth date tells them apart. Else it is not billed.
    """
    rendering, name = claim.part.rendering, claim.patient.name
    if rendering is None:
        if claim.billing.name == name:
            yield at("billing.name", name=f"{name.last}, {name.first}" if name.first else name.last)
    elif rendering.name == name:
        yield at("part.rendering.name", name=f"{name.last}, {name.first}" if name.first else name.last)


FAILS = (claim_with(patient__name=PersonName("OKAFOR", "DANIEL")),)
PASSES = (claim_with(patient__name=PersonName("OKAFOR", "DANIEL", "J")),)
