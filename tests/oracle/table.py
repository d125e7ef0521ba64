"""The second table: box of the CMS-1500, place in the 837P, path in the FHIR Claim.

Written from docs/claim-map.md and the reference pages, by another hand than the code that writes the three forms.
A row names one fact; ``box`` is ``-`` where it is not printed. How the readers put a fact into one common text is told
by ``kind``: text, money (cents), date (ISO), number (plain decimal). Boxes that say a fact in other words are in
``tests.oracle.boxes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Row:
    """One fact and its three places."""

    box: str
    fact: str
    file: str
    resource: str
    kind: Literal["text", "money", "date", "number", "number_of"] = "text"


def name(box: str, fact: str, file: str, resource: str) -> tuple[Row, ...]:
    """NM102 to 05 and 07; a FHIR HumanName, or the plain name of an organisation."""
    return (
        Row("-", f"{fact}.is", f"{file} 02", f"{resource}.resourceType"),
        Row(
            box,
            f"{fact}.last",
            f"{file} 03",
            f"{resource}.name[0].family or {resource}.name[0].text or {resource}.name",
        ),
        Row(box, f"{fact}.first", f"{file} 04", f"{resource}.name[0].given[0]"),
        Row(box, f"{fact}.middle", f"{file} 05", f"{resource}.name[0].given[1]"),
        Row(box, f"{fact}.suffix", f"{file} 07", f"{resource}.name[0].suffix[0]"),
    )


def numbers(boxes: tuple[str, str], fact: str, loop: str, nm1: str, resource: str) -> tuple[Row, ...]:
    """NM109 under XX and the REF of another number; two FHIR identifiers. ``other`` reads as qualifier and value."""
    npi, other = boxes
    systems = " or ".join(f"{resource}.identifier[system=SID:{each}]" for each in ("g2", "0b", "1g", "lu"))
    return (
        Row(npi, f"{fact}.npi", f"{loop} NM1[{nm1}] 09", f"{resource}.identifier[system=NPI].value"),
        Row(other, f"{fact}.other", f"{loop} REF[0B|1G|G2|LU]", systems, "number_of"),
    )


def provider(fact: str, loop: str, member: str, code: str = "82", role: str = "PE") -> tuple[Row, ...]:
    """Who rendered: NM1*82, PRV*PE, REF; or assisted: NM1*DD, PRV*AS. An entry of the FHIR care team."""
    return (
        *name("-", fact, f"{loop} NM1[{code}]", f"{member}.provider.>"),
        *numbers(("24J", "24J"), fact, loop, code, f"{member}.provider.>"),
        Row("24J", f"{fact}.taxonomy", f"{loop} PRV[{role}] 03", f"{member}.qualification.coding[0].code"),
    )


def address(box: str, fact: str, loop: str, resource: str) -> tuple[Row, ...]:
    """N3 and N4; a FHIR Address."""
    return (
        Row(box, f"{fact}.street", f"{loop} N3 01", f"{resource}.line[0]"),
        Row(box, f"{fact}.street_2", f"{loop} N3 02", f"{resource}.line[1]"),
        Row(box, f"{fact}.city", f"{loop} N4 01", f"{resource}.city"),
        Row(box, f"{fact}.state", f"{loop} N4 02", f"{resource}.state"),
        Row(box, f"{fact}.zip", f"{loop} N4 03", f"{resource}.postalCode"),
        Row("-", f"{fact}.country", f"{loop} N4 04", f"{resource}.country"),
    )


def insured(fact: str, loop: str, policy: str) -> tuple[Row, ...]:
    """What 2000B SBR and 2320 SBR say alike of a policy; a FHIR Coverage."""
    return (
        Row("-", f"{fact}.rank", f"{loop} SBR 01", f"{policy}.order"),
        Row(
            "11" if fact == "coverage" else "9a",
            f"{fact}.group",
            f"{loop} SBR 03",
            f"{policy}.class[type/coding/code=group].value",
        ),
        Row(
            "11c" if fact == "coverage" else "9d",
            f"{fact}.plan",
            f"{loop} SBR 04",
            f"{policy}.class[type/coding/code=plan].value",
        ),
        Row("-", f"{fact}.insurance_type", f"{loop} SBR 05", f"{policy}.ext(insurance-type).valueCode"),
        Row(
            "1" if fact == "coverage" else "-",
            f"{fact}.filing",
            f"{loop} SBR 09",
            f"{policy}.type.coding[system=CS:claim-filing].code",
        ),
    )


def payer(box: str, fact: str, loop: str, resource: str) -> tuple[Row, ...]:
    """NM1*PR; a FHIR Organization."""
    return (
        Row(box, f"{fact}.name", f"{loop} NM1[PR] 03", f"{resource}.name"),
        Row("-", f"{fact}.number", f"{loop} NM1[PR]", f"{resource}.identifier[0]", "number_of"),
        *address(box, fact, loop, f"{resource}.address[0]"),
    )


SUBSCRIBER = "insurance[focal=True].coverage.>.subscriber.>"
TEAM = "careTeam[role/coding/code=%s]"
POLICY = "insurance[focal=True].coverage.>"

CLAIM: tuple[Row, ...] = (
    Row("26", "number", "2300 CLM 01", "identifier[system=SID:claim-number].value"),
    Row("22", "frequency", "2300 CLM 05-3", "ext(frequency).valueCode"),
    Row("22", "replaces", "2300 REF[F8] 02", "related[relationship/coding/code=prior].reference.value"),
    Row("28", "total", "2300 CLM 02", "total.value", "money"),
    Row("29", "patient_paid", "2300 AMT[F5] 02", "info(other,amount,patient-paid).valueQuantity.value", "money"),
    Row("23", "prior_authorization", "2300 REF[G1] 02", "insurance[focal=True].preAuthRef[0]"),
    Row("23", "referral", "2300 REF[9F] 02", "referral.identifier.value"),
    Row("23", "clia", "2300 REF[X4] 02", "ext(clia).valueIdentifier.value"),
    # Who is paid.
    Row("33a", "billing.npi", "2010AA NM1[85] 09", "provider.>.identifier[system=NPI].value"),
    Row("33b", "billing.taxonomy", "2000A PRV[BI] 03", "careTeam[sequence=1].qualification.coding[0].code"),
    *address("33", "billing", "2010AA", "provider.>.address[0]"),
    *name("33", "billing", "2010AA NM1[85]", "provider.>"),
    Row(
        "25",
        "billing.tax",
        "2010AA REF[EI|SY]",
        "provider.>.identifier[system=EIN] or provider.>.identifier[system=SSN]",
        "number_of",
    ),
    Row(
        "33",
        "billing.phone",
        "2010AA PER[IC] 04",
        "provider.>.contact[0].telecom[0].value or provider.>.telecom[0].value",
    ),
    Row(
        "-",
        "billing.contact",
        "2010AA PER[IC] 02",
        "provider.>.contact[0].name.text or provider.>.ext(contact-name).valueString",
    ),
    Row(
        "33b",
        "coverage.provider_number",
        "2010BB REF[G2|LU]",
        f"{POLICY}.ext(provider-number).valueIdentifier",
        "number_of",
    ),
    *address("-", "pay_to", "2010AB", "ext(pay-to).valueAddress"),
    # The patient.
    *name("2", "patient", "PATIENT NM1[IL|QC]", "patient.>"),
    Row("3", "patient.birth", "PATIENT DMG 02", "patient.>.birthDate", "date"),
    Row("3", "patient.sex", "PATIENT DMG 03", "patient.>.gender"),
    *address("5", "patient", "PATIENT", "patient.>.address[0]"),
    # The policy billed.
    *payer("0", "payer", "2010BB", "insurer.>"),
    *payer("0", "payor", "2010BB", f"{POLICY}.payor.>"),
    Row("1a", "coverage.member", "2010BA NM1[IL] 09", f"{POLICY}.subscriberId"),
    *insured("coverage", "2000B", POLICY),
    Row(
        "6",
        "coverage.relationship",
        "2000B SBR 02 or 2000C PAT 01",
        f"{POLICY}.relationship.coding[system=CS:relationship].code",
    ),
    *name("4", "insured", "2010BA NM1[IL]", SUBSCRIBER),
    Row("11a", "insured.birth", "2010BA DMG 02", f"{SUBSCRIBER}.birthDate", "date"),
    Row("11a", "insured.sex", "2010BA DMG 03", f"{SUBSCRIBER}.gender"),
    *address("7", "insured", "2010BA", f"{SUBSCRIBER}.address[0]"),
    Row("13", "coverage.assigns", "2300 CLM 08", "payee.type.coding[0].code"),
    Row("12", "coverage.release", "2300 CLM 09", f"{POLICY}.ext(release).valueCode"),
    # The illness.
    Row("24B", "place", "2300 CLM 05-1", "ext(place).valueCode"),
    Row("31", "signed", "2300 CLM 06", "ext(provider-signature).valueCode"),
    Row("27", "assignment", "2300 CLM 07", "ext(assignment).valueCode"),
    Row("10b", "accident_state", "2300 CLM 11-4", "accident.locationAddress.state"),
    Row("15", "accident_date", "2300 DTP[439] 03", "accident.date", "date"),
    Row("18", "hospital.from", "2300 DTP[435] 03", "info(hospitalized,,).timingPeriod.start", "date"),
    Row("18", "hospital.to", "2300 DTP[096] 03", "info(hospitalized,,).timingPeriod.end", "date"),
    Row("11b", "casualty_claim", "PATIENT REF[Y4] 02", "info(info,text,casualty-claim).valueString"),
    Row("19", "note", "2300 NTE[ADD] 02", "info(info,text,note).valueString"),
    # Those around it.
    *provider("rendering", "2310B", "careTeam[provider/reference=#rendering]"),
    *name("17", "referring", "2310A NM1[DN]", f"{TEAM % 'referring'}.provider.>"),
    *numbers(("17b", "17a"), "referring", "2310A", "DN", f"{TEAM % 'referring'}.provider.>"),
    *name("17", "supervising", "2310D NM1[DQ]", f"{TEAM % 'supervisor'}.provider.>"),
    *numbers(("17b", "17a"), "supervising", "2310D", "DQ", f"{TEAM % 'supervisor'}.provider.>"),
    Row("32", "facility.name", "2310C NM1[77] 03", "facility.>.name"),
    *numbers(("32a", "32b"), "facility", "2310C", "77", "facility.>"),
    *address("32", "facility", "2310C", "facility.>.address"),
)

# From an item of Claim.item.
LINE: tuple[Row, ...] = (
    Row("-", "number", "2400 REF[6R] 02", "ext(line-number).valueString"),
    Row("24D", "code", "2400 SV1 01-2", "productOrService.coding[0].code"),
    Row("24", "description", "2400 SV1 01-7", "productOrService.text"),
    Row("24F", "charge", "2400 SV1 02", "net.value", "money"),
    Row("24G", "unit", "2400 SV1 03", "quantity.unit"),
    Row("24G", "quantity", "2400 SV1 04", "quantity.value", "number"),
    Row("24C", "emergency", "2400 SV1 09", "programCode.coding[code=emergency].code"),
    Row("24H", "epsdt", "2400 SV1 11", "programCode.coding[code=epsdt].code"),
    Row("24", "drug.ndc", "2410 LIN 03", "detail[0].productOrService.coding[system=NDC].code"),
    Row("24", "drug.quantity", "2410 CTP 04", "detail[0].quantity.value", "number"),
    Row("24", "drug.unit", "2410 CTP 05-1", "detail[0].quantity.unit"),
)

# From the entry of Claim.careTeam that an item names.
LINE_RENDERING = provider("rendering", "2420A", "")

# From an item of Claim.insurance that is not focal.
OTHER: tuple[Row, ...] = (
    *insured("other", "2320", "coverage.>"),
    Row("-", "other.relationship", "2320 SBR 02", "coverage.>.relationship.coding[system=CS:relationship].code"),
    Row("-", "other.assigns", "2320 OI 03", "coverage.>.ext(assigns-benefits).valueCode"),
    Row("-", "other.release", "2320 OI 06", "coverage.>.ext(release).valueCode"),
    Row("9a", "other.member", "2330A NM1[IL] 09", "coverage.>.subscriberId"),
    *name("9", "other.subscriber", "2330A NM1[IL]", "coverage.>.subscriber.>"),
    *payer("-", "other.payer", "2330B", "coverage.>.payor.>"),
    Row("29", "other.paid", "2320 AMT[D] 02", "claimResponse.>.payment.amount.value", "money"),
    Row("-", "other.decided", "2330B DTP[573] 03", "claimResponse.>.payment.date", "date"),
)
