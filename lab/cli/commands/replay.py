"""``flask lab replay``: a morning as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
from flask.cli import with_appcontext

from clinic.cli.refusing import refusing
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.replay_answer import Answer
from lab.domain.replay_file import ReplayFile, read_replay

MOST = 16 * 1024 * 1024


@click.command("replay")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_object", is_flag=True, help="One object instead of sentences.")
@click.option("--keep", is_flag=True, help="Into the practice itself: its containers stay. Patients are chart numbers.")
@click.option("--practice", help="Whose catalogue, and where it is kept, where there are several practices.")
@with_appcontext
@refusing
def command(file: Path, practice: str | None, *, as_object: bool, keep: bool) -> None:
    """Play a FILE of events at the bench: use-by, flags, next steps, refusals, charges.

    Nothing of the practice is changed unless --keep is given. docs/replay.md says what a file holds. Exit code 2 and
    one sentence where the file cannot be read.
    """
    answer = _played(read_replay(_content(file), file.name), practice, keep=keep)
    if as_object:
        click.echo(msgspec.json.encode(answer).decode())
    else:
        click.echo("\n".join(_page(answer)))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST:
            raise Refused(N_("The file is too large."), where=file.name, remedy=N_("Split it by day."))
        return file.read_bytes()
    except OSError as why:
        raise Refused(
            N_("The file cannot be read."), where=file.name, remedy=why.strerror or N_("Check the path.")
        ) from why


def _played(file: ReplayFile, practice: str | None, *, keep: bool) -> Answer:
    from clinic.services.choose_practice import choose_practice  # noqa: PLC0415  commands import when they run
    from clinic.services.clock import today  # noqa: PLC0415
    from lab.services.plan_outside import catalogue_for, practice_for  # noqa: PLC0415
    from lab.services.replay import play, replay  # noqa: PLC0415
    from lab.services.scratch_bench import own_bench  # noqa: PLC0415

    if keep:
        actor = choose_practice(practice)
        return play(file, catalogue_for(actor.practice_id, today()), own_bench(actor))
    return replay(file, catalogue_for(practice_for(practice), today()))


def _page(answer: Answer) -> Iterator[str]:
    yield from (f"use by {row.at or 'not limited'}  {row.container}  {row.test}" for row in answer.use_by)
    yield from (f"flag  {row.container}  {row.code}  {row.minutes} min" for row in answer.flags)
    yield from (
        f"next at {row.at}  {row.container}  {row.step}{f'  until {row.due}' if row.due else ''}" for row in answer.next
    )
    yield from (f"refused  event {row.event}  {row.why}" for row in answer.refused)
    yield from (
        f"charge  visit {row.visit}  {'-'.join((row.code, *row.modifiers))}  x {row.units}" for row in answer.charges
    )
