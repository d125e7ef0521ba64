"""``flask codes suggest``: the codes that the words of a note lead to."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from billing.coding.suggest import Gap, Suggestion, gaps, suggest
from billing.services.lexicon import lexicon
from clinic.cli.codes import group as codes
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.library import library

LONGEST = 200_000
"""Characters of one note: what is longer is no note, and reading it would make others wait."""


class _Refusal(click.ClickException):
    """One line on standard error, and exit code 2."""

    exit_code = 2


@codes.command("suggest")
@click.argument("files", nargs=-1, required=True)
@click.option("--on", "moment", type=click.DateTime(["%Y-%m-%d"]), help="The date of service; today by default.")
@click.option("--json", "as_json", is_flag=True, help="One object a file.")
def suggest_codes(files: tuple[str, ...], moment: datetime | None, *, as_json: bool) -> None:
    """Read the notes in FILES (`-`: standard input) and give the codes their words lead to.

    What is denied, past, of a relative or not certain is given as such and not offered.
    """
    on = moment.date() if moment else date.today()  # noqa: DTZ011  the day where the command is typed
    try:
        notes = [(file, _note(file)) for file in files]
        terms = lexicon(library(), on)
    except Refused as refused:
        raise _Refusal(str(refused)) from None
    for file, note in notes:
        found = suggest(note, terms)
        open_ones = gaps(found, terms)
        if as_json:
            row = {
                "file": file,
                "suggestions": [_row(each) for each in found],
                "gaps": [_gap(each) for each in open_ones],
            }
            click.echo(msgspec.json.encode(row).decode())
        else:
            _show(file, found, open_ones)


def _note(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Refused(
            N_("The file cannot be read: %(why)s."),
            where=file,
            remedy=N_("Give the path of a file that is there."),
            why=error.strerror or "",
        ) from None
    try:
        note = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            N_("this is not UTF-8 text (byte %(place)s)."),
            where=file,
            remedy=N_("Save the note as plain text in UTF-8."),
            place=error.start,
        ) from None
    if len(note) > LONGEST:
        raise Refused(
            N_("this is longer than a note: more than %(most)s characters."),
            where=file,
            remedy=N_("Give each note as a file of its own."),
            most=LONGEST,
        )
    return note


def _row(each: Suggestion) -> dict[str, Any]:
    return {
        "system": each.system,
        "code": each.code,
        "display": each.display,
        "start": each.start,
        "end": each.end,
        "text": each.text,
        "status": each.status,
        "score": each.score,
        "why": list(each.why),
    }


def _gap(each: Gap) -> dict[str, Any]:
    choices = [{"code": code, "display": display} for code, display in each.choices]
    return {"code": each.code, "start": each.start, "end": each.end, "question": each.question, "choices": choices}


def _show(file: str, found: tuple[Suggestion, ...], open_ones: tuple[Gap, ...]) -> None:
    click.echo(file)
    for each in found:
        words = " ".join(each.text.split())
        click.echo(f"  {each.code:<9} {each.status:<9} {each.score:.2f}  {each.display}  “{words}”")
    for gap in open_ones:
        click.echo(f"  {gap.code:<9} {gap.question} {', '.join(code for code, _ in gap.choices)}")
