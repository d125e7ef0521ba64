"""Versions of a claim: as it was held (coded, reviewed, signed), as it left each time, as it is now.

What left is kept whole (law 3). What was held is kept as a digest; its codes are the fold of the facts up to then, the
people around them are kept only as they are now. So a held version is exact where a claim of that digest is at hand,
and otherwise the codes of then among the people of today, which ``Version.exact`` tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import select

from billing.coding.coding import Coding
from billing.coding.story import Held, Sent
from billing.domain.canonical import digest, from_json
from billing.domain.claim import Claim
from billing.domain.differences import Difference, differences
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.claim_value import assemble, coding_of
from billing.services.history import Event
from clinic.base import db
from clinic.domain.value import as_json

NOW = "now"
Left = Mapping[str, SubmittedClaim]
"""What left, by digest."""


class Listed(NamedTuple):
    """A version by its key: the sequence of the fact that made it, or ``NOW``."""

    key: str
    event: Event | None
    digest: str | None
    left: bool


class Version(NamedTuple):
    """A version with what is known of it."""

    listed: Listed
    coding: Coding
    claim: Claim[Any, Any] | None
    """None where something was missing that a claim needs."""
    exact: bool
    """Whether it is the claim to the letter, or the codes of then among the people of today."""


class Compared(NamedTuple):
    """Two versions and where they differ."""

    before: Version
    after: Version
    found: tuple[Difference, ...]
    level: Literal["claim", "coding"]
    """Codings are compared where one of the two is no claim."""
    hidden: bool
    """Their digests differ, but nothing that is still known does."""


def submitted(record: ClaimRecord) -> list[tuple[Submission, SubmittedClaim]]:
    """Each time it left or was printed, in order. One statement."""
    rows = db.session.execute(
        select(Submission, SubmittedClaim)
        .join(SubmittedClaim, SubmittedClaim.submission_id == Submission.id)
        .where(SubmittedClaim.practice_id == record.practice_id, SubmittedClaim.claim_id == record.id)
        .order_by(Submission.id)
    )
    return [(submission, kept) for submission, kept in rows]


def listed(events: Sequence[Event], now: str | None) -> list[Listed]:
    """The versions there are, newest first: now, and each time it was held or left. ``now`` is today's digest."""
    found = [_of(event) for event in events if isinstance(event.body, Held | Sent)]
    return [Listed(NOW, None, now, left=False), *reversed(found)]


def pair(record: ClaimRecord, events: Sequence[Event], left: Left, keys: tuple[str, str]) -> Compared:
    """Two versions by their keys and where they differ; any fact's sequence is a key.

    Raises:
        KeyError: the claim has no such version.
    """
    made: dict[Coding, Any] = {}
    first, second = (_version(record, events, left, key, made) for key in keys)
    return compared(first, second)


def _version(record: ClaimRecord, events: Sequence[Event], left: Left, key: str, made: dict[Coding, Any]) -> Version:
    if key == NOW:
        coding = coding_of(record)
        claim = _claim(record, coding, made)
        return Version(Listed(NOW, None, digest(claim) if claim else None, left=False), coding, claim, exact=True)
    event = next((event for event in events if str(event.fact.sequence) == key), None)
    if event is None:
        raise KeyError(key)
    found, coding = _of(event), event.after.coding
    kept = left.get(found.digest or "")
    if kept is not None:
        return Version(found, coding, from_json(kept.snapshot), exact=True)
    claim = _claim(record, coding, made)
    return Version(found, coding, claim, exact=claim is not None and digest(claim) == found.digest)


def _claim(record: ClaimRecord, coding: Coding, made: dict[Coding, Any]) -> Any:
    """The claim of a coding among the people of today, put together once."""
    if coding not in made:
        made[coding] = assemble(record, as_json(coding)).claim
    return made[coding]


def compared(before: Version, after: Version) -> Compared:
    """Where two versions differ: as claims, or as codings where one of them is no claim."""
    if before.claim is None or after.claim is None:
        return Compared(before, after, differences(before.coding, after.coding), "coding", hidden=False)
    found = differences(before.claim, after.claim)
    digests = {before.listed.digest, after.listed.digest} - {None}
    return Compared(before, after, found, "claim", hidden=not found and len(digests) > 1)


def _of(event: Event) -> Listed:
    said = event.body.digest if isinstance(event.body, Held | Sent) else None
    return Listed(str(event.fact.sequence), event, said, isinstance(event.body, Sent))
