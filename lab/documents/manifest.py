"""The manifest of a package, in two copies: one lies in the box, one stays. Pure mapping from values to sheets.

It says what P650 asks of the list of contents, and who answers for it, by name and phone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.documents.flow import Cell, Flow, Laid, bars_width

NOT_MARKED = "\N{EN DASH}"


class Manner(NamedTuple):
    """How texts, days and instants are written for the reader."""

    said: Callable[[str], str]
    """From a message id."""
    day: Callable[[date | None], str]
    moment: Callable[[datetime | None], str]


class Listed(Value, frozen=True, kw_only=True):
    """One container on the list."""

    number: str
    patient: str
    birth: date | None
    chart: str
    holder: str
    """Its kind, in plain words."""
    tests: tuple[str, ...]
    collected_at: datetime | None
    order: str | None


class Manifested(Value, frozen=True, kw_only=True):
    """Everything a manifest says, as values."""

    number: str
    practice: str
    sender: tuple[str, ...]
    """Place, street, town."""
    responsible: str
    phone: str
    laboratory: str
    laboratory_phone: str
    clia: str
    account: str
    category: str
    """A message id: UN3373 or exempt."""
    condition: str
    """A message id."""
    seal: str
    courier: str
    tracking: str
    sealed_at: datetime | None
    handed_over_at: datetime | None
    temperature: str
    dry_ice: str
    """Net mass in words, empty where there is none."""
    packed_by: str
    items: tuple[Listed, ...]


COPIES = (N_("Copy 1 of 2: goes with the package"), N_("Copy 2 of 2: stays with the sender"))


def compose(sent: Manifested, manner: Manner) -> tuple[Laid, Laid]:
    """Both copies, laid out."""
    first, second = (_copy(sent, manner, which) for which in COPIES)
    return first, second


def _copy(sent: Manifested, manner: Manner, which: str) -> Laid:
    said = manner.said
    flow = Flow(f"{said(N_('Manifest'))}  {sent.number}  {said(which)}")
    flow.head(said(N_("Manifest of specimens")), (said(which), sent.practice, *sent.sender), sent.number)
    flow.facts(
        (
            (said(N_("To")), sent.laboratory),
            (said(N_("Phone")), sent.laboratory_phone or NOT_MARKED),
            (said(N_("Our account there")), sent.account or NOT_MARKED),
            ("CLIA", sent.clia or NOT_MARKED),
            (said(N_("Packed as")), said(sent.category)),
            (said(N_("Kept at")), said(sent.condition)),
            (said(N_("Person responsible")), sent.responsible),
            (said(N_("Phone")), sent.phone),
            (said(N_("Number of the seal")), sent.seal),
            (said(N_("Containers")), str(len(sent.items))),
            (said(N_("Sealed")), _joined(manner.moment(sent.sealed_at), sent.packed_by)),
            (said(N_("Courier")), sent.courier),
            (said(N_("Handed over")), manner.moment(sent.handed_over_at)),
            (said(N_("Temperature")), sent.temperature),
            *(((said(N_("Tracking")), sent.tracking),) if sent.tracking else ()),
            *(((said(N_("Dry ice, UN1845")), sent.dry_ice),) if sent.dry_ice else ()),
        )
    )
    flow.title(said(N_("Contents")))
    flow.table(
        (
            said(N_("Container")),
            said(N_("Patient")),
            said(N_("What")),
            said(N_("Tests")),
            said(N_("Collected")),
            said(N_("Arrived")),
        ),
        _widths(sent.items),
        [_row(item, manner) for item in sent.items],
    )
    flow.sign(
        (
            said(N_("Handed over by, signature")),
            said(N_("Taken by the courier, signature, time")),
            said(N_("Received at the laboratory, signature, time")),
            said(N_("Temperature and seal on arrival")),
        )
    )
    return flow.finished(said(N_("page %(page)s of %(pages)s")))


def _widths(items: Sequence[Listed]) -> tuple[float, ...]:
    """The bars take what they need; the words share the rest."""
    bars = max((bars_width(item.number) for item in items), default=120.0) + 8
    rest = 540.0 - bars
    return (bars, rest * 0.25, rest * 0.23, rest * 0.25, rest * 0.16, rest * 0.11)


def _row(item: Listed, manner: Manner) -> tuple[Cell, ...]:
    who = "\n".join(part for part in (item.patient, manner.day(item.birth), item.chart) if part)
    what = "\n".join(part for part in (item.holder, item.order or "") if part)
    return (
        Cell(item.number, bars=True),
        Cell(who),
        Cell(what),
        Cell("\n".join(item.tests)),
        Cell(manner.moment(item.collected_at)),
        Cell("[ ]"),
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
