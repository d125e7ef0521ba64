"""``flask lab due``: what is running out of time."""

from __future__ import annotations

import click
import msgspec
from flask.cli import with_appcontext

from clinic.cli.refusing import refusing


@click.command("due")
@click.option("--json", "as_object", is_flag=True, help="One object a line.")
@click.option("--practice", help="The practice's name, where there are several.")
@with_appcontext
@refusing
def command(practice: str | None, *, as_object: bool) -> None:
    """List what is due at the bench, nearest first: as the board shows it, without names of patients."""
    from clinic.services.choose_practice import choose_practice  # noqa: PLC0415  commands import when they run
    from lab.services.due_list import board  # noqa: PLC0415

    now = board(choose_practice(practice))
    for due in now.rows:
        late = due.at is not None and due.at < now.now
        at = None if due.at is None else due.at.isoformat()
        if as_object:
            row = {"container": due.number, "step": due.step, "due": at, "late": late}
            click.echo(msgspec.json.encode(row).decode())
        else:
            click.echo(f"{at or 'no limit':<25}  {due.number}  {due.step}{'  late' if late else ''}")
