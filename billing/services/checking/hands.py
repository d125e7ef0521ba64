"""Who does the work on the parts of files: this process alone, or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from billing.services.checking.judging import CannotRead


@contextmanager
def hands(
    jobs: int, alone: Callable[[], object], begin: Callable[..., object], *given: Any
) -> Iterator[Executor | None]:
    """Processes, each made ready by ``begin(*given)``; None for one job, for which ``alone()`` readies this process."""
    if jobs == 1:
        alone()
        yield None
        return
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), begin, given)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def all_of(
    them: Executor | None, work: Callable[..., None], things: Iterable[tuple[Any, Path]], one_more: Callable[[], None]
) -> None:
    """Do what is not done yet, in order, and say so part by part.

    Raises:
        Refused: a part cannot be read.
    """
    waiting: list[Future[None]] = []
    try:
        for thing, out in things:
            if out.exists():
                one_more()
            elif them is None:
                work(thing, out)
                one_more()
            else:
                waiting.append(them.submit(work, thing, out))
        for each in waiting:
            each.result()
            one_more()
    except CannotRead as cannot:
        raise cannot.refused from None
