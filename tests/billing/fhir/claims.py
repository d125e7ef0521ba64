"""Professional claims of every shape, for the resource's round trip."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from billing.domain.claim import (
    Act,
    Adjudication,
    Adjustment,
    Authority,
    Coverage,
    OtherCoverage,
)
from billing.domain.professional import (
    CLAIM_DATE_ORDER,
    ClaimDate,
    Drug,
    Professional,
    ProfessionalAct,
    ProfessionalClaim,
)
from clinic.domain.code import CLIA, CPT, EIN, HCPCS, ICD9CM, ICD10CM, NDC, NPI, SSN, TAXONOMY, Code, Identifier
from clinic.domain.money import Money, total
from clinic.domain.party import BillingProvider, Colleague, Facility, Payer, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, Contact, OrganizationName, Person, PersonName
from clinic.domain.quantity import Quantity

texts = st.from_regex(r"[A-Z0-9]([A-Z0-9 .,'&/-]{0,12}[A-Z0-9])?", fullmatch=True)
numbers = st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True)
digits = st.from_regex(r"[0-9]{2}", fullmatch=True)
days = st.dates(date(1900, 1, 1), date(2060, 12, 31))


def maybe(strategy):
    return st.none() | strategy


def some(strategy, at_most=3):
    return st.lists(strategy, max_size=at_most).map(tuple)


periods = st.builds(
    lambda start, length: Period(start, None if length is None else date.fromordinal(start.toordinal() + length)),
    days,
    maybe(st.integers(0, 40)),
)
money = st.integers(0, 99_999_999).map(Money)
npis = st.from_regex(r"[12][0-9]{9}", fullmatch=True).map(lambda value: Identifier(NPI, value))
person_names = st.builds(PersonName, texts, maybe(texts), maybe(texts), maybe(texts))
organizations = st.builds(OrganizationName, texts)
names = person_names | organizations
addresses = st.builds(
    Address, texts, texts, maybe(texts), maybe(st.sampled_from(["NY", "CA"])), maybe(numbers), maybe(st.just("CA"))
)
people = st.builds(Person, person_names, maybe(days), maybe(st.sampled_from("FMU")), maybe(addresses))
others = st.builds(Identifier, st.sampled_from(["g2", "0b", "1g", "lu"]), numbers)
taxonomies = st.builds(Code, st.just(TAXONOMY), numbers)
contacts = st.builds(Contact, maybe(texts), maybe(digits)).filter(lambda contact: contact != Contact())
payers = st.builds(
    Payer, organizations, st.builds(Identifier, st.sampled_from(["payer", "hpid"]), numbers), maybe(addresses)
)
billings = st.builds(
    BillingProvider,
    name=names,
    address=addresses,
    tax=st.builds(Identifier, st.sampled_from([EIN, SSN]), numbers),
    identifier=maybe(npis),
    taxonomy=maybe(taxonomies),
    contact=maybe(contacts),
)
providers = st.builds(Provider, name=names, identifier=maybe(npis), taxonomy=maybe(taxonomies), other=maybe(others))
colleagues = st.builds(Colleague, name=person_names, identifier=maybe(npis), other=maybe(others))
facilities = st.builds(Facility, name=organizations, address=addresses, identifier=maybe(npis), other=maybe(others))
shared = {
    "payer": payers,
    "member_id": numbers,
    "filing": st.sampled_from(["CI", "MB", "MC", "12"]),
    "rank": st.sampled_from("PST"),
    "relationship": st.sampled_from(["18", "01", "19", "G8", "39"]),
    "group_number": maybe(numbers),
    "plan_name": maybe(texts),
    "insurance_type": maybe(st.sampled_from(["12", "47"])),
    "assigns_benefits": st.sampled_from("YNW"),
    "release": st.sampled_from("YI"),
}
coverages = st.builds(
    Coverage,
    **shared,
    subscriber=maybe(people),
    provider_number=maybe(st.builds(Identifier, st.sampled_from(["g2", "lu"]), numbers)),
)
adjustments = st.builds(
    Adjustment,
    st.sampled_from(["CO", "CR", "OA", "PI", "PR"]),
    numbers,
    st.integers(-99_999, 99_999).map(Money),
    maybe(st.integers(0, 99)),
)
answers = st.builds(Adjudication, money, maybe(days), some(adjustments))
other_coverages = st.builds(OtherCoverage, **shared, subscriber=maybe(names), adjudication=maybe(answers))
quantities = st.builds(
    Quantity,
    st.decimals(Decimal("0.001"), Decimal(9999), places=3, allow_nan=False),
    st.sampled_from(["UN", "MJ", "ML"]),
)
drugs = st.builds(Drug, st.builds(Code, st.just(NDC), st.from_regex(r"[0-9]{11}", fullmatch=True)), quantities)
act_parts = st.builds(
    ProfessionalAct,
    pointers=some(st.integers(1, 12), 4),
    modifiers=some(st.sampled_from(["25", "59", "LT", "QW", "1P"]), 4),
    place=maybe(st.sampled_from(["11", "12", "22"])),
    description=maybe(texts),
    emergency=st.booleans(),
    epsdt=st.booleans(),
    rendering=maybe(providers),
    drug=maybe(drugs),
)
acts = st.builds(
    Act,
    number=numbers,
    code=st.builds(Code, st.sampled_from([CPT, HCPCS, "cabinet-own"]), numbers),
    service=periods,
    quantity=quantities,
    charge=money,
    part=act_parts,
)
diagnoses = st.builds(
    Code,
    st.sampled_from([ICD10CM, ICD9CM]),
    st.from_regex(r"[A-Z][0-9][0-9A-Z]{1,5}", fullmatch=True) | st.from_regex(r"E?[0-9]{3,5}", fullmatch=True),
)
claim_dates = st.sets(st.sampled_from(CLAIM_DATE_ORDER)).flatmap(
    lambda chosen: st.tuples(
        *(st.builds(ClaimDate, st.just(qualifier), days) for qualifier in CLAIM_DATE_ORDER if qualifier in chosen)
    )
)
parts = st.builds(
    Professional,
    diagnoses=some(diagnoses, 12),
    place=st.sampled_from(["11", "22"]),
    rendering=maybe(providers),
    referring=maybe(colleagues),
    supervising=maybe(colleagues),
    facility=maybe(facilities),
    signed=st.sampled_from("YN"),
    assignment=st.sampled_from("ABC"),
    accident=st.lists(st.sampled_from(["AA", "EM", "OA"]), unique=True).map(tuple),
    accident_state=maybe(st.just("NY")),
    dates=claim_dates,
    unable_to_work=maybe(periods),
    hospital=maybe(periods),
    condition_codes=some(numbers),
    casualty_claim=maybe(texts),
    note=maybe(texts),
)
authorities = st.builds(
    Authority, maybe(numbers), maybe(numbers), maybe(st.builds(Identifier, st.just(CLIA), numbers))
).filter(lambda authority: authority != Authority())


def _summed(claim: ProfessionalClaim) -> ProfessionalClaim:
    return ProfessionalClaim(
        **{name: getattr(claim, name) for name in claim.__struct_fields__ if name != "total"},
        total=total([act.charge for act in claim.acts]),
    )


claims = st.builds(
    ProfessionalClaim,
    kind=st.just("professional"),
    number=numbers,
    billing=billings,
    patient=people,
    coverage=coverages,
    acts=st.lists(acts, min_size=1, max_size=4).map(tuple),
    part=parts,
    total=money,
    frequency=st.sampled_from("178"),
    replaces=maybe(numbers),
    authority=maybe(authorities),
    pay_to=maybe(addresses),
    other_coverages=some(other_coverages, 2),
    patient_paid=maybe(money),
).map(_summed)
