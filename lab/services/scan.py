"""The one input of the bench: a scan, a key or an answer, heard against what is in hand; one thing is done or none.

A container takes the hand; a card or key acts on it; what is still open is asked, and the next scan answers. A scan
that does not belong to the open patient stops: nothing is recorded.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor
from clinic.services.clock import now
from clinic.services.find import Unknown, one
from lab.domain.asking import Deed, Question
from lab.domain.container import NotPossible
from lab.domain.container_words import CONDITIONS
from lab.domain.packing import REMARKS
from lab.domain.refusals import refused
from lab.domain.scan import Scan, read_scan
from lab.models import Device, Package, Specimen, StoragePlace
from lab.services import hand as bench_file
from lab.services.answers import Given, answered
from lab.services.deeds import carry_out, device_for, goes_away, not_asked_for, what_is_asked
from lab.services.hand import Hand
from lab.services.offers import deed_of_key, deed_of_step
from lab.services.pack import NotFit
from lab.services.specimens import by_number, container_of


class Heard(Value, frozen=True, omit_defaults=False, kw_only=True):
    """What came of a scan. ``words`` and ``remedy`` are message ids filled from ``params``."""

    outcome: Literal["ok", "done", "asks", "stopped", "badge", "package", "nothing"]
    words: str = ""
    params: dict[str, str | int] | None = None
    remedy: str = ""
    number: str = ""
    listed: str = ""
    """How the list of scans says it, where ``words`` name a patient: the list is no record."""
    patient_id: int | None = None
    """Whom the words name, other than the patient in hand."""


def hear(actor: Actor, bench: str, given: Given) -> Heard:
    """Hear a scan and do what it means."""
    held = bench_file.hand_of(actor, bench)
    text = " ".join(given.text.split())
    try:
        heard = _heard(actor, held, given, text)
    except Refused as why:
        heard = Heard(
            outcome="stopped", words=why.what, remedy=why.remedy, params=dict(why.params), number=_number(actor, held)
        )
    if heard.outcome == "stopped":
        params = {} if heard.listed else dict(heard.params or {})
        bench_file.log(
            actor, bench, heard.number or _short(text), "stopped", words=heard.listed or heard.words, params=params
        )
    return heard


def _heard(actor: Actor, held: Hand, given: Given, text: str) -> Heard:
    if given.cancel:
        bench_file.keep(actor, replace(held, question=None))
        return Heard(outcome="nothing")
    if given.undo is not None:
        return _undo(actor, held, given.undo)
    scan = read_scan(text)
    if held.question is not None:
        deed = answered(actor, _in_hand(actor, held), held.question, scan, given)
        if deed is not None:
            return _act(actor, held, deed, given)
    if scan is None:
        if text:
            raise refused(NotPossible("unknown_container"), text)
        return Heard(outcome="nothing")
    return _meant(actor, held, scan, given)


def _deed_of(actor: Actor, scan: Scan) -> Deed:
    """The act a card stands for."""
    if scan.kind == "step":
        return deed_of_step(scan.text)
    if scan.kind == "place":
        place = _place(actor, scan.text)
        return Deed(act="store", place_id=place.id, condition=place.condition)
    if scan.text not in CONDITIONS:
        raise refused(NotPossible("unknown_verb"), scan.text)
    return Deed(act="store", condition=scan.text)


def _meant(actor: Actor, held: Hand, scan: Scan, given: Given) -> Heard:
    match scan.kind:
        case "package":
            return _package(actor, held, scan.text, given)
        case "container":
            return _take(actor, held, scan.text)
        case "device":
            return _device(actor, held, scan.text)
        case "key":
            return _key(actor, held, scan.text, given)
        case "badge":
            return Heard(outcome="badge", number=scan.text)
    return _act(actor, held, _deed_of(actor, scan), given)


def _package(actor: Actor, held: Hand, number: str, given: Given) -> Heard:
    """With a container in hand its package is where it goes; without, its page is what is wanted."""
    known = db.session.scalar(
        select(Package.id).where(Package.practice_id == actor.practice_id, Package.number == number)
    )
    if known is None:
        raise Refused(N_("There is no such package."), where=number, remedy=N_("Look at the number."))
    if held.specimen_id is None or _in_hand(actor, held).state != "collected":
        return Heard(outcome="package", number=number)
    return _act(actor, held, Deed(act="pack", package=number), given)


def _key(actor: Actor, held: Hand, key: str, given: Given) -> Heard:
    if key == "0":
        return put_down(actor, held)
    if key == "u":
        last = next(
            (each for each in bench_file.scans(actor, 50) if each.bench == held.bench and _undoable(each)), None
        )
        if last is None:
            raise refused(NotPossible("nothing_to_undo"))
        return _undo(actor, held, last.id)
    if not key.isdigit():
        raise refused(NotPossible("unknown_container"), key)
    row = _in_hand(actor, held)
    deed = deed_of_key(container_of(row), key)
    if deed is None:
        raise refused(NotPossible("unknown_verb"), key)
    return _act(actor, held, deed, given)


def _undoable(scan: bench_file.Scanned) -> bool:
    return scan.outcome == "done" and scan.specimen_id is not None


def _take(actor: Actor, held: Hand, number: str) -> Heard:
    try:
        row = by_number(actor, number)
    except Unknown:
        why = refused(NotPossible("unknown_container"), number)
        return Heard(outcome="stopped", words=why.what, remedy=why.remedy, number=_short(number))
    if held.specimen_id is not None and held.specimen_id != row.id:
        before = one(actor, Specimen, held.specimen_id)
        if before.patient_id != row.patient_id:
            return Heard(
                outcome="stopped",
                words=N_("%(number)s is %(theirs)s; in hand is %(held)s of %(whose)s."),
                params={
                    "number": row.number,
                    "theirs": f"{row.patient.last}, {row.patient.first}",
                    "held": before.number,
                    "whose": f"{before.patient.last}, {before.patient.first}",
                },
                remedy=N_("Put that one down first (0)."),
                number=row.number,
                listed=N_("refused: another patient than the one in hand"),
                patient_id=row.patient_id,
            )
    same = held.specimen_id == row.id
    site = held.site if held.specimen_id is not None else None
    bench_file.keep(
        actor, replace(held, specimen_id=row.id, since=held.since if same else now(), question=None, site=site)
    )
    bench_file.log(actor, held.bench, row.number, "ok", words=N_("in hand"), specimen_id=row.id)
    return Heard(outcome="ok", words=N_("%(number)s in hand."), params={"number": row.number}, number=row.number)


def put_down(actor: Actor, held: Hand) -> Heard:
    """Hold nothing. A question that was open is dropped with it."""
    if held.specimen_id is None:
        return Heard(outcome="nothing")
    row = one(actor, Specimen, held.specimen_id)
    bench_file.keep(actor, Hand(bench=held.bench, device_id=held.device_id))
    return Heard(outcome="ok", words=N_("%(number)s put down."), params={"number": row.number}, number=row.number)


def _device(actor: Actor, held: Hand, card: str) -> Heard:
    wanted = select(Device).where(Device.practice_id == actor.practice_id, Device.card == card, Device.active)
    device = db.session.scalar(wanted)
    if device is None:
        raise Refused(N_("There is no such device."), where=card, remedy=N_("Look at the card."))
    bench_file.keep(actor, replace(held, device_id=device.id))
    return Heard(outcome="ok", words=N_("%(device)s is used from now on."), params={"device": device.name}, number=card)


def _place(actor: Actor, card: str) -> StoragePlace:
    wanted = select(StoragePlace).where(
        StoragePlace.practice_id == actor.practice_id, StoragePlace.card == card, StoragePlace.active
    )
    place = db.session.scalar(wanted)
    if place is None:
        raise Refused(N_("There is no such place."), where=card, remedy=N_("Look at the card."))
    return place


def _undo(actor: Actor, held: Hand, scan_id: int) -> Heard:
    scan = bench_file.scan_of(actor, scan_id)
    if scan is None or not _undoable(scan) or scan.specimen_id is None:
        raise refused(NotPossible("nothing_to_undo"))
    row = one(actor, Specimen, scan.specimen_id)
    if row.sequence != scan.sequence:
        raise Refused(
            N_("Something was done with %(number)s since."),
            where=row.number,
            remedy=N_("Look at its page."),
            number=row.number,
        )
    if (
        held.specimen_id not in (None, row.id)
        and one(actor, Specimen, held.specimen_id or 0).patient_id != row.patient_id
    ):
        raise refused(NotPossible("patient"), row.number)
    question = Question(wants="reason", deed=Deed(act="undo", scan_id=scan.id))
    bench_file.keep(actor, replace(held, specimen_id=row.id, since=now(), question=question))
    return Heard(outcome="asks", number=row.number)


def _act(actor: Actor, held: Hand, deed: Deed, given: Given) -> Heard:
    row = _in_hand(actor, held)
    _nobody_was_faster(row, given.seen)
    if not_asked_for(row, deed):
        raise Refused(N_("None of its tests asks for this step."), where=row.number, remedy=N_("Look at its page."))
    at = now()
    question = what_is_asked(actor, row, deed, at)
    if question is not None:
        bench_file.keep(actor, replace(held, question=question))
        return Heard(outcome="asks", number=row.number)
    device = device_for(actor, DEVICES.get(deed.step or "", ""), held.device_id, row.location_id)
    try:
        words, params = carry_out(actor, row, deed, device)
    except NotFit as unfit:
        why = tuple(REMARKS[each.code] for each in unfit.remarks)
        if not unfit.warned:
            raise Refused(
                N_("%(number)s does not go into this package: %(why)s."),
                where=row.number,
                number=row.number,
                why=why[0],
            ) from None
        question = Question(wants="reason", deed=deed, remarks=why)
        bench_file.keep(actor, replace(held, question=question))
        return Heard(outcome="asks", number=row.number)
    db.session.refresh(row)
    _after(actor, held, row, deed)
    kind = "ok" if deed.act == "undo" else "done"
    bench_file.log(
        actor, held.bench, row.number, kind, words=words, params=params, specimen_id=row.id, sequence=row.sequence
    )
    return Heard(outcome="done", words=words, params=params, number=row.number)


DEVICES = {"spin": "centrifuge", "incubate": "incubator", "read": "reader"}


def _after(actor: Actor, held: Hand, row: Specimen, deed: Deed) -> None:
    if goes_away(row, deed):
        bench_file.keep(actor, Hand(bench=held.bench, device_id=held.device_id))
    else:
        bench_file.keep(actor, replace(held, question=None, site=deed.site or held.site))


def _in_hand(actor: Actor, held: Hand) -> Specimen:
    if held.specimen_id is None:
        raise Refused(N_("Nothing is in hand."), where="scan", remedy=N_("Scan a container first."))
    row = one(actor, Specimen, held.specimen_id)
    db.session.refresh(row)
    return row


def _nobody_was_faster(row: Specimen, seen: str) -> None:
    """Of two at one container, the second is told what the first did before anything is recorded."""
    if seen and seen != f"{row.id}:{row.sequence}":
        raise Refused(
            N_("Someone else did something with %(number)s meanwhile."),
            where=row.number,
            remedy=N_("Look at it as it is now, then do it again."),
            number=row.number,
        )


def _number(actor: Actor, held: Hand) -> str:
    if held.specimen_id is None:
        return ""
    return one(actor, Specimen, held.specimen_id).number


def _short(text: str) -> str:
    return text[:24]
