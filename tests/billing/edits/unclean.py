"""Random claims with things wrong in them, as people and other systems make them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import msgspec
from hypothesis import strategies as st

from billing.domain.claim import Authority
from billing.domain.professional import ClaimDate, Drug, Professional, ProfessionalClaim
from billing.edits import EDITS
from clinic.domain.code import CLIA, EIN, ICD9CM, ICD10CM, NDC, NPI, TAXONOMY, Code, Identifier
from clinic.domain.money import Money
from clinic.domain.party import Colleague, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, PersonName
from clinic.domain.quantity import Quantity
from tests.billing.edits.unclean_diagnoses import with_diagnoses
from tests.strategies.claims import professional_claims
from tests.strategies.samples import sample_claims

replace = msgspec.structs.replace

EXAMPLES = [claim for edit in EDITS.values() for claim in edit.fails if claim.kind == "professional"]
"""What the edits show themselves by: a rare fault is among them at least once."""

Spoil = Callable[[ProfessionalClaim, Random], ProfessionalClaim]

MODIFIERS = ((), (), ("25",), ("59", "XS"), ("50", "LT"), ("RT",), ("51",), ("QW",), ("79",), ("59",), ("76",))

NOTICES = (("GA",), ("GZ",), ("GY",), ("GX", "GY"), ("GA", "GZ"))

TEXTS = ("", " ", "A ", " A", "É", "A*B", "A:B", "A~B", "A^B", "A\\B", 'A "B"', "A | B", "|", "A\nB", "\x7f", "X" * 90)


def _line(claim: ProfessionalClaim, rng: Random, change: Callable[[Any], Any]) -> ProfessionalClaim:
    if not claim.acts:
        return claim
    at = rng.randrange(len(claim.acts))
    return replace(claim, acts=(*claim.acts[:at], change(claim.acts[at]), *claim.acts[at + 1 :]))


def _line_part(claim: ProfessionalClaim, rng: Random, **changes: Any) -> ProfessionalClaim:
    return _line(claim, rng, lambda act: replace(act, part=replace(act.part, **changes)))


def _text(value: Any, rng: Random, text: str) -> Any:
    """The value with one of the texts somewhere inside it replaced."""
    places = [
        name
        for name in value.__struct_fields__
        if name not in {"kind", "system", "currency"} and isinstance(getattr(value, name), str | tuple | msgspec.Struct)
    ]
    rng.shuffle(places)
    for name in places:
        old = getattr(value, name)
        if isinstance(old, str) and name not in {"frequency", "rank", "qualifier", "sex", "group"}:
            return replace(value, **{name: text})
        if isinstance(old, msgspec.Struct):
            return replace(value, **{name: _text(old, rng, text)})
        if isinstance(old, tuple) and old and isinstance(old[0], msgspec.Struct):
            return replace(value, **{name: (_text(old[0], rng, text), *old[1:])})
    return value


SPOILS: tuple[Spoil, ...] = (
    lambda claim, rng: _line_part(claim, rng, pointers=()),
    lambda claim, rng: _line_part(claim, rng, pointers=(1, 1, 99, 0, -1)),
    lambda claim, rng: _line_part(claim, rng, description=None),
    lambda claim, rng: replace(claim, acts=claim.acts * 2),
    lambda claim, _: replace(claim, acts=()),
    lambda claim, _: replace(claim, total=Money(claim.total.cents + 1)),
    lambda claim, _: replace(claim, total=Money(0, "EUR")),
    lambda claim, rng: _line(claim, rng, lambda act: replace(act, quantity=Quantity(Decimal(0)))),
    lambda claim, rng: _line(
        claim, rng, lambda act: replace(act, service=Period(act.service.start, act.service.start - timedelta(3)))
    ),
    lambda claim, rng: _line(
        claim, rng, lambda act: replace(act, code=Code("hcpcs", rng.choice(("J3490", "T1", "T2"))))
    ),
    lambda claim, rng: _line(
        claim, rng, lambda act: replace(act, code=Code("hcpcs", rng.choice(("J3490", "T1", "T2"))))
    ),
    lambda claim, _: replace(claim, part=replace(claim.part, diagnoses=())),
    lambda claim, _: replace(
        claim, part=replace(claim.part, diagnoses=(Code(ICD10CM, "W19XXXA"), Code(ICD9CM, "E8859")))
    ),
    lambda claim, _: replace(claim, part=replace(claim.part, accident=("AA", "OA"), dates=(), accident_state=None)),
    lambda claim, _: replace(claim, frequency="7", replaces=None),
    lambda claim, _: replace(claim, frequency="1", replaces="OLD"),
    lambda claim, _: replace(claim, patient=replace(claim.patient, birth=None, sex=None, address=None)),
    lambda claim, _: replace(claim, coverage=replace(claim.coverage, filing="MB", relationship="01", subscriber=None)),
    lambda claim, _: replace(claim, coverage=replace(claim.coverage, member_id="  ")),
    lambda claim, rng: _text(claim, rng, rng.choice(TEXTS)),
    lambda claim, rng: _text(claim, rng, rng.choice(TEXTS)),
    lambda claim, rng: replace(claim, part=_text(claim.part, rng, rng.choice(TEXTS))),
    lambda claim, _: replace(claim, patient=replace(claim.patient, birth=date(2030, 1, 1))),
    lambda claim, _: _billing_address(claim, postal_code="01970", street="PO BOX 7"),
    lambda claim, _: _billing_address(claim, postal_code=None, city="", country=None),
    lambda claim, _: replace(claim, billing=replace(claim.billing, identifier=Identifier(NPI, "1234567890"))),
    lambda claim, _: replace(claim, billing=replace(claim.billing, identifier=None)),
    lambda claim, _: replace(claim, part=replace(claim.part, diagnoses=(Code(ICD10CM, "X124"), Code(ICD9CM, "8888")))),
    lambda claim, _: replace(claim, part=replace(claim.part, diagnoses=claim.part.diagnoses * 2)),
    lambda claim, rng: _ranks(replace(claim, coverage=replace(claim.coverage, rank=rng.choice(("P", "S", "T"))))),
    lambda claim, _: replace(claim, patient=replace(claim.patient, address=Address("1 A", "B", None, "ZZ", "123"))),
    lambda claim, _: _party(claim, claim.billing.identifier),
    lambda claim, _: _party(claim, None),
    lambda claim, _: replace(claim, billing=replace(claim.billing, tax=Identifier(EIN, "12-345678"))),
    lambda claim, _: replace(claim, billing=replace(claim.billing, taxonomy=Code(TAXONOMY, "207Q"))),
    lambda claim, _: replace(
        claim, coverage=replace(claim.coverage, filing="XX", relationship="99", subscriber=claim.patient)
    ),
    lambda claim, _: replace(claim, coverage=replace(claim.coverage, relationship="01", subscriber=claim.patient)),
    lambda claim, rng: replace(
        claim, coverage=replace(claim.coverage, filing=rng.choice(("WC", "AM", "MC", "MB"))), part=_bare(claim.part)
    ),
    lambda claim, _: replace(claim, frequency="7", replaces=claim.number),
    lambda claim, _: replace(claim, number="N" * 25),
    lambda claim, _: replace(claim, acts=tuple(replace(act, code=Code("hcpcs", "T1")) for act in claim.acts) * 2),
    lambda claim, _: replace(
        claim, acts=tuple(replace(act, charge=Money(0)) for act in claim.acts), total=Money(0, claim.total.currency)
    ),
    lambda claim, rng: _line(claim, rng, lambda act: replace(act, charge=Money(rng.choice((-1, 10**10))))),
    lambda claim, _: replace(
        claim,
        part=replace(
            claim.part,
            dates=tuple(ClaimDate(each, date(2031, 1, 1)) for each in ("431", "454")),
            hospital=Period(date(2031, 1, 9), date(2031, 1, 1)),
        ),
    ),
    lambda claim, _: replace(claim, part=replace(claim.part, dates=(ClaimDate("439", date(2024, 5, 1)),))),
    lambda claim, rng: replace(claim, part=replace(_bare(claim.part), place=rng.choice(("21", "28", "10", "24")))),
    lambda claim, rng: _line_part(claim, rng, place="00"),
    lambda claim, rng: _line_part(claim, rng, modifiers=("QW", "-25", "", "59", "RT")),
    lambda claim, rng: _line_part(claim, rng, drug=Drug(Code(NDC, "0409-1"), Quantity(Decimal(1)))),
    lambda claim, _: replace(claim, authority=Authority(referral="R1", clia=Identifier(CLIA, "22X"))),
    lambda claim, _: replace(claim, authority=None, part=replace(claim.part, referring=None)),
    lambda claim, rng: _together(claim, rng, ("99213", "11102", "11103", "20610", "29881", "99214")),
    lambda claim, rng: _together(claim, rng, ("87880", "81025", "36415", "87804")),
    lambda claim, rng: _line_part(claim, rng, modifiers=rng.choice(MODIFIERS)),
    lambda claim, rng: _line_part(claim, rng, modifiers=rng.choice(MODIFIERS)),
    lambda claim, rng: replace(
        claim,
        patient=replace(claim.patient, birth=date(rng.choice((1930, 1985, 2016, 2023)), 5, 5), sex=rng.choice("FM")),
    ),
    lambda claim, rng: _line(claim, rng, lambda act: replace(act, quantity=Quantity(Decimal(rng.choice((2, 3, 9)))))),
    lambda claim, rng: replace(
        claim, part=replace(claim.part, diagnoses=(Code(ICD10CM, rng.choice(("W19XXXA", "X58XXXA"))),))
    ),
    lambda claim, rng: _days_apart(claim, rng.randrange(2)),
    lambda claim, rng: replace(
        _line_part(claim, rng, modifiers=rng.choice(NOTICES)),
        coverage=replace(claim.coverage, filing=rng.choice(("16", "MB", claim.coverage.filing))),
    ),
    lambda claim, rng: replace(
        _line_part(claim, rng, pointers=(2,)),
        part=replace(claim.part, diagnoses=(Code(ICD10CM, "S93401A"), Code(ICD10CM, "W010XXA"))),
    ),
    with_diagnoses,
)


def _together(claim: ProfessionalClaim, rng: Random, codes: tuple[str, ...]) -> ProfessionalClaim:
    """The lines as acts of one day and one person, with codes that meet."""
    service = claim.acts[0].service if claim.acts else None
    same = rng.choice(MODIFIERS)
    acts = tuple(
        replace(
            act,
            code=Code("cpt", rng.choice(codes)),
            service=service,
            part=replace(act.part, rendering=None, modifiers=rng.choice((same, same, *MODIFIERS))),
        )
        for act in claim.acts * 2
    )
    return replace(claim, acts=acts, authority=Authority(clia=Identifier(CLIA, "22D0123456")))


def _days_apart(claim: ProfessionalClaim, turn: int) -> ProfessionalClaim:
    """The lines by turns on two days that follow each other."""
    if not claim.acts:
        return claim
    start = claim.acts[0].service.start
    acts = tuple(
        replace(act, service=Period(start + timedelta(days=(at + turn) % 2))) for at, act in enumerate(claim.acts)
    )
    return replace(claim, acts=acts)


def _party(claim: ProfessionalClaim, identifier: Identifier | None) -> ProfessionalClaim:
    """The claim with a rendering provider of that NPI, and somebody who referred without any."""
    someone = Provider(name=PersonName("LIND"), identifier=identifier)
    return replace(claim, part=replace(claim.part, rendering=someone, referring=Colleague(name=PersonName("LIND"))))


def _bare(part: Professional) -> Professional:
    """The part without what only some claims have."""
    return replace(
        part, accident=(), casualty_claim=None, facility=None, hospital=None, referring=None, supervising=None
    )


def _ranks(claim: ProfessionalClaim) -> ProfessionalClaim:
    """The claim whose other payers have not answered."""
    return replace(claim, other_coverages=tuple(replace(each, adjudication=None) for each in claim.other_coverages))


def _billing_address(claim: ProfessionalClaim, **changes: Any) -> ProfessionalClaim:
    billing = claim.billing
    return replace(claim, billing=replace(billing, address=replace(billing.address, **changes)))


def spoilt_claims(n: int, seed: int = 0) -> list[ProfessionalClaim]:
    """The same without hypothesis: quick, and for one seed always the same."""
    rng = Random(seed)
    found = []
    for number, each in enumerate(sample_claims(n, seed)):
        match number % 3:
            case 0:
                claim = with_diagnoses(each, rng, number // 3)
            case 1:
                claim = EXAMPLES[(number // 3 + seed) % len(EXAMPLES)]
            case _:
                claim = each
        for spoil in rng.choices(SPOILS, k=rng.randrange(2 if number % 3 == 1 else 5)):
            claim = spoil(claim, rng)
        found.append(claim)
    return found


@st.composite
def unclean_claims(draw: st.DrawFn) -> ProfessionalClaim:
    """A claim in which up to four things were spoilt; the same choices make the same claim."""
    claim = draw(professional_claims())
    rng = Random(draw(st.integers(0, 2**32)))
    for spoil in draw(st.lists(st.sampled_from(SPOILS), max_size=4)):
        claim = spoil(claim, rng)
    return claim
