"""A ProfessionalClaim as segments: 2300 with its lines, and what stands above it. Places: docs/claim-map.md."""

from __future__ import annotations

from billing.domain.claim import Adjudication, OtherCoverage
from billing.domain.professional import MAX_ACTS, MAX_MODIFIERS, ProfessionalActLine, ProfessionalClaim
from billing.x12.parties_to_x12 import PAYER_QUALIFIERS, amount, day, line, n3, n4, nm1, npi_of, prv, ref_of
from billing.x12.read_837p import GRAMMAR
from billing.x12.writer import Sheet, joined
from clinic.domain.code import CLIA, EIN, ICD9CM, ICD10CM, NDC, SSN, procedure
from clinic.domain.party import BillingProvider, Colleague, Facility, Payer, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, Person, PersonName
from clinic.domain.words import N_

_rule = GRAMMAR.rule
_TAX = {EIN: "EI", SSN: "SY"}
_PRINCIPAL = {ICD10CM: "ABK", ICD9CM: "BK"}
_FURTHER = {ICD10CM: "ABF", ICD9CM: "BF"}
_MAX_OTHER_COVERAGES = 10
_MAX_ADJUSTMENTS = 5
"""CAS segments in one 2320."""

_MAX_CONDITIONS = 12
"""In one HI, which may come twice."""

_MAX_CAUSES = 2
_CORRECT = N_("Correct it.")


class _Party:
    """The rules of one loop that names somebody."""

    def __init__(self, loop: str, code: str, address: bool = False) -> None:
        self.loop = loop
        self.code = code
        self.nm1 = _rule(loop, f"NM1*{code}")
        if address:
            self.n3, self.n4 = _rule(loop, "N3"), _rule(loop, "N4")


_BILLING = _Party("2010AA", "85", address=True)
_PAY_TO = _Party("2010AB", "87", address=True)
_SUBSCRIBER = _Party("2010BA", "IL", address=True)
_PAYER = _Party("2010BB", "PR", address=True)
_PATIENT = _Party("2010CA", "QC", address=True)
_REFERRING = _Party("2310A", "DN")
_RENDERING = _Party("2310B", "82")
_FACILITY = _Party("2310C", "77", address=True)
_SUPERVISING = _Party("2310D", "DQ")
_OTHER_SUBSCRIBER = _Party("2330A", "IL")
_OTHER_PAYER = _Party("2330B", "PR", address=True)
_LINE_RENDERING = _Party("2420A", "82")
_PRV_BI, _CUR = _rule("2000A", "PRV*BI"), _rule("2000A", "CUR")
_TAX_REF, _PER = _rule("2010AA", "REF*EI"), _rule("2010AA", "PER")
_SBR = _rule("2000B", "SBR")
_DMG = {"2010BA": _rule("2010BA", "DMG"), "2010CA": _rule("2010CA", "DMG")}
_Y4 = {"2010BA": _rule("2010BA", "REF*Y4"), "2010CA": _rule("2010CA", "REF*Y4")}
_PAYER_REF = _rule("2010BB", "REF*G2")
_PAT = _rule("2000C", "PAT")
_NUMBERS = {loop: _rule(loop, "REF*G2") for loop in ("2310A", "2310B", "2310C", "2310D", "2420A")}
_TAXONOMIES = {loop: _rule(loop, "PRV*PE") for loop in ("2310B", "2420A")}
_CLM, _F5, _NOTE = _rule("2300", "CLM"), _rule("2300", "AMT*F5"), _rule("2300", "NTE*ADD")
_DATES = {code: _rule("2300", f"DTP*{code}") for code in (
    "431", "484", "439", "454", "304", "453", "455", "471", "090", "091", "444", "314", "360", "435", "096",
)}  # fmt: skip
_REFS = {code: _rule("2300", f"REF*{code}") for code in ("9F", "G1", "F8", "X4")}
_HI, _HI_BG = _rule("2300", "HI*ABK"), _rule("2300", "HI*BG")
_OTHER_SBR, _CAS, _D, _OI = (_rule("2320", key) for key in ("SBR", "CAS", "AMT*D", "OI"))
_DECIDED = _rule("2330B", "DTP*573")
_LX, _SV1, _SERVED, _6R = (_rule("2400", key) for key in ("LX", "SV1", "DTP*472", "REF*6R"))
_LIN, _CTP = _rule("2410", "LIN"), _rule("2410", "CTP")


def put_biller(sheet: Sheet, billing: BillingProvider, pay_to: Address | None, currency: str) -> None:
    """2000A without its HL."""
    if billing.taxonomy is not None:
        sheet.put(_PRV_BI, prv("BI", billing.taxonomy))
    if currency != "USD":
        sheet.put(_CUR, line("CUR", "85", currency))
    sheet.put(_BILLING.nm1, nm1("85", billing.name, *npi_of(billing.identifier)))
    _put_address(sheet, _BILLING, billing.address)
    sheet.put(_TAX_REF, line("REF", _TAX.get(billing.tax.system, "?"), billing.tax.value))
    contact = billing.contact
    if contact is not None:
        sheet.put(_PER, line("PER", "IC", contact.name, "TE", contact.phone))
    if pay_to is not None:
        sheet.put(_PAY_TO.nm1, line("NM1", "87", "1" if isinstance(billing.name, PersonName) else "2"))
        _put_address(sheet, _PAY_TO, pay_to)


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
    _put_payer(sheet, _PAYER, coverage.payer)
    if coverage.provider_number is not None:
        sheet.put(_PAYER_REF, ref_of(coverage.provider_number))


def put_patient(sheet: Sheet, claim: ProfessionalClaim) -> None:
    """2000C without its HL."""
    sheet.put(_PAT, line("PAT", claim.coverage.relationship))
    sheet.put(_PATIENT.nm1, nm1("QC", claim.patient.name, None, None))
    _put_person(sheet, _PATIENT, claim.patient, whole=True)
    _put_casualty(sheet, "2010CA", claim)


def put_claim(sheet: Sheet, claim: ProfessionalClaim) -> None:
    """2300 and all under it."""
    _look_across(sheet, claim)
    part, coverage = claim.part, claim.coverage
    causes = joined(*part.accident, *("",) * (3 - len(part.accident)), part.accident_state)
    clm = line(
        "CLM",
        claim.number,
        amount(claim.total.cents),
        "",
        "",
        joined(part.place, "B", claim.frequency),
        part.signed,
        part.assignment,
        coverage.assigns_benefits,
        coverage.release,
        "",
        causes,
    )
    sheet.put(_CLM, clm)
    _put_dates(sheet, claim)
    if claim.patient_paid is not None:
        sheet.put(_F5, line("AMT", "F5", amount(claim.patient_paid.cents)))
    _put_numbers(sheet, claim)
    if part.note is not None:
        sheet.put(_NOTE, line("NTE", "ADD", part.note))
    _put_codes(sheet, claim)
    if part.referring is not None:
        _put_colleague(sheet, _REFERRING, part.referring)
    if part.rendering is not None:
        _put_provider(sheet, _RENDERING, part.rendering)
    if part.facility is not None:
        _put_facility(sheet, part.facility)
    if part.supervising is not None:
        _put_colleague(sheet, _SUPERVISING, part.supervising)
    for other in claim.other_coverages:
        _put_other_coverage(sheet, other, claim)
    for at, act in enumerate(claim.acts, 1):
        _put_act(sheet, at, act)


def _look_across(sheet: Sheet, claim: ProfessionalClaim) -> None:
    """What no single segment shows; the counterpart of ``situations_837p``."""
    part = claim.part
    if claim.frequency != "1" and claim.replaces is None:
        sheet.stop(
            "2300 REF02",
            N_("A claim that replaces or voids another must name it."),
            N_("Enter the payer's number of the earlier claim."),
        )
    if claim.frequency == "1" and claim.replaces is not None:
        sheet.stop(
            "2300 REF02",
            N_("A first claim must not name an earlier one."),
            N_("Remove the payer's number, or set the frequency to 7 or 8."),
        )
    if len(part.accident) > _MAX_CAUSES:
        sheet.stop(
            "2300 CLM11", N_("The file takes two causes of an accident at most."), N_("Keep the two that matter.")
        )
    if "AA" in part.accident and part.accident_state is None:
        sheet.stop("2300 CLM11-4", N_("An auto accident needs the state it happened in."), N_("Enter the state."))
    if part.accident_state is not None and not part.accident:
        sheet.stop(
            "2300 CLM11-1",
            N_("There is a state of accident and no cause."),
            N_("Enter the cause, or remove the state."),
        )
    if {"AA", "OA"}.intersection(part.accident) and not any(each.qualifier == "439" for each in part.dates):
        sheet.stop("2300 DTP03", N_("An accident needs its date."), N_("Enter the date of the accident."))
    if len({each.qualifier for each in part.dates}) < len(part.dates):
        sheet.stop("2300 DTP01", N_("A date of the claim is given twice."), N_("Keep one of each kind."))
    for place, what, count, most in (
        ("2400 LX01", N_("The claim has %(count)s lines; the file takes %(most)s."), len(claim.acts), MAX_ACTS),
        (
            "2320 SBR01",
            N_("%(count)s other payers; the file takes %(most)s."),
            len(claim.other_coverages),
            _MAX_OTHER_COVERAGES,
        ),
        (
            "2300 HI01",
            N_("%(count)s condition codes; the file takes %(most)s."),
            len(part.condition_codes),
            2 * _MAX_CONDITIONS,
        ),
    ):
        if count > most:
            sheet.stop(place, what, N_("Divide the claim."), count=count, most=most)
    if not claim.acts:
        sheet.stop("2400 LX01", N_("The claim has no line."), N_("Add what was done."))
    if not part.diagnoses:
        sheet.stop("2300 HI01", N_("The claim has no diagnosis."), N_("Add one."))
    currency = claim.total.currency
    amounts = [act.charge for act in claim.acts]
    if claim.patient_paid is not None:
        amounts.append(claim.patient_paid)
    for other in claim.other_coverages:
        if other.adjudication is not None:
            amounts += [other.adjudication.paid, *(each.amount for each in other.adjudication.adjustments)]
    if any(each.currency != currency for each in amounts):
        sheet.stop("2000A CUR02", N_("The claim has amounts of several currencies."), N_("Convert them to one."))


def _put_address(sheet: Sheet, party: _Party, address: Address) -> None:
    sheet.put(party.n3, n3(address))
    sheet.put(party.n4, n4(address))


def _put_person(sheet: Sheet, party: _Party, person: Person, *, whole: bool) -> None:
    if person.address is not None:
        _put_address(sheet, party, person.address)
    elif whole:
        sheet.stop(f"{party.loop} N301", N_("The patient's address is missing."), N_("Enter it."))
    if whole or person.birth is not None or person.sex is not None:
        birth = day(person.birth) if person.birth is not None else None
        sheet.put(_DMG[party.loop], line("DMG", "D8", birth, person.sex))


def _put_casualty(sheet: Sheet, loop: str, claim: ProfessionalClaim) -> None:
    if claim.part.casualty_claim is not None:
        sheet.put(_Y4[loop], line("REF", "Y4", claim.part.casualty_claim))


def _put_payer(sheet: Sheet, party: _Party, payer: Payer) -> None:
    qualifier = PAYER_QUALIFIERS.get(payer.identifier.system, "?")
    sheet.put(party.nm1, nm1("PR", payer.name, qualifier, payer.identifier.value))
    if payer.address is not None:
        _put_address(sheet, party, payer.address)


def _put_provider(sheet: Sheet, party: _Party, provider: Provider) -> None:
    sheet.put(party.nm1, nm1("82", provider.name, *npi_of(provider.identifier)))
    if provider.taxonomy is not None:
        sheet.put(_TAXONOMIES[party.loop], prv("PE", provider.taxonomy))
    if provider.other is not None:
        sheet.put(_NUMBERS[party.loop], ref_of(provider.other))


def _put_colleague(sheet: Sheet, party: _Party, colleague: Colleague) -> None:
    sheet.put(party.nm1, nm1(party.code, colleague.name, *npi_of(colleague.identifier)))
    if colleague.other is not None:
        sheet.put(_NUMBERS[party.loop], ref_of(colleague.other))


def _put_facility(sheet: Sheet, facility: Facility) -> None:
    sheet.put(_FACILITY.nm1, nm1("77", facility.name, *npi_of(facility.identifier)))
    _put_address(sheet, _FACILITY, facility.address)
    if facility.other is not None:
        sheet.put(_NUMBERS["2310C"], ref_of(facility.other))


def _put_dates(sheet: Sheet, claim: ProfessionalClaim) -> None:
    part = claim.part
    for each in part.dates:
        rule = _DATES[each.qualifier] if each.qualifier in _DATES else _DATES["431"]
        sheet.put(rule, line("DTP", each.qualifier, "D8", day(each.on)))
    if part.unable_to_work is not None:
        code = "360" if part.unable_to_work.end is None else "314"
        sheet.put(_DATES[code], _dtp(code, part.unable_to_work))
    if part.hospital is not None:
        sheet.put(_DATES["435"], line("DTP", "435", "D8", day(part.hospital.start)))
        if part.hospital.end is not None:
            sheet.put(_DATES["096"], line("DTP", "096", "D8", day(part.hospital.end)))


def _dtp(code: str, period: Period) -> str:
    if period.end is None:
        return line("DTP", code, "D8", day(period.start))
    return line("DTP", code, "RD8", f"{day(period.start)}-{day(period.end)}")


def _put_numbers(sheet: Sheet, claim: ProfessionalClaim) -> None:
    authority = claim.authority
    if authority is not None:
        if authority.referral is not None:
            sheet.put(_REFS["9F"], line("REF", "9F", authority.referral))
        if authority.prior_authorization is not None:
            sheet.put(_REFS["G1"], line("REF", "G1", authority.prior_authorization))
    if claim.replaces is not None:
        sheet.put(_REFS["F8"], line("REF", "F8", claim.replaces))
    if authority is not None and authority.clia is not None:
        if authority.clia.system != CLIA:
            sheet.stop("2300 REF02", N_("The laboratory's certificate is not a CLIA number."), _CORRECT)
        sheet.put(_REFS["X4"], line("REF", "X4", authority.clia.value))


def _put_codes(sheet: Sheet, claim: ProfessionalClaim) -> None:
    first, *further = claim.part.diagnoses
    codes = [joined(_PRINCIPAL.get(first.system, "?"), first.value)]
    codes += [joined(_FURTHER.get(code.system, "?"), code.value) for code in further]
    sheet.put(_HI, line("HI", *codes))
    conditions = claim.part.condition_codes
    for at in range(0, len(conditions), _MAX_CONDITIONS):
        sheet.put(_HI_BG, line("HI", *(joined("BG", code) for code in conditions[at : at + _MAX_CONDITIONS])))


def _put_other_coverage(sheet: Sheet, other: OtherCoverage, claim: ProfessionalClaim) -> None:
    is_self = other.relationship == "18"
    if is_self == (other.subscriber is not None):
        sheet.stop(
            "2330A NM103",
            N_("Another payer's subscriber must be named where it is not the patient, and only then."),
            N_("Correct the subscriber or the relationship."),
        )
    subscriber = claim.patient.name if other.subscriber is None else other.subscriber
    sheet.put(
        _OTHER_SBR,
        line(
            "SBR",
            other.rank,
            other.relationship,
            other.group_number,
            other.plan_name,
            other.insurance_type,
            "",
            "",
            "",
            other.filing,
        ),
    )
    answer = other.adjudication
    if answer is not None:
        _put_adjustments(sheet, answer)
        sheet.put(_D, line("AMT", "D", amount(answer.paid.cents)))
    sheet.put(_OI, line("OI", "", "", other.assigns_benefits, "", "", other.release))
    sheet.put(_OTHER_SUBSCRIBER.nm1, nm1("IL", subscriber, "MI", other.member_id))
    _put_payer(sheet, _OTHER_PAYER, other.payer)
    if answer is not None and answer.decided is not None:
        sheet.put(_DECIDED, line("DTP", "573", "D8", day(answer.decided)))


def _put_adjustments(sheet: Sheet, answer: Adjudication) -> None:
    """CAS: neighbours of one group share a segment, six to each, in order."""
    rows: list[list[str]] = []
    for each in answer.adjustments:
        if not rows or rows[-1][0] != each.group or len(rows[-1]) > 18:
            rows.append([each.group])
        units = "" if each.quantity is None else str(each.quantity)
        rows[-1] += [each.reason, amount(each.amount.cents), units]
    if len(rows) > _MAX_ADJUSTMENTS:
        sheet.stop(
            "2320 CAS01",
            N_("The earlier payer's adjustments need %(count)s CAS segments; the file takes %(most)s."),
            N_("Put adjustments of one group next to each other."),
            count=len(rows),
            most=_MAX_ADJUSTMENTS,
        )
    for row in rows:
        sheet.put(_CAS, line("CAS", *row))


def _put_act(sheet: Sheet, at: int, act: ProfessionalActLine) -> None:
    part, code = act.part, act.code
    if procedure(code.value) != code:
        sheet.stop(f"2400 SV101-2 line {at}", N_("The procedure code is neither CPT nor HCPCS."), _CORRECT)
    modifiers = part.modifiers
    if len(modifiers) > MAX_MODIFIERS:
        sheet.stop(f"2400 SV101-3 line {at}", N_("A line takes four modifiers at most."), N_("Keep four."))
    service = joined("HC", code.value, *modifiers, *("",) * (MAX_MODIFIERS - len(modifiers)), part.description)
    sheet.put(_LX, line("LX", str(at)))
    sheet.put(
        _SV1,
        line(
            "SV1",
            service,
            amount(act.charge.cents),
            act.quantity.unit,
            act.quantity.plain(),
            part.place,
            "",
            joined(*map(str, part.pointers)),
            "",
            "Y" if part.emergency else "",
            "",
            "Y" if part.epsdt else "",
        ),
    )
    sheet.put(_SERVED, _dtp("472", act.service))
    sheet.put(_6R, line("REF", "6R", act.number))
    drug = part.drug
    if drug is not None:
        sheet.put(_LIN, line("LIN", "", "N4", drug.ndc.value if drug.ndc.system == NDC else None))
        sheet.put(_CTP, line("CTP", "", "", "", drug.quantity.plain(), drug.quantity.unit))
    if part.rendering is not None:
        _put_provider(sheet, _LINE_RENDERING, part.rendering)
