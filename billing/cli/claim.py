"""``flask claim``: claims of any form checked, and written in any other."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from flask.cli import AppGroup

from billing.cli.results import money, output, stepped, work_folder
from billing.edits import EDITS
from billing.edits.catalogue import rows
from billing.edits.families import FAMILIES, FILE_FAMILIES
from billing.services.checking.check_files import Check, check_files
from billing.services.checking.summary import Summary
from billing.services.checking.told import Style
from billing.services.checking.work import asked, working
from billing.services.read_claims import Source, read_claims
from billing.services.write_claims import FORMS, write_claims
from clinic.cli.refusing import refusing
from clinic.domain.finding import SEVERITIES
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.library import library

group = AppGroup("claim", help="Claims of any form: checked, and written in any other.")

_PATH = click.Path(path_type=Path)


@group.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=_PATH)
@click.option("--out", type=_PATH, help="A file for the findings instead of standard output.")
@click.option("--on", "moment", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge by.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that judge; by default one, for large files all.")
@click.option("--json", "style", flag_value="json", help="One object a finding.")
@click.option("--csv", "style", flag_value="csv", help="One row a finding, for a spreadsheet.")
@click.option("--summary", "numbers", type=_PATH, help="A file for the numbers, by family of edits, as JSON.")
@refusing
def check(files: tuple[Path, ...], out: Path | None, moment: datetime | None, **how: Any) -> None:
    """Tell what is wrong with the claims of each FILE: an 837P or 837D, FHIR Claims, or our own JSON, one a line.

    Judged as of the day given, else of the day an 837 was made (BHT04), else of today. Exit code 1 if a finding
    blocks, 2 if a file cannot be read. With --out a check that was stopped goes on where it was, when it is asked for
    again in the same words.
    """
    codes = library()
    style: Style = how["style"] or "line"
    wanted = asked(files, moment.date() if moment else None, style, codes)
    large = sum(size for _, size, _ in wanted.files) > LARGE
    jobs = how["jobs"] or (large and os.cpu_count()) or 1
    with ExitStack() as stack:
        work, again = stack.enter_context(working(work_folder(out, stack, "check"), wanted))
        if again:
            click.echo("Going on where the check was stopped.", err=True)
        bar = stack.enter_context(click.progressbar(length=1, file=sys.stderr)) if sys.stderr.isatty() else None
        asking = Check(files, codes, wanted.on, datetime.now().astimezone().date(), style, jobs)
        found = check_files(asking, work, lambda done, of: stepped(bar, done, of))
        with output(out, work.folder) as into:
            into.writelines(found.texts)
    if how["numbers"] is not None:
        with output(how["numbers"]) as into:
            into.write(msgspec.json.format(msgspec.json.encode(found.summary), indent=1) + b"\n")
    _say(found.summary)
    sys.exit(1 if found.summary.findings["block"] else 0)


LARGE = 64 << 20
"""Bytes of claims from which on starting further processes costs less than it saves."""


def _say(summary: Summary) -> None:
    """The numbers, for the person at the keyboard."""
    counts = ", ".join(f"{summary.findings[severity]} {severity}" for severity in SEVERITIES)
    click.echo(f"{summary.claims} claims, findings: {counts}.", err=True)
    if not summary.families:
        return
    click.echo(f"{'family':<28} {'block':>8} {'warn':>8} {'advise':>8} {'claims':>8} {'at risk':>16}", err=True)
    titles = {**FAMILIES, **FILE_FAMILIES}
    for name, family in summary.families.items():
        counted = " ".join(f"{family.findings[severity]:>8}" for severity in SEVERITIES)
        title = f"{name} {titles[name]}"
        click.echo(f"{title:<28} {counted} {family.claims:>8} {money(family.at_risk):>16}", err=True)
    asked_for = money(summary.charged)
    click.echo(f"{summary.stopped} claims stopped; {money(summary.at_risk)} of {asked_for} at risk.", err=True)


@group.command("write")
@click.argument("file", type=_PATH)
@click.option("--to", "form", required=True, type=click.Choice(list(FORMS)), help="The form wanted.")
@click.option("--out", required=True, type=_PATH, help="The file to write.")
@refusing
def write(file: Path, form: str, out: Path) -> None:
    """Write the claims of FILE in another form.

    An 837 keeps the header it came with; from other forms it is made of the first claim and marked as a test. The
    CMS-1500 and the ADA form (of 2024, or ada2019) are data only, to be printed on bought forms.
    """
    source = _read(file)
    written = write_claims(source, form, datetime.now())  # noqa: DTZ005  local time, as an 837 says it
    with output(out) as into:
        into.write(written)
    click.echo(f"{len(source.claims)} claims, {len(written)} bytes: {out}", err=True)


@group.command("edits")
@click.option("--docs", type=_PATH, help="A folder for the catalogue as pages, en/ and fr/, instead.")
@click.option("--json", "as_json", is_flag=True, help="One object an edit.")
@refusing
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
