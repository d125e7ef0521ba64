"""Setting up a printer."""

from __future__ import annotations

import re

from msgspec.structs import replace
from sqlalchemy import select

from clinic.domain.refusal import Refused
from clinic.domain.set_up import PrinterFacts, as_kept
from clinic.domain.words import N_
from clinic.models import Location, Printer
from clinic.paper.grid import Offset
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import enter, said
from clinic.services.naming import only_one

RAW_PORT = 9100
"""Where label printers listen."""

QUEUE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,126}")
"""A name that CUPS takes; never one that looks like an option."""

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?")


def host_and_port(address: str) -> tuple[str, int]:
    """A raw printer's host and port, 9100 where none is given.

    Raises:
        Refused: it is no such address.
    """
    host, colon, port = address.rpartition(":")
    if not colon:
        host, port = address, str(RAW_PORT)
    host = host.strip("[]") if host.startswith("[") else host
    good = _HOST.fullmatch(host) or (":" in host and re.fullmatch(r"[0-9A-Fa-f:.]+", host))
    if not good or not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65_535):
        raise Refused(
            N_("This is no address of a printer."),
            where="address",
            remedy=N_("Give its name or number in the network, as in 192.0.2.7 or labels.local:9100."),
        )
    return host, int(port)


def set_up_printer(actor: Actor, facts: PrinterFacts) -> int:
    """Set a printer up; gives its id.

    Raises:
        Refused: the offset is more than two centimetres, or there is a printer of that name.
    """
    kept = checked(facts)
    with acting(actor, "printer.write") as work:
        only_one(work, Printer, kept.name)
        standing_here(work, kept)
        return enter(work, Printer(practice_id=actor.practice_id, **said(kept)), kept)


def checked(facts: PrinterFacts) -> PrinterFacts:
    """The facts as they are kept.

    Raises:
        Refused: there is no name, the offset is more than two centimetres, or a label printer lacks what labels need.
    """
    kept = as_kept(facts)
    Offset(kept.offset_x, kept.offset_y)
    kind = kept.kind or "paper"
    if kind == "paper":
        return replace(kept, kind=kind, address=None, stock=None, dpi=None)
    for where in ("stock", "dpi"):
        if getattr(kept, where) is None:
            raise Refused(N_("This is needed."), where=where)
    return replace(kept, kind=kind, address=_address(kind, kept.address))


def standing_here(work: Work, facts: PrinterFacts) -> None:
    """Insist that the printer stands in a place of the practice.

    Raises:
        Refused: it is none of the practice's places.
    """
    if facts.location_id is None:
        return
    wanted = select(Location.id).where(Location.practice_id == work.actor.practice_id, Location.id == facts.location_id)
    if work.session.scalar(wanted) is None:
        raise Refused(N_("There is no such choice."), where="location_id", remedy=N_("Choose one of the list."))


def _address(kind: str, given: str | None) -> str | None:
    if kind == "download":
        return None
    if given is None:
        raise Refused(N_("This is needed."), where="address")
    if kind == "raw":
        host, port = host_and_port(given)
        return f"{host}:{port}"
    if not QUEUE.fullmatch(given):
        raise Refused(
            N_("This is no name of a print queue."),
            where="address",
            remedy=N_("Give the name that lpstat shows, without blanks."),
        )
    return given
