"""A file of values that another practice has saved, taken in here."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

MOST_BYTES = 1 << 18
T = TypeVar("T")


class TakeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The file."""

    file = FileField(_l("File"))


def values_of(file: Any, of: type[T], otherwise: str) -> list[T]:
    """The values of a file; ``otherwise`` says that it is no such file.

    Raises:
        Refused: there is none, it is too large, or holds something else.
    """
    remedy = N_("Give the file that another practice has saved here.")
    data = file.read(MOST_BYTES + 1) if file else b""
    if not data or len(data) > MOST_BYTES:
        raise Refused(N_("There is no file, or it is too large."), where="file", remedy=remedy)
    try:
        found: list[T] = msgspec.json.decode(data, type=list[of])  # type: ignore[valid-type]  # a type at run time
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(otherwise, where="file", remedy=remedy) from None
    return found
