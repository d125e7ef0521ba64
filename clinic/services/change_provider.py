"""Changing a colleague outside the practice."""

from __future__ import annotations

from clinic.domain.set_up import ProviderFacts, as_kept
from clinic.models import Provider
from clinic.services.acting import Actor, acting
from clinic.services.changing import change, held
from clinic.services.find import Unknown


def change_provider(actor: Actor, provider_id: int, facts: ProviderFacts, seen: str) -> None:
    """Change a colleague as they were seen. Providers who work here are changed with their staff.

    Raises:
        Refused: a number is none.
        Unknown: there is no such colleague.
        Overtaken: someone else changed it meanwhile.
    """
    kept = as_kept(facts)
    with acting(actor, "practice.write") as work:
        row = held(work, Provider, provider_id)
        if row.staff_id is not None:
            raise Unknown("provider")
        change(work, row, kept, seen)
