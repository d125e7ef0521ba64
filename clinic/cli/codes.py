"""``flask codes``: load, list, search and withdraw releases of code sets."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, ParamSpec

import click
import msgspec
from flask import current_app
from flask.cli import AppGroup

from clinic.codes.library import Library
from clinic.codes.loading import Wish
from clinic.codes.loading import load as load_release
from clinic.codes.release import Hit, Release
from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

group = AppGroup("codes", help="Code sets: dated releases, and search in them.")

_P = ParamSpec("_P")
_DAY = click.DateTime(["%Y-%m-%d"])


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
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--release", "name", help="A name for it, such as fy2027; by default from the file.")
@click.option("--from", "start", type=_DAY, help="The first date of service it judges.")
@click.option("--to", "end", type=_DAY, help="The last date of service it judges.")
@click.option("--json", "as_json", is_flag=True, help="One object instead of a sentence.")
@_refusing
def load(
    kind: str, file: Path | None, name: str | None, start: datetime | None, end: datetime | None, *, as_json: bool
) -> None:
    """Load an official FILE of a KIND as a release: plain, .gz or .zip as it is published.

    KIND is icd10cm (the tabular XML). Without FILE the edition that comes with the installation is put back.
    """
    release, new = load_release(_library(), kind, file, Wish(name, _day(start), _day(end)))
    if as_json:
        _json({**_facts(release), "loaded": new})
    else:
        click.echo(
            f"{release.system} {release.name}: {release.rows} rows, {release.billable} of them billable, "
            f"for {release.start} to {release.end}; {'loaded' if new else 'was loaded already, nothing changed'}."
        )


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.option("--check", is_flag=True, help="Also read every byte of the files and compare their digests.")
@_refusing
def list_releases(*, as_json: bool, check: bool) -> None:
    """Show what is loaded: rows, release, dates, licence."""
    library = _library()
    for release in library.releases():
        if as_json:
            _json(_facts(release))
        else:
            whole = "" if release.complete else "  (a starter list)"
            click.echo(
                f"{release.system:<13} {release.name:<14} {release.rows:>7} rows  {release.start} to {release.end}  "
                f"{release.title}{whole}. {release.licence}."
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
@_refusing
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
@_refusing
def withdraw(system: str, release: str) -> None:
    """Take a RELEASE of a SYSTEM out of use; loading it again brings it back."""
    _library().withdraw(system, release)
    click.echo(f"{system} {release} is withdrawn.")


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
    }
