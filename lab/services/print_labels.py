"""Asking for labels: what they say is kept first, then they wait in a job. Printing is not collecting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

import msgspec

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Printer
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import one
from clinic.services.number import next_number
from lab.documents.label import Label, digest
from lab.documents.label_layout import Laid, lay_out
from lab.documents.stock import TUBE, stock_of
from lab.models import LabelPrint
from lab.services.label_of import labels_of

RIGHT = "lab.work"
THING = "label_job"
MOST = 2000
"""Labels of one job."""


class Loaded(NamedTuple):
    """What labels are printed on."""

    stock: str = TUBE.key
    dpi: int = 203
    printer_id: int | None = None
    """None: a file to print or to keep."""


def loaded_in(actor: Actor, printer_id: int) -> Loaded:
    """What is loaded in a label printer.

    Raises:
        Unknown: there is no such printer in the practice.
        Refused: it prints no labels.
    """
    printer = one(actor, Printer, printer_id)
    if printer.kind == "paper" or printer.stock is None or printer.dpi is None:
        raise Refused(N_("This printer prints no labels."), where="printer", remedy=N_("Choose one that does."))
    return Loaded(printer.stock, printer.dpi, printer.id)


def print_labels(actor: Actor, specimen_ids: Collection[int], loaded: Loaded, said: Callable[[str], str] = str) -> int:
    """Put the labels of containers into a new job, in the order given; gives the job's number.

    ``said`` translates a message id: labels are in the language of who prints them.

    Raises:
        Refused: there is none, or too many; a number cannot stand in a bar code.
        Unknown: one of them is no container of the practice.
    """
    if not 1 <= len(specimen_ids) <= MOST:
        raise Refused(N_("Choose at least one container and at most %(most)s."), where="specimen", most=MOST, remedy="")
    with acting(actor, RIGHT) as work:
        labels = labels_of(actor, specimen_ids, said)
        return ask_for(work, labels.items(), loaded)


def ask_for_test(actor: Actor, label: Label, loaded: Loaded) -> int:
    """Put a label of no container into a new job; gives the job's number."""
    with acting(actor, RIGHT) as work:
        return ask_for(work, [(None, label)], loaded)


def ask_for(
    work: Work, labels: Iterable[tuple[int | None, Label]], loaded: Loaded, *, reason: str | None = None
) -> int:
    """Put labels into a new job within an act under way; gives its number."""
    job = next_number(work, THING)
    work.session.add_all(
        LabelPrint(
            practice_id=work.actor.practice_id,
            specimen_id=specimen_id,
            job=job,
            position=position,
            snapshot=snapshot_of(label, loaded),
            digest=digest(laid_as(label, loaded)),
            state="waiting",
            reason=reason,
            printer_id=loaded.printer_id,
            staff_id=work.actor.staff_id,
            asked_at=work.at,
        )
        for position, (specimen_id, label) in enumerate(labels, 1)
    )
    work.journal(THING, job, detail="again" if reason else "asked")
    return job


def laid_as(label: Label, loaded: Loaded) -> Laid:
    """The label in the dots of what is loaded."""
    return lay_out(label, stock_of(loaded.stock), loaded.dpi)


def snapshot_of(label: Label, loaded: Loaded) -> dict[str, Any]:
    """What is kept of a label: all it says, and on what it was printed."""
    return {"label": msgspec.to_builtins(label), "stock": loaded.stock, "dpi": loaded.dpi}


def label_in(row: LabelPrint) -> Label:
    """The label as it was printed."""
    return msgspec.convert(row.snapshot["label"], Label)


def laid_in(row: LabelPrint) -> Laid:
    """Its dots."""
    return laid_as(label_in(row), Loaded(row.snapshot["stock"], row.snapshot["dpi"]))


def exact(row: LabelPrint) -> bool:
    """Whether its dots still come out as they were kept: not after a release that lays labels out differently."""
    return digest(laid_in(row)) == row.digest
