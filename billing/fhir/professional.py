"""What a professional claim adds to the resource (docs/claim-map.md)."""

from __future__ import annotations

from datetime import date
from typing import Any

from billing.domain.claim import Claim
from billing.domain.professional import CLAIM_DATE_ORDER, ClaimDate, Professional
from billing.fhir.information import read_information, write_information
from billing.fhir.kind import Information, Kind, Own, Read
from billing.fhir.professional_lines import read_item, write_item


def _information(claim: Claim[Any, Any]) -> Information:
    return Information(write_information(claim), {})


def _use(part: Professional) -> str:
    del part
    return "claim"


def _read(said: Read) -> Own:
    information = read_information(said.node)
    members = dict(said.team.lines)
    items = list(said.node.each("item")) or [said.node.need_first("item")]
    part = Professional(
        **said.shared,
        dates=_dates(information.dates, said.accident),
        unable_to_work=information.unable_to_work,
        hospital=information.hospital,
        condition_codes=information.condition_codes,
        casualty_claim=information.casualty_claim,
        note=information.note,
    )
    acts = [read_item(item, said.place, said.pointing, members) for item in items]
    return Own(part, acts, information.patient_paid)


def _dates(dates: tuple[ClaimDate, ...], accident: date | None) -> tuple[ClaimDate, ...]:
    """The dates of the illness; an accident's own date counts where no other is given for it."""
    if accident is None or any(dated.qualifier == "439" for dated in dates):
        return dates
    found = [*dates, ClaimDate("439", accident)]
    return tuple(sorted(found, key=lambda dated: CLAIM_DATE_ORDER.index(dated.qualifier)))


PROFESSIONAL = Kind("professional", "professional", ("claim",), False, _use, _information, write_item, _read)
