"""Specimen, FHIR R4: a container with what happened to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from clinic.fhir.elements import Json, present, write_extension
from clinic.fhir.exporter.own import Own, refer, start
from lab.domain.catalogue import Holder, TestFacts
from lab.domain.container import Container, Run

_V2: Final = "http://terminology.hl7.org/CodeSystem/v2-"
STATUS: Final = {
    "rejected": "unsatisfactory",
    "void": "entered-in-error",
    "lost": "unavailable",
    "missed": "unavailable",
}
"""Of states; used up and thrown away are unavailable too, any other is available."""
GONE: Final = frozenset({"used_up", "disposed", "sent", "received"})


def write(
    own: Own,
    container: Container,
    *,
    patient_id: int,
    test: TestFacts | None,
    holder: Holder | None,
    collector: Json | None = None,
) -> Json:
    """A container; one that was never drawn is none, so whoever calls leaves it out."""
    return present(
        **start(own),
        accessionIdentifier={"system": own.practice_system("container"), "value": container.number},
        status=STATUS.get(container.state, "unavailable" if container.state in GONE else "available"),
        type=_type(test),
        subject=refer("patient", patient_id),
        receivedTime=container.received_at.isoformat() if container.received_at else None,
        parent=[refer("specimen", container.parent_id)] if container.parent_id else [],
        request=[refer("order_line", need.line_id) for need in container.needs if need.line_id],
        collection=_collection(container, collector),
        processing=[_processing(run) for run in container.runs],
        container=[_holder(container, holder)],
        condition=[{"text": said} for said in container.conditions],
        extension=[write_extension("reject-code", "valueCode", container.rejected_code)]
        if container.rejected_code
        else [],
    )


def _type(test: TestFacts | None) -> Json | None:
    if test is None:
        return None
    coding = [
        {"system": _V2 + "0487", "code": test.specimen_code} if test.specimen_code else None,
        {"system": "http://snomed.info/sct", "code": test.snomed} if test.snomed else None,
    ]
    return present(coding=[each for each in coding if each], text=test.specimen)


def _collection(container: Container, collector: Json | None) -> Json | None:
    if container.collected_at is None:
        return None
    return present(
        collector=collector,
        collectedDateTime=container.collected_at.isoformat(),
        quantity=_millilitres(container.volume_ul if container.parent_id is None else None),
        method={"text": container.method} if container.method else None,
        bodySite={"text": container.site} if container.site else None,
    )


def _processing(run: Run) -> Json:
    when = present(start=run.started_at.isoformat(), end=run.ended_at.isoformat() if run.ended_at else None)
    force = f", {run.g} g" if run.g is not None else ""
    return {"description": f"{run.step}{force}", "timePeriod": when}


def _holder(container: Container, holder: Holder | None) -> Json:
    additive = {"coding": [{"system": _V2 + "0371", "code": holder.additive}]} if holder and holder.additive else None
    return present(
        description=container.cap,
        type={"text": holder.name if holder else container.holder},
        capacity=_millilitres(holder.capacity_ul if holder else None),
        specimenQuantity=_millilitres(container.remaining_ul),
        additiveCodeableConcept=additive,
    )


def _millilitres(ul: int | None) -> Json | None:
    if ul is None:
        return None
    return {"value": Decimal(ul) / 1000, "unit": "mL", "system": "http://unitsofmeasure.org", "code": "mL"}
