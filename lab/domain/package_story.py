"""A package as its facts leave it, and the rules that no sequence of acts can break.

Its state is one axis of three (law 4): open, sealed, handed over, delivered, reconciled; or lost on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal

from msgspec.structs import replace

from clinic.domain.value import Value
from lab.domain import package_events as of
from lab.domain.container import NotPossible

State = Literal["open", "sealed", "handed_over", "delivered", "reconciled", "lost"]
OUT = frozenset({"handed_over", "delivered"})
"""It has left, and what became of its contents is not all known."""


class Item(Value, frozen=True, omit_defaults=False, kw_only=True):
    """A container in the package."""

    specimen_id: int
    number: str
    added_at: datetime
    set_number: str | None = None
    dry: bool = False
    formalin: bool = False
    receipt: of.Receipt | None = None
    received_at: datetime | None = None


class Consignment(Value, frozen=True, kw_only=True):
    """A package and what is in it."""

    number: str
    laboratory_id: int
    location_id: int
    condition: of.Kept
    category: of.Category
    by_air: bool
    cutoff_at: datetime | None
    state: State
    sequence: int
    last_at: datetime
    items: tuple[Item, ...] = ()
    ticks: tuple[str, ...] = ()
    dry_ice_g: int | None = None
    seal: str | None = None
    sealed_at: datetime | None = None
    sealed_by: int | None = None
    courier: str | None = None
    tracking: str | None = None
    temperature_tenths: int | None = None
    handed_over_at: datetime | None = None
    handed_over_by: int | None = None
    delivered_at: datetime | None = None
    reconciled_at: datetime | None = None
    lost_at: datetime | None = None

    def item(self, specimen_id: int) -> Item | None:
        """The item of a container, None where it is not inside."""
        return next((item for item in self.items if item.specimen_id == specimen_id), None)

    @property
    def unanswered(self) -> tuple[Item, ...]:
        """Items of which the other laboratory has not said anything."""
        return tuple(item for item in self.items if item.receipt is None)

    @property
    def amiss(self) -> tuple[Item, ...]:
        """Items that did not arrive well."""
        return tuple(item for item in self.items if item.receipt not in (None, "good"))


def begin(body: of.Opened) -> Consignment:
    """A package with its first fact."""
    return Consignment(
        number=body.number,
        laboratory_id=body.laboratory_id,
        location_id=body.location_id,
        condition=body.condition,
        category=body.category,
        by_air=body.by_air,
        cutoff_at=body.cutoff_at,
        state="open",
        sequence=1,
        last_at=body.at,
    )


def after(was: Consignment, type_: str, body: Any, actor_id: int | None) -> Consignment:
    """The package with one more fact.

    Raises:
        NotPossible: it does not fit what happened before.
    """
    at: datetime = body.at
    _must(at >= was.last_at, "before_last")
    return replace(_AFTER[type_](was, body, actor_id), sequence=was.sequence + 1, last_at=at)


def fold(told: Iterable[tuple[str, Any, int | None]]) -> Consignment:
    """The package that its facts make, in their order."""
    (_, first, _), *rest = told
    standing = begin(first)
    for type_, body, actor_id in rest:
        standing = after(standing, type_, body, actor_id)
    return standing


def _must(fits: bool, code: str) -> None:
    if not fits:
        raise NotPossible(code)


def _in(was: Consignment, *states: State) -> None:
    _must(was.state in states, "package_state")


def _added(was: Consignment, body: of.ItemAdded, _by: int | None) -> Consignment:
    _in(was, "open")
    _must(was.item(body.specimen_id) is None, "inside")
    item = Item(
        specimen_id=body.specimen_id,
        number=body.number,
        added_at=body.at,
        set_number=body.set_number,
        dry=body.dry,
        formalin=body.formalin,
    )
    # what was checked was checked for other contents
    return replace(was, items=(*was.items, item), ticks=())


def _removed(was: Consignment, body: of.ItemRemoved, _by: int | None) -> Consignment:
    _in(was, "open")
    _must(was.item(body.specimen_id) is not None, "not_inside")
    return replace(was, items=tuple(item for item in was.items if item.specimen_id != body.specimen_id))


def _checked(was: Consignment, body: of.Checked, _by: int | None) -> Consignment:
    _in(was, "open")
    _must(body.dry_ice_g is None or body.dry_ice_g > 0, "dry_ice")
    kept = tuple(key for key in was.ticks if key != body.line)
    mass = was.dry_ice_g if body.dry_ice_g is None else body.dry_ice_g
    return replace(was, ticks=(*kept, body.line) if body.ticked else kept, dry_ice_g=mass)


def _sealed(was: Consignment, body: of.Sealed, by: int | None) -> Consignment:
    _in(was, "open")
    _must(bool(was.items), "empty")
    _must(bool(body.seal.strip()), "seal")
    return replace(was, state="sealed", seal=body.seal, sealed_at=body.at, sealed_by=by)


def _unsealed(was: Consignment, _body: of.Passed, _by: int | None) -> Consignment:
    """Opened again: its seal is broken, and all is checked anew."""
    _in(was, "sealed")
    return replace(was, state="open", ticks=(), seal=None, sealed_at=None, sealed_by=None)


def _handed_over(was: Consignment, body: of.HandedOver, by: int | None) -> Consignment:
    _in(was, "sealed")
    _must(body.seal == was.seal, "seal_differs")
    _must(bool(body.courier.strip()), "courier")
    return replace(
        was,
        state="handed_over",
        courier=body.courier,
        tracking=body.tracking,
        temperature_tenths=body.temperature_tenths,
        handed_over_at=body.at,
        handed_over_by=by,
    )


def _recalled(was: Consignment, _body: of.Passed, _by: int | None) -> Consignment:
    """A wrong send-out undone: it is here again, under the seal it left with. Not once they said what they got."""
    _in(was, "handed_over")
    _must(not any(item.receipt for item in was.items), "answered")
    return replace(
        was,
        state="sealed",
        courier=None,
        tracking=None,
        temperature_tenths=None,
        handed_over_at=None,
        handed_over_by=None,
    )


def _delivered(was: Consignment, body: of.Passed, _by: int | None) -> Consignment:
    _in(was, "handed_over")
    return replace(was, state="delivered", delivered_at=body.at)


def _receipt(was: Consignment, body: of.ReceiptGiven, _by: int | None) -> Consignment:
    _in(was, "delivered")
    found = was.item(body.specimen_id)
    _must(found is not None, "not_inside")
    _must(found is not None and found.receipt is None, "answered")
    items = tuple(
        replace(item, receipt=body.state, received_at=body.at) if item is found else item for item in was.items
    )
    return replace(was, items=items)


def _receipt_undone(was: Consignment, body: of.ReceiptUndone, _by: int | None) -> Consignment:
    """Nothing was said of that container after all. Not once all was reconciled."""
    _in(was, "delivered")
    found = was.item(body.specimen_id)
    _must(found is not None, "not_inside")
    _must(found is not None and found.receipt is not None, "unanswered")
    items = tuple(replace(item, receipt=None, received_at=None) if item is found else item for item in was.items)
    return replace(was, items=items)


def _reconciled(was: Consignment, body: of.Passed, _by: int | None) -> Consignment:
    _in(was, "delivered")
    _must(not was.unanswered, "unanswered")
    return replace(was, state="reconciled", reconciled_at=body.at)


def _lost(was: Consignment, body: of.Passed, _by: int | None) -> Consignment:
    _in(was, "handed_over")
    return replace(was, state="lost", lost_at=body.at)


_AFTER: dict[str, Callable[[Consignment, Any, int | None], Consignment]] = {
    "package.item_added": _added,
    "package.item_removed": _removed,
    "package.checked": _checked,
    "package.sealed": _sealed,
    "package.unsealed": _unsealed,
    "package.handed_over": _handed_over,
    "package.recalled": _recalled,
    "package.delivered": _delivered,
    "package.receipt": _receipt,
    "package.receipt_undone": _receipt_undone,
    "package.reconciled": _reconciled,
    "package.lost": _lost,
}
"""What each fact does to a package (law 7)."""
