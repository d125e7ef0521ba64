"""``flask journal``: sealing and verifying."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import msgspec
from flask.cli import AppGroup

group = AppGroup("journal", help="The journal of acts and reads.")


@group.command("verify")
@click.option("--head", type=click.Path(path_type=Path, dir_okay=False), help="A file of heads kept elsewhere.")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def verify_journal(head: Path | None, as_json: bool) -> None:
    """Follow every chain from its first row; name the first bad row. Exit 1 if there is one."""
    from clinic.journal.reads import seal_reads  # noqa: PLC0415  commands import what they need when they run
    from clinic.journal.seal import seal_acts  # noqa: PLC0415
    from clinic.journal.verify import verify  # noqa: PLC0415

    seal_acts()
    seal_reads()
    try:
        verdicts = list(verify(head))
    except (OSError, ValueError):
        click.echo(f"{head}: not a file of heads; give the journal_heads.json that was kept", err=True)
        sys.exit(2)
    for verdict in verdicts:
        if as_json:
            click.echo(json.dumps(msgspec.to_builtins(verdict)))
        elif verdict.ok:
            click.echo(f"{verdict.chain}: {verdict.rows} rows, whole")
        else:
            click.echo(
                f"{verdict.chain}: row {verdict.row} was {verdict.what}; {verdict.rows} rows before it are whole"
            )
    sys.exit(0 if all(verdict.ok for verdict in verdicts) else 1)


@group.command("seal")
def seal_journal() -> None:
    """Seal the rows that wait. The server does it by itself twice a second."""
    from clinic.journal.reads import seal_reads  # noqa: PLC0415
    from clinic.journal.seal import seal_acts  # noqa: PLC0415

    click.echo(f"sealed {seal_acts()} acts and {seal_reads()} reads")
