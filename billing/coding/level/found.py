"""The fact that a level was looked for: what was documented, and what it came to."""

from __future__ import annotations

from billing.coding.level.documented import Documented
from clinic.domain.value import Value


class LevelFound(Value, frozen=True, kw_only=True):
    """``claim.level_found`` version 1. It puts nothing on the claim."""

    documented: Documented
    code: str | None = None
    """The level it came to, None where it comes to none."""
