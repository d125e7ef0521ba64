"""Boxes 33 to 58 of the ADA form, but for those that differ from page to page (32, 43 and 44)."""

from __future__ import annotations

from billing.documents.ada_form import Once, Texts
from billing.documents.ada_wording import address, day, dialled, licence, taxed
from billing.documents.wording import CROSS, ON_FILE, city_line, cross, spoken_name, street
from billing.domain.claim import Frequency
from billing.domain.dental import MAX_DIAGNOSES, DentalClaim
from clinic.domain.code import ICD9CM
from clinic.domain.party import Provider
from clinic.domain.tooth import PERMANENT

foot: Once = Once()

_MISSING, _TO_GO = CROSS, "/"
_AGAIN: dict[Frequency, str] = {"7": "REPLACES CLAIM", "8": "VOIDS CLAIM"}
REMARKS = 111
"""Letters on each of the two lines of box 35."""


@foot(*[f"33 {tooth}" for tooth in PERMANENT])
def missing(claim: DentalClaim) -> Texts:
    """An X on a tooth that is missing, a stroke on one to be extracted. The grid has permanent teeth only."""
    signs = {each.tooth: _MISSING if each.status == "M" else _TO_GO for each in claim.part.missing}
    return [signs.get(tooth, "") for tooth in PERMANENT]


@foot("34 qualifier", "34a A", "34a B", "34a C", "34a D")
def diagnoses(claim: DentalClaim) -> Texts:
    """What is over four stands in D, too long for it, so that it is told."""
    codes = [code.value for code in claim.part.diagnoses]
    if not codes:
        return ("",) * (MAX_DIAGNOSES + 1)
    if len(codes) > MAX_DIAGNOSES:
        codes[MAX_DIAGNOSES - 1 :] = [" ".join(codes[MAX_DIAGNOSES - 1 :])]
    qualifier = "B" if claim.part.diagnoses[0].system == ICD9CM else "AB"
    return [qualifier, *codes, *[""] * (MAX_DIAGNOSES - len(codes))]


@foot("35 upper", "35 lower")
def remarks(claim: DentalClaim) -> Texts:
    """What the claim replaces or voids, which has no box of its own, then the notes."""
    again = [f"{_AGAIN[claim.frequency]} {claim.replaces or ''}".rstrip()] if claim.frequency in _AGAIN else []
    text = "; ".join([*again, *claim.part.notes])
    if len(text) <= REMARKS:
        return text, ""
    cut = text.rfind(" ", 0, REMARKS + 1)
    return (text[:cut], text[cut + 1 :]) if cut > 0 else (text[:REMARKS], text[REMARKS:])


@foot("36 signature", "37 signature")
def signatures(claim: DentalClaim) -> Texts:
    """Of the patient, and for payment to the dentist: the signed originals are in the office."""
    return ON_FILE, ON_FILE if claim.coverage.assigns_benefits == "Y" else ""


@foot("38 place", "39 answer")
def circumstances(claim: DentalClaim) -> Texts:
    """Where it was done; whether something is enclosed."""
    return claim.part.place, "Y" if claim.part.attachments else "N"


@foot("40 no", "40 yes", "41 date", "42 months")
def orthodontics(claim: DentalClaim) -> Texts:
    """Months of the whole treatment, else those to come."""
    part = claim.part
    treated = part.orthodontics
    if treated is None:
        return *cross(0, 2), "", ""
    months = treated.remaining_months if treated.total_months is None else treated.total_months
    placed = next((found.on for found in part.dates if found.qualifier == "452"), None)
    return *cross(1, 2), day(placed), "" if months is None else str(months)


@foot("45 work", "45 auto", "45 other", "46 date", "47 state")
def accident(claim: DentalClaim) -> Texts:
    """Whether work, a car or another accident caused it."""
    part = claim.part
    happened = next((found.on for found in part.dates if found.qualifier == "439"), None)
    causes = [CROSS if cause in part.accident else "" for cause in ("EM", "AA", "OA")]
    return *causes, day(happened), part.accident_state or ""


@foot("48 name", "48 street", "48 street 2", "48 city", "49 npi", "51 number", "52 phone", "52a id")
def billing(claim: DentalClaim) -> Texts:
    """Who is paid, where the money goes. A licence (50) is a person's, and stands in 55."""
    who = claim.billing
    number = claim.coverage.provider_number
    return (
        spoken_name(who.name),
        *address(claim.pay_to or who.address),
        who.identifier.value if who.identifier else "",
        taxed(who.tax),
        dialled(who.contact.phone) if who.contact and who.contact.phone else "",
        number.value if number else "",
    )


@foot("53 signature", "54 npi", "55 number", "56a code", "58 id")
def treating(claim: DentalClaim) -> Texts:
    """Who did it, else who bills."""
    who = claim.part.rendering or Provider(
        name=claim.billing.name, identifier=claim.billing.identifier, taxonomy=claim.billing.taxonomy
    )
    state, other = licence(who.other)
    return (
        ON_FILE if claim.part.signed == "Y" else "",
        who.identifier.value if who.identifier else "",
        state,
        who.taxonomy.value if who.taxonomy else "",
        other,
    )


@foot("56 street", "56 city")
def place(claim: DentalClaim) -> Texts:
    """Where it was done: the facility, else the billing address."""
    at = claim.part.facility.address if claim.part.facility else claim.billing.address
    return street(at), city_line(at)
