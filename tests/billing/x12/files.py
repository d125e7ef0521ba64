"""Files to read and to spoil, and what pyx12 says of a file."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyx12.params
import pyx12.x12n_document

from billing.domain.professional import ProfessionalClaim
from billing.x12 import Reading, Transmission, read_837p, write_837p
from clinic.domain.person import Contact, OrganizationName
from tests.strategies.samples import endless_claims

TRANSMISSION = Transmission(
    sender_qualifier="ZZ",
    sender="ELMSTREET",
    receiver_qualifier="ZZ",
    receiver="CLEARING",
    submitter=OrganizationName("ELM STREET CLINIC"),
    submitter_id="ELM01",
    contact=Contact("PAT BAKER", "2175550100"),
    receiver_name="CLEARINGHOUSE",
    receiver_id="CLR01",
    interchange=42,
    group=7,
    transaction="0001",
    created=datetime(2025, 3, 4, 9, 30),  # noqa: DTZ001  the sender's local time, as the file says it
    usage="T",
    reference="BATCH1",
)


def writable(claim: ProfessionalClaim) -> bool:
    """Whether the file has room for all causes of the accident: CLM11 takes two."""
    return len(claim.part.accident) < 3


def sendable(count: int, seed: int = 0) -> list[ProfessionalClaim]:
    """So many claims that the file can say whole."""
    source = filter(writable, endless_claims(seed))
    return [next(source) for _ in range(count)]


def segments(data: bytes) -> list[str]:
    """The segments of a file with our own separators."""
    return data.decode().removesuffix("~").split("~")


def joined(parts: list[str], *, recount: bool = True) -> bytes:
    """A file of these segments; SE01 is made right again unless it is not to be."""
    parts = list(parts)
    if recount:
        start = next(at for at, part in enumerate(parts) if part.startswith("ST*"))
        for at, part in enumerate(parts):
            if part.startswith("SE*"):
                parts[at] = f"SE*{at - start + 1}*{part.split('*')[2]}"
    return ("~".join(parts) + "~").encode()


def written(*claims: ProfessionalClaim) -> bytes:
    return write_837p(TRANSMISSION, claims)


def faults(data: bytes) -> list[tuple[str, str, str | None, str | None]]:
    """Code, segment, loop and element of each fault."""
    return [(fault.code, fault.segment, fault.loop, fault.element) for fault in reading(data).errors]


def reading(data: bytes) -> Reading:
    return read_837p(data)


def pyx12_findings(data: bytes) -> list[str]:
    """What pyx12 finds, in this process and without a file beside its input: code and text each."""
    report = io.StringIO()
    good = pyx12.x12n_document.x12n_document(
        pyx12.params.params(), io.StringIO(data.decode("ascii")), None, None, None, fd_json=report
    )
    found = list(_errors(json.loads(report.getvalue()))) if report.getvalue() else []
    return found if found or good else ["refused without a reason"]


def _errors(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _errors(each)
    elif isinstance(value, dict):
        if "err_str" in value:
            yield f"{value['err_cde']} {value['err_str']}"
        for each in value.values():
            yield from _errors(each)
