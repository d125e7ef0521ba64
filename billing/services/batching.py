"""Batches: claims of one form that go the same way, their control number and the bytes that will leave."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from billing.coding.story import Stop
from billing.domain.canonical import to_json
from billing.domain.claim import Claim
from billing.services.forms import zone_of
from billing.services.leaving import Looked
from billing.services.printing import Tray, pages_of, stacked
from billing.services.routes import Route
from billing.services.transmission import LOOK, transmission
from billing.x12 import write_837p
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice
from clinic.models.counter import Counter
from clinic.services.acting import Actor

AnyClaim = Claim[Any, Any]

MOST = 5_000
"""Claims of one file: what a transaction set may hold (X12 005010X222A1, CLM segment). More go as several files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One file or stack, ready to be kept."""

    form: str
    control: int
    file_name: str
    clearinghouse_id: int | None
    body: bytes
    sha256: str
    claims: tuple[Looked, ...]
    snapshots: tuple[bytes, ...]
    """Of each claim, canonical."""
    pages: tuple[tuple[int, int], ...] = ()
    """Of each claim on paper: its first page and how many it has."""

    @property
    def paper(self) -> bool:
        """Whether it is a stack of paper."""
        return bool(self.pages)


class Envelope(NamedTuple):
    """What all batches of one sending share."""

    practice: Practice
    at: datetime
    zone: str
    tray: Callable[[], Tray]


class _Form(NamedTuple):
    ending: str
    write: Callable[[Envelope, Route | None, int, Sequence[AnyClaim]], tuple[bytes, tuple[tuple[int, int], ...]]]


def _as_837p(
    envelope: Envelope, route: Route | None, control: int, claims: Sequence[AnyClaim]
) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    if route is None:
        raise RuntimeError("a claim without a route")
    return write_837p(transmission(envelope.practice, route, control, envelope.at, envelope.zone), claims), ()


def _as_paper(
    envelope: Envelope, _route: Route | None, _control: int, claims: Sequence[AnyClaim]
) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    sheets = [pages_of(claim) for claim in claims]
    places, first = [], 1
    for pages in sheets:
        places.append((first, len(pages)))
        first += len(pages)
    return stacked([page for pages in sheets for page in pages], envelope.tray()), tuple(places)


FORMS: dict[str, _Form] = {"837p": _Form("edi", _as_837p), "cms1500": _Form("pdf", _as_paper)}
"""How claims leave in each form: the ending of the file's name, and what makes its bytes."""


def envelope_of(actor: Actor, at: datetime, tray: Callable[[], Tray]) -> Envelope:
    """What all batches of the actor's practice share at an instant."""
    return Envelope(db.session.get_one(Practice, actor.practice_id), at, zone_of(actor.practice_id), tray)


def batches_of(envelope: Envelope, looked: Iterable[Looked]) -> tuple[tuple[Batch, ...], tuple[Looked, ...]]:
    """The batches of what may leave, and what cannot be written after all, each with the sentence.

    Raises:
        Refused: the choice for paper cannot be followed.
    """
    groups: dict[tuple[str, int], list[Looked]] = {}
    for each in looked:
        way = each.route.clearinghouse_id if each.route and each.form != "cms1500" else None
        groups.setdefault((each.form, way or 0), []).append(each)
    made: list[Batch] = []
    stays: list[Looked] = []
    numbers: dict[str, int] = {}
    for (form, _way), group in sorted(groups.items()):
        if form == "cms1500":
            envelope.tray()  # a choice that cannot be followed is not the fault of a claim
        for start in range(0, len(group), MOST):
            part = tuple(group[start : start + MOST])
            control = numbers.get(form) or _last(envelope.practice.id, form) + 1
            batch, held = _batch(envelope, form, control, part)
            stays += held
            if batch is not None:
                made.append(batch)
                numbers[form] = control + 1
    return tuple(made), tuple(stays)


def _batch(
    envelope: Envelope, form: str, control: int, claims: tuple[Looked, ...]
) -> tuple[Batch | None, tuple[Looked, ...]]:
    """One batch. Where it cannot be written, each claim is tried alone: the rest still goes."""
    try:
        return _written(envelope, form, control, claims), ()
    except Refused as refused:
        if len(claims) == 1:
            return None, (_stopped(claims[0], refused),)
    goes: list[Looked] = []
    stays: list[Looked] = []
    for each in claims:
        try:
            _written(envelope, form, control, (each,))
        except Refused as refused:
            stays.append(_stopped(each, refused))
        else:
            goes.append(each)
    return (_written(envelope, form, control, tuple(goes)) if goes else None), tuple(stays)


def _written(envelope: Envelope, form: str, control: int, claims: tuple[Looked, ...]) -> Batch:
    how = FORMS.get(form)
    if how is None:
        raise Refused(N_("No claim can be sent as %(form)s yet."), where="form", form=form)
    if control >= LOOK:
        raise Refused(N_("All nine-digit interchange numbers have been used."), where="practice")
    values = [each.claim for each in claims]
    body, pages = how.write(envelope, claims[0].route, control, values)
    return Batch(
        form=form,
        control=control,
        file_name=f"{form}-{control:09d}.{how.ending}",
        clearinghouse_id=None if pages or claims[0].route is None else claims[0].route.clearinghouse_id,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        claims=claims,
        snapshots=tuple(to_json(value) for value in values),
        pages=pages,
    )


def _stopped(looked: Looked, refused: Refused) -> Looked:
    params: dict[str, Any] = dict(refused.params)
    return replace(
        looked, claim=None, stop=Stop(what=refused.what, params=params or None, remedy=refused.remedy or None)
    )


def _last(practice_id: int, form: str) -> int:
    """The last number given out under the form's name."""
    return db.session.scalar(select(Counter.value).where(Counter.practice_id == practice_id, Counter.name == form)) or 0
