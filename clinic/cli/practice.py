"""``flask practice``: founding one, the only thing that cannot be done from inside it."""

from __future__ import annotations

import click
import msgspec
from flask.cli import AppGroup

from clinic.cli.refusing import refusing

group = AppGroup("practice", help="The practices of this house.")


@group.command("found")
@click.argument("name")
@click.option("--username", required=True, help="What the administrator logs in with.")
@click.option("--first", required=True, help="The administrator's first name.")
@click.option("--last", required=True, help="The administrator's last name.")
@click.option("--json", "as_json", is_flag=True, help="One object instead of sentences.")
@refusing
def found(name: str, username: str, first: str, last: str, *, as_json: bool) -> None:
    """Found the practice NAME with its administrator, and print a pass phrase that is shown this once.

    A practice that an import has made, and in which nobody works yet, is taken over. Exit code 2, and nothing changed,
    where a name is taken or the database holds the demo.
    """
    from clinic.services.open_practice import open_practice  # noqa: PLC0415  commands import when they run

    practice_id, phrase = open_practice(name, username, first, last)
    user = username.strip().lower()
    if as_json:
        click.echo(msgspec.json.encode({"practice": practice_id, "username": user, "pass_phrase": phrase}).decode())
        return
    click.echo(f"{name.strip()} is founded. Log in as {user}")
    click.echo(f"pass phrase, shown this once: {phrase}")
