"""A large file is cut a piece at a time: what is read is the same for any size of piece, mapped or not."""

from __future__ import annotations

import mmap
from random import Random

import pytest

from billing.x12 import Delimiters, read_837p, syntax, write_837p
from billing.x12.read_837 import transactions_837
from tests.billing.x12.files import TRANSMISSION, sendable
from tests.counts import count


def variants(rng: Random, data: bytes) -> list[bytes]:
    """One file in the ways that senders write it, and two files as one; some are cut short or hold stray bytes."""
    broken = bytearray(data)
    broken[rng.randrange(200, len(broken))] = rng.randrange(256)
    return [
        data,
        data.replace(b"~", b"~\r\n"),
        data.replace(b"~", b"~\n  "),
        data + b"\n\n" + data,
        data.replace(b"MAIN", "MÄIN".encode("latin-1")),
        data[: rng.randrange(200, len(data))],
        bytes(broken),
        b"ISA" + data[3:].replace(b"~", b"\n"),
    ]


@pytest.mark.parametrize("size", [1, 7, 200, 3_000])
def test_pieces_of_any_size_read_alike(monkeypatch, size) -> None:
    rng = Random(size)
    for _ in range(count(2, 200)):
        data = write_837p(TRANSMISSION, sendable(3, rng.randrange(1000)), Delimiters())
        for each in variants(rng, data):
            monkeypatch.setattr(syntax, "PIECE", 1 << 30)
            whole = read_837p(each)
            monkeypatch.setattr(syntax, "PIECE", size)
            assert read_837p(each) == whole


def test_a_mapped_file_reads_like_its_bytes(tmp_path, monkeypatch) -> None:
    data = write_837p(TRANSMISSION, sendable(4, 5))
    path = tmp_path / "claims.edi"
    path.write_bytes(data * 3)
    monkeypatch.setattr(syntax, "PIECE", 1_000)
    envelope: list[object] = []
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        found = tuple(transactions_837(mapped, envelope.extend))
    whole = read_837p(data * 3)
    assert (found, tuple(envelope)) == (whole.transactions, whole.envelope)
    assert [fault.code for fault in whole.envelope] == ["TA105-025"] * 2
