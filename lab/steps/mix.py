"""Mix: the turns that a tube's additive asks, at once after the draw. Part of collecting, so never waited for."""

from __future__ import annotations

from clinic.domain.words import N_
from lab.steps.step import Step

STEP = Step("mix", N_("Mix"), 15, point=True)
