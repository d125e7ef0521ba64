"""Where a command on files puts what it found, and how it shows how far it is."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from billing.services.checking.summary import Cents
from billing.services.checking.work import cannot_write
from clinic.domain.money import Money


def work_folder(out: Path | None, stack: ExitStack, kind: str) -> Path:
    """Where the work is kept: beside the result, so that it can be gone on with, else nowhere for long."""
    if out is not None:
        return out.with_name(f".{out.name}.{kind}")
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"cabinet-{kind}-"))) / "work"


def stepped(bar: Any, done: int, of: int) -> None:
    """Where a person looks on, show how far it is."""
    if bar is not None:
        bar.length = of
        bar.update(done - bar.pos)


def money(cents: Cents) -> str:
    """Sums as they stand in other programs: two decimals and no separators."""
    return (
        " + ".join(f"{Money(amount, currency).plain()} {currency}" for currency, amount in sorted(cents.items())) or "0"
    )


@contextmanager
def output(out: Path | None, folder: Path | None = None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is there only once it is whole; until then it is in a folder on the same disk."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=folder or out.parent)
    except OSError as error:
        raise cannot_write(out, error) from None
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        made.replace(out)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
