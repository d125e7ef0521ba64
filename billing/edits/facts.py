"""What an edit may know beside the claim. Passed in: an edit has no clock, no files and no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, Self

from billing.domain.claim import Act, Claim
from billing.edits.ruled import RuleTables
from billing.edits.topics import topics
from billing.payers import PayerProfile, profile_for
from clinic.domain.code import ICD9CM, ICD10CM, Code
from clinic.domain.period import Period
from clinic.domain.value import Value

if TYPE_CHECKING:  # an edit is judged with facts, and some facts are edits
    from billing.edits.registry import Edit

_STATUSES_KEPT = 20_000
"""More codes and days than a batch has, but bounded for foreign files."""

ICD_10_FROM = date(2015, 10, 1)
"""From this day of service ICD-10-CM is used, ICD-9-CM before (45 CFR 162.1002)."""

EXTERNAL = "VWXYE"
"""First letters of external causes: ICD-10-CM chapter 20, and the E codes of ICD-9-CM."""

AnyClaim = Claim[Any, Any]
AnyAct = Act[Any]


class CodeStatus(Protocol):
    """How a release judges a code on a day (``clinic.codes.release.Status`` is one)."""

    @property
    def state(self) -> Literal["billable", "header", "unknown"]:
        """Header: a category that needs more characters."""

    @property
    def covered(self) -> bool:
        """Whether a complete release answers for the day; else the nearest one judged."""

    @property
    def release(self) -> str | None:
        """The name of the release that judged, None where none of the system is loaded."""


class Judgement(NamedTuple):
    """How the diagnoses of a claim stand on a day."""

    statuses: tuple[CodeStatus, ...]
    doubtful: bool
    """One is anything but a billable code of a release that covers the day."""
    odd: bool
    """One is of the wrong version of ICD, stands twice, or is an external cause in first place."""
    topics: tuple[str, ...] = ()
    """What they are about, where edits ask for it."""


class CodeBook(Protocol):
    """The code sets, as far as an edit asks."""

    def status(self, system: str, value: str, on: date) -> CodeStatus:
        """How the code stands on a day."""


class Overflow(Value, frozen=True, kw_only=True):
    """A text that does not fit its box."""

    field: str
    """The path in the claim; empty where what the box prints has no field of its own."""
    box: str
    width: int
    """Characters the box holds."""
    needed: int
    """Characters the text has."""


def no_claims(_claim: AnyClaim) -> tuple[AnyClaim, ...]:
    """No earlier claims are known."""
    return ()


def no_enrolment(_claim: AnyClaim) -> None:
    """Nobody knows whether the payer asks for one."""


def no_overflow(_claim: AnyClaim) -> tuple[Overflow, ...]:
    """The form was not looked at."""
    return ()


Setting = Literal["practitioner", "supplier"]
"""Whose rule tables judge a professional claim: a supplier of equipment has limits of its own."""


def no_tables(_day: date, _setting: Setting) -> None:
    """No rule tables are loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The world on the day of judging."""

    on: date
    """The day on which the claim is judged: today, or the date of the file it came in."""
    codes: CodeBook
    profile_for: Callable[[AnyClaim], PayerProfile] = profile_for
    """The profile of the payer a claim bills."""
    earlier: Callable[[AnyClaim], Iterable[AnyClaim]] = no_claims
    """Claims for the same patient that went before this one."""
    further: Callable[[AnyClaim, date], Iterable[AnyClaim]] | None = None
    """Those that went before since a day, however long ago; None where nobody looks further back than ``earlier``."""
    overflows: Callable[[AnyClaim], Iterable[Overflow]] = no_overflow
    """Texts that do not fit the payer's paper form."""
    enrolled: Callable[[AnyClaim], tuple[Period, ...] | None] = no_enrolment
    """Days on which the payer takes the claim's file from somebody on it; None where it takes it from anyone, or where
    that is not known."""

    tables: Callable[[date, Setting], RuleTables | None] = no_tables
    """The rule tables that judge a day; None where none is loaded."""
    own: tuple[Edit, ...] = ()
    """Edits that the practice has written itself."""

    _statuses: dict[tuple[Code, date], CodeStatus] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What the code book said before: the claims of a batch have few codes and days between them."""

    _judging: dict[tuple[str, date], bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    _judgements: dict[tuple[tuple[Code, ...], date], Judgement] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def status(self, code: Code, on: date) -> CodeStatus:
        """How a code stands on a day."""
        found = self._statuses.get((code, on))
        if found is None:
            if len(self._statuses) >= _STATUSES_KEPT:
                self._statuses.clear()
            found = self._statuses[code, on] = self.codes.status(code.system, code.value, on)
        return found

    def judges(self, system: str, on: date) -> bool:
        """Whether a complete list of the system covers a day, so that what it does not have does not exist."""
        found = self._judging.get((system, on))
        if found is None:
            if len(self._judging) >= _STATUSES_KEPT:
                self._judging.clear()
            # No code is the empty text: what is said of it is said of the list.
            found = self._judging[system, on] = self.codes.status(system, "", on).covered
        return found

    def lacks(self, code: Code, on: date) -> bool:
        """Whether a complete list that covers a day does not have a code."""
        return self.judges(code.system, on) and self.status(code, on).state == "unknown"

    def judge(self, diagnoses: tuple[Code, ...], on: date) -> Judgement:
        """How the diagnoses of a claim stand on a day."""
        found = self._judgements.get((diagnoses, on))
        if found is None:
            if len(self._judgements) >= _STATUSES_KEPT:
                self._judgements.clear()
            statuses = tuple([self.status(code, on) for code in diagnoses])
            version = ICD10CM if on >= ICD_10_FROM else ICD9CM
            found = self._judgements[diagnoses, on] = Judgement(
                statuses,
                any(each.state != "billable" or not each.covered or not each.release for each in statuses),
                any(code.system != version for code in diagnoses)
                or len(set(diagnoses)) != len(diagnoses)
                or (bool(diagnoses) and diagnoses[0].value[:1] in EXTERNAL),
                topics(diagnoses),
            )
        return found

    def ruled_by(self, tables: RuleTables) -> Self:
        """The same world in which these tables judge every day."""
        return replace(self, tables=lambda _day, _setting: tables)

    def judged_on(self, day: date) -> Self:
        """The same world on another day."""
        return replace(self, on=day)

    def knowing(self, *earlier: AnyClaim) -> Self:
        """The same world in which these claims went before."""
        return replace(self, earlier=lambda _claim: earlier, further=None)

    def enrolling(self, *spans: Period) -> Self:
        """The same world in which the payer takes the file on these days only."""
        return replace(self, enrolled=lambda _claim: spans)

    def on_form(self, overflows: Callable[[AnyClaim], Iterable[Overflow]]) -> Self:
        """The same world with a look at the paper form."""
        return replace(self, overflows=overflows)
