"""Finding what a package offers: a file a screen, a file a command group, nothing to register by hand (law 8)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any


def offered(package: str, name: str) -> Iterator[Any]:
    """The attribute ``name`` of each module of a package that has one, in the order of the modules' names."""
    parent = importlib.import_module(package)
    names = sorted(module.name for module in pkgutil.iter_modules(parent.__path__))
    # all are loaded before the first is used: several modules may put their routes on one blueprint
    for loaded in [importlib.import_module(f"{package}.{each}") for each in names]:
        if hasattr(loaded, name):
            yield getattr(loaded, name)
