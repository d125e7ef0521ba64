"""Hypothesis strategies of claims: the builders of ``tests.strategies.samples`` drawn so that failures shrink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.strategies.dice import Dice
from tests.strategies.samples import build, claim_of_seed

if TYPE_CHECKING:
    from billing.domain.professional import ProfessionalClaim


@st.composite
def _claims(draw: st.DrawFn, *, full: bool, over_long: bool) -> ProfessionalClaim:
    return build(Dice(lambda limit: draw(st.integers(0, limit - 1)), full=full, stretch=over_long))


def _mixed(*, full: bool, over_long: bool) -> st.SearchStrategy[ProfessionalClaim]:
    """Half drawn choice by choice, which shrinks; half from one number, which spreads evenly over what is rare."""
    even = st.binary(min_size=8, max_size=8).map(
        lambda seed: claim_of_seed(int.from_bytes(seed, "big"), full=full, over_long=over_long)
    )
    return st.one_of(_claims(full=full, over_long=over_long), even)


def professional_claims(*, over_long: bool = False) -> st.SearchStrategy[ProfessionalClaim]:
    """Valid professional claims that can be written.

    Every text fits its box of the CMS-1500; with ``over_long`` at least one does not, though the 837P takes all of it.
    """
    return _mixed(full=False, over_long=over_long)


def claims_with_every_field() -> st.SearchStrategy[ProfessionalClaim]:
    """Claims in which every field that may be absent is present."""
    return _mixed(full=True, over_long=False)
