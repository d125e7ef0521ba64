"""Hypothesis strategies of claims: the builders of ``tests.strategies.samples``, so drawn that failures shrink.

A claim takes some two hundred choices. Drawn one by one they cost ten milliseconds a claim, and hypothesis repeats
itself; so it draws a seed and how many choices follow it. The choices after those are the plainest (``Dice``), and a
failure shrinks to the fewest that still show it.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from tests.strategies.dental import build_dental
from tests.strategies.dice import Dice
from tests.strategies.samples import build

if TYPE_CHECKING:
    from billing.domain.dental import DentalClaim
    from billing.domain.professional import ProfessionalClaim

C = TypeVar("C")

_MOST = 2000
"""More choices than all but the longest claims take: most claims are drawn in full."""


def _claim(make: Callable[[Dice], C], seed: bytes, choices: int, *, full: bool, over_long: bool) -> C:
    fraction = Random(seed).random
    left = choices

    def below(limit: int) -> int:
        nonlocal left
        left -= 1
        return int(fraction() * limit) if left >= 0 else 0

    return make(Dice(below, full=full, stretch=over_long))


def _claims(make: Callable[[Dice], C], *, full: bool, over_long: bool = False) -> st.SearchStrategy[C]:
    return st.builds(
        lambda seed, choices: _claim(make, seed, choices, full=full, over_long=over_long),
        st.binary(min_size=8, max_size=8),
        st.integers(0, _MOST),
    )


def professional_claims(*, over_long: bool = False) -> st.SearchStrategy[ProfessionalClaim]:
    """Valid professional claims that can be written.

    Every text fits its box of the CMS-1500; with ``over_long`` at least one does not, though the 837P takes all of it.
    """
    return _claims(build, full=False, over_long=over_long)


def claims_with_every_field() -> st.SearchStrategy[ProfessionalClaim]:
    """Claims in which every field that may be absent is present."""
    return _claims(build, full=True)


def dental_claims() -> st.SearchStrategy[DentalClaim]:
    """Valid dental claims that can be written."""
    return _claims(build_dental, full=False)


def dental_claims_with_every_field() -> st.SearchStrategy[DentalClaim]:
    """Dental claims in which every field that may be absent is present."""
    return _claims(build_dental, full=True)
