"""A claim while it is being coded: what the biller decides, apart from what the record and the practice say."""

from __future__ import annotations

from typing import Literal

from billing.domain.claim import Frequency
from billing.domain.professional import AccidentCause, ClaimDate, Drug
from clinic.domain.code import Code
from clinic.domain.money import Money, total
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.value import Value


class CodedLine(Value, frozen=True, kw_only=True):
    """One service line."""

    number: str
    """Line control number, given once and never used again in this claim."""
    code: Code
    words: str
    """The practice's own words, for the screen."""
    service: Period
    quantity: Quantity
    charge: Money
    pointers: tuple[int, ...] = ()
    """1-based positions in the diagnoses."""
    modifiers: tuple[str, ...] = ()
    place: str | None = None
    description: str | None = None
    emergency: bool = False
    epsdt: bool = False
    rendering_id: int | None = None
    """A provider other than the claim's."""
    drug: Drug | None = None


class Reason(Value, frozen=True):
    """Why a finding that warns is let through."""

    finding: str
    """Code of the edit."""
    field: str
    """The field it stands at."""
    text: str


class Coding(Value, frozen=True, kw_only=True):
    """Everything a biller has decided about one professional claim."""

    lines_given: int
    """How many line numbers have been given out."""
    frequency: Frequency
    assignment: Literal["A", "B", "C"]
    diagnoses: tuple[Code, ...] = ()
    lines: tuple[CodedLine, ...] = ()
    coverage_id: int | None = None
    rendering_id: int | None = None
    referring_id: int | None = None
    supervising_id: int | None = None
    location_id: int | None = None
    place: str | None = None
    replaces: str | None = None
    prior_authorization: str | None = None
    referral: str | None = None
    clia: str | None = None
    accident: tuple[AccidentCause, ...] = ()
    accident_state: str | None = None
    dates: tuple[ClaimDate, ...] = ()
    unable_to_work: Period | None = None
    hospital: Period | None = None
    condition_codes: tuple[str, ...] = ()
    casualty_claim: str | None = None
    note: str | None = None
    patient_paid: Money | None = None
    reasons: tuple[Reason, ...] = ()

    def charged(self) -> Money:
        """What the lines add up to."""
        return total([line.charge for line in self.lines])

    def line(self, number: str) -> CodedLine:
        """The line of a number.

        Raises:
            KeyError: no such line.
        """
        for line in self.lines:
            if line.number == number:
                return line
        raise KeyError(number)


def fresh() -> Coding:
    """A coding nobody has touched: an original claim whose provider accepts assignment."""
    return Coding(lines_given=0, frequency="1", assignment="A")
