"""Giving out numbers that never repeat within a practice."""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from clinic.models.counter import Counter
from clinic.services.acting import Work


def next_number(work: Work, name: str) -> int:
    """The next number under a name, counted from 1. It is taken for good when the act commits.

    Concurrent acts wait for each other at the row; the first use of a name may meet another first use, and counts on.
    """
    here = (Counter.practice_id == work.actor.practice_id, Counter.name == name)
    step = update(Counter).where(*here).values(value=Counter.value + 1).returning(Counter.value)
    found = work.session.scalar(step)
    if found is None:
        try:
            with work.session.begin_nested():
                work.session.execute(insert(Counter).values(practice_id=work.actor.practice_id, name=name, value=0))
        except IntegrityError:
            work.session.scalar(select(Counter.value).where(*here))
        found = work.session.scalar(step)
    if found is None:
        raise RuntimeError(f"no counter {name}")
    return found
