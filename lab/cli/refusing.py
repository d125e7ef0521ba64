"""How a command says no: one line on standard error, exit code 2."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec

import click

from clinic.domain.refusal import Refused

_P = ParamSpec("_P")


class Refusal(click.ClickException):
    """One line on standard error, and exit code 2."""

    exit_code = 2


def refusing(command: Callable[_P, None]) -> Callable[_P, None]:
    """A command whose ``Refused`` ends it in that way."""

    @functools.wraps(command)
    def run(*args: _P.args, **options: _P.kwargs) -> None:
        try:
            command(*args, **options)
        except Refused as refused:
            raise Refusal(str(refused)) from None

    return run
