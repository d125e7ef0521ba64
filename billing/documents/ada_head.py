"""Boxes 1 to 23 of the ADA form: what is asked, of whom, for whom."""

from __future__ import annotations

from billing.documents.ada_form import Once, Texts
from billing.documents.ada_wording import NO_ADDRESS, SEX, UNKNOWN, address, day
from billing.documents.wording import city_line, cross, filed_name, street
from billing.domain.dental import DentalClaim
from clinic.domain.person import Person

head: Once = Once()

_RELATIONSHIP = {"18": cross(0, 4), "01": cross(1, 4), "19": cross(2, 4)}
_OTHER_RELATIONSHIP = cross(3, 4)
_MEDICAL = frozenset({"MA", "MB"})


@head("1 services", "1 predetermination")
def transaction(claim: DentalClaim) -> Texts:
    """A statement of what was done, or a question before it is."""
    return cross(1 if claim.part.predetermination else 0, 2)


@head("2 number")
def predetermination_number(claim: DentalClaim) -> Texts:
    """The payer's answer to an earlier question, else its authorization."""
    authority = claim.authority
    return (claim.part.predetermination_number or (authority and authority.prior_authorization) or "",)


@head("3 name", "3 street", "3 street 2", "3 city", "3a id")
def payer(claim: DentalClaim) -> Texts:
    """Where the page is sent: seen through the envelope's window."""
    payer = claim.coverage.payer
    return payer.name.name, *(address(payer.address) if payer.address else NO_ADDRESS), payer.identifier.value


@head("4 dental", "4 medical")
def other_kind(claim: DentalClaim) -> Texts:
    """Another payer of a dental claim is taken for a dental plan, but Medicare, whose parts A and B are medical."""
    if not claim.other_coverages:
        return "", ""
    return cross(1 if claim.other_coverages[0].filing in _MEDICAL else 0, 2)


@head("5 name", "6 date", "7 M", "7 F", "7 U", "8 id", "9 number")
def other_holder(claim: DentalClaim) -> Texts:
    """The first of the others. Birth and sex of another person are not part of a claim (X12 2330A)."""
    if not claim.other_coverages:
        return ("",) * 7
    other = claim.other_coverages[0]
    own = other.subscriber is None
    return (
        filed_name(other.subscriber or claim.patient.name),
        day(claim.patient.birth) if own else "",
        *(SEX.get(claim.patient.sex, UNKNOWN) if own else UNKNOWN),
        other.member_id,
        other.group_number or "",
    )


@head("10 self", "10 spouse", "10 dependent", "10 other")
def other_relationship(claim: DentalClaim) -> Texts:
    """Of the patient to that person."""
    if not claim.other_coverages:
        return ("",) * 4
    return _RELATIONSHIP.get(claim.other_coverages[0].relationship, _OTHER_RELATIONSHIP)


@head("11 name", "11 street", "11 city", "11a id")
def other_payer(claim: DentalClaim) -> Texts:
    """Both lines of its street stand in one."""
    if not claim.other_coverages:
        return ("",) * 4
    payer = claim.other_coverages[0].payer
    at = payer.address
    return payer.name.name, street(at) if at else "", city_line(at) if at else "", payer.identifier.value


@head("12 name", "12 street", "12 street 2", "12 city", "13 date", "14 M", "14 F", "14 U", "15 id", "16 number")
def insured(claim: DentalClaim) -> Texts:
    """The subscriber, who may be the patient. An employer (17) is not part of a claim."""
    return (
        *_person(claim.coverage.subscriber or claim.patient),
        claim.coverage.member_id,
        claim.coverage.group_number or "",
    )


@head("18 self", "18 spouse", "18 dependent", "18 other")
def relationship(claim: DentalClaim) -> Texts:
    """Of the patient to the insured."""
    return _RELATIONSHIP.get(claim.coverage.relationship, _OTHER_RELATIONSHIP)


@head("20 name", "20 street", "20 street 2", "20 city", "21 date", "22 M", "22 F", "22 U", "23 number")
def patient(claim: DentalClaim) -> Texts:
    """23 is the claim's own number, which comes back with the payment."""
    return *_person(claim.patient), claim.number


def _person(person: Person) -> Texts:
    return (
        filed_name(person.name),
        *(address(person.address) if person.address else NO_ADDRESS),
        day(person.birth),
        *SEX.get(person.sex, UNKNOWN),
    )
