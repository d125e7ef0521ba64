"""Drink: the end of the drink after which the draw is timed."""

from __future__ import annotations

from clinic.domain.words import N_
from lab.steps.step import Step

STEP = Step("drink", N_("Drink finished"), 5, point=True)
