"""A label printer on a local socket: takes ZPL, answers or not, and breaks off where a test says so."""

from __future__ import annotations

import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import Self

from lab.services.printing.raw import Patience

SHORT = Patience(connect=2000, send=2000, first_answer=250, moment=60)
WELL = b"\x02030,0,0,0203,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
OUT_OF_PAPER = WELL.replace(b"030,0,0", b"030,1,0")
PAUSED = WELL.replace(b"030,0,0", b"030,0,1")
HEAD_OPEN = WELL.replace(b"000,0,0,0,0,2", b"000,0,1,0,0,2")


@dataclass
class LabelPrinter:
    """Takes one connection after another. ``stops_after`` labels of each it breaks off, once."""

    answers: bytes | None = None
    stops_after: int | None = None
    mid_label: bool = False
    """It breaks off in the middle of the next label, with bytes unread."""
    then: bytes | None = None
    """What it answers from ``stops_after`` on, instead of breaking off."""
    labels: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = self._listening.getsockname()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    @property
    def text(self) -> str:
        """Its address as a printer's record has it."""
        return f"{self.address[0]}:{self.address[1]}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                self._take(connection)

    def _take(self, connection: socket.socket) -> None:
        waiting, here = b"", 0
        while True:
            if self.mid_label and self.stops_after == here:
                connection.recv(10)
                self.mid_label, self.stops_after = False, None
                # closing with unread bytes resets the connection; so does this, on every system
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            try:
                part = connection.recv(65536)
            except OSError:
                return
            if not part:
                return
            waiting += part
            while b"^XZ\n" in waiting:
                label, _, waiting = waiting.partition(b"^XZ\n")
                start = label.find(b"^XA")
                assert start >= 0
                self.labels.append(label[start:] + b"^XZ\n")
                here += 1
            if waiting.startswith(b"~HS"):
                waiting = waiting[3:]
                said = self.then if self.then is not None and here >= (self.stops_after or 0) else self.answers
                if said is not None:
                    connection.sendall(said)
            if self.stops_after == here and self.then is None and not self.mid_label:
                self.stops_after = None
                return


def closed_port() -> tuple[str, int]:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as once:
        found: tuple[str, int] = once.getsockname()
    return found
