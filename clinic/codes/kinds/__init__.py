"""One file a KIND of code-set file; each declares a ``KIND`` and is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from clinic.codes.kind import Kind
from clinic.codes.layout import Mapped


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by what is typed for them, in that order.

    Raises:
        ValueError: two files declare one key.
    """
    found: dict[str, Kind] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        kind = getattr(loaded, "KIND", None)
        if isinstance(kind, Kind):
            if kind.key in found:
                raise ValueError(f"two files declare the kind {kind.key}")
            found[kind.key] = kind
    return MappingProxyType(dict(sorted(found.items())))


@cache
def openers() -> Mapping[str, Callable[[Mapped], Any]]:
    """How the files of each shape other than entries are opened."""
    return MappingProxyType({kind.shape: kind.opener for kind in kinds().values() if kind.opener is not None})


def leading_to(system: str) -> tuple[str, ...]:
    """The systems of the indexes whose terms lead to codes of a system."""
    return tuple(each for kind in kinds().values() if kind.leads_to == system for each in kind.systems)


def kind_of(system: str) -> Kind | None:
    """The kind that makes releases of a system; None for a table of our own."""
    return next((kind for kind in kinds().values() if system in kind.systems), None)
