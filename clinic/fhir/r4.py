"""The models that judge a resource: fhir.resources' R4B classes, whose shapes are R4's for the types listed here.

Nothing of fhir.resources is imported before the first resource is judged: the import takes most of a second.
The models are a door, not a store: they turn money into floats and rewrite instants, so what is kept is the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

FHIR_VERSION: Final = "4.0.1"

TYPES: Final = frozenset(
    {
        *("Account", "AdverseEvent", "AllergyIntolerance", "Appointment", "AppointmentResponse", "AuditEvent"),
        *("Basic", "Binary", "BodyStructure", "Bundle", "CarePlan", "CareTeam", "ChargeItem", "Claim"),
        *("ClaimResponse", "ClinicalImpression", "Communication", "CommunicationRequest", "Composition"),
        *("Condition", "Consent", "Coverage", "CoverageEligibilityRequest", "CoverageEligibilityResponse"),
        *("DetectedIssue", "Device", "DeviceRequest", "DeviceUseStatement", "DiagnosticReport"),
        *("DocumentReference", "Encounter", "Endpoint", "EnrollmentRequest", "EnrollmentResponse"),
        *("EpisodeOfCare", "ExplanationOfBenefit", "FamilyMemberHistory", "Flag", "Goal", "Group"),
        *("HealthcareService", "ImagingStudy", "Immunization", "ImmunizationRecommendation", "InsurancePlan"),
        *("Invoice", "List", "Location", "Media", "Medication", "MedicationAdministration", "MedicationDispense"),
        *("MedicationRequest", "MedicationStatement", "MessageHeader", "NutritionOrder", "Observation"),
        *("OperationOutcome", "Organization", "OrganizationAffiliation", "Parameters", "Patient", "PaymentNotice"),
        *("PaymentReconciliation", "Person", "Practitioner", "PractitionerRole", "Procedure", "Provenance"),
        *("QuestionnaireResponse", "RelatedPerson", "RiskAssessment", "Schedule", "ServiceRequest", "Slot"),
        *("Specimen", "Substance", "SupplyDelivery", "SupplyRequest", "Task", "VisionPrescription"),
    }
)
"""The resource types we judge. The wire names the class, so it is looked up here before anything is imported."""

ELEMENT: Final = re.compile(r"_?[a-z][A-Za-z0-9]{0,63}\Z")
"""What the names of elements look like."""


class Fault(Value, frozen=True):
    """What is wrong with a resource, and where. It holds no value of the record."""

    path: str
    code: str
    """An issue type of OperationOutcome: structure, required, value, invalid, code-invalid."""


@cache
def model(resource_type: str) -> Any:
    """The model class of a resource type.

    Raises:
        Refused: the type is not one of ``TYPES``.
    """
    if resource_type not in TYPES:
        raise Refused(
            N_("This type of resource is not one we read."), remedy=N_("See docs/fhir.md for the types that are.")
        )
    from fhir.resources.R4B import get_fhir_model_class  # noqa: PLC0415  see above: never before it is needed

    return get_fhir_model_class(resource_type)


def faults(resource: dict[str, Any]) -> tuple[Fault, ...]:
    """What the model of the resource's type finds: unknown and missing elements, cardinality, choices, dates.

    What it lets pass is the business of ``clinic.fhir.check``.

    Raises:
        Refused: the type is not one of ``TYPES``.
    """
    from pydantic import ValidationError  # noqa: PLC0415  comes with the models

    kind = resource.get("resourceType")
    judge = model(kind if isinstance(kind, str) else "")
    try:
        judge.model_validate(resource)
    except ValidationError as error:
        return tuple(
            Fault(_path(str(kind), item["loc"]), _CODES.get(item["type"], "invalid"))
            for item in error.errors(include_input=False, include_context=False, include_url=False)
        )
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        # The models' own validators assume shapes that hostile input does not have.
        return (Fault(str(kind), "structure"),)
    return ()


_CODES = {
    "missing": "required",
    "extra_forbidden": "structure",
    "model_type": "structure",
    "list_type": "structure",
    "dict_type": "structure",
    "value_error": "value",
    "string_type": "value",
}


def _path(root: str, location: tuple[str | int, ...]) -> str:
    """The path of a fault. Names that are no element's could be anything, so they are not repeated."""
    text = root
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part if ELEMENT.match(part) else '?'}"
    return text
