"""``flask codes``: load, list, search and withdraw releases of code sets."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from flask import current_app
from flask.cli import AppGroup

from clinic.cli.refusing import refusing
from clinic.codes.kind import Wish
from clinic.codes.library import Library
from clinic.codes.loading import load as load_release
from clinic.codes.release import Hit, Release
from clinic.codes.source_file import Tell
from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.codes_journal import leave_rows_of_command
from clinic.services.running_loads import take_load

group = AppGroup("codes", help="Code sets: dated releases, and search in them.")

_DAY = click.DateTime(["%Y-%m-%d"])


def _library() -> Library:
    return Library(
        Path(current_app.config["CABINET_INSTANCE"]) / "codes",
        tell=_say,
    )


def _say(system: str) -> None:
    if system == ICD10CM:  # the others take no time
        click.echo("Building the release of ICD-10-CM, once …", err=True)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _json(value: Any) -> None:
    click.echo(msgspec.json.encode(value).decode())


@group.command("load")
@click.argument("kind")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--release", "name", help="A name for it, such as fy2027; by default from the file.")
@click.option("--from", "start", type=_DAY, help="The first date of service it judges.")
@click.option("--to", "end", type=_DAY, help="The last date of service it judges.")
@click.option("--json", "as_json", is_flag=True, help="One object a release instead of a sentence.")
@refusing
def load(
    kind: str,
    files: tuple[Path, ...],
    name: str | None,
    start: datetime | None,
    end: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Load an official FILE of a KIND as a release: plain, .gz or .zip as it is published.

    docs/codes.md tells of each KIND where its file comes from and how it is laid out. Several FILEs are the parts of
    one release. Without FILE the edition that comes with the installation is put back.
    """
    with _progress() as tell:
        loaded = load_release(_library(), kind, files, Wish(name, _day(start), _day(end)), tell)
    leave_rows_of_command("loaded", [release for release, new in loaded if new])
    for release, new in loaded:
        if as_json:
            _json({**_facts(release), "loaded": new})
            continue
        billable = "" if release.billable in {None, release.rows} else f", {release.billable} of them billable"
        click.echo(
            f"{release.system} {release.name}: {release.rows} rows{billable}, "
            f"for {release.start} to {release.end}; {'loaded' if new else 'was loaded already, nothing changed'}."
        )
        if release.notice:
            click.echo(release.notice)


@contextmanager
def _progress() -> Iterator[Tell]:
    """Says on standard error how far a long reading is, twice a second after its first second."""
    begun = last = time.monotonic()
    told = False

    def tell(rows: int, share: float) -> None:
        nonlocal last, told
        now = time.monotonic()
        if now - begun > 1 and now - last > 0.5:
            last, told = now, True
            click.echo(f"\r{share:4.0%}  {rows:,} rows", err=True, nl=not sys.stderr.isatty())

    try:
        yield tell
    finally:
        if told and sys.stderr.isatty():
            click.echo("\r" + " " * 40 + "\r", err=True, nl=False)


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.option("--check", is_flag=True, help="Also read every byte of the files and compare their digests.")
@click.option("--withdrawn", "gone", is_flag=True, help="What was taken out of use instead.")
@refusing
def list_releases(*, as_json: bool, check: bool, gone: bool) -> None:
    """Show what is loaded: rows, release, dates, licence."""
    library = _library()
    for release in library.withdrawn() if gone else library.releases():
        if as_json:
            _json(_facts(release))
        else:
            part = "" if release.complete else "  (a starter list)"
            click.echo(
                f"{release.system:<13} {release.name:<14} {release.rows:>7} rows  {release.start} to {release.end}  "
                f"{release.title}{part}. {release.licence}."
            )
    for path in library.damaged(thorough=check):
        click.echo(f"{path}: damaged or of another version. Delete it and load the release again.", err=True)


@group.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--system", default=ICD10CM, show_default=True, help="The code set to search.")
@click.option("--on", "moment", type=_DAY, help="The date of service; today by default.")
@click.option(
    "-n", "limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="At most so many results."
)
@click.option("--json", "as_json", is_flag=True, help="One object a query.")
@refusing
def search(text: tuple[str, ...], system: str, moment: datetime | None, limit: int, *, as_json: bool) -> None:
    """Find codes by the beginning of a code or by words in any order; - reads one query a line."""
    library = _library()
    on = _day(moment) or datetime.now().astimezone().date()
    if library.release(system, on) is None:
        raise Refused(
            N_("no release of “%(system)s” is loaded."),
            where="--system",
            remedy=N_("flask codes list shows what is."),
            system=system,
        )
    for query in _queries(text):
        hits = library.search(query, system, on, limit)
        if as_json:
            _json({"query": query, "results": [_found(hit) for hit in hits]})
        else:
            _show(query, hits, named=text == ("-",))


@group.command("withdraw")
@click.argument("system")
@click.argument("release")
@refusing
def withdraw(system: str, release: str) -> None:
    """Take a RELEASE of a SYSTEM out of use; restoring it, or loading it again, brings it back."""
    library = _library()
    found = library.has(system, release)
    library.withdraw(system, release)
    leave_rows_of_command("withdrawn", [found] if found else [])
    click.echo(f"{system} {release} is withdrawn.")


@group.command("restore")
@click.argument("system")
@click.argument("release")
@refusing
def restore(system: str, release: str) -> None:
    """Bring a withdrawn RELEASE of a SYSTEM back into use, as it was."""
    library = _library()
    library.restore(system, release)
    found = library.has(system, release)
    leave_rows_of_command("restored", [found] if found else [])
    click.echo(f"{system} {release} is in use again.")


@group.command("take")
@click.argument("load")
def take(load: str) -> None:
    """Do a LOAD that was begun on screen: the server starts this by itself."""
    take_load(load)


def _queries(text: tuple[str, ...]) -> Iterable[str]:
    if text == ("-",):
        return (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
    return [" ".join(text)]


def _show(query: str, hits: list[Hit], *, named: bool) -> None:
    if named:
        click.echo(f"{query}:")
    for hit in hits:
        click.echo(f"{hit.code:<9} {' ' if hit.billable else '…'} {hit.display}")
    if not hits:
        click.echo("No code has such words.", err=True)


def _found(hit: Hit) -> dict[str, Any]:
    return {
        "system": hit.system,
        "code": hit.code,
        "display": hit.display,
        "billable": hit.billable,
        "score": hit.score,
    }


def _facts(release: Release) -> dict[str, Any]:
    return {
        "system": release.system,
        "release": release.name,
        "title": release.title,
        "effective": release.effective,
        "from": release.start,
        "to": release.end,
        "rows": release.rows,
        "billable": release.billable,
        "complete": release.complete,
        "licence": release.licence,
        "source": release.source,
        "digest": release.digest,
        "notice": release.notice,
    }
