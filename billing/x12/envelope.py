"""ISA to IEA, GS to GE, ST to SE: numbers that must agree, counts that must be right. Hands each ST to its reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from billing.x12.fault import Fault
from billing.x12.inspection import is_day
from billing.x12.reading import ReadTransaction
from billing.x12.syntax import ELEMENT, Interchange, isa_faults

CONTROL = frozenset(
    {f"SE{ELEMENT}", f"GE{ELEMENT}", f"ST{ELEMENT}", f"GS{ELEMENT}", "IEA", "ISA", "TA1", "SE", "GE", "ST", "GS"}
)
"""The first three characters of a segment of the envelopes."""

_CONTROL_NUMBER = re.compile(r"[0-9A-Za-z][!-~]{3,8}\Z")
_GROUP_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]\Z")
_GROUP_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9]{1,2})?)?\Z")
PARTIES = ("01", "14", "20", "27", "28", "29", "30", "33", "ZZ")
_ISA_CODES: dict[int, tuple[str, ...]] = {
    1: ("00", "03"),
    3: ("00", "01"),
    5: PARTIES,
    7: PARTIES,
    12: ("00501",),
    14: ("0", "1"),
    15: ("P", "T"),
}


class TransactionReader(Protocol):
    """Reads one transaction; made anew for each ST."""

    group: str
    """GS01 of the groups that carry it."""

    @property
    def take(self) -> Callable[[int, str], None]:
        """Takes the next segment after ST, SE included, with its ordinal."""

    def finish(self, number: int) -> ReadTransaction:
        """The transaction is over."""


class Open:
    """What an ST opens: the segments of ISA, GS and ST cut at the element separator, and where ST stands."""

    def __init__(self, isa: list[str], group: list[str], header: list[str], text: str, number: int) -> None:
        self.isa = isa
        self.group = group
        self.header = header
        """ST, filled up to three elements."""
        self.text = text
        """ST as it came."""
        self.number = number


Factory = Callable[[Open], TransactionReader | None]
"""Makes the reader for a transaction, or None where it is not one that is read here."""


class Envelopes:
    """The envelopes of a whole file."""

    def __init__(self, factory: Factory) -> None:
        self._factory = factory
        self._interchanges: set[str] = set()
        self._isa: list[str] = []
        self._group: list[str] | None = None
        self._groups: set[str] = set()
        self._group_count = 0
        self._headers: set[str] = set()
        self._transaction_count = 0
        self._open: Open | None = None
        self._reader: TransactionReader | None = None
        self._ended = False
        self.number = 0
        self.faults: list[Fault] = []
        self._closed: list[ReadTransaction] = []

    def read(self, interchange: Interchange) -> Iterator[ReadTransaction]:
        """One interchange, in one pass: each transaction when it is over. ``faults`` is whole when all were taken."""
        self._ended = False
        self._isa = []
        self._groups = set()
        self._group_count = 0
        control, number = CONTROL, self.number
        take: Callable[[int, str], None] = self._skip
        for text in interchange.segments():
            number += 1
            if text[:3] in control:
                self.number = number
                self._control(text, interchange)
                take = self._skip if self._reader is None else self._reader.take
                if self._closed:
                    yield from self._taken()
            else:
                take(number, text)
        self.number = number
        self._close_transaction(ended=False)
        self._close_group(ended=False)
        if not self._ended or not interchange.ended:
            self._fault("TA105-023", "IEA")
        yield from self._taken()

    def _taken(self) -> list[ReadTransaction]:
        """The transactions that are over; they are kept no longer."""
        closed, self._closed = self._closed, []
        return closed

    def _skip(self, number: int, text: str) -> None:
        """A segment that belongs to no transaction read here."""
        if self._open is None:
            self.number = number
            self._fault("TA105-024", text.split(ELEMENT, 1)[0])

    def _control(self, text: str, interchange: Interchange) -> None:
        elements = text.split(ELEMENT)
        match elements[0]:
            case "ISA":
                self._interchange(elements, interchange)
            case "GS":
                self._close_transaction(ended=False)
                self._close_group(ended=False)
                self._start_group(elements)
            case "ST":
                self._close_transaction(ended=False)
                self._start_transaction(elements, text)
            case "SE":
                self._end_transaction(elements, text)
            case "GE":
                self._end_group(elements)
            case "IEA":
                self._end_interchange(elements)
            case "TA1" if self._group is None and not self._group_count:
                pass
            case name if self._reader is not None:
                self._reader.take(self.number, text)
            case name:
                self._fault("TA105-024", name)

    def _interchange(self, elements: list[str], interchange: Interchange) -> None:
        if self._isa:
            self._fault("TA105-024", "ISA")
            return
        self._isa = elements
        if not interchange.usable:
            self._fault("TA105-026", "ISA")
        for at, short in isa_faults(elements):
            self._fault("IK403-4" if short else "IK403-5", "ISA", element=f"ISA{at:02d}", limit=_width(at))
        for at, codes in _ISA_CODES.items():
            if at < len(elements) and elements[at] not in codes:
                self._fault("IK403-7", "ISA", element=f"ISA{at:02d}")
        if len(elements) > 13:
            self._dated(elements)

    def _dated(self, elements: list[str]) -> None:
        if not is_day(f"20{elements[9]}"):
            self._fault("IK403-8", "ISA", element="ISA09")
        if not _CLOCK.match(elements[10]):
            self._fault("IK403-9", "ISA", element="ISA10")
        if not (elements[13].isascii() and elements[13].isdigit()):
            self._fault("IK403-6", "ISA", element="ISA13")
        if elements[13] in self._interchanges:
            self._fault("TA105-025", "ISA")
        self._interchanges.add(elements[13])

    def _start_group(self, elements: list[str]) -> None:
        self._group = elements
        self._group_count += 1
        self._headers = set()
        self._transaction_count = 0
        elements.extend([""] * (9 - len(elements)))
        for at in range(1, 9):
            if not elements[at]:
                self._fault("IK403-1", "GS", element=f"GS{at:02d}")
        for at in (2, 3):
            if elements[at] and not 2 <= len(elements[at]) <= 15:
                self._fault("IK403-4" if len(elements[at]) < 2 else "IK403-5", "GS", element=f"GS{at:02d}", limit=15)
        if elements[4] and not is_day(elements[4]):
            self._fault("IK403-8", "GS", element="GS04")
        if elements[5] and not _GROUP_CLOCK.match(elements[5]):
            self._fault("IK403-9", "GS", element="GS05")
        if elements[6] and not _GROUP_NUMBER.match(elements[6]):
            self._fault("IK403-6", "GS", element="GS06")
        if elements[7] and elements[7] != "X":
            self._fault("IK403-7", "GS", element="GS07")
        if elements[6] in self._groups:
            self._fault("AK905-19", "GS")
        self._groups.add(elements[6])

    def _start_transaction(self, elements: list[str], text: str) -> None:
        if self._group is None:
            self._fault("IK502-18", "ST")
        group = self._group or [""] * 9
        self._transaction_count += 1
        elements.extend([""] * (4 - len(elements)))
        self._open = Open(self._isa, group, elements, text, self.number)
        self._reader = self._factory(self._open)
        if self._reader is None:
            self._fault("IK502-1", "ST", transaction=elements[1], version=elements[3] or group[8])
            return
        if not _CONTROL_NUMBER.match(elements[2]):
            self._fault("IK502-7", "ST", element="ST02")
        if elements[2] in self._headers:
            self._fault("IK502-23", "ST", element="ST02")
        self._headers.add(elements[2])
        if self._group is not None:
            if group[1] != self._reader.group:
                self._fault("AK905-1", "GS", group=group[1])
            if group[8] != elements[3]:
                self._fault("AK905-2", "GS", element="GS08")

    def _end_transaction(self, elements: list[str], text: str) -> None:
        opened = self._open
        if opened is None:
            self._fault("TA105-024", "SE")
            return
        if self._reader is not None:
            self._reader.take(self.number, text)
            counted = self.number - opened.number + 1
            if elements[1:2] != [str(counted)] and _digits(elements, 1) != counted:
                said = elements[1] if len(elements) > 1 else ""
                self._fault("IK502-4", "SE", element="SE01", said=said, counted=str(counted))
            if len(elements) < 3 or elements[2] != opened.header[2]:
                self._fault("IK502-3", "SE", element="SE02")
        self._close_transaction(ended=True)

    def _close_transaction(self, *, ended: bool) -> None:
        opened, reader = self._open, self._reader
        self._open = self._reader = None
        if opened is None:
            return
        if not ended and reader is not None:
            self._fault("IK502-2", "SE")
        if reader is not None:
            self._closed.append(reader.finish(self.number))
        else:
            header = opened.header
            self._closed.append(
                ReadTransaction(kind=header[1], version=header[3] or opened.group[8], control=header[2])
            )

    def _end_group(self, elements: list[str]) -> None:
        self._close_transaction(ended=False)
        if self._group is None:
            self._fault("TA105-024", "GE")
            return
        if _digits(elements, 1) != self._transaction_count:
            said = elements[1] if len(elements) > 1 else ""
            self._fault("AK905-5", "GE", element="GE01", said=said, counted=str(self._transaction_count))
        if len(elements) < 3 or elements[2] != self._group[6]:
            self._fault("AK905-4", "GE", element="GE02")
        self._close_group(ended=True)

    def _close_group(self, *, ended: bool) -> None:
        if self._group is not None and not ended:
            self._fault("AK905-3", "GE")
        self._group = None

    def _end_interchange(self, elements: list[str]) -> None:
        self._close_transaction(ended=False)
        self._close_group(ended=False)
        self._ended = True
        if _digits(elements, 1) != self._group_count:
            said = elements[1] if len(elements) > 1 else ""
            self._fault("TA105-021", "IEA", element="IEA01", said=said, counted=str(self._group_count))
        if len(elements) < 3 or elements[2:3] != self._isa[13:14]:
            self._fault("TA105-001", "IEA", element="IEA02")

    def _fault(self, code: str, segment: str, **said: Any) -> None:
        element = said.get("element")
        opened = self._open
        self.faults.append(
            Fault(
                code=code,
                segment_number=self.number,
                segment=segment,
                position=self.number - opened.number + 1 if opened else None,
                transaction=opened.header[2] if opened else None,
                element=element,
                params=tuple((name, str(value)) for name, value in [("segment", segment), *said.items()]),
            )
        )


def _digits(elements: list[str], at: int) -> int | None:
    text = elements[at] if at < len(elements) else ""
    return int(text) if len(text) <= 10 and text.isascii() and text.isdigit() else None


def _width(at: int) -> int:
    return (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)[at - 1]
