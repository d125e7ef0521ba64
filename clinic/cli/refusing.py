"""How a command says no: one line on standard error in the language of the terminal, exit code 2, nothing changed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, ProgrammingError

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_P = ParamSpec("_P")


class Refusal(click.ClickException):
    """What is said, and exit code 2."""

    exit_code = 2

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[0])
        self.further = lines[1:]

    def show(self, file: object = None) -> None:
        """Say it; further lines stand for themselves."""
        del file
        click.echo(_("Error: %(what)s", what=self.message), err=True)
        for line in self.further:
            click.echo(line, err=True)


def refusing(command: Callable[_P, None]) -> Callable[_P, None]:
    """A command whose ``Refused`` ends it in that way; so does a database that was never set up."""

    @functools.wraps(command)
    def run(*args: _P.args, **options: _P.kwargs) -> None:
        try:
            command(*args, **options)
        except Refused as refused:
            raise Refusal(said(refused)) from None
        except (OperationalError, ProgrammingError):
            db.session.rollback()
            if up_to_date():
                raise
            raise Refusal(said(not_set_up())) from None

    return run


def said(refused: Refused) -> str:
    """A refusal in one line: where, what, and what to do."""
    params = refused.filled(_)
    parts = [f"{refused.where}: " if refused.where else "", _(refused.what, **params)]
    if refused.remedy:
        parts.append(f" {_(refused.remedy, **params)}")
    return "".join(parts)


def not_set_up() -> Refused:
    """The database has no tables, or those of an older release."""
    return Refused(N_("The database is not set up for this release."), remedy=N_("Type first: flask db upgrade"))


def up_to_date() -> bool:
    """Whether the database stands where the migrations end."""
    scripts = ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(scripts.get_heads())
