"""``flask charges``: the charge list, from a file."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
from flask.cli import AppGroup

from clinic.cli.refusing import Refusal, refusing, said
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

group = AppGroup("charges", help="The charge list.")


@group.command("load")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object: added, changed, unchanged.")
@click.option("--practice", "practice_name", help="The practice's name, where there are several.")
@refusing
def load(file: Path, as_json: bool, practice_name: str | None) -> None:
    """Load a CSV file with the columns code, words, price (120.00).

    A code that is on the list gets the words and price of the file; prices for single payers stay. Where any line is
    wrong, all wrong lines are named, nothing is changed, and the exit code is 2.
    """
    from clinic.services.choose_practice import choose_practice  # noqa: PLC0415  commands import what they need
    from clinic.services.load_charges import load_charges, read_charges  # noqa: PLC0415

    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(
            N_("It cannot be read as text."), where=str(file), remedy=N_("Give a CSV file in UTF-8.")
        ) from None
    rows, wrong = read_charges(text, str(file))
    if wrong:
        raise Refusal(*map(said, wrong))
    loaded = load_charges(choose_practice(practice_name), rows)
    if as_json:
        click.echo(msgspec.json.encode(loaded).decode())
    else:
        click.echo(f"{loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged")
