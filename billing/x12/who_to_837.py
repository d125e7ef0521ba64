"""Who is paid, who is insured, who was ill: loops 2000A, 2000B and 2000C of an 837, without their HL."""

from __future__ import annotations

from typing import Any

from billing.domain.claim import Claim
from billing.x12.compiled import Grammar
from billing.x12.parties_837 import Party, put_address, put_payer
from billing.x12.parties_to_x12 import day, line, nm1, npi_of, prv, ref_of
from billing.x12.writer import Sheet
from clinic.domain.code import EIN, SSN
from clinic.domain.party import BillingProvider
from clinic.domain.person import Address, Person, PersonName
from clinic.domain.words import N_

_TAX = {EIN: "EI", SSN: "SY"}
AnyClaim = Claim[Any, Any]
"""Of a kind whose part says ``casualty_claim``."""


class Who:
    """The loops around the claims of a guide."""

    def __init__(self, grammar: Grammar) -> None:
        rule = grammar.rule
        self._billing = Party(grammar, "2010AA", "85", address=True)
        self._pay_to = Party(grammar, "2010AB", "87", address=True)
        self._subscriber = Party(grammar, "2010BA", "IL", address=True)
        self._payer = Party(grammar, "2010BB", "PR", address=True)
        self._patient = Party(grammar, "2010CA", "QC", address=True)
        self._prv_bi, self._cur = rule("2000A", "PRV*BI"), rule("2000A", "CUR")
        self._tax_ref, self._per = rule("2010AA", "REF*EI"), rule("2010AA", "PER")
        self._sbr, self._pat = rule("2000B", "SBR"), rule("2000C", "PAT")
        self._dmg = {loop: rule(loop, "DMG") for loop in ("2010BA", "2010CA")}
        self._y4 = {loop: rule(loop, "REF*Y4") for loop in ("2010BA", "2010CA")}
        self._payer_ref = rule("2010BB", "REF*G2")

    def put_biller(self, sheet: Sheet, billing: BillingProvider, pay_to: Address | None, currency: str) -> None:
        """2000A without its HL."""
        if billing.taxonomy is not None:
            sheet.put(self._prv_bi, prv("BI", billing.taxonomy))
        if currency != "USD":
            sheet.put(self._cur, line("CUR", "85", currency))
        sheet.put(self._billing.nm1, nm1("85", billing.name, *npi_of(billing.identifier)))
        put_address(sheet, self._billing, billing.address)
        sheet.put(self._tax_ref, line("REF", _TAX.get(billing.tax.system, "?"), billing.tax.value))
        contact = billing.contact
        if contact is not None:
            sheet.put(self._per, line("PER", "IC", contact.name, "TE", contact.phone))
        if pay_to is not None:
            sheet.put(self._pay_to.nm1, line("NM1", "87", "1" if isinstance(billing.name, PersonName) else "2"))
            put_address(sheet, self._pay_to, pay_to)

    def put_insured(self, sheet: Sheet, claim: AnyClaim) -> None:
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
            self._sbr,
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
        sheet.put(self._subscriber.nm1, nm1("IL", who.name, "MI", coverage.member_id))
        self._put_person(sheet, self._subscriber, who, whole=is_self)
        if is_self:
            self._put_casualty(sheet, "2010BA", claim)
        put_payer(sheet, self._payer, coverage.payer)
        if coverage.provider_number is not None:
            sheet.put(self._payer_ref, ref_of(coverage.provider_number))

    def put_patient(self, sheet: Sheet, claim: AnyClaim) -> None:
        """2000C without its HL."""
        sheet.put(self._pat, line("PAT", claim.coverage.relationship))
        sheet.put(self._patient.nm1, nm1("QC", claim.patient.name, None, None))
        self._put_person(sheet, self._patient, claim.patient, whole=True)
        self._put_casualty(sheet, "2010CA", claim)

    def _put_person(self, sheet: Sheet, party: Party, person: Person, *, whole: bool) -> None:
        if person.address is not None:
            put_address(sheet, party, person.address)
        elif whole:
            sheet.stop(f"{party.loop} N301", N_("The patient's address is missing."), N_("Enter it."))
        if whole or person.birth is not None or person.sex is not None:
            birth = day(person.birth) if person.birth is not None else None
            sheet.put(self._dmg[party.loop], line("DMG", "D8", birth, person.sex))

    def _put_casualty(self, sheet: Sheet, loop: str, claim: AnyClaim) -> None:
        if claim.part.casualty_claim is not None:
            sheet.put(self._y4[loop], line("REF", "Y4", claim.part.casualty_claim))
