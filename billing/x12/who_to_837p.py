"""Who is paid, who is insured, who was ill: loops 2000A, 2000B and 2000C of an 837P, without their HL."""

from __future__ import annotations

from billing.domain.professional import ProfessionalClaim
from billing.x12.parties_837p import Party, put_address, put_payer
from billing.x12.parties_to_x12 import day, line, nm1, npi_of, prv, ref_of
from billing.x12.read_837p import GRAMMAR
from billing.x12.writer import Sheet
from clinic.domain.code import EIN, SSN
from clinic.domain.party import BillingProvider
from clinic.domain.person import Address, Person, PersonName
from clinic.domain.words import N_

_rule = GRAMMAR.rule
_TAX = {EIN: "EI", SSN: "SY"}
_BILLING = Party("2010AA", "85", address=True)
_PAY_TO = Party("2010AB", "87", address=True)
_SUBSCRIBER = Party("2010BA", "IL", address=True)
_PAYER = Party("2010BB", "PR", address=True)
_PATIENT = Party("2010CA", "QC", address=True)
_PRV_BI, _CUR = _rule("2000A", "PRV*BI"), _rule("2000A", "CUR")
_TAX_REF, _PER = _rule("2010AA", "REF*EI"), _rule("2010AA", "PER")
_SBR = _rule("2000B", "SBR")
_DMG = {loop: _rule(loop, "DMG") for loop in ("2010BA", "2010CA")}
_Y4 = {loop: _rule(loop, "REF*Y4") for loop in ("2010BA", "2010CA")}
_PAYER_REF = _rule("2010BB", "REF*G2")
_PAT = _rule("2000C", "PAT")


def put_biller(sheet: Sheet, billing: BillingProvider, pay_to: Address | None, currency: str) -> None:
    """2000A without its HL."""
    if billing.taxonomy is not None:
        sheet.put(_PRV_BI, prv("BI", billing.taxonomy))
    if currency != "USD":
        sheet.put(_CUR, line("CUR", "85", currency))
    sheet.put(_BILLING.nm1, nm1("85", billing.name, *npi_of(billing.identifier)))
    put_address(sheet, _BILLING, billing.address)
    sheet.put(_TAX_REF, line("REF", _TAX.get(billing.tax.system, "?"), billing.tax.value))
    contact = billing.contact
    if contact is not None:
        sheet.put(_PER, line("PER", "IC", contact.name, "TE", contact.phone))
    if pay_to is not None:
        sheet.put(_PAY_TO.nm1, line("NM1", "87", "1" if isinstance(billing.name, PersonName) else "2"))
        put_address(sheet, _PAY_TO, pay_to)


def put_insured(sheet: Sheet, claim: ProfessionalClaim) -> None:
    """2000B without its HL."""
    coverage = claim.coverage
    is_self = coverage.relationship == "18"
    if is_self and coverage.subscriber is not None:
        sheet.stop(
            "2000B SBR02",
            N_("The patient is the subscriber, and another subscriber is named."),
            N_("Leave the subscriber out, or correct the relationship."),
        )
    who = claim.patient if is_self else coverage.subscriber
    if who is None:
        sheet.stop(
            "2010BA NM103",
            N_("The patient is not the subscriber, and no subscriber is named."),
            N_("Name the subscriber, or correct the relationship."),
        )
    sheet.put(
        _SBR,
        line(
            "SBR",
            coverage.rank,
            "18" if is_self else "",
            coverage.group_number,
            coverage.plan_name,
            coverage.insurance_type,
            "",
            "",
            "",
            coverage.filing,
        ),
    )
    sheet.put(_SUBSCRIBER.nm1, nm1("IL", who.name, "MI", coverage.member_id))
    _put_person(sheet, _SUBSCRIBER, who, whole=is_self)
    if is_self:
        _put_casualty(sheet, "2010BA", claim)
    put_payer(sheet, _PAYER, coverage.payer)
    if coverage.provider_number is not None:
        sheet.put(_PAYER_REF, ref_of(coverage.provider_number))


def put_patient(sheet: Sheet, claim: ProfessionalClaim) -> None:
    """2000C without its HL."""
    sheet.put(_PAT, line("PAT", claim.coverage.relationship))
    sheet.put(_PATIENT.nm1, nm1("QC", claim.patient.name, None, None))
    _put_person(sheet, _PATIENT, claim.patient, whole=True)
    _put_casualty(sheet, "2010CA", claim)


def _put_person(sheet: Sheet, party: Party, person: Person, *, whole: bool) -> None:
    if person.address is not None:
        put_address(sheet, party, person.address)
    elif whole:
        sheet.stop(f"{party.loop} N301", N_("The patient's address is missing."), N_("Enter it."))
    if whole or person.birth is not None or person.sex is not None:
        birth = day(person.birth) if person.birth is not None else None
        sheet.put(_DMG[party.loop], line("DMG", "D8", birth, person.sex))


def _put_casualty(sheet: Sheet, loop: str, claim: ProfessionalClaim) -> None:
    if claim.part.casualty_claim is not None:
        sheet.put(_Y4[loop], line("REF", "Y4", claim.part.casualty_claim))
