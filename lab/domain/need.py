"""What one ordered test asks of the container it is in: the catalogue's word as it was when the container was planned.

Kept in the container's first fact, so that a later change of the catalogue never moves the clock of a tube in hand.
"""

from __future__ import annotations

from datetime import timedelta

from clinic.domain.value import Value
from lab.domain.catalogue import Condition, SeparatedBy, TestFacts


class Need(Value, frozen=True, kw_only=True):
    """A test in a container. Durations are minutes, volumes microlitres."""

    test: str
    line_id: int | None = None
    """The line of the order that asked for it."""
    in_house: bool = False
    volume_ul: int | None = None
    method: str | None = None
    on_ice: bool = False
    drink_minutes: int | None = None
    drink_slack_minutes: int | None = None
    transfer_within_minutes: int | None = None
    clot_minutes: int | None = None
    rcf_g: int | None = None
    spin_minutes: int | None = None
    separate_within_minutes: int | None = None
    separated_by: SeparatedBy | None = None
    pour_off: bool = False
    """Serum or plasma must be poured off into a container of its own."""
    incubate_within_minutes: int | None = None
    incubate_minutes: int | None = None
    incubate_most_minutes: int | None = None
    read_from_minutes: int | None = None
    read_until_minutes: int | None = None
    fix: bool = False
    fix_minutes: int | None = None
    fix_most_minutes: int | None = None
    storage: tuple[Condition, ...] = ()
    room_minutes: int | None = None
    refrigerated_minutes: int | None = None
    frozen_minutes: int | None = None

    def keeps(self, condition: Condition) -> timedelta | None:
        """How long from collection it keeps there; None where that was not stated. On ice counts as refrigerated."""
        minutes = {
            "room": self.room_minutes,
            "refrigerated": self.refrigerated_minutes,
            "on_ice": self.refrigerated_minutes,
            "frozen": self.frozen_minutes,
        }[condition]
        return None if minutes is None else timedelta(minutes=minutes)


_SAME = tuple(name for name in Need.__struct_fields__ if name in TestFacts.__struct_fields__)


def need_of(
    facts: TestFacts,
    *,
    line_id: int | None = None,
    in_house: bool = False,
    answers: dict[str, str] | None = None,
    pediatric: bool = False,
) -> Need:
    """The need of a test as the catalogue has it. An answer may make its limit of separation fall away."""
    said = answers or {}
    kept = {name: getattr(facts, name) for name in _SAME}
    if facts.separate_if is not None and said.get(facts.separate_if) == "no":
        kept["separate_within_minutes"] = None
    small = facts.pediatric_volume_ul if pediatric else None
    return Need(
        test=facts.key,
        line_id=line_id,
        in_house=in_house,
        volume_ul=small or facts.min_volume_ul,
        pour_off=facts.aliquots == "yes",
        **kept,
    )
