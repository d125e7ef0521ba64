"""Steps: started, ended, or done at once; a limit that was not kept needs a reason."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from clinic.services.find import one
from lab.domain.container import NotPossible
from lab.domain.events import StepDone, StepEnded, StepStarted
from lab.domain.refusals import refused
from lab.models import Device
from lab.services.at_the_bench import Hand, in_hand
from lab.services.specimens import container_of, tell
from lab.steps.registry import flags_of, step_of


def start_step(
    actor: Actor,
    specimen_id: int,
    step: str,
    at: datetime | None = None,
    *,
    device_id: int | None = None,
    g: int | None = None,
    rpm: int | None = None,
    radius_mm: int | None = None,
    reason: str | None = None,
) -> None:
    """Start a step that takes its time. The force of a spin is told as g, or as rpm with the rotor's radius.

    Raises:
        Refused: there is no such step, another one is under way, or it is not collected.
        Unknown: there is no such device or container.
    """
    _known(step, timed=True)
    with in_hand(actor, specimen_id, at) as hand:
        if device_id is not None:
            device = one(actor, Device, device_id)
            radius_mm = radius_mm or device.radius_mm
        body = StepStarted(step=step, at=hand.at, device_id=device_id, g=g, rpm=rpm, radius_mm=radius_mm)
        tell(hand.work, hand.row, "specimen.step_started", body, reason=reason)


def end_step(
    actor: Actor, specimen_id: int, step: str, at: datetime | None = None, *, reason: str | None = None
) -> tuple[str, ...]:
    """End the step that is under way; gives the codes of the limits it did not keep.

    Raises:
        Refused: it is not under way.
    """
    _known(step, timed=True)
    with in_hand(actor, specimen_id, at) as hand:
        before = _codes(hand)
        tell(hand.work, hand.row, "specimen.step_ended", StepEnded(step=step, at=hand.at), reason=reason)
        return tuple(sorted(_codes(hand) - before))


def do_step(
    actor: Actor, specimen_id: int, step: str, at: datetime | None = None, *, reason: str | None = None
) -> None:
    """Tell a step that has no length.

    Raises:
        Refused: there is no such step, or it does not fit.
    """
    _known(step, timed=False)
    with in_hand(actor, specimen_id, at) as hand:
        tell(hand.work, hand.row, "specimen.step_done", StepDone(step=step, at=hand.at), reason=reason)


def _known(key: str, *, timed: bool) -> None:
    step = step_of(key)
    if step is None or not (step.timed if timed else step.point):
        raise refused(NotPossible("unknown_verb"), key)


def _codes(hand: Hand) -> set[str]:
    return {flag.code for flag in flags_of(container_of(hand.row), hand.at)}
