"""ServiceRequest, FHIR R4: a line of an order; all lines of one share its requisition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from clinic.domain.code import ICD10CM, Code, pointed
from clinic.fhir.elements import Json, present
from clinic.fhir.exporter.own import Own, refer, start
from clinic.fhir.systems import code_address

STATUS: Final = {
    "draft": "draft",
    "held": "on-hold",
    "active": "active",
    "preliminary": "active",
    "cancelled": "revoked",
}
"""Of the line's axis; once there is a final result it is completed."""
PRIORITY: Final = {"routine": "routine", "urgent": "urgent", "stat": "stat"}


def write(
    own: Own,
    *,
    requisition: str,
    state: str,
    priority: str,
    test: str,
    loinc: str | None,
    name: str,
    patient_id: int,
    visit_id: int | None,
    provider_id: int | None,
    ordered_on: date,
    diagnoses: Sequence[str],
    reason: str | None,
    answers: Mapping[str, str],
) -> Json:
    """One ordered test, with why and what was asked."""
    coding = [{"system": "http://loinc.org", "code": loinc}] if loinc else []
    why = [_diagnosis(each) for each in diagnoses] + ([{"text": reason}] if reason else [])
    return present(
        **start(own),
        requisition={"system": own.practice_system("requisition"), "value": requisition},
        status=STATUS.get(state, "completed"),
        intent="order",
        category=[{"coding": [{"system": "http://snomed.info/sct", "code": "108252007"}]}],
        priority=PRIORITY.get(priority),
        code={"coding": [*coding, {"system": own.practice_system("test"), "code": test}], "text": name},
        subject=refer("patient", patient_id),
        encounter=refer("visit", visit_id),
        authoredOn=ordered_on.isoformat(),
        requester=refer("provider", provider_id),
        reasonCode=why,
        note=[{"text": f"{question}: {answer}"} for question, answer in answers.items()],
    )


def _diagnosis(code: str) -> Json:
    return {"coding": [{"system": code_address(ICD10CM), "code": pointed(Code(ICD10CM, code.replace(".", "")))}]}
