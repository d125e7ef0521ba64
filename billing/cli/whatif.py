"""``flask claim whatif``: what newer code sets would say of claims of the past."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from billing.cli.claim import LARGE
from billing.cli.claim import group as claim
from billing.cli.results import money, output, stepped, work_folder
from billing.edits.families import FAMILIES
from billing.services.checking.told import Style
from billing.services.checking.work import asked, working
from billing.services.whatif.claims_that_left import DAYS, Left, state_of
from billing.services.whatif.numbers import Moved, Numbers
from billing.services.whatif.run import WhatIf, what_if
from billing.services.whatif.running import take_run
from billing.services.whatif.systems import coming_releases
from clinic.cli.refusing import refusing
from clinic.codes.library import Library
from clinic.domain.finding import SEVERITIES
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.choose_practice import choose_practice
from clinic.services.clock import today
from clinic.services.library import library

_PATH = click.Path(path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])

MOST = 10
"""Lines of each table of the summary: the rest is in --summary."""


@claim.command("whatif")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=_PATH)
@click.option("--release", "releases", multiple=True, metavar="SYSTEM=NAME", help="A release that judges every day.")
@click.option("--since", type=_DAY, help="Claims that left on this day or later; by default a year back.")
@click.option("--on", "moment", type=_DAY, help="The day to judge files by, as for flask claim check.")
@click.option("--practice", "practice_name", help="The practice's name, where there are several.")
@click.option("--out", type=_PATH, help="A file for what has moved instead of standard output.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that judge; by default one, for large files all.")
@click.option("--json", "style", flag_value="json", help="One object a finding that came or went.")
@click.option("--csv", "style", flag_value="csv", help="One row a finding, for a spreadsheet.")
@click.option("--summary", "numbers", type=_PATH, help="A file for the numbers as JSON.")
@refusing
def whatif(files: tuple[Path, ...], releases: tuple[str, ...], **how: Any) -> None:
    """Tell which claims other releases of the code sets would stop: our own that left, or those of each FILE.

    Each claim is judged twice: as it was, and with the releases given asked of every day of service as if they had been
    in force on it. Without --release these are the newest that begin after today, else the newest of each system.
    With --out a run that was stopped goes on where it was.
    """
    codes = library()
    pins = chosen(releases, codes)
    style: Style = how["style"] or "line"
    source = files or _left(how["since"], how["practice_name"])
    more = [f"{system}={name}" for system, name in sorted(pins.items())]
    if isinstance(source, Left):
        more.append(state_of(source))
    on = how["moment"].date() if how["moment"] else None
    wanted = asked(files, on, style, codes, *more)
    large = sum(size for _, size, _ in wanted.files) > LARGE
    jobs = how["jobs"] or (large and os.cpu_count()) or 1
    out: Path | None = how["out"]
    with ExitStack() as stack:
        work, again = stack.enter_context(working(work_folder(out, stack, "whatif"), wanted))
        if again:
            click.echo("Going on where it was stopped.", err=True)
        bar = stack.enter_context(click.progressbar(length=1, file=sys.stderr)) if sys.stderr.isatty() else None
        asking = WhatIf(source, codes, pins, on, datetime.now().astimezone().date(), style, jobs)
        found = what_if(asking, work, lambda done, of: stepped(bar, done, of))
        with output(out, work.folder) as into:
            into.writelines(found.texts)
    if how["numbers"] is not None:
        with output(how["numbers"]) as into:
            into.write(msgspec.json.format(msgspec.json.encode(found.numbers), indent=1) + b"\n")
    _say(pins, found.numbers)


@claim.command("take-whatif")
@click.argument("run")
def take(run: str) -> None:
    """Do a RUN that was begun on screen: the server starts this by itself."""
    take_run(run)


def chosen(releases: Sequence[str], codes: Library) -> dict[str, str]:
    """The releases asked for, by system; where none is, those that come next.

    Raises:
        Refused: one is not written so, a system is named twice, or nothing is loaded.
    """
    if not releases:
        return {system: each.name for system, each in coming_releases(codes, today()).items()}
    pins: dict[str, str] = {}
    for each in releases:
        system, equals, name = each.partition("=")
        if not (system and equals and name) or system in pins:
            raise Refused(
                N_("“%(text)s” does not say one release of one system."),
                where="--release",
                remedy=N_("Write it so, each system once: --release ncci-ptp=2027q1"),
                text=each,
            )
        pins[system] = name
    return pins


def _left(since: datetime | None, practice_name: str | None) -> Left:
    first: date = since.date() if since else today() - DAYS
    return Left(choose_practice(practice_name).practice_id, first)


def _say(pins: Mapping[str, str], numbers: Numbers) -> None:
    """The numbers, for the person at the keyboard."""
    click.echo(f"Judged again by {', '.join(f'{system} {name}' for system, name in pins.items())}.", err=True)
    came = ", ".join(f"{numbers.new[severity]} {severity}" for severity in SEVERITIES)
    went = sum(numbers.gone.values())
    click.echo(
        f"{numbers.claims} claims, {numbers.same} findings as before; new: {came}; {went} are gone.",
        err=True,
    )
    click.echo(
        f"{numbers.stopped} claims would now be stopped ({money(numbers.stopped_money)}), {numbers.denied} more "
        f"probably denied ({money(numbers.denied_money)}); {numbers.freed} would no longer be stopped.",
        err=True,
    )
    _table("family", numbers.families, {key: f"{key} {title}" for key, title in FAMILIES.items()})
    _table("edit", numbers.edits, {})
    _table("payer", numbers.payers, numbers.payer_names)
    _table("code", numbers.codes, {})


def _table(head: str, rows: Mapping[str, Moved], names: Mapping[str, str]) -> None:
    rows = {key: moved for key, moved in rows.items() if moved.claims}
    if not rows:
        return
    click.echo(f"{head:<28} {'new':>8} {'gone':>8} {'claims':>8} {'stopped':>8} {'at risk':>16}", err=True)
    for key, moved in list(rows.items())[:MOST]:
        counts = f"{sum(moved.new.values()):>8} {sum(moved.gone.values()):>8} {moved.claims:>8} {moved.stopped:>8}"
        click.echo(f"{names.get(key, key)[:28]:<28} {counts} {money(moved.at_risk):>16}", err=True)
    if len(rows) > MOST:
        click.echo(f"… and {len(rows) - MOST} more", err=True)
