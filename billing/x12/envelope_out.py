"""ISA and GS in front of the transactions, GE and IEA after them."""

from __future__ import annotations

import re

from billing.x12.envelope import PARTIES
from billing.x12.grammar import Guide
from billing.x12.parties_to_x12 import day, line
from billing.x12.syntax import Delimiters
from billing.x12.transmission import Transmission
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_PARTY = re.compile(r"[!-~](?:[ -~]{0,13}[!-~])\Z")
_CONTROL = re.compile(r"[0-9A-Za-z]{4,9}\Z")
_MOST = 999_999_999


def opening(transmission: Transmission, guide: Guide, delimiters: Delimiters) -> tuple[str, str]:
    """ISA as it will stand in the file, without its terminator; GS under our separators.

    Raises:
        Refused: a number or name of the transmission does not fit.
    """
    _look(transmission, delimiters)
    created = transmission.created
    isa = (
        "ISA", "00", " " * 10, "00", " " * 10,
        transmission.sender_qualifier, transmission.sender.ljust(15),
        transmission.receiver_qualifier, transmission.receiver.ljust(15),
        f"{created:%y%m%d}", f"{created:%H%M}", delimiters.repetition, "00501",
        f"{transmission.interchange:09d}", "0", transmission.usage, delimiters.component,
    )  # fmt: skip
    group = line(
        "GS", guide.group, transmission.sender, transmission.receiver, day(created.date()), f"{created:%H%M}",
        str(transmission.group), "X", guide.version,
    )  # fmt: skip
    return delimiters.element.join(isa), group


def closing(transmission: Transmission, transactions: int) -> tuple[str, str]:
    """GE and IEA."""
    return (
        line("GE", str(transactions), str(transmission.group)),
        line("IEA", "1", f"{transmission.interchange:09d}"),
    )


def _look(transmission: Transmission, delimiters: Delimiters) -> None:
    used = (delimiters.element, delimiters.repetition, delimiters.component, delimiters.segment)
    if len({*used}) < 4 or not all(
        len(each) == 1 and each.isascii() and not each.isalnum() and each != " " for each in used
    ):
        raise Refused(
            N_("The separators are not four different characters."),
            where="ISA",
            remedy=N_("Choose characters that are no letters, digits or blanks and occur in no data."),
        )
    for element, qualifier in (("ISA05", transmission.sender_qualifier), ("ISA07", transmission.receiver_qualifier)):
        if qualifier not in PARTIES:
            raise Refused(
                N_("%(element)s is not a qualifier of senders and receivers."),
                where=element,
                remedy=N_("ZZ is right where both have agreed on their names."),
                element=element,
            )
    for element, party in (("ISA06", transmission.sender), ("ISA08", transmission.receiver)):
        if not _PARTY.match(party) or any(each in party for each in used):
            raise Refused(
                N_("%(element)s must be 2 to 15 plain characters."),
                where=element,
                remedy=N_("Enter the name the receiver gave."),
                element=element,
            )
    for element, number, least in (("ISA13", transmission.interchange, 0), ("GS06", transmission.group, 1)):
        if not least <= number <= _MOST:
            raise Refused(
                N_("%(element)s must be a number of at most nine digits."),
                where=element,
                remedy=N_("Start the count again."),
                element=element,
            )
    if not _CONTROL.match(transmission.transaction):
        raise Refused(
            N_("The transaction's control number must have four to nine digits or letters."),
            where="ST02",
            remedy=N_("Count with leading zeros: 0001."),
        )
