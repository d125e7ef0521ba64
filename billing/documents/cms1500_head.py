"""Boxes 0 (the payer's address) to 23 of the CMS-1500."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from billing.documents.cms1500_wording import NO_DAY, day, qualified
from billing.documents.rows import Rows
from billing.documents.wording import ON_FILE, city_line, cross, filed_name, spoken_name, street, zip_code
from billing.domain.professional import ClaimDate, ProfessionalClaim
from clinic.domain.code import ICD9CM
from clinic.domain.person import Address, Person, Sex

Texts = Sequence[str]
head: Rows[Callable[[ProfessionalClaim], Texts]] = Rows()

COVERAGE = {filing: cross(0, 7) for filing in ("MB", "MA")}
COVERAGE |= {"MC": cross(1, 7), "CH": cross(2, 7), "VA": cross(3, 7), "FI": cross(5, 7)}
COVERAGE |= {filing: cross(4, 7) for filing in ("BL", "CI", "HM", "12", "13", "14", "15", "16")}
OTHER_COVERAGE = cross(6, 7)

RELATIONSHIP = {"18": cross(0, 4), "01": cross(1, 4), "19": cross(2, 4)}
OTHER_RELATIONSHIP = cross(3, 4)

SEX: dict[Sex | None, Texts] = {"M": cross(0, 2), "F": cross(1, 2)}
YES, NO, NEITHER = cross(0, 2), cross(1, 2), cross(-1, 2)

BOX_14 = ("431", "484")
DIAGNOSES = 12


@head("0 name", "0 street", "0 street 2", "0 city")
def payer(claim: ProfessionalClaim) -> Texts:
    """Where the page is sent: seen through the envelope's window."""
    payer = claim.coverage.payer
    at = payer.address
    return (payer.name.name, at.street, at.street_2 or "", city_line(at)) if at else (payer.name.name, "", "", "")


@head("1 medicare", "1 medicaid", "1 tricare", "1 champva", "1 group", "1 feca", "1 other")
def coverage_type(claim: ProfessionalClaim) -> Texts:
    """By claim filing indicator (SBR09)."""
    return COVERAGE.get(claim.coverage.filing, OTHER_COVERAGE)


@head("1a id")
def member(claim: ProfessionalClaim) -> Texts:
    """The insured's number."""
    return (claim.coverage.member_id,)


@head("2 name", "3 MM", "3 DD", "3 YYYY", "3 M", "3 F")
def patient(claim: ProfessionalClaim) -> Texts:
    """Sex is blank where it is unknown."""
    patient = claim.patient
    return filed_name(patient.name), *day(patient.birth), *SEX.get(patient.sex, NEITHER)


@head("4 name", "11a MM", "11a DD", "11a YYYY", "11a M", "11a F")
def insured(claim: ProfessionalClaim) -> Texts:
    """The subscriber, who may be the patient."""
    insured = _insured(claim)
    return filed_name(insured.name), *day(insured.birth), *SEX.get(insured.sex, NEITHER)


@head("5 street", "5 city", "5 state", "5 zip")
def patient_address(claim: ProfessionalClaim) -> Texts:
    """Phone numbers of patients are not part of a claim."""
    return _address(claim.patient.address)


@head("6 self", "6 spouse", "6 child", "6 other")
def relationship(claim: ProfessionalClaim) -> Texts:
    """Of the patient to the insured."""
    return RELATIONSHIP.get(claim.coverage.relationship, OTHER_RELATIONSHIP)


@head("7 street", "7 city", "7 state", "7 zip")
def insured_address(claim: ProfessionalClaim) -> Texts:
    """The subscriber's, who may be the patient."""
    return _address(_insured(claim).address)


@head("9 name", "9a number", "9d plan", "11d yes", "11d no")
def other_coverage(claim: ProfessionalClaim) -> Texts:
    """The first of the others. Box 9a wants a policy or group number, 9d a plan: the next best stands in for either."""
    if not claim.other_coverages:
        return "", "", "", *NO
    other = claim.other_coverages[0]
    return (
        filed_name(other.subscriber or claim.patient.name),
        other.group_number or other.member_id,
        other.plan_name or other.payer.name.name,
        *YES,
    )


@head("10a yes", "10a no", "10b yes", "10b no", "10c yes", "10c no", "10b state")
def accident(claim: ProfessionalClaim) -> Texts:
    """Whether work, a car or another accident caused it."""
    causes = claim.part.accident
    return (
        *(YES if "EM" in causes else NO),
        *(YES if "AA" in causes else NO),
        *(YES if "OA" in causes else NO),
        claim.part.accident_state or "",
    )


@head("10d codes")
def condition_codes(claim: ProfessionalClaim) -> Texts:
    """A blank between two."""
    return (" ".join(claim.part.condition_codes),)


@head("11 number", "11c plan")
def group(claim: ProfessionalClaim) -> Texts:
    """Medicare as first payer without a group: the word NONE says that nobody pays before it."""
    coverage = claim.coverage
    number = coverage.group_number
    if not number and coverage.filing == "MB" and coverage.rank == "P":
        number = "NONE"
    return number or "", coverage.plan_name or ""


@head("11b qualifier", "11b id")
def casualty_claim(claim: ProfessionalClaim) -> Texts:
    """The property and casualty insurer's number."""
    return ("Y4", claim.part.casualty_claim) if claim.part.casualty_claim else ("", "")


@head("12 signature", "13 signature")
def signatures(claim: ProfessionalClaim) -> Texts:
    """Release of data, and payment to the provider: the signed originals are in the office."""
    return ON_FILE, ON_FILE if claim.coverage.assigns_benefits == "Y" else ""


@head("14 MM", "14 DD", "14 YYYY", "14 qualifier")
def illness(claim: ProfessionalClaim) -> Texts:
    """Onset, or last menstrual period."""
    for found in claim.part.dates:
        if found.qualifier in BOX_14:
            return *day(found.on), found.qualifier
    return "", "", "", ""


@head("15 qualifier", "15 MM", "15 DD", "15 YYYY")
def other_date(claim: ProfessionalClaim) -> Texts:
    """The accident's day before any other."""
    others = [found for found in claim.part.dates if found.qualifier not in BOX_14]
    if not others:
        return "", *NO_DAY
    chosen: ClaimDate = next((found for found in others if found.qualifier == "439"), others[0])
    return chosen.qualifier, *day(chosen.on)


@head("16 from MM", "16 from DD", "16 from YYYY", "16 to MM", "16 to DD", "16 to YYYY")
def unable_to_work(claim: ProfessionalClaim) -> Texts:
    """Open where it has no end yet."""
    period = claim.part.unable_to_work
    return (*day(period.start), *day(period.end)) if period else (*NO_DAY, *NO_DAY)


@head("17 qualifier", "17 name", "17a qualifier", "17a id", "17b npi")
def referring(claim: ProfessionalClaim) -> Texts:
    """Who referred, else who supervised."""
    who = claim.part.referring or claim.part.supervising
    if not who:
        return "", "", "", "", ""
    qualifier = "DN" if claim.part.referring else "DQ"
    npi = who.identifier.value if who.identifier else ""
    return qualifier, spoken_name(who.name), *qualified(who.other), npi


@head("18 from MM", "18 from DD", "18 from YYYY", "18 to MM", "18 to DD", "18 to YYYY")
def hospital(claim: ProfessionalClaim) -> Texts:
    """Open where the patient is still in."""
    period = claim.part.hospital
    return (*day(period.start), *day(period.end)) if period else (*NO_DAY, *NO_DAY)


@head("19 upper", "19 lower")
def note(claim: ProfessionalClaim) -> Texts:
    """71 characters: 48 on the lower line, which every source places; more start on the upper line's 23."""
    text = claim.part.note or ""
    return ("", text) if len(text) <= 48 else (text[:23], text[23:])


@head("21 indicator", *[f"21{letter} code" for letter in "ABCDEFGHIJKL"])
def diagnoses(claim: ProfessionalClaim) -> Texts:
    """0 is ICD-10-CM, 9 ICD-9-CM. What is over twelve stands in L, too long for it, so that it is told."""
    codes = [code.value for code in claim.part.diagnoses]
    if not codes:
        return ("",) * (DIAGNOSES + 1)
    if len(codes) > DIAGNOSES:
        codes[DIAGNOSES - 1 :] = [" ".join(codes[DIAGNOSES - 1 :])]
    indicator = "9" if claim.part.diagnoses[0].system == ICD9CM else "0"
    return [indicator, *codes, *[""] * (DIAGNOSES - len(codes))]


@head("22 code", "22 reference")
def resubmission(claim: ProfessionalClaim) -> Texts:
    """Blank on an original."""
    return "" if claim.frequency == "1" else claim.frequency, claim.replaces or ""


@head("23 number")
def authority(claim: ProfessionalClaim) -> Texts:
    """The first of prior authorization, referral and CLIA number: the box takes one."""
    given = claim.authority
    if not given:
        return ("",)
    return (given.prior_authorization or given.referral or (given.clia.value if given.clia else ""),)


def _insured(claim: ProfessionalClaim) -> Person:
    return claim.coverage.subscriber or claim.patient


def _address(address: Address | None) -> Texts:
    return (street(address), address.city, address.state or "", zip_code(address)) if address else ("", "", "", "")
