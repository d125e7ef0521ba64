"""Canonical JSON: one claim, one text, one digest.

Keys stand in the order of the value's fields, absent fields are left out, decimals and dates are text.
A field added later defaults to absent, so what was kept keeps its bytes and its digest.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from billing.domain.claim import Claim
from billing.domain.kinds import DECODERS, decoder

_ENCODER = msgspec.json.Encoder(decimal_format="string")


class _Kind(msgspec.Struct):
    kind: str


_KIND = msgspec.json.Decoder(_Kind)
OWN = b'{"kind":"'
"""How canonical text begins."""


def to_json(claim: Claim[Any, Any]) -> bytes:
    """The claim's canonical bytes: no blanks, fields in order, absent and default fields left out."""
    return _ENCODER.encode(claim)


def from_json(text: bytes) -> Claim[Any, Any]:
    """The claim that canonical (or any equivalent) JSON says.

    Raises:
        KeyError: the kind is not one of ours.
        msgspec.ValidationError, msgspec.DecodeError: the text is not a claim of its kind.
    """
    # Canonical text says its kind at once; looking for it in any other costs a pass over the whole.
    end = text.find(b'"', len(OWN)) if text.startswith(OWN) else -1
    kind = text[len(OWN) : end].decode("ascii", "replace") if end > 0 else ""
    return (DECODERS.get(kind) or decoder(_KIND.decode(text).kind))(text)


def digest(claim: Claim[Any, Any]) -> str:
    """SHA-256 of the canonical bytes, as hexadecimal text."""
    return hashlib.sha256(to_json(claim)).hexdigest()
