"""Straight to a label printer: ZPL to a TCP port, one label after another.

Bytes that the network took are not yet a label. After each label the printer is asked for its status (``~HS``); its
answer comes behind everything sent before, so the label is there. A printer that never answers is given a moment after
each label, in which a broken connection shows: one that was closed in order had read everything, one that was reset
had not.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from typing import Literal, NamedTuple

from clinic.domain.value import Value
from lab.services.printing.outcome import Outcome
from lab.services.printing.status import ASK, complete, fault_in


class Patience(Value, frozen=True, kw_only=True):
    """How long is waited, in milliseconds."""

    connect: int
    send: int
    """For the printer to take a label."""
    first_answer: int
    """For the first answer; after that it is known whether there are any."""
    moment: int
    """After each label where there are none."""


USUAL = Patience(connect=3000, send=5000, first_answer=800, moment=120)

Heard = Literal["answer", "silence", "closed", "reset", "stuck"]

_FAULTS = {"closed": "broken", "reset": "broken", "stuck": "timeout"}


class _Reply(NamedTuple):
    heard: Heard
    said: bytes = b""


def send_raw(address: tuple[str, int], labels: Sequence[bytes], patience: Patience = USUAL) -> Outcome:
    """Send labels until the last is taken or something stops them."""
    try:
        connection = socket.create_connection(address, timeout=patience.connect / 1000)
    except socket.gaierror:
        return Outcome(0, "unknown_host")
    except TimeoutError:
        return Outcome(0, "timeout")
    except OSError:
        return Outcome(0, "refused")
    with connection:
        return _send_all(connection, labels, patience)


def _send_all(connection: socket.socket, labels: Sequence[bytes], patience: Patience) -> Outcome:
    answers: bool | None = None
    for before, label in enumerate(labels):
        if _closed(connection):
            return Outcome(before, "broken")
        reply = _send(connection, label, answers, patience)
        # one that answers and closes without a word had closed before the label came
        taken = before + (reply.heard == "answer" or (reply.heard in {"closed", "silence"} and not answers))
        if taken == before:
            return Outcome(before, _FAULTS.get(reply.heard, "timeout"))
        fault = _FAULTS.get(reply.heard) if taken < len(labels) else None
        fault = fault or fault_in(reply.said)
        if fault is not None:
            return Outcome(taken, fault)
        answers = reply.heard == "answer"
    return Outcome(len(labels))


def _closed(connection: socket.socket) -> bool:
    """Whether the printer has ended the connection already."""
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _send(connection: socket.socket, label: bytes, answers: bool | None, patience: Patience) -> _Reply:
    """Send one label, and hear what is said to it."""
    connection.settimeout(patience.send / 1000)
    try:
        connection.sendall(label if answers is False else label + ASK)
    except TimeoutError:
        return _Reply("stuck")
    except OSError:
        return _Reply("reset")
    return _listen(connection, {None: patience.first_answer, True: patience.send, False: patience.moment}[answers])


def _listen(connection: socket.socket, milliseconds: int) -> _Reply:
    """Hear the answer out, or learn that there is none."""
    until = time.monotonic() + milliseconds / 1000
    said = b""
    while (left := until - time.monotonic()) > 0:
        connection.settimeout(left)
        try:
            part = connection.recv(4096)
        except TimeoutError:
            break
        except OSError:
            return _Reply("reset")
        if not part:
            return _Reply("closed")
        said += part
        if complete(said):
            return _Reply("answer", said)
    return _Reply("silence")
