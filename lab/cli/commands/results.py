"""``flask lab results``: files of other laboratories in, each report once."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
from flask.cli import with_appcontext

from clinic.cli.refusing import refusing
from clinic.domain.refusal import Refused
from clinic.domain.words import N_


@click.command("results")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--practice", help="Whose results, where there are several practices.")
@click.option("--json", "as_object", is_flag=True, help="One object a report instead of sentences.")
@with_appcontext
@refusing
def command(files: tuple[Path, ...], practice: str | None, *, as_object: bool) -> None:
    r"""Take in results: HL7 version 2 (ORU^R01) or FHIR R4 (DiagnosticReport, alone or in a bundle).

    \b
    matched    its order is certain: reported
    unmatched  it waits in the queue Results in
    known      taken before: nothing changed

    All files or none. Exit code 2 and one sentence where one cannot be read.
    """
    from clinic.services.choose_practice import choose_practice  # noqa: PLC0415  commands import when they run
    from lab.services.take_report import take_files  # noqa: PLC0415

    for taken in take_files(choose_practice(practice), [(str(path), _content(path)) for path in files]):
        if as_object:
            row = {"sender": taken.sender, "control": taken.control, "state": taken.state, "result": taken.result_id}
            click.echo(msgspec.json.encode({**row, "doubts": taken.doubts}).decode())
        else:
            click.echo(f"{taken.sender} {taken.control}: {taken.state}{' (doubts)' if taken.doubts else ''}")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as why:
        raise Refused(
            N_("The file cannot be read."), where=file.name, remedy=why.strerror or N_("Check the path.")
        ) from why
