"""``flask demo``: a day of an invented practice, end to end."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from clinic.cli.refusing import refusing

DAY = datetime(2026, 9, 21, 13, 30, tzinfo=UTC)
"""When the demo happens: after its visits, inside the ICD-10-CM edition that comes with the package and every limit."""


WHO = "ines (biller), anand, ruth or daniel (physicians), marta or pavel (dentists), priya (manager), tom (assistant)"


@click.command("demo")
@click.option("--once", is_flag=True, help="Only make it; for scripts that serve by themselves or not at all.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), help="Where files go.")
@click.option("--visits", type=click.IntRange(1, 40), help="Only the first so many.")
@with_appcontext
@refusing
def group(once: bool, out: Path, visits: int | None) -> None:
    """Make a practice with a week of forty visits and carry them through; print what was made and how to log in.

    A demo that is there already is kept; its people get a new pass phrase. A database that holds anything else is
    refused.
    """
    from flask_migrate import upgrade  # noqa: PLC0415  commands import what they need when they run

    from billing.demo.founding import demo_practice, new_phrase  # noqa: PLC0415

    del once
    started = time.perf_counter()
    upgrade()
    there = demo_practice()
    phrase = _make(out, visits, started) if there is None else new_phrase(there.id)
    click.echo(
        "Log in as ines (biller), anand, ruth, daniel (physicians), marta, pavel (dentists), priya (manager) or tom"
    )
    click.echo(f"pass phrase, made just now: {phrase}")


def _make(out: Path, visits: int | None, started: float) -> str:
    from billing.demo.day import morning, walk  # noqa: PLC0415
    from billing.demo.founding import found_demo  # noqa: PLC0415
    from billing.demo.telling import tell  # noqa: PLC0415
    from billing.demo.writing import write  # noqa: PLC0415
    from billing.services.lexicon import make_ready  # noqa: PLC0415
    from clinic.journal.seal import seal_acts  # noqa: PLC0415
    from clinic.services.clock import running_from  # noqa: PLC0415
    from clinic.services.library import library  # noqa: PLC0415

    library().releases()
    make_ready(library(), DAY.date())  # so that nobody at the desk waits for it
    with running_from(DAY):
        practice_id, phrase = found_demo()
        done = list(walk(practice_id, visits))
        morning(practice_id, DAY)
        seal_acts()
        files = list(write(practice_id, out))
        tell(practice_id, done, len(files), time.perf_counter() - started)
    return phrase
