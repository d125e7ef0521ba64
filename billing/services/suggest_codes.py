"""What the record of a claim's visits suggests for it: what is open, what is there, what is only read, what to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from billing.coding.changes import AddDiagnosis, AddLine
from billing.coding.coding import Coding
from billing.coding.grounds import Grounds
from billing.coding.suggest.memory import Habit, Key, Verdict, verdicts
from billing.coding.suggest.together import Together, together
from billing.coding.suggest.values import Gap, Proposal
from billing.coding.suggest.written import MeasuredValue, Written
from billing.models import ClaimRecord
from billing.services.claim_value import coding_of
from billing.services.lexicon import lexicon
from billing.services.practice_memory import habits, told_of
from billing.services.pricing import Priced, price_list
from billing.services.visits_read import written
from clinic.domain.code import ICD10CM, Code, pointed
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.value import Value
from clinic.models import Visit
from clinic.services.library import library

Confidence = Literal["sure", "likely", "unsure"]
_SURE, _LIKELY = 0.85, 0.65
_OF_FAMILY = "Z8"
"""Having a relative with it is coded for itself (guideline I.C.21.c.4)."""
_MOVES = 0.2


class Usual(Value, frozen=True, kw_only=True):
    """The other code that a practice usually puts."""

    code: Code
    shown: str
    display: str


class Row(Value, frozen=True, kw_only=True):
    """One suggestion as the desk shows it."""

    proposal: Proposal
    confidence: Confidence
    may: bool = False
    """Whether it may be put on the claim."""
    place: str | None = None
    """The letter or line number where it stands on the claim."""
    refused: bool = False
    habit: Habit | None = None
    usual: Usual | None = None
    gap: Gap | None = None

    @property
    def grounds(self) -> Grounds:
        """What a code that is put on for it rests on."""
        return Grounds(key=self.proposal.key, suggested=self.proposal.code, words=self.proposal.words)


class Suggested(Value, frozen=True, kw_only=True):
    """Everything that the pane shows."""

    open: tuple[Row, ...] = ()
    """May be put on, the best first."""
    there: tuple[Row, ...] = ()
    """On the claim already."""
    apart: tuple[Row, ...] = ()
    """Read, and not offered: denied, past, of a relative, uncertain, or refused on this claim."""
    alone: tuple[MeasuredValue, ...] = ()
    written: Written
    prices: dict[Code, Priced]
    days: dict[int, date]
    """The day of each act."""

    def row(self, code: Code) -> Row | None:
        """The suggestion of a code, those that may be put on first."""
        rows = sorted((*self.open, *self.there, *self.apart), key=lambda row: not row.may)
        return next((row for row in rows if row.proposal.code == code), None)


def suggest_codes(record: ClaimRecord) -> Suggested:
    """What the record suggests for a claim: at most six statements.

    Raises:
        Refused: no release of ICD-10-CM is loaded.
    """
    visits: list[Visit] = sorted((link.visit for link in record.visits), key=lambda visit: (visit.on, visit.id))
    terms = lexicon(library(), record.service_on)
    read = written(record.practice_id, visits)
    prices = _prices(record) if read.acts else {}
    found = together(read, terms, {code: priced.words for code, priced in prices.items()})
    keys = {(each.key, each.code) for each in found.proposals}
    usual = habits(record.practice_id, keys)
    said = verdicts(told_of(record.practice_id, record.id))
    days = {act.id: visit.on for visit in visits for act in visit.acts}
    return _sorted(record, found, read, prices=prices, days=days, usual=usual, said=said)


def change_of(found: Suggested, row: Row, coding: Coding, instead: Code | None) -> AddDiagnosis | AddLine:
    """What putting a suggestion on the claim changes; ``instead`` is the other code that was chosen for its words."""
    code = instead or row.proposal.code
    if code.system == ICD10CM:
        return AddDiagnosis(code)
    priced = found.prices[code]
    act = next(act for act in found.written.acts if act.id == row.proposal.words[0].source_id)
    return AddLine(
        code=priced.code,
        words=priced.words,
        service=Period(found.days[act.id]),
        quantity=Quantity(act.quantity.normalize() if act.quantity else Decimal(1)),
        charge=priced.price * int(act.quantity or 1),
        # Where there is one diagnosis, a line can only be for it: as for a line that is typed.
        pointers=(1,) if len(coding.diagnoses) == 1 else (),
    )


def _prices(record: ClaimRecord) -> dict[Code, Priced]:
    payer_id = record.coverage.payer_id if record.coverage else None
    return {priced.code: priced for priced in price_list(record.practice_id, payer_id).values()}


def _sorted(
    record: ClaimRecord,
    found: Together,
    read: Written,
    *,
    prices: dict[Code, Priced],
    days: dict[int, date],
    usual: Mapping[Key, Habit],
    said: Mapping[Key, Verdict],
) -> Suggested:
    coding = coding_of(record)
    lines = Counter((line.code, line.service.start) for line in coding.lines)
    gaps = {gap.code: gap for gap in found.gaps}
    open_: list[Row] = []
    there: list[Row] = []
    apart: list[Row] = []
    for each in found.proposals:
        verdict = said.get((each.key, each.code))
        row = Row(
            proposal=each,
            confidence="sure" if each.score >= _SURE else "likely" if each.score >= _LIKELY else "unsure",
            may=_may(each),
            place=_place(each, coding, lines, days),
            refused=verdict is not None and verdict.chosen is None,
            habit=usual.get((each.key, each.code)),
            usual=_usual(usual.get((each.key, each.code)), each, coding, record.service_on, prices),
            gap=gaps.get(each.shown) if each.status == "affirmed" else None,
        )
        (there if row.place else open_ if each.status == "affirmed" and not row.refused else apart).append(row)
    relatives = {row.proposal.words[0] for row in apart if row.may and row.proposal.status == "family"}
    apart = [row for row in apart if row.may or row.proposal.words[0] not in relatives]
    open_ = [row for row in open_ if not _chosen_instead(row, said, coding)]
    return Suggested(
        open=tuple(sorted(open_, key=_rank)),
        there=tuple(there),
        apart=tuple(apart),
        alone=found.alone,
        written=read,
        prices=prices,
        days=days,
    )


def _may(each: Proposal) -> bool:
    return each.status == "affirmed" or (each.status == "family" and each.code.value.startswith(_OF_FAMILY))


def _place(each: Proposal, coding: Coding, lines: Counter[tuple[Code, date]], days: Mapping[int, date]) -> str | None:
    if each.code.system == ICD10CM:
        return "ABCDEFGHIJKL"[coding.diagnoses.index(each.code)] if each.code in coding.diagnoses else None
    key = each.code, days[each.words[0].source_id]
    if lines[key] <= 0:
        return None
    lines[key] -= 1  # the same act done twice is two lines
    return next(str(at) for at, line in enumerate(coding.lines, 1) if (line.code, line.service.start) == key)


def _usual(
    habit: Habit | None, each: Proposal, coding: Coding, on: date, prices: Mapping[Code, Priced]
) -> Usual | None:
    """The code that the practice usually puts instead, where it can be put on this claim."""
    code = habit.chosen if habit else None
    if code is None or code == each.code or code in coding.diagnoses:
        return None
    if code.system != ICD10CM:
        return Usual(code=code, shown=code.value, display=prices[code].words) if code in prices else None
    entry = library().lookup(code.system, code.value, on)
    return Usual(code=code, shown=pointed(code), display=entry.display) if entry and entry.billable else None


def _chosen_instead(row: Row, said: Mapping[Key, Verdict], coding: Coding) -> bool:
    """Whether another code stands on the claim for the same words: then nothing is open about them."""
    verdict = said.get((row.proposal.key, row.proposal.code))
    return verdict is not None and verdict.chosen != row.proposal.code and verdict.chosen in coding.diagnoses


def _rank(row: Row) -> tuple[bool, float]:
    """Diagnoses before lines, the surest first; what the practice does with it moves it."""
    moved = row.proposal.score
    if row.habit is not None:
        moved += _MOVES if row.habit.chosen is not None else -2 * _MOVES
    return row.proposal.code.system != ICD10CM, -moved


def codes_of(rows: Sequence[Row]) -> frozenset[Code]:
    """The codes of some rows."""
    return frozenset(row.proposal.code for row in rows)
