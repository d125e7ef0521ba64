"""What a container is billed as: the lines of its visit it has a part in."""

from __future__ import annotations

from lab.domain.charges import LabCharge
from lab.domain.container import Container
from lab.models import Specimen
from lab.ports import ports
from lab.services.billing_facts import NOT_BILLED, facts_of_visits


def billed_as(row: Specimen, container: Container) -> list[LabCharge]:
    """The visit's lines that this container has a part in: its tests', and the draw's. At most two statements."""
    if row.visit_id is None or row.state in NOT_BILLED:
        return []
    tests = {need.test for need in container.needs}
    charges = ports().charges(facts_of_visits(row.practice_id, (row.visit_id,)))
    return [charge for charge in charges if not charge.tests or tests & set(charge.tests)]
