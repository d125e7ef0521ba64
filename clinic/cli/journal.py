"""``flask journal``: sealing and verifying."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import msgspec
from flask.cli import AppGroup

from clinic.cli.refusing import refusing
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

group = AppGroup("journal", help="The journal of acts and reads.")


@group.command("verify")
@click.option("--head", type=click.Path(path_type=Path, dir_okay=False), help="A file of heads kept elsewhere.")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@refusing
def verify_journal(head: Path | None, as_json: bool) -> None:
    """Follow every chain from its first row; name the first bad row. Exit 1 if there is one."""
    from clinic.journal.reads import seal_reads  # noqa: PLC0415  commands import what they need when they run
    from clinic.journal.seal import seal_acts  # noqa: PLC0415
    from clinic.journal.verify import verify  # noqa: PLC0415

    if head is not None and not head.is_file():  # without it a chain that was cut short would look whole
        raise Refused(N_("There is no such file."), where=str(head), remedy=N_("Check the path."))
    seal_acts()
    seal_reads()
    try:
        verdicts = list(verify(head))
    except (OSError, ValueError):
        raise Refused(
            N_("This is no file of heads."), where=str(head), remedy=N_("Give the journal_heads.json that was kept.")
        ) from None
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
@refusing
def seal_journal() -> None:
    """Seal the rows that wait. The server does it by itself twice a second."""
    from clinic.journal.reads import seal_reads  # noqa: PLC0415
    from clinic.journal.seal import seal_acts  # noqa: PLC0415

    click.echo(f"sealed {seal_acts()} acts and {seal_reads()} reads")
