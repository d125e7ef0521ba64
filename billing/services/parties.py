"""Rows of the practice as the values a claim is built from."""

from __future__ import annotations

from billing.coding.wording import claim_text, digits, optional_postal, postal_text
from billing.domain.claim import Coverage, OtherCoverage
from clinic.domain.code import NPI, PAYER, TAXONOMY, Code, Identifier
from clinic.domain.party import BillingProvider, Colleague, Facility, Payer, Provider
from clinic.domain.person import Address, Contact, OrganizationName, Person, PersonName
from clinic.models import Coverage as CoverageRow
from clinic.models import Location, Patient, Practice
from clinic.models import Payer as PayerRow
from clinic.models import Provider as ProviderRow


def _npi(value: str | None) -> Identifier | None:
    return Identifier(NPI, value) if value else None


def _taxonomy(value: str | None) -> Code | None:
    return Code(TAXONOMY, value) if value else None


def _name(last: str | None, first: str | None, middle: str | None, suffix: str | None) -> PersonName:
    return PersonName(postal_text(last or ""), optional_postal(first), optional_postal(middle), optional_postal(suffix))


def _address(
    street: str | None, street_2: str | None, city: str | None, state: str | None, postal_code: str | None
) -> Address:
    return Address(
        street=postal_text(street or ""),
        street_2=optional_postal(street_2),
        city=postal_text(city or ""),
        state=optional_postal(state),
        postal_code=digits(postal_code),
    )


def billing_provider(practice: Practice) -> BillingProvider:
    """The practice as it bills."""
    contact = Contact(optional_postal(practice.contact_name), digits(practice.phone))
    return BillingProvider(
        name=OrganizationName(postal_text(practice.name)),
        address=_address(practice.street, practice.street_2, practice.city, practice.state, practice.postal_code),
        tax=Identifier(practice.tax_system, digits(practice.tax_id) or ""),
        identifier=_npi(practice.npi),
        taxonomy=_taxonomy(practice.taxonomy),
        contact=contact if contact.phone else None,
    )


def pay_to(practice: Practice) -> Address | None:
    """Where the practice wants its money, if elsewhere."""
    if not practice.pay_to_street:
        return None
    return _address(
        practice.pay_to_street, None, practice.pay_to_city, practice.pay_to_state, practice.pay_to_postal_code
    )


def person(patient: Patient) -> Person:
    """The patient as insurers know them."""
    return Person(
        name=_name(patient.last, patient.first, patient.middle, patient.suffix),
        birth=patient.birth,
        sex=patient.sex if patient.sex in ("F", "M", "U") else None,  # type: ignore[arg-type]  # narrowed by the test
        address=_address(patient.street, patient.street_2, patient.city, patient.state, patient.postal_code),
    )


def payer(row: PayerRow, number: str | None = None) -> Payer:
    """The payer as the receiver of our files knows it: by ``number`` where it has one of its own for the payer."""
    return Payer(
        name=OrganizationName(postal_text(row.name)),
        identifier=Identifier(PAYER if number else row.payer_system, claim_text(number or row.payer_number or "")),
        address=_address(row.street, row.street_2, row.city, row.state, row.postal_code) if row.street else None,
    )


def coverage(row: CoverageRow, with_: PayerRow, number: str | None = None) -> Coverage:
    """The policy billed, with the payer it names or the one that this is here; ``number`` as :func:`payer` takes it.

    What kind of coverage it is follows the payer of ours, unless the policy itself says another.
    """
    return Coverage(
        payer=payer(with_, number),
        member_id=claim_text(row.member_id),
        filing=with_.filing if row.filing == row.payer.filing else row.filing,
        rank=row.rank,  # type: ignore[arg-type]  # the form lets only P, S and T in
        relationship=row.relation,
        subscriber=None if row.relation == "18" else _subscriber(row),
        group_number=claim_text(row.group_number) or None if row.group_number else None,
        plan_name=optional_postal(row.plan_name),
        insurance_type=row.insurance_type or None,
        assigns_benefits=row.assigns_benefits,  # type: ignore[arg-type]  # the form lets only Y, N and W in
        release=row.release,  # type: ignore[arg-type]  # the form lets only Y and I in
    )


def other_coverage(row: CoverageRow, with_: PayerRow, number: str | None = None) -> OtherCoverage:
    """A policy that answers before or after the one billed; as :func:`coverage`."""
    billed = coverage(row, with_, number)
    return OtherCoverage(
        payer=billed.payer,
        member_id=billed.member_id,
        filing=billed.filing,
        rank=billed.rank,
        relationship=billed.relationship,
        subscriber=billed.subscriber.name if billed.subscriber else None,
        group_number=billed.group_number,
        plan_name=billed.plan_name,
        insurance_type=billed.insurance_type,
        assigns_benefits=billed.assigns_benefits,
        release=billed.release,
    )


def _subscriber(row: CoverageRow) -> Person:
    address = None
    if row.subscriber_street:
        address = _address(
            row.subscriber_street, None, row.subscriber_city, row.subscriber_state, row.subscriber_postal_code
        )
    return Person(
        name=_name(row.subscriber_last, row.subscriber_first, row.subscriber_middle, row.subscriber_suffix),
        birth=row.subscriber_birth,
        sex=row.subscriber_sex if row.subscriber_sex in ("F", "M", "U") else None,  # type: ignore[arg-type]  # narrowed
        address=address,
    )


def provider(row: ProviderRow) -> Provider:
    """Who rendered."""
    return Provider(
        name=_name(row.last, row.first, row.middle, row.suffix),
        identifier=_npi(row.npi),
        taxonomy=_taxonomy(row.taxonomy),
    )


def colleague(row: ProviderRow) -> Colleague:
    """Who referred or supervised."""
    return Colleague(name=_name(row.last, row.first, row.middle, row.suffix), identifier=_npi(row.npi))


def facility(practice: Practice, location: Location) -> Facility | None:
    """The place of care, where it is not the billing address."""
    at = _address(location.street, location.street_2, location.city, location.state, location.postal_code)
    if at == _address(practice.street, practice.street_2, practice.city, practice.state, practice.postal_code):
        return None
    return Facility(name=OrganizationName(postal_text(location.name)), address=at, identifier=_npi(location.npi))
