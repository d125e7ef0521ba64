"""Where a container stands. Its state is one axis of three: order line and package have their own (law 4)."""

from __future__ import annotations

from datetime import datetime

from clinic.domain.value import Value
from lab.domain.events import Stay
from lab.domain.need import Need

OPEN = frozenset({"planned", "labeled", "collected", "packed", "sent"})
"""States in which something may still be due. ``processing`` and ``ready`` are told from the steps, not kept."""
HERE = frozenset({"collected", "packed"})
ENDS = frozenset({"rejected", "missed", "lost", "used_up", "disposed", "received", "void"})
"""States in which nothing is due any more. ``void``: an aliquot whose pouring was taken back."""


class NotPossible(Exception):
    """An act that does not fit. ``code`` is permanent; its words are in ``lab.domain.refusals``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Run(Value, frozen=True, kw_only=True):
    """One step, started and perhaps ended."""

    step: str
    started_at: datetime
    ended_at: datetime | None = None
    device_id: int | None = None
    g: int | None = None


class Container(Value, frozen=True, kw_only=True):
    """A container as its facts leave it. Volumes are microlitres."""

    number: str
    holder: str
    cap: str
    patient_id: int
    needs: tuple[Need, ...]
    state: str
    sequence: int
    labeled: bool = False
    visit_id: int | None = None
    order_id: int | None = None
    parent_id: int | None = None
    child: int | None = None
    poured_at: datetime | None = None
    children: tuple[int, ...] = ()
    moved: tuple[str, ...] = ()
    """Tests that went on in an aliquot."""
    piece: int | None = None
    set_number: str | None = None
    recollects: int | None = None
    collected_at: datetime | None = None
    collected_by: int | None = None
    method: str | None = None
    site: str | None = None
    volume_ul: int | None = None
    remaining_ul: int | None = None
    stays: tuple[Stay, ...] = ()
    runs: tuple[Run, ...] = ()
    resulted: tuple[tuple[str, datetime], ...] = ()
    """Tests that were run on it, and when first."""
    package_id: int | None = None
    packed_at: datetime | None = None
    sent_at: datetime | None = None
    received_at: datetime | None = None
    receipt: str | None = None
    rejected_code: str | None = None
    rejected_sub: str | None = None
    recollect_id: int | None = None
    conditions: tuple[str, ...] = ()
    last_at: datetime | None = None

    @property
    def condition(self) -> str | None:
        """Where it stands now, None before it was collected."""
        return self.stays[-1].condition if self.stays else None

    def running(self, step: str | None = None) -> Run | None:
        """The run under way, of one step or of any."""
        return next((run for run in self.runs if run.ended_at is None and step in (None, run.step)), None)

    def done(self, step: str) -> Run | None:
        """The last ended run of a step."""
        return next((run for run in reversed(self.runs) if run.step == step and run.ended_at is not None), None)
