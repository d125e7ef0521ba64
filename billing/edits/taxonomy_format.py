"""A specialty is told by ten characters."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.parties import is_taxonomy
from clinic.domain.code import TAXONOMY, Code
from clinic.domain.words import N_


@edit(
    "PRV-02",
    title=N_("Taxonomy code that is none"),
    message=N_("%(code)s is no taxonomy code: it has ten characters, letters and digits."),
    severity="block",
    scope="claim",
    fields=("billing.taxonomy.value", "part.rendering.taxonomy.value", "acts[].part.rendering.taxonomy.value"),
    when="case.texts.parties or case.apart",
    makes_redundant=("TXT-02", "TXT-03"),
    kinds=("professional", "dental"),
    source="NUCC Health Care Provider Taxonomy, structure of its codes; 005010X222A1 PRV03",
    since="2026-11-24",
)
def taxonomy_format(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A specialty is told by ten characters.

    What it checks:
        Each taxonomy code, of the billing provider and of those who did it, has ten letters and digits.

    Why payers deny:
        The clearinghouse knows the code set and refuses what cannot be one of its codes. A payer that prices
        by specialty finds no contract.

    How to fix:
        Look the code up in the provider's registration and correct it with the staff member or the practice.
    """
    billing, rendering = claim.billing, claim.part.rendering
    if billing.taxonomy is not None and not is_taxonomy(billing.taxonomy.value):
        yield at(code=billing.taxonomy.value)
    if rendering is not None and rendering.taxonomy is not None and not is_taxonomy(rendering.taxonomy.value):
        yield at("part.rendering.taxonomy.value", code=rendering.taxonomy.value)
    for index, act in enumerate(claim.acts):
        other = act.part.rendering
        if other is not None and other.taxonomy is not None and not is_taxonomy(other.taxonomy.value):
            yield at(f"acts[{index}].part.rendering.taxonomy.value", code=other.taxonomy.value)


FAILS = (claim_with(billing__taxonomy=Code(TAXONOMY, "207Q00000")),)
PASSES = (claim_with(billing__taxonomy=Code(TAXONOMY, "207R00000X")),)
