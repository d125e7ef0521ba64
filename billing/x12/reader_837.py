"""One ST to SE of an 837 of either kind into claims, with every fault named at its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from billing.domain.claim import Claim
from billing.x12 import situations_837 as situations
from billing.x12.compiled import Grammar
from billing.x12.envelope import Envelopes, Open
from billing.x12.fault import Fault
from billing.x12.frame import Frame
from billing.x12.hierarchy import Hierarchy
from billing.x12.parties_from_x12 import CannotHold, contact, name, optional
from billing.x12.reading import Reading, ReadTransaction
from billing.x12.syntax import ELEMENT, Data, interchanges, plain_bytes
from billing.x12.transmission import Transmission
from billing.x12.walk import Walk
from billing.x12.who_from_837 import Biller, Insured, Patient, biller, insured, patient
from clinic.domain.person import Contact

WATCHED = frozenset({"2000A", "2000B", "2000C", "2300"})
"""The loops whose opening or closing the reader waits for."""


class Kind(NamedTuple):
    """What the reader needs to know of a kind of claim."""

    grammar: Grammar
    build: Callable[[Walk, Frame, Biller, Insured, Patient], Claim[Any, Any]]
    """A claim of the frame of a loop 2300; raises CannotHold."""
    look: Callable[[Walk, Frame], None]
    """Reports what rules between segments its claims break that other kinds do not have."""
    decoder: msgspec.json.Decoder[Any]
    """Reads JSON of a claim of this kind, and nothing else."""

    @property
    def version(self) -> str:
        """GS08 and ST03."""
        return self.grammar.guide.version


def read(data: bytes, kinds: Sequence[Kind]) -> Reading:
    """Read a file, whole, in one pass, with any separators, line breaks, a byte order mark or UTF-16."""
    envelope: list[Fault] = []
    found = tuple(transactions(plain_bytes(data), kinds, envelope.extend))
    return Reading(transactions=found, envelope=tuple(envelope))


def transactions(
    data: Data, kinds: Sequence[Kind], envelope: Callable[[list[Fault]], object]
) -> Iterator[ReadTransaction]:
    """The transactions of a file that begins with its ISA, one at a time: a mapped one is never held whole.

    At the end ``envelope`` is told the faults of the envelopes around them.
    """
    known = {(kind.grammar.guide.transaction, kind.version): (kind, dict[str, Any]()) for kind in kinds}

    def reader(opened: Open) -> ClaimReader | None:
        found = known.get((opened.header[1], opened.header[3] or opened.group[8]))
        return None if found is None else ClaimReader(opened, *found)

    envelopes = Envelopes(reader)
    for interchange in interchanges(data):
        yield from envelopes.read(interchange)
    none = [Fault(code="TA105-022", segment_number=1, segment="ISA")]
    envelope(envelopes.faults if envelopes.number else none)


class ClaimReader:
    """One ST to SE of an 837."""

    def __init__(self, opened: Open, kind: Kind, parsed: dict[str, Any]) -> None:
        self.group = kind.grammar.guide.group
        self._kind = kind
        self._opened = opened
        self._walk = walk = Walk(kind.grammar, opened.number, parsed)
        self._claims: list[Claim[Any, Any]] = []
        self._lost: list[tuple[int, int, str | None, CannotHold]] = []
        """Claims that could not be built: where they and the loops around them start, their number, why."""
        self._hierarchy = hierarchy = Hierarchy(walk)
        walk.opened = {"2000A": hierarchy.opened, "2000B": hierarchy.opened, "2000C": self._patient_opened}
        walk.closed = {
            "2000A": hierarchy.closed,
            "2000B": self._insured_closed,
            "2000C": hierarchy.closed,
            "2300": self._claim_closed,
        }
        self.take: Callable[[int, str], None] = walk.take
        walk.begin(opened.text)

    def finish(self, number: int) -> ReadTransaction:
        """Closes the loops that are open and gives what was read."""
        walk = self._walk
        walk.finish(number)
        self._tell_lost()
        # The walk knows this reader through them: without the circle all is freed at once.
        walk.opened, walk.closed = {}, {}
        return ReadTransaction(
            kind=self._opened.header[1],
            version=self._opened.header[3],
            control=self._opened.header[2],
            transmission=_transmission(walk, self._opened),
            claims=tuple(self._claims),
            errors=tuple(sorted(walk.faults, key=lambda fault: fault.segment_number)),
            unmapped=tuple(walk.unmapped),
        )

    def _patient_opened(self, frame: Frame) -> None:
        self._hierarchy.opened(frame)
        situations.patient(self._walk, frame)

    def _insured_closed(self, frame: Frame) -> None:
        self._hierarchy.closed(frame)
        situations.filing(self._walk, frame)

    def _claim_closed(self, frame: Frame) -> None:
        walk = self._walk
        situations.claim(walk, frame)
        self._kind.look(walk, frame)
        try:
            built = self._build(frame)
        except CannotHold as why:
            self._lost.append((frame.start, self._header_start(frame), walk.subject, why))
            return
        if walk.faults:
            # It may be built from what has faults: only what is still a claim by its types is given out.
            try:
                self._kind.decoder.decode(msgspec.json.encode(built))
            except msgspec.ValidationError:
                self._lost.append((frame.start, self._header_start(frame), walk.subject, CannotHold(frame, "CLM01")))
                return
        self._claims.append(built)

    def _header_start(self, frame: Frame) -> int:
        """Where the loops around a claim begin: the billing provider's."""
        outer = frame
        while outer.parent is not None and outer.node.id != "2000A":
            outer = outer.parent
        return outer.start

    def _tell_lost(self) -> None:
        """Tells of claims that could not be built, where no fault of theirs or of the loops around them says why."""
        walk = self._walk
        claims = {fault.claim for fault in walk.faults}
        around = sorted(fault.segment_number for fault in walk.faults if fault.claim is None)
        for start, header, number, why in self._lost:
            at = bisect_left(around, header)
            if number in claims or (at < len(around) and around[at] <= start):
                continue
            walk.subject = number
            segment = why.element.rstrip("-0123456789") if why.element[:2] not in ("N3", "N4") else why.element[:2]
            walk.fault("HELD-1", why.frame.number(segment), segment, why.frame, element=why.element)

    def _build(self, frame: Frame) -> Claim[Any, Any]:
        walk = self._walk
        around = frame.parent
        assert around is not None
        if around.node.id == "2000C":
            under = around.parent
            assert under is not None
            covered = self._insured(under)
            if around.value is None:
                around.value = patient(walk, around)
        else:
            under = around
            covered = self._insured(under, is_patient=True)
        whom: Patient = around.value if around is not under else Patient(covered.subscriber, "18", covered.casualty)
        provider_frame = under.parent
        assert provider_frame is not None
        if provider_frame.value is None:
            provider_frame.value = biller(walk, provider_frame)
        who: Biller = provider_frame.value
        return self._kind.build(walk, frame, who, covered, whom)

    def _insured(self, frame: Frame, *, is_patient: bool = False) -> Insured:
        walk = self._walk
        if frame.value is None:
            if is_patient:
                situations.subscriber(walk, frame)
            frame.value = insured(walk, frame)
            inner = frame.first("2010BA")
            if not is_patient and frame.value.casualty and inner is not None:
                walk.spare_segment(inner, f"REF{ELEMENT}Y4")
        found: Insured = frame.value
        return found


def _transmission(walk: Walk, opened: Open) -> Transmission | None:
    root, isa, group = walk.root, opened.isa, opened.group
    bht = root.segments.get("BHT")
    submitter, receiver = root.first("1000A"), root.first("1000B")
    if bht is None or submitter is None or receiver is None or len(isa) < 16:
        return None
    if optional(bht, 6) == "31":
        # A demand of one payer on another: neither of the two kinds of batch that a transmission knows.
        walk.spare_segment(root, "BHT", "BHT06")
    nm1, to = submitter.segments.get(f"NM1{ELEMENT}41"), receiver.segments.get(f"NM1{ELEMENT}40")
    if nm1 is None or to is None:
        return None
    try:
        return Transmission(
            sender_qualifier=isa[5],
            sender=isa[6].strip(),
            receiver_qualifier=isa[7],
            receiver=isa[8].strip(),
            submitter=name(nm1, submitter),
            submitter_id=nm1[9],
            contact=contact(walk, submitter) or Contact(),
            receiver_name=to[3],
            receiver_id=to[9],
            interchange=int(isa[13]),
            group=int(group[6]),
            transaction=opened.header[2],
            created=datetime.strptime(bht[4] + bht[5][:4], "%Y%m%d%H%M"),  # noqa: DTZ007  the sender's local time, as written
            usage="P" if isa[15] == "P" else "T",
            reference=bht[3],
            resend=optional(bht, 2) == "18",
            encounter=optional(bht, 6) == "RP",
        )
    except (ValueError, IndexError, CannotHold):
        return None
