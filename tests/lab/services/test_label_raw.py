"""Raw printing against a real socket: what counts as taken, and what is said where it stops."""

from __future__ import annotations

import socket
import time

import pytest

from lab.services.printing.outcome import FAULTS, Outcome
from lab.services.printing.raw import Patience, send_raw
from lab.services.printing.status import fault_in
from tests.lab.services.label_printers import (
    HEAD_OPEN,
    OUT_OF_PAPER,
    PAUSED,
    SHORT,
    WELL,
    LabelPrinter,
    closed_port,
)

LABELS = [f"^XA^CI28^FO0,0^FS{number}^XZ\n".encode() for number in range(1, 8)]


@pytest.mark.parametrize("answers", [None, WELL])
def test_all_labels_arrive_in_order_and_whole(answers) -> None:
    with LabelPrinter(answers=answers) as printer:
        assert send_raw(printer.address, LABELS, SHORT) == Outcome(7, None)
        assert printer.labels == LABELS


@pytest.mark.parametrize("answers", [None, WELL])
@pytest.mark.parametrize("after", [1, 3, 6])
def test_a_printer_that_breaks_off_is_resumed_at_the_right_label(answers, after) -> None:
    with LabelPrinter(answers=answers, stops_after=after) as printer:
        first = send_raw(printer.address, LABELS, SHORT)
        assert first == Outcome(after, "broken")
        assert printer.labels == LABELS[:after]
        assert send_raw(printer.address, LABELS[first.taken :], SHORT) == Outcome(7 - after, None)
        assert printer.labels == LABELS


@pytest.mark.parametrize("after", [0, 2])
def test_a_label_broken_in_its_middle_is_not_taken(after) -> None:
    with LabelPrinter(stops_after=after, mid_label=True) as printer:
        first = send_raw(printer.address, LABELS, SHORT)
        assert first == Outcome(after, "broken")
        assert send_raw(printer.address, LABELS[after:], SHORT) == Outcome(7 - after, None)
        assert printer.labels == LABELS


@pytest.mark.parametrize(("said", "fault"), [(OUT_OF_PAPER, "paper_out"), (PAUSED, "paused"), (HEAD_OPEN, "head_open")])
def test_a_printer_that_cannot_go_on_says_why(said, fault) -> None:
    with LabelPrinter(answers=WELL, stops_after=2, then=said) as printer:
        assert send_raw(printer.address, LABELS, SHORT) == Outcome(2, fault)
        assert printer.labels == LABELS[:2]


def test_nobody_listens() -> None:
    assert send_raw(closed_port(), LABELS, SHORT) == Outcome(0, "refused")


def test_nobody_is_called_so() -> None:
    assert send_raw(("labels.invalid", 9100), LABELS, SHORT) == Outcome(0, "unknown_host")


def test_a_printer_that_takes_nothing_is_not_waited_for_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        start = time.monotonic()
        long = [b"^XA" + b"0" * 20_000_000 + b"^XZ\n"]
        hurried = Patience(connect=500, send=300, first_answer=100, moment=50)
        assert send_raw(listening.getsockname(), long, hurried) == Outcome(0, "timeout")
        assert time.monotonic() - start < 3


@pytest.mark.parametrize("said", [b"", b"\x02\x03", b"\x02a\x03\x02b\x03\x02c\x03", b"no answer at all", WELL])
def test_an_answer_that_cannot_be_read_is_no_fault(said) -> None:
    assert fault_in(said) is None


def test_every_fault_has_its_sentence() -> None:
    assert all(text.endswith(".") for text in FAULTS.values())
