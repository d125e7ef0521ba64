"""What the fields of a claim and of its coding are called on the screen. Message ids; pure."""

from __future__ import annotations

import re

from clinic.domain.words import N_

_INDEX = re.compile(r"\[(\d+)\]")

CODING: dict[str, str] = {
    "frequency": N_("This claim"),
    "assignment": N_("Assignment"),
    "coverage_id": N_("Policy billed"),
    "rendering_id": N_("Rendered by"),
    "referring_id": N_("Referred by"),
    "supervising_id": N_("Supervised by"),
    "location_id": N_("Place of care"),
    "place": N_("Place of service"),
    "replaces": N_("Payer's number of that one"),
    "prior_authorization": N_("Prior authorization"),
    "referral": N_("Referral number"),
    "clia": N_("CLIA number"),
    "accident": N_("Accident"),
    "accident_state": N_("State of the accident"),
    "dates": N_("Dates of the illness"),
    "unable_to_work": N_("Unable to work"),
    "hospital": N_("In hospital"),
    "condition_codes": N_("Condition codes"),
    "casualty_claim": N_("Casualty claim number"),
    "note": N_("Note to the payer"),
    "patient_paid": N_("Patient paid"),
    "reasons": N_("Reasons given"),
    "diagnoses": N_("Diagnoses"),
    "lines": N_("Lines"),
}
"""Fields of a coding."""

LINE: dict[str, str] = {
    "number": N_("Line number"),
    "code": N_("Code"),
    "words": N_("In our words"),
    "service": N_("Day"),
    "quantity": N_("Units"),
    "charge": N_("Charge"),
    "pointers": N_("For"),
    "modifiers": N_("Modifiers"),
    "place": N_("Place of service"),
    "description": N_("Description"),
    "emergency": N_("Emergency"),
    "epsdt": N_("EPSDT"),
    "rendering": N_("Rendered by"),
    "rendering_id": N_("Rendered by"),
    "drug": N_("Drug"),
}
"""Fields of a service line, in the coding and in the claim."""

_PARTY: dict[str, str] = {
    "": N_("%(who)s"),
    "name": N_("%(who)s: name"),
    "birth": N_("%(who)s: date of birth"),
    "sex": N_("%(who)s: sex"),
    "address": N_("%(who)s: address"),
    "identifier": N_("%(who)s: number"),
    "tax": N_("%(who)s: tax id"),
    "taxonomy": N_("%(who)s: taxonomy"),
    "contact": N_("%(who)s: phone"),
    "other": N_("%(who)s: other number"),
}
"""What is known of anybody."""

_WHO: dict[str, str] = {
    "billing": N_("Billing provider"),
    "patient": N_("Patient"),
    "coverage.payer": N_("Payer"),
    "coverage.subscriber": N_("Subscriber"),
    "part.rendering": N_("Rendered by"),
    "part.referring": N_("Referred by"),
    "part.supervising": N_("Supervised by"),
    "part.facility": N_("Place of care"),
    "other_coverages[].payer": N_("Other payer"),
    "other_coverages[].subscriber": N_("Other subscriber"),
}

CLAIM: dict[str, str] = {
    "kind": N_("Kind of claim"),
    "number": N_("Claim number"),
    "coverage": N_("Policy billed"),
    "coverage.member_id": N_("Member id"),
    "coverage.filing": N_("Kind of insurance"),
    "coverage.rank": N_("Rank of the policy"),
    "coverage.relationship": N_("Patient to subscriber"),
    "coverage.group_number": N_("Group number"),
    "coverage.plan_name": N_("Plan"),
    "coverage.insurance_type": N_("Why Medicare is second"),
    "coverage.assigns_benefits": N_("Benefits assigned"),
    "coverage.release": N_("Release of data"),
    "coverage.provider_number": N_("The payer's number of us"),
    "acts": N_("Lines"),
    "part.signed": N_("Provider's signature"),
    "total": N_("Total"),
    "authority": N_("Authority"),
    "authority.prior_authorization": N_("Prior authorization"),
    "authority.referral": N_("Referral number"),
    "authority.clia": N_("CLIA number"),
    "pay_to": N_("Where to pay"),
    "other_coverages": N_("Other policies"),
    "other_coverages[].adjudication": N_("Answer of the other payer"),
    **{f"part.{name}": words for name, words in CODING.items() if not name.endswith("_id")},
    **{f"acts[].part.{name}": words for name, words in LINE.items()},
    **{f"acts[].{name}": words for name, words in LINE.items()},
    **{f"lines[].{name}": words for name, words in LINE.items()},
    **{name: words for name, words in CODING.items() if name not in {"diagnoses", "lines"}},
}
"""Fields of a claim by pattern, and of a coding."""

QUALIFIERS: dict[str, str] = {
    "431": N_("began on"),
    "484": N_("last menstrual period"),
    "439": N_("accident"),
    "454": N_("first treatment"),
    "304": N_("last seen"),
    "453": N_("acute again"),
    "455": N_("last x-ray"),
    "444": N_("first contact"),
    "471": N_("prescription"),
    "090": N_("care assumed"),
    "091": N_("care handed over"),
}
"""What happened on a ``ClaimDate`` (X12 DTP01)."""

CHOICES: dict[str, dict[str, str]] = {
    "frequency": {"1": N_("is the original"), "7": N_("replaces another"), "8": N_("voids another")},
    "assignment": {"A": N_("accepted"), "B": N_("only for laboratory services"), "C": N_("not accepted")},
    "accident": {"EM": N_("at work"), "AA": N_("car"), "OA": N_("other")},
}
"""Values that are keys of a list, by field."""


def label(path: str) -> tuple[str, str | None]:
    """The words for a field: a message id, and the message id of whose it is for ``%(who)s``; None where it has none.

    A field without words of its own has those of the nearest field around it; one that has none at all is shown by
    its path.
    """
    pattern = _INDEX.sub("[]", path)
    while pattern:
        if pattern in CLAIM:
            return CLAIM[pattern], None
        whose = next((who for who in _WHO if pattern == who or pattern.startswith(f"{who}.")), None)
        if whose is not None:
            rest = pattern.removeprefix(whose).removeprefix(".").split(".")[0]
            return _PARTY.get(rest, _PARTY[""]), _WHO[whose]
        pattern = pattern[: max(pattern.rfind("."), pattern.rfind("["), 0)]
    return path, None


def place_of(path: str, name: str) -> int | None:
    """The 0-based place in a row that a path goes through: 1 for ``acts[1].charge`` and ``acts``; None elsewhere."""
    found = re.match(rf"(?:part\.)?{name}\[(\d+)\]", path)
    return int(found.group(1)) if found else None
