"""What of a claim does not fit its paper form, said by the claim's own fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from billing.documents.cms1500 import FORM, overflows, pages
from billing.domain.claim import Claim
from billing.edits.facts import Overflow
from billing.edits.places import PLACES
from billing.payers import PayerProfile, Profiles, profile_for

AnyClaim = Claim[Any, Any]

_LINES = 6


def _fields() -> dict[str, str]:
    """The first field that each box prints."""
    found: dict[str, str] = {}
    for field, place in PLACES["professional"].items():
        if place.box:
            found.setdefault(place.box, field)
    return found


_FIELDS = _fields()


def overflowing(claim: AnyClaim) -> Iterator[Overflow]:
    """The texts of a professional claim that its CMS-1500 pages cannot hold, where its payer takes it on paper."""
    return _overflowing(claim, profile_for)


def overflowing_by(profiles: Profiles) -> Callable[[AnyClaim], Iterator[Overflow]]:
    """The same, where a practice's own profiles say who takes paper."""
    return lambda claim: _overflowing(claim, profiles.for_claim)


def _overflowing(claim: AnyClaim, profile: Callable[[AnyClaim], PayerProfile]) -> Iterator[Overflow]:
    if profile(claim).form != "cms1500":
        return
    for each in overflows(pages(claim)):
        box, _, row = each.box.partition(".")
        field = _FIELDS.get(box, "")
        if row:
            field = field.replace("acts[]", f"acts[{(each.page - 1) * _LINES + int(row) - 1}]")
        yield Overflow(field=field, box=each.box, width=FORM[f"{each.box} {each.part}"].width, needed=len(each.text))
