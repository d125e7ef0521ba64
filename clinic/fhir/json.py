"""JSON in which a decimal keeps every digit.

FHIR decimals carry meaning in their digits (``135.50``), which a float loses; so numbers with a point or an
exponent are ``Decimal`` on the way in and on the way out.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_BOM = b"\xef\xbb\xbf"


def dumps(value: Any, *, indent: int = 0) -> bytes:
    """The JSON text of plain values in UTF-8; a Decimal stands in it as its own digits.

    Raises:
        ValueError: a number is not finite, which JSON cannot say.
    """
    text = _ENCODER.encode(value)
    if b"NaN" in text or b"Infinity" in text:
        _finite(value)
    return msgspec.json.format(text, indent=indent) if indent else text


def loads(text: bytes, *, where: str = "") -> Any:
    """The plain values that JSON text says, numbers with a point or exponent as Decimal.

    Raises:
        Refused: the text is not JSON, or is nested deeper than any resource is.
    """
    try:
        return _DECODER.decode(text.removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError, InvalidOperation) as error:
        raise Refused(
            N_("This is not JSON in UTF-8."), where=where, remedy=N_("Export the file again, or correct it.")
        ) from error
    except RecursionError as error:
        raise Refused(
            N_("This is nested too deeply to be a resource."), where=where, remedy=N_("Export the file again.")
        ) from error


def _finite(value: Any) -> None:
    """Raise where a Decimal in ``value`` is NaN or infinite (a string may well hold those letters)."""
    if isinstance(value, Decimal) and not value.is_finite():
        message = "JSON has no number that is not finite"
        raise ValueError(message)
    if isinstance(value, dict):
        for item in value.values():
            _finite(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _finite(item)
