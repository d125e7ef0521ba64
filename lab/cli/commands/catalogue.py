"""``flask lab catalogue``: the tests as a file, out and in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
import msgspec
from flask.cli import AppGroup
from flask_babel import gettext as _

from clinic.cli.refusing import Refusal, refusing, said
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.catalogue_csv import Fault

command = AppGroup("catalogue", help="The catalogue of tests as a CSV file.")

_DAY = click.DateTime(["%Y-%m-%d"])
_PATH = click.Path(path_type=Path)


@command.command("export")
@click.option("--out", type=_PATH, help="The file; standard output without it.")
@click.option("--on", "moment", type=_DAY, help="The day whose catalogue is meant; today.")
@click.option("--laboratory", help="As this laboratory has it.")
@click.option("--practice", help="Whose, where there are several practices.")
@refusing
def export(out: Path | None, moment: datetime | None, laboratory: str | None, practice: str | None) -> None:
    """Write all tests as they hold on a day; ``load`` reads the file back."""
    from lab.domain.catalogue_csv import write_tests  # noqa: PLC0415  commands import when they run
    from lab.services.plan_outside import catalogue_for, practice_for  # noqa: PLC0415

    practice_id = practice_for(practice)
    catalogue = catalogue_for(practice_id, _day(moment), _laboratory(practice_id, laboratory))
    text = write_tests(catalogue.tests.values())
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(N_("It cannot be written (%(why)s)."), where=str(out), why=why) from None


@command.command("load")
@click.argument("file", type=_PATH)
@click.option("--from", "moment", type=_DAY, help="The first day it holds; today.")
@click.option("--reason", required=True, help="Where the new values come from.")
@click.option("--laboratory", help="Only for what goes to this laboratory.")
@click.option("--practice", help="For which practice, where there are several.")
@click.option("--json", "as_object", is_flag=True, help="One object instead of sentences.")
@refusing
def load(
    file: Path,
    moment: datetime | None,
    reason: str,
    laboratory: str | None,
    practice: str | None,
    *,
    as_object: bool,
) -> None:
    """Load the rows of FILE from a day on: all of them, or none. Each fault is told by line and column.

    Columns are named as ``export`` writes them, in any order; only ``key`` must be there. Exit code 2 and nothing
    changed where a row is faulty.
    """
    from clinic.services.choose_practice import choose_practice  # noqa: PLC0415  commands import when they run
    from lab.services.load_tests import as_text, load_tests  # noqa: PLC0415

    try:
        content = file.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(N_("It cannot be read (%(why)s)."), where=str(file), why=why) from None
    text = as_text(content, str(file))
    actor = choose_practice(practice)
    report = load_tests(actor, text, _day(moment), reason, laboratory_id=_laboratory(actor.practice_id, laboratory))
    if report.faults:
        first, *others = (said(_refused(file, fault)) for fault in report.faults)
        raise Refusal(f"{first} {_('Nothing was changed.')}", *others)
    counts = {what: report.count(what) for what in ("added", "changed", "unchanged")}
    if as_object:
        click.echo(msgspec.json.encode(counts).decode())
    else:
        click.echo(", ".join(f"{number} {what}" for what, number in counts.items()) + ".")


def _refused(file: Path, fault: Fault) -> Refused:
    place = f"{file}, line {fault.line}" + (f", {fault.field}" if fault.field else "")
    return Refused(fault.what, where=place, **dict(fault.params))


def _day(moment: datetime | None) -> date:
    from clinic.services.clock import today  # noqa: PLC0415

    return today() if moment is None else moment.date()


def _laboratory(practice_id: int | None, name: str | None) -> int | None:
    from lab.services.plan_outside import laboratories_of  # noqa: PLC0415

    if name is None:
        return None
    known = laboratories_of(practice_id)
    found = next((number for each, number in known.items() if each.casefold() == name.casefold()), None)
    if found is None:
        raise Refused(
            N_("There is no laboratory %(value)s."),
            where="--laboratory",
            remedy=N_("Give its name as it is shown."),
            value=name[:40],
        )
    return found
