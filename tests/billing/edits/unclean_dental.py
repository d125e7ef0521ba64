"""Random dental claims with things wrong in them, as people and other systems make them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import msgspec
from hypothesis import strategies as st

from billing.domain.dental import (
    Attachment,
    DentalClaim,
    MissingTooth,
    Orthodontics,
    Prosthesis,
    TreatedTooth,
)
from clinic.domain.code import CDT, CPT, Code
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from tests.strategies.claims import dental_claims
from tests.strategies.dental import sample_dental_claims

replace = msgspec.structs.replace
Spoil = Callable[[DentalClaim, Random], DentalClaim]

_TEETH = ("1", "8", "16", "19", "K", "33", "", "US", "51")
_SURFACES = ((), ("M",), ("M", "O"), ("M", "I"), ("F", "F"), ("X",), ("B", "D", "F", "I", "L", "M", "O"))
_PROSTHESES = (None, Prosthesis("R"), Prosthesis("I", date(2030, 1, 1)), Prosthesis("R", date(2024, 1, 1)))
_CODES = ("D2392", "D2331", "D2740", "D4341", "D7140", "D8080", "D3320", "D5110", "D1110", "D21", "D99999")


def _line(claim: DentalClaim, rng: Random, change: Callable[[Any], Any]) -> DentalClaim:
    if not claim.acts:
        return claim
    at = rng.randrange(len(claim.acts))
    return replace(claim, acts=(*claim.acts[:at], change(claim.acts[at]), *claim.acts[at + 1 :]))


def _line_part(claim: DentalClaim, rng: Random, **changes: Any) -> DentalClaim:
    return _line(claim, rng, lambda act: replace(act, part=replace(act.part, **changes)))


def _teeth(rng: Random) -> tuple[TreatedTooth, ...]:
    return tuple(TreatedTooth(rng.choice(_TEETH), rng.choice(_SURFACES)) for _ in range(rng.randrange(4)))


def _part(claim: DentalClaim, **changes: Any) -> DentalClaim:
    return replace(claim, part=replace(claim.part, **changes))


def _mouth(claim: DentalClaim, rng: Random) -> DentalClaim:
    """Lines that meet: few codes, few teeth, one day."""
    if not claim.acts:
        return claim
    service = claim.acts[0].service
    acts = tuple(
        replace(
            act,
            code=Code(CDT, rng.choice(("D2392", "D7140", "D4341"))),
            service=service,
            part=replace(
                act.part,
                teeth=rng.choice(((), (TreatedTooth("19", ("M", "O")),), (TreatedTooth("8"),))),
                areas=rng.choice(((), ("10",))),
            ),
        )
        for act in claim.acts * 2
    )
    return replace(claim, acts=acts)


SPOILS: tuple[Spoil, ...] = (
    lambda claim, rng: _line_part(claim, rng, teeth=_teeth(rng)),
    lambda claim, rng: _line_part(claim, rng, teeth=_teeth(rng), areas=("10", "10")),
    lambda claim, rng: _line_part(claim, rng, teeth=(), areas=rng.choice((("55",), ("01",), (), ("10",)))),
    lambda claim, rng: _line(claim, rng, lambda act: replace(act, code=Code(CDT, rng.choice(_CODES)))),
    lambda claim, rng: _line(claim, rng, lambda act: replace(act, code=Code(CPT, "99213"))),
    lambda claim, rng: _line(claim, rng, lambda act: replace(act, quantity=Quantity(Decimal(rng.randrange(4))))),
    lambda claim, rng: _line_part(
        claim,
        rng,
        prosthesis=rng.choice(
            (None, Prosthesis("R"), Prosthesis("I", date(2030, 1, 1)), Prosthesis("R", date(2024, 1, 1)))
        ),
    ),
    lambda claim, rng: _part(claim, orthodontics=rng.choice((None, Orthodontics(), Orthodontics(3, 9)))),
    lambda claim, _: _part(claim, orthodontics=Orthodontics(24), dates=()),
    lambda claim, rng: _part(claim, missing=tuple(MissingTooth(rng.choice(_TEETH), "M") for _ in range(6))),
    lambda claim, _: _part(claim, attachments=()),
    lambda claim, _: _part(claim, attachments=(Attachment("RB", "EL"),)),
    lambda claim, _: _part(claim, predetermination=True),
    lambda claim, _: _part(claim, predetermination=True, predetermination_number="PRE1"),
    lambda claim, _: replace(_part(claim, predetermination=True), patient_paid=Money(100)),
    lambda claim, _: replace(claim, acts=claim.acts * 2),
    lambda claim, _: replace(claim, acts=()),
    _mouth,
    lambda claim, rng: replace(claim, patient=replace(claim.patient, birth=_born(claim, rng))),
    lambda claim, rng: _line(
        claim, rng, lambda act: replace(act, service=Period(act.service.start + timedelta(days=rng.randrange(-9, 9))))
    ),
)


def _born(claim: DentalClaim, rng: Random) -> date | None:
    years = rng.choice((1, 5, 12, 40, None))
    if years is None or not claim.acts:
        return None
    return claim.acts[0].service.start - timedelta(days=366 * years)


def spoilt_dental_claims(n: int, seed: int = 0) -> list[DentalClaim]:
    """Claims in which up to five things were spoilt, for one seed always the same."""
    rng = Random(seed)
    found = []
    for claim in sample_dental_claims(n, seed):
        for spoil in rng.choices(SPOILS, k=rng.randrange(6)):
            claim = spoil(claim, rng)  # noqa: PLW2901  one after the other
        found.append(claim)
    return found


@st.composite
def unclean_dental_claims(draw: st.DrawFn) -> DentalClaim:
    """A claim in which up to four things were spoilt; the same choices make the same claim."""
    claim = draw(dental_claims())
    rng = Random(draw(st.integers(0, 2**32)))
    for spoil in draw(st.lists(st.sampled_from(SPOILS), max_size=4)):
        claim = spoil(claim, rng)
    return claim
