"""The notice that the patient may have to pay for a test: what it said, and what the patient chose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec.structs import replace

from clinic.domain.money import Money
from clinic.domain.value import Value
from clinic.domain.words import N_

Why = Literal["unsupported", "never", "excluded", "too_often", "own"]
"""Why the payer is not expected to pay: no diagnosis of the order supports the test; one never does; it is never paid;
it comes too soon; or for a reason in the practice's own words."""

Choice = Literal["ask_payer", "self_pay", "refused"]
"""Wants it, and the payer is asked first; wants it and pays, the payer is not asked; does not want it."""

CHOICES: dict[Choice, str] = {
    "ask_payer": N_("I want the test. Ask my payer first: I pay what it does not pay."),
    "self_pay": N_("I want the test and pay for it myself. Do not ask my payer."),
    "refused": N_("I do not want the test."),
}
"""As the patient reads them."""


class NoticePrinted(Value, frozen=True, kw_only=True):
    """``order.notice_printed`` version 1: all that stands on the sheet and is not the order's own."""

    line_id: int
    why: Why
    codes: tuple[str, ...]
    """The numbers it would be billed by."""
    payer: str | None = None
    policy: str | None = None
    diagnosis: str | None = None
    times: int | None = None
    per: int | None = None
    """Days, 0 a lifetime."""
    last: date | None = None
    next_on: date | None = None
    words: str | None = None
    price: Money | None = None
    """What the practice's charge list asks, None where nobody here knows."""


class NoticeAnswered(Value, frozen=True, kw_only=True):
    """``order.notice_answered`` version 1: what the patient chose, and the day the signature bears."""

    line_id: int
    choice: Choice
    signed_on: date


class Notice(Value, frozen=True, kw_only=True):
    """The notice of a line as it stands."""

    printed: NoticePrinted
    printed_at: datetime
    choice: Choice | None = None
    signed_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it was signed in time for what was done on a day."""
        return self.signed_on is not None and self.signed_on <= on


def noticed(notice: Notice | None, body: NoticePrinted | NoticeAnswered, at: datetime) -> Notice | None:
    """The notice after one more fact. One that is printed again has to be signed again."""
    if isinstance(body, NoticePrinted):
        return Notice(printed=body, printed_at=at)
    return None if notice is None else replace(notice, choice=body.choice, signed_on=body.signed_on)
