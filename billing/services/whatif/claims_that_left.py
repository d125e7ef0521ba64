"""The practice's own claims that left, laid out day by day as they left, so that they are judged as a file is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

import msgspec
from sqlalchemy import Select, func, select

from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.checking import parts
from billing.services.checking.judging import put
from billing.services.checking.parts import Part
from billing.services.checking.work import Work
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

DAYS = timedelta(days=365)
"""How far back claims are looked at where nobody says."""

BEFORE = timedelta(days=121)
"""How long before them claims are laid out that are not judged: a surgery's payment covers ninety days, and what went
before a claim must be known."""

_AT_ONCE = 500


class Left(NamedTuple):
    """The claims of a practice that left on a day or later."""

    practice_id: int
    since: date


class Laid(msgspec.Struct, frozen=True):
    """The claims in parts, each of one day."""

    parts: tuple[Part, ...]
    days: tuple[date, ...]
    """When those of each part left, in UTC: as of that day they were judged."""


def laid_out(left: Left, work: Work, step: Callable[[int, int], object]) -> Laid:
    """Write the claims to files in the work's folder, those of each day apart; nothing where that was done before.

    A claim that left twice stands where it left last. One that was withdrawn, or that the payer never took in, is out.

    Raises:
        Refused: no claim left.
    """
    kept = work.place(0, "laid.json")
    if kept.exists():
        return msgspec.json.decode(kept.read_bytes(), type=Laid)
    found: list[Part] = []
    days: list[date] = []
    for day, snapshots in _by_day(left):
        for text in _filled(snapshots):
            path = work.place(0, f"{len(found):05d}.items")
            put(path, text)
            found.append(Part(day.isoformat(), str(path), 0, len(text), 1))
            days.append(day)
            step(0, 1)
    if not any(day >= left.since for day in days):
        raise Refused(N_("No claim has left since %(day)s."), remedy=N_("Give an earlier day."), day=str(left.since))
    laid = Laid(tuple(found), tuple(days))
    put(kept, msgspec.json.encode(laid))
    return laid


def state_of(left: Left) -> str:
    """What changes when a claim leaves or is taken back: how many there are, and the last."""
    wanted = _wanted(left).with_only_columns(func.count(), func.max(SubmittedClaim.id)).order_by(None)
    return f"{left.practice_id} {left.since} {tuple(db.session.execute(wanted).one())}"


def _by_day(left: Left) -> Iterator[tuple[date, Iterator[bytes]]]:
    rows = db.session.execute(_wanted(left), execution_options={"yield_per": _AT_ONCE})
    for day, those in groupby(rows, key=lambda row: row.at.astimezone(UTC).date()):
        yield day, (row.snapshot for row in those)


def _wanted(left: Left) -> Select[datetime, bytes]:
    last = (
        select(func.max(SubmittedClaim.id))
        .where(SubmittedClaim.practice_id == left.practice_id, SubmittedClaim.spoiled_at.is_(None))
        .group_by(SubmittedClaim.claim_id)
    )
    first = datetime.combine(left.since - BEFORE, time(), UTC)
    return (
        select(Submission.at, SubmittedClaim.snapshot)
        .join(
            Submission,
            (Submission.practice_id == SubmittedClaim.practice_id) & (Submission.id == SubmittedClaim.submission_id),
        )
        .join(
            ClaimRecord,
            (ClaimRecord.practice_id == SubmittedClaim.practice_id) & (ClaimRecord.id == SubmittedClaim.claim_id),
        )
        .where(
            SubmittedClaim.practice_id == left.practice_id,
            SubmittedClaim.id.in_(last),
            Submission.at >= first,
            ClaimRecord.journey.not_in(("withdrawn", "rejected")),
        )
        .order_by(Submission.at, SubmittedClaim.id)
    )


def _filled(snapshots: Iterator[bytes]) -> Iterator[bytes]:
    """The snapshots, one a line, in pieces of about a part."""
    lines: list[bytes] = []
    size = 0
    for each in snapshots:
        lines.append(each + b"\n")
        size += len(each) + 1
        if size >= parts.PART:
            yield b"".join(lines)
            lines, size = [], 0
    if lines:
        yield b"".join(lines)
