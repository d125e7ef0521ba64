"""The kinds of claim there are, and how each is read back from canonical JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from billing.domain.claim import Claim
from billing.domain.dental import Dental, DentalAct
from billing.domain.professional import Professional, ProfessionalAct
from clinic.domain.value import Value


class KindOfClaim(Value, frozen=True):
    """A kind: its key and the types of its two parts."""

    key: str
    part: type[Any]
    act_part: type[Any]


KINDS: dict[str, KindOfClaim] = {}
DECODERS: dict[str, Callable[[bytes], Claim[Any, Any]]] = {}


def register(kind: KindOfClaim) -> KindOfClaim:
    """Make a kind known. Its decoder is built once.

    Raises:
        ValueError: another kind has the key.
    """
    if KINDS.get(kind.key, kind) != kind:
        message = f"two kinds of claim are called {kind.key}"
        raise ValueError(message)
    KINDS[kind.key] = kind
    decoder = msgspec.json.Decoder(Claim[kind.part, kind.act_part])  # type: ignore[name-defined]
    DECODERS[kind.key] = decoder.decode
    return kind


def decoder(key: str) -> Callable[[bytes], Claim[Any, Any]]:
    """The function that reads canonical JSON of one kind.

    Raises:
        KeyError: no such kind.
    """
    return DECODERS[key]


PROFESSIONAL = register(KindOfClaim("professional", Professional, ProfessionalAct))
DENTAL = register(KindOfClaim("dental", Dental, DentalAct))
