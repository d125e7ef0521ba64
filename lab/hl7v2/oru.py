"""ORU^R01: results of another laboratory, read into reports. A report for each OBR that says something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.incoming import Code, Person, Report, Status
from lab.domain.results import Measured
from lab.hl7v2.dialect import PLAIN, Dialect, Place, dialect_of
from lab.hl7v2.message import Message, Segment, read_messages
from lab.hl7v2.moments import read_day, read_instant
from lab.hl7v2.values import Said, loinc_of, name_of, read_value

STATUS: dict[str, Status] = {
    "F": "final",
    "C": "corrected",
    "P": "preliminary",
    "A": "preliminary",
    "R": "preliminary",
    "I": "preliminary",
    "S": "preliminary",
    "O": "preliminary",
    "X": "cancelled",
    "Y": "cancelled",
    "Z": "cancelled",
}
"""OBR-25 and OBX-11 as far as both say how a report stands."""
SEXES = {"F": "F", "M": "M"}


class _Whence(NamedTuple):
    """Who sent a message, and how they write."""

    dialect: Dialect
    sender: str
    laboratory: str | None
    zone: str


@dataclass
class _Group:
    """One OBR with what follows it, until the next."""

    obr: Segment
    orc: Segment | None
    pid: Segment | None
    values: list[tuple[Segment, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    specimens: list[Segment] = field(default_factory=list)


def read_oru(data: bytes, zone: str, where: str = "") -> list[tuple[Report, str]]:
    """The reports of a file of result messages, each with its message as it came.

    Args:
        data: the file.
        zone: of times without an offset, where the sender's is not known.
        where: the file, for refusals.

    Raises:
        Refused: it is no HL7 message, no ORU^R01, or a message has no number.
    """
    dialect = _writes(data)
    messages = read_messages(data, where, dialect.charset)
    return [(report, message.raw) for message in messages for report in read_message(message, zone, where)]


def _writes(data: bytes) -> Dialect:
    """The dialect of the first message, from its bytes: who sends is written in ASCII."""
    start = data.find(b"MSH")
    line = data[start:].split(b"\r", 1)[0].split(b"\n", 1)[0] if start >= 0 else b""
    fields = line[4:].split(line[3:4]) if len(line) > 4 else []
    if len(fields) < 3:
        return PLAIN
    component = fields[0][:1]
    named = [(each.split(component)[0] if component else each).decode("ascii", "replace").strip() for each in fields]
    return dialect_of(named[1], named[2])


def read_message(message: Message, zone: str, where: str = "") -> list[Report]:
    """The reports of one message.

    Raises:
        Refused: it is no ORU^R01, has no number, or reports nothing.
    """
    head = message.head
    place = f"{where}, line {head.line}" if where else f"line {head.line}"
    if (head.part(9, 1).upper(), head.part(9, 2).upper()) != ("ORU", "R01"):
        raise Refused(
            N_("This message brings no results: it is not ORU^R01."), where=place, remedy=N_("Take result files only.")
        )
    control = head.part(10)
    if not control:
        raise Refused(
            N_("This message has no number (MSH-10)."), where=place, remedy=N_("Ask the sender to send it again.")
        )
    groups = list(_groups(message.segments))
    if not groups:
        raise Refused(
            N_("This message reports no test: it has no OBR."),
            where=place,
            remedy=N_("Ask the sender to send it again."),
        )
    dialect = dialect_of(head.part(3), head.part(4))
    sender = "|".join(part for part in (head.part(3), head.part(4)) if part) or "?"
    whence = _Whence(dialect, sender[:100], head.part(4) or None, dialect.zone or zone)
    several = len(groups) > 1
    return [
        _report(group, whence, f"{control}#{number}" if several else control)
        for number, group in enumerate(groups, start=1)
    ]


def _groups(segments: Sequence[Segment]) -> Iterator[_Group]:
    pid: Segment | None = None
    orc: Segment | None = None
    group: _Group | None = None
    for segment in segments:
        if segment.name in {"PID", "ORC", "OBR"} and group is not None:
            yield group
            group = None
        if segment.name == "PID":
            pid, orc = segment, None
        elif segment.name == "ORC":
            orc = segment
        elif segment.name == "OBR":
            group = _Group(segment, orc, pid)
            orc = None
        elif group is not None:
            _add(group, segment)
    if group is not None:
        yield group


def _add(group: _Group, segment: Segment) -> None:
    if segment.name == "OBX":
        group.values.append((segment, []))
    elif segment.name == "SPM":
        group.specimens.append(segment)
    elif segment.name == "NTE" and segment.text(3):
        (group.values[-1][1] if group.values else group.notes).append(segment.text(3)[:2000])


def _report(group: _Group, whence: _Whence, control: str) -> Report:
    obr, dialect, local = group.obr, whence.dialect, whence.zone
    said, doubts = _values(group, dialect)
    specimen = group.specimens[0] if group.specimens else None
    status, doubt = _status(obr, said, dialect)
    collected = (specimen.part(17) if specimen else "") or obr.part(7)
    reported = obr.part(22)
    return Report(
        kind="hl7v2",
        sender=whence.sender,
        control=control[:100],
        person=_person(group.pid),
        codes=_codes(obr, whence.sender),
        status=status,
        values=tuple(each.value for each in said),
        order_numbers=_numbers(group, dialect.placers or PLAIN.placers),
        container_numbers=_numbers(group, dialect.containers or PLAIN.containers),
        sender_number=obr.part(3)[:60] or None,
        collected_at=read_instant(collected, local),
        reported_at=read_instant(reported, local),
        laboratory=whence.laboratory,
        notes=tuple(group.notes),
        rejected=(specimen.part(21)[:10] or None) if specimen else None,
        doubts=tuple(
            each
            for each in (
                *doubts,
                doubt,
                f"{obr.where} OBR-7" if collected and read_instant(collected, local) is None else None,
                f"{obr.where} OBR-22" if reported and read_instant(reported, local) is None else None,
            )
            if each
        ),
    )


def _status(obr: Segment, said: Sequence[Said], dialect: Dialect) -> tuple[Status, str | None]:
    """How the report stands: as OBR-25 says, else as the least finished of its values."""
    code = obr.part(25).upper()
    if code in STATUS and not dialect.status_in_values:
        return STATUS[code], None
    found = {STATUS[each.status] for each in said if each.status in STATUS}
    order: tuple[Status, ...] = ("preliminary", "corrected", "final", "cancelled")
    for status in order:
        if status in found:
            return status, None
    return ("final" if said else "cancelled"), f"{obr.where} OBR-25"


def _values(group: _Group, dialect: Dialect) -> tuple[list[Said], list[str]]:
    found: list[Said] = []
    doubts: list[str] = []
    for segment, notes in group.values:
        said, doubt = read_value(segment, dialect)
        if doubt:
            doubts.append(doubt)
        if said is None:
            continue
        if notes:
            words = "\n".join(filter(None, (said.value.note, *notes)))
            said = said._replace(value=replace(said.value, note=words))
        if dialect.lines_of_text and found and _goes_on(found[-1], said):
            found[-1] = found[-1]._replace(value=_joined(found[-1].value, said.value))
        else:
            found.append(said)
    return found, doubts


def _goes_on(before: Said, said: Said) -> bool:
    same = before.value.analyte == said.value.analyte and before.sub == said.sub
    return same and before.text and said.text


def _joined(before: Measured, more: Measured) -> Measured:
    note = "\n".join(filter(None, (before.note, more.note))) or None
    return replace(before, value=f"{before.value}\n{more.value}", flag=before.flag or more.flag, note=note)


def _codes(obr: Segment, sender: str) -> tuple[Code, ...]:
    loinc = loinc_of(obr, 4)
    text = name_of(obr, 4)
    found = [Code(code=loinc, system="loinc", text=text)] if loinc else []
    for code, name, system in ((1, 2, 3), (4, 5, 6)):
        said = obr.part(4, code)
        if said and said != loinc:
            own = obr.part(4, system) or sender
            found.append(Code(code=said[:60], system=own[:60], text=obr.part(4, name)[:200] or None))
    return tuple(found)


def _numbers(group: _Group, places: Sequence[Place]) -> tuple[str, ...]:
    here = {"OBR": [group.obr], "ORC": [group.orc] if group.orc else [], "SPM": group.specimens}
    found = (
        segment.part(number, component, sub)[:60]
        for name, number, component, sub in places
        for segment in here.get(name, [])
    )
    return tuple(dict.fromkeys(each for each in found if each))


def _person(pid: Segment | None) -> Person:
    if pid is None:
        return Person()
    numbers = (pid.within(each)[:40] for each in pid.repeats(3))
    return Person(
        last=pid.part(5, 1)[:80] or None,
        first=pid.part(5, 2)[:80] or None,
        birth=read_day(pid.part(7)),
        sex=SEXES.get(pid.part(8).upper()),
        numbers=tuple(dict.fromkeys(each for each in numbers if each)),
    )
