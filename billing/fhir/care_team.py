"""Who did it, referred and supervised, as the care team of a Claim (docs/claim-map.md, part.rendering and its kin)."""

from __future__ import annotations

from typing import Any, Final

from billing.domain.claim import Claim
from billing.domain.dental import Dental, DentalAct
from billing.fhir.parties import (
    Contained,
    follow_provider,
    read_colleague,
    read_provider,
    read_taxonomy,
    write_provider,
    write_taxonomy,
)
from clinic.domain.code import Code
from clinic.domain.party import Colleague, Provider
from clinic.domain.value import Value
from clinic.fhir.elements import Json, present, read_any_code, write_concept
from clinic.fhir.node import Node
from clinic.fhir.references import References

_HL7_ROLE: Final = "http://terminology.hl7.org/CodeSystem/claimcareteamrole"
_CARIN_ROLE: Final = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"
_SYSTEMS = {
    "primary": _HL7_ROLE,
    "assist": _HL7_ROLE,
    "supervisor": _HL7_ROLE,
    "performing": _CARIN_ROLE,
    "referring": _CARIN_ROLE,
}
_PERFORMING = frozenset({"performing", "rendering"})
_SUPERVISING = frozenset({"supervisor", "supervising"})
BILLING_MEMBER: Final = 1


class CareTeam(Value, frozen=True, kw_only=True):
    """What the care team of a Claim says."""

    billing_taxonomy: Code | None = None
    rendering: Provider | None = None
    referring: Colleague | None = None
    supervising: Colleague | None = None
    assistant: Provider | None = None
    lines: tuple[tuple[int, Provider], ...] = ()
    """Care team sequence and provider of those who rendered single lines."""
    line_assistants: tuple[tuple[int, Provider], ...] = ()
    """The same of those who assisted at single lines."""


def write_care_team(
    claim: Claim[Any, Any], billing: Json, contained: Contained
) -> tuple[list[Json], dict[int, list[int]]]:
    """The members, and for each line (from 1) with providers of its own the sequences of those members."""
    team: list[Json] = []

    def join(role: str, reference: Json, taxonomy: Code | None = None) -> int:
        sequence = len(team) + 1
        team.append(
            present(
                sequence=sequence,
                provider=reference,
                role=write_concept(_SYSTEMS[role], role),
                qualification=write_taxonomy(taxonomy),
            )
        )
        return sequence

    def provider(role: str, identity: str, who: Provider | None) -> list[int]:
        return [] if who is None else [join(role, contained.add(identity, write_provider(who)), who.taxonomy)]

    part = claim.part
    join("primary", billing, claim.billing.taxonomy)
    provider("performing", "rendering", part.rendering)
    if part.referring:
        join("referring", contained.add("referring", write_provider(part.referring)))
    if part.supervising:
        join("supervisor", contained.add("supervising", write_provider(part.supervising)))
    provider("assist", "assistant", _assistant(part))
    lines = {
        line: [
            *provider("performing", f"rendering-{line}", act.part.rendering),
            *provider("assist", f"assistant-{line}", _assistant(act.part)),
        ]
        for line, act in enumerate(claim.acts, start=1)
    }
    return team, lines


def _assistant(part: Any) -> Provider | None:
    """Who assisted; only dental claims know it."""
    return part.assistant if isinstance(part, (Dental, DentalAct)) else None


def read_care_team(claim: Node, billing: Node, references: References, *, assisted: bool) -> CareTeam:
    """The care team of a Claim whose billing provider is ``billing``.

    In a Claim of ours the reference of a member says whether it is the claim's (``#rendering``) or a line's
    (``#rendering-2``). In another's, whoever is the only performer, or is named by no item, is the claim's.
    Who assisted is looked at only where the kind of claim knows it (``assisted``).

    Raises:
        Refused: a member's provider is not in the file, or has no name.
    """
    taxonomy: Code | None = None
    performers: list[tuple[int, Provider, str]] = []
    assistants: list[tuple[int, Provider, str]] = []
    referring: Colleague | None = None
    supervising: Colleague | None = None
    for member in claim.each("careTeam"):
        sequence = member.need("sequence").integer()
        reference = member.need("provider")
        role = member.get("role")
        code = read_any_code(role) if role else "primary"
        if code == "referring" and referring is None:
            referring = read_colleague(follow_provider(reference, references))
        elif code in _SUPERVISING and supervising is None:
            supervising = read_colleague(follow_provider(reference, references))
        elif code == "assist" and assisted:
            who = follow_provider(reference, references)
            found = read_provider(who, read_taxonomy(member))
            assistants.append((sequence, found, reference.need("reference").text()))
        elif code in _PERFORMING or code == "primary":
            who = follow_provider(reference, references)
            if code == "primary" and who.value is billing.value:
                taxonomy = taxonomy or read_taxonomy(member)
            else:
                provider = read_provider(who, read_taxonomy(member))
                performers.append((sequence, provider, reference.need("reference").text()))
    own, aside = _claims_own(claim, performers, "rendering"), _claims_own(claim, assistants, "assistant")
    return CareTeam(
        billing_taxonomy=taxonomy,
        rendering=next((provider for sequence, provider, _ in performers if sequence == own), None),
        referring=referring,
        supervising=supervising,
        assistant=next((provider for sequence, provider, _ in assistants if sequence == aside), None),
        line_assistants=tuple((sequence, provider) for sequence, provider, _ in assistants if sequence != aside),
        lines=tuple((sequence, provider) for sequence, provider, _ in performers if sequence != own),
    )


def _claims_own(claim: Node, performers: list[tuple[int, Provider, str]], name: str) -> int | None:
    """The care team sequence of the one who did it for the claim as a whole, None where each line has its own."""
    ours = [sequence for sequence, _, key in performers if key == f"#{name}"]
    if ours:
        return ours[0]
    foreign = [sequence for sequence, _, key in performers if not key.startswith(f"#{name}-")]
    named = {node.integer() for item in claim.each("item") for node in item.each("careTeamSequence")}
    if len(foreign) == 1:
        return foreign[0]
    return next((sequence for sequence in foreign if sequence not in named), None)
