"""``flask claim``: claims of any form checked, and written in any other."""

from __future__ import annotations

import functools
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, ParamSpec

import click
import msgspec
from flask.cli import AppGroup

from billing.edits import EDITS, Facts
from billing.edits.catalogue import rows
from billing.services.check_claims import Told, check_claims
from billing.services.paper import overflowing
from billing.services.read_claims import Source, read_claims
from billing.services.write_claims import FORMS, write_claims
from clinic.domain.finding import SEVERITIES
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.library import library

group = AppGroup("claim", help="Claims of any form: checked, and written in any other.")

_P = ParamSpec("_P")
_PATH = click.Path(path_type=Path)


class _Refusal(click.ClickException):
    """One line on standard error, and exit code 2."""

    exit_code = 2


def _refusing(command: Callable[_P, None]) -> Callable[_P, None]:
    @functools.wraps(command)
    def run(*args: _P.args, **options: _P.kwargs) -> None:
        try:
            command(*args, **options)
        except Refused as refused:
            raise _Refusal(str(refused)) from None

    return run


@group.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=_PATH)
@click.option("--out", type=_PATH, help="A file for the findings instead of standard output.")
@click.option("--on", "moment", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge by.")
@click.option("--json", "as_json", is_flag=True, help="One object a finding.")
@_refusing
def check(files: tuple[Path, ...], out: Path | None, moment: datetime | None, *, as_json: bool) -> None:
    """Tell what is wrong with the claims of each FILE: an 837P, FHIR Claims, or our own JSON, one a line.

    Judged as of the day given, else of the day an 837P was made (BHT04), else of today. Exit code 1 if a finding
    blocks, 2 if a file cannot be read.
    """
    count: Counter[str] = Counter()
    claims = 0
    with _output(out) as output:
        for file in files:
            source = _read(file)
            claims += len(source.claims)
            for told in check_claims(source, _facts(source, moment), str(file)):
                count[told.severity] += 1
                output.write(msgspec.json.encode(told) + b"\n" if as_json else _line(told))
    summary = ", ".join(f"{count[severity]} {severity}" for severity in SEVERITIES)
    click.echo(f"{claims} claims, findings: {summary}.", err=True)
    sys.exit(1 if count["block"] else 0)


@group.command("write")
@click.argument("file", type=_PATH)
@click.option("--to", "form", required=True, type=click.Choice(list(FORMS)), help="The form wanted.")
@click.option("--out", required=True, type=_PATH, help="The file to write.")
@_refusing
def write(file: Path, form: str, out: Path) -> None:
    """Write the claims of FILE in another form.

    An 837P keeps the header it came with; from other forms it is made of the first claim and marked as a test. The
    CMS-1500 is data only, to be printed on bought forms.
    """
    source = _read(file)
    written = write_claims(source, form, datetime.now())  # noqa: DTZ005  local time, as an 837 says it
    with _output(out) as output:
        output.write(written)
    click.echo(f"{len(source.claims)} claims, {len(written)} bytes: {out}", err=True)


@group.command("edits")
@click.option("--docs", type=_PATH, help="A folder for the catalogue as pages, en/ and fr/, instead.")
@click.option("--json", "as_json", is_flag=True, help="One object an edit.")
@_refusing
def edits(docs: Path | None, *, as_json: bool) -> None:
    """List the edits: code, severity, what is wrong."""
    if docs is not None:
        from billing.services.edit_pages import write_pages  # noqa: PLC0415  catalogues are read for nothing else

        click.echo(f"{write_pages(docs)} pages: {docs}", err=True)
        return
    for row in rows(EDITS.values(), str):
        click.echo(msgspec.json.encode(row).decode() if as_json else f"{row.code}  {row.severity:<6}  {row.title}")


def _read(file: Path) -> Source:
    try:
        data = file.read_bytes()
    except OSError as error:
        what = N_("The file cannot be read: %(why)s.")
        remedy = N_("Give the path of a file that is there.")
        raise Refused(what, where=str(file), remedy=remedy, why=error.strerror or "") from None
    return read_claims(data, str(file))


def _facts(source: Source, moment: datetime | None) -> Facts:
    on = moment.date() if moment else source.created or datetime.now().astimezone().date()
    return Facts(on=on, codes=library(), overflows=overflowing)


def _line(told: Told) -> bytes:
    place = " ".join(filter(None, (told.box and f"box {told.box}", told.loop, told.element or told.segment)))
    claim = told.claim or "-"
    line = f" line {told.line}" if told.line else ""
    return f"{told.file}: {claim}{line}: {told.severity} {told.code} ({place}): {told.message}\n".encode()


@contextmanager
def _output(out: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is there only once it is whole."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    except OSError as error:
        what = N_("The file cannot be written: %(why)s.")
        remedy = N_("Give a path in a folder that is there.")
        raise Refused(what, where=str(out), remedy=remedy, why=error.strerror or "") from None
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
