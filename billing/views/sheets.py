"""The pages beside a claim: as it left, or as it would print now, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from billing.documents import cms1500
from billing.domain.canonical import from_json
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.views.desk import Desk, Told
from clinic.paper.screen import Words, anchor


class Sheets(NamedTuple):
    """What the pane shows."""

    claim_id: int
    drawn: list[str]
    number: int
    """1-based, of the page on view."""
    left: tuple[Submission, SubmittedClaim] | None
    """With what it left where that is on view, None where it is the claim of today."""
    both: bool
    """There is one that left, and the claim of today is another."""

    @property
    def svg(self) -> str:
        """The page on view, empty where there is none."""
        return self.drawn[self.number - 1] if self.drawn else ""

    def address(self, number: int = 1, *, today: bool | None = None) -> str:
        """The address of a page, of what left or of today."""
        now = self.both and (self.left is None if today is None else today)
        page = number if number > 1 else None
        return url_for("claims.show", claim_id=self.claim_id, page=page, of="today" if now else None)

    def at(self, told: Told) -> str:
        """Where the box of a finding is: on this page, or the address of the page it is on; empty without a box."""
        if told.box is None or self.left is not None:
            return ""
        place = anchor(told.box)
        mine = f'href="#f{told.number}"'
        page = next((number for number, svg in enumerate(self.drawn, 1) if mine in svg), self.number)
        if not self.drawn or f'id="{place}"' not in self.drawn[page - 1]:
            return ""  # a box that is only the name of several, as 24
        return f"#{place}" if page == self.number else f"{self.address(page)}#{place}"


def sheets_of(
    record: ClaimRecord,
    now: Desk,
    submitted: Sequence[tuple[Submission, SubmittedClaim]],
    asked: Mapping[str, str],
) -> Sheets:
    """The pages to show: what left, unless the claim of today is asked for; a page number too large is the last."""
    gone = next((each for each in reversed(submitted) if each[1].spoiled_at is None), None)
    both = gone is not None and gone[1].digest != now.digest
    left = gone if both and asked.get("of") != "today" else None
    drawn = now.pages if left is None else _drawn(left[1])
    text = asked.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() else 1
    return Sheets(record.id, drawn, max(1, min(number, len(drawn))), left, both)


def _drawn(kept: SubmittedClaim) -> list[str]:
    words = Words(
        page=_("Page %(page)s as it left"),
        box=_("Box %(box)s"),
        finding=_("Finding %(number)s, box %(box)s"),
        mark=_("NOT FOR SUBMISSION"),
    )
    claim = from_json(kept.snapshot)
    return [
        cms1500.preview_svg(sheet, {}, number=number, numbers={}, words=words)
        for number, sheet in enumerate(cms1500.pages(claim), 1)
    ]
