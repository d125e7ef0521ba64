"""The Claim value from what was coded and what the practice knows. Pure: rows become values before they come here."""

from __future__ import annotations

from billing.coding.coding import CodedLine, Coding
from billing.coding.wording import optional_text
from billing.domain.claim import Act, Authority, Claim, Coverage, OtherCoverage
from billing.domain.professional import CLAIM_DATE_ORDER, Professional, ProfessionalAct, ProfessionalClaim
from clinic.domain.code import CLIA, Identifier
from clinic.domain.party import BillingProvider, Colleague, Facility, Provider
from clinic.domain.person import Address, Person
from clinic.domain.value import Value


class Parties(Value, frozen=True, kw_only=True):
    """Everyone around one claim, as its facts stand now."""

    billing: BillingProvider
    patient: Person
    coverage: Coverage
    place: str
    rendering: Provider | None = None
    referring: Colleague | None = None
    supervising: Colleague | None = None
    facility: Facility | None = None
    pay_to: Address | None = None
    other_coverages: tuple[OtherCoverage, ...] = ()
    line_rendering: tuple[tuple[str, Provider], ...] = ()
    """Line number and who rendered it, for lines that name another provider."""


def build(number: str, coding: Coding, parties: Parties) -> ProfessionalClaim:
    """The professional claim that the coding says."""
    place = coding.place or parties.place
    rendering = None if _same(parties.rendering, parties.billing) else parties.rendering
    others = dict(parties.line_rendering)
    return Claim(
        kind="professional",
        number=number,
        billing=parties.billing,
        patient=parties.patient,
        coverage=parties.coverage,
        acts=tuple(_act(line, place, others.get(line.number), rendering) for line in coding.lines),
        part=Professional(
            diagnoses=coding.diagnoses,
            place=place,
            rendering=rendering,
            referring=parties.referring,
            supervising=parties.supervising,
            facility=parties.facility,
            signed="Y",
            assignment=coding.assignment,
            accident=coding.accident,
            accident_state=optional_text(coding.accident_state),
            dates=tuple(sorted(coding.dates, key=lambda fact: CLAIM_DATE_ORDER.index(fact.qualifier))),
            unable_to_work=coding.unable_to_work,
            hospital=coding.hospital,
            condition_codes=coding.condition_codes,
            casualty_claim=optional_text(coding.casualty_claim),
            note=optional_text(coding.note),
        ),
        total=coding.charged(),
        frequency=coding.frequency,
        replaces=optional_text(coding.replaces),
        authority=_authority(coding),
        pay_to=parties.pay_to,
        other_coverages=parties.other_coverages,
        patient_paid=coding.patient_paid,
    )


def _act(line: CodedLine, place: str, other: Provider | None, rendering: Provider | None) -> Act[ProfessionalAct]:
    return Act(
        number=line.number,
        code=line.code,
        service=line.service,
        quantity=line.quantity,
        charge=line.charge,
        part=ProfessionalAct(
            pointers=line.pointers,
            modifiers=line.modifiers,
            place=line.place if line.place != place else None,
            description=optional_text(line.description),
            emergency=line.emergency,
            epsdt=line.epsdt,
            rendering=other if other != rendering else None,
            drug=line.drug,
        ),
    )


def _authority(coding: Coding) -> Authority | None:
    clia = Identifier(CLIA, coding.clia) if coding.clia else None
    found = Authority(
        prior_authorization=optional_text(coding.prior_authorization),
        referral=optional_text(coding.referral),
        clia=clia,
    )
    return found if found != Authority() else None


def _same(rendering: Provider | None, billing: BillingProvider) -> bool:
    """The same NPI is never sent twice: who bills in their own name is not named again as rendering."""
    return rendering is not None and rendering.identifier is not None and rendering.identifier == billing.identifier
