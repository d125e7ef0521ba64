"""Taking in files of results: FHIR or HL7 version 2; each report once, matched where that is certain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.value import as_json
from clinic.domain.words import N_
from clinic.models import Location
from clinic.services.acting import Actor, Work, acting
from lab.domain.incoming import Report
from lab.domain.matching import certain
from lab.fhir.report import read_reports
from lab.hl7v2.oru import read_oru
from lab.models import IncomingResult
from lab.services.match_incoming import THING, candidates, put_to

MOST_BYTES = 8_000_000


class Taken(NamedTuple):
    """What became of one report."""

    sender: str
    control: str
    state: str
    """``matched``, ``unmatched`` or ``known`` (taken before)."""
    result_id: int | None = None
    doubts: tuple[str, ...] = ()


def read_file(data: bytes, zone: str, where: str = "") -> list[tuple[Report, str]]:
    """The reports of a file, whatever it is written in.

    Raises:
        Refused: it is neither, or cannot be read.
    """
    if len(data) > MOST_BYTES:
        raise Refused(N_("This file is too large."), where=where, remedy=N_("Split it and try again."))
    plain = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not plain:
        raise Refused(N_("This file is empty."), where=where, remedy=N_("Choose another one."))
    return read_reports(data, where) if plain[:1] in {b"{", b"["} else read_oru(data, zone, where)


def take_files(actor: Actor, files: Iterable[tuple[str, bytes]]) -> list[Taken]:
    """Take in files, all of them or none.

    Raises:
        Refused: one cannot be read, or a message's number was taken before with other words.
    """
    zone = _zone(actor)
    read = [each for name, data in files for each in read_file(data, zone, name)]
    with acting(actor, "lab.result") as work:
        taken = [_take(work, report, raw) for report, raw in read]
        work.journal("practice", actor.practice_id, detail=f"results taken in: {len(taken)}")
        return taken


def _zone(actor: Actor) -> str:
    wanted = select(Location.time_zone).where(Location.practice_id == actor.practice_id).order_by(Location.id).limit(1)
    return db.session.scalar(wanted) or "UTC"


def _take(work: Work, report: Report, raw: str) -> Taken:
    read = as_json(report)
    before = work.session.scalar(
        select(IncomingResult).where(
            IncomingResult.practice_id == work.actor.practice_id,
            IncomingResult.sender == report.sender,
            IncomingResult.control == report.control,
        )
    )
    if before is not None:
        if before.read != read:
            raise Refused(
                N_("A message of this number was taken before, with other words: %(control)s."),
                where=report.sender,
                remedy=N_("Ask the sender to number it anew."),
                control=report.control,
            )
        return Taken(report.sender, report.control, "known", before.result_id, report.doubts)
    row = IncomingResult(
        practice_id=work.actor.practice_id,
        sender=report.sender,
        control=report.control,
        kind=report.kind,
        raw=raw,
        read=read,
        state="unmatched",
        received_at=work.at,
    )
    work.session.add(row)
    work.session.flush()
    work.fact(THING, row.id, "incoming.received", {"sender": report.sender, "control": report.control})
    work.journal(THING, row.id, detail="incoming.received")
    if report.doubts or report.status == "cancelled" or not report.values:
        return Taken(report.sender, report.control, "unmatched", None, report.doubts)
    line = certain(report, candidates(work.actor.practice_id, report))
    if line is None:
        return Taken(report.sender, report.control, "unmatched", None, report.doubts)
    put_to(work, row, line.line_id)
    return Taken(report.sender, report.control, row.state, row.result_id, report.doubts)
