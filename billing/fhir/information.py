"""Dates, spans, codes and notes as supportingInfo (docs/claim-map.md, part.dates to part.note and patient_paid)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from billing.domain.claim import Claim
from billing.domain.professional import CLAIM_DATE_ORDER, ClaimDate, Professional, ProfessionalAct
from billing.fhir.text import capitals
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.fhir.elements import Json, read_amount, read_code_in, read_period, write_concept, write_period
from clinic.fhir.node import Node
from clinic.fhir.systems import CODE_PREFIX

CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/claiminformationcategory"
CLAIM_DATE: Final = CODE_PREFIX + "claim-date"
CONDITION_CODE: Final = CODE_PREFIX + "condition-code"
TEXT: Final = CODE_PREFIX + "text"
AMOUNT: Final = CODE_PREFIX + "amount"

_ONSETS = frozenset({"431", "484"})
_SPANS = {"employmentimpacted": "unable_to_work", "hospitalized": "hospital"}
_TEXTS = {"casualty-claim": "casualty_claim", "note": "note"}
Qualifier = Literal["431", "484", "439", "454", "304", "453", "455", "471", "090", "091", "444"]
_QUALIFIERS: tuple[Qualifier, ...] = ("431", "484", "439", "454", "304", "453", "455", "471", "090", "091", "444")


class Information(Value, frozen=True, kw_only=True):
    """What the supportingInfo of a Claim says, each under the name of its field in the claim."""

    dates: tuple[ClaimDate, ...] = ()
    unable_to_work: Period | None = None
    hospital: Period | None = None
    condition_codes: tuple[str, ...] = ()
    casualty_claim: str | None = None
    note: str | None = None
    patient_paid: Money | None = None


def entry(category: str, code: Json | None = None, **value: Any) -> Json:
    """An entry of supportingInfo, before it is numbered."""
    return {"category": write_concept(CATEGORY, category), **({"code": code} if code else {}), **value}


def _entries(claim: Claim[Professional, ProfessionalAct]) -> Iterator[Json]:
    part = claim.part
    for dated in part.dates:
        category = "onset" if dated.qualifier in _ONSETS else "info"
        yield entry(category, write_concept(CLAIM_DATE, dated.qualifier), timingDate=dated.on.isoformat())
    if part.unable_to_work:
        yield entry("employmentimpacted", timingPeriod=write_period(part.unable_to_work))
    if part.hospital:
        yield entry("hospitalized", timingPeriod=write_period(part.hospital))
    for code in part.condition_codes:
        yield entry("info", write_concept(CONDITION_CODE, code))
    for name, text in (("casualty-claim", part.casualty_claim), ("note", part.note)):
        if text is not None:
            yield text_entry(name, text)
    if claim.patient_paid:
        yield paid_entry(claim.patient_paid)


def text_entry(name: str, text: str) -> Json:
    """A text of the claim under a name of ours."""
    return entry("info", write_concept(TEXT, name), valueString=text)


def paid_entry(paid: Money) -> Json:
    """What the patient paid."""
    amount = {"value": Decimal(paid.plain()), "unit": paid.currency}
    return entry("other", write_concept(AMOUNT, "patient-paid"), valueQuantity=amount)


def read_paid(found: Node) -> Money:
    """What an entry says the patient paid."""
    paid = found.need("valueQuantity")
    return read_amount(paid.need("value"), paid.text_at("unit") or "USD")


def numbered(entries: Iterable[Json]) -> list[Json]:
    """Entries with their sequence, from 1."""
    return [{"sequence": sequence, **each} for sequence, each in enumerate(entries, start=1)]


def write_information(claim: Claim[Professional, ProfessionalAct]) -> list[Json]:
    """The supportingInfo of a professional claim, numbered from 1."""
    return numbered(_entries(claim))


def read_information(claim: Node) -> Information:
    """What we know to read in the supportingInfo of a Claim; entries of other kinds are left out.

    Raises:
        Refused: an entry of a kind we know does not say what its kind says.
    """
    dates: list[ClaimDate] = []
    conditions: list[str] = []
    found: dict[str, Any] = {}
    for entry in claim.each("supportingInfo"):
        fact = _read_entry(entry)
        if isinstance(fact, ClaimDate):
            dates.append(fact)
        elif fact and fact[0] == "condition_codes":
            conditions.append(fact[1])
        elif fact:
            found[fact[0]] = fact[1]
    dates.sort(key=lambda dated: CLAIM_DATE_ORDER.index(dated.qualifier))
    return Information(dates=tuple(dates), condition_codes=tuple(conditions), **found)


def _read_entry(entry: Node) -> ClaimDate | tuple[str, Any] | None:
    """A date, or a field of ``Information`` and its value; None where the entry is of a kind we do not read."""
    category = read_code_in(entry.need("category"), CATEGORY)
    if category in _SPANS:
        return _SPANS[category], _read_span(entry)
    code = entry.get("code")
    coded = _read_coded(entry, code) if code else None
    if coded is None and category == "onset":
        return ClaimDate("431", read_day(entry))
    return coded


def _read_coded(entry: Node, code: Node) -> ClaimDate | tuple[str, Any] | None:
    if read_code_in(code, CLAIM_DATE):
        return _read_date(entry, code)
    if condition := read_code_in(code, CONDITION_CODE):
        return "condition_codes", condition
    if name := _TEXTS.get(read_code_in(code, TEXT) or ""):
        return name, capitals(entry.need("valueString").text())
    if read_code_in(code, AMOUNT) == "patient-paid":
        return "patient_paid", read_paid(entry)
    return None


def _read_date(entry: Node, code: Node) -> ClaimDate:
    for coding in code.each("coding"):
        if coding.text_at("system") == CLAIM_DATE:
            return ClaimDate(coding.need("code").one_of(_QUALIFIERS), read_day(entry))
    raise code.refused(N_("A code is expected here."))


def read_day(entry: Node) -> date:
    """The day an entry is of."""
    span = entry.get("timingPeriod")
    return span.need("start").day() if span else entry.need("timingDate").day()


def _read_span(entry: Node) -> Period:
    day = entry.get("timingDate")
    return Period(day.day()) if day else read_period(entry.need("timingPeriod"))
