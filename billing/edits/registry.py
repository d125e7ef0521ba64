"""All edits there are: every module of this package that is called ``<topic>_<what>`` holds one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType

from billing import edits as package
from billing.edits import paths
from billing.edits.declare import EVERY_TEXT, Declaration
from billing.edits.example import EXAMPLE_FACTS
from billing.edits.facts import AnyClaim, Facts
from billing.payers import PROFILES


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An edit as its file has it."""

    module: str
    """The file's name, without folder and ending."""
    declared: Declaration
    fails: tuple[AnyClaim, ...]
    """Claims on which it fires, and it alone."""
    passes: tuple[AnyClaim, ...]
    """Claims close by on which nothing fires."""
    facts: Facts
    """With what its examples are judged."""

    @property
    def code(self) -> str:
        return self.declared.code


def read(module: ModuleType) -> Edit:
    """The edit of a module.

    Raises:
        ValueError: it declares none or several, or has no examples.
    """
    name = module.__name__.rpartition(".")[2]
    declared = [
        value.__edit__
        for value in vars(module).values()
        if isinstance(getattr(value, "__edit__", None), Declaration) and value.__module__ == module.__name__
    ]
    if len(declared) != 1:
        raise ValueError(f"{name}: a file declares one edit, this one {len(declared)}")
    examples = {each: getattr(module, each, ()) for each in ("FAILS", "PASSES")}
    for each, claims in examples.items():
        if not claims:
            raise ValueError(f"{name}: no example called {each}")
    return Edit(
        module=name,
        declared=declared[0],
        fails=examples["FAILS"],
        passes=examples["PASSES"],
        facts=getattr(module, "FACTS", EXAMPLE_FACTS),
    )


def together(edits: Iterable[Edit]) -> dict[str, Edit]:
    """Edits by code, in its order, once they are known to go together.

    Raises:
        ValueError: two have one code, or one names a field, edit or payer that does not exist, or edits make each
            other redundant in a ring, so that none of them would be told.
    """
    found: dict[str, Edit] = {}
    for each in sorted(edits, key=lambda each: each.code):
        if each.code in found:
            raise ValueError(f"{found[each.code].module} and {each.module} are both {each.code}")
        found[each.code] = each
    for each in found.values():
        _names_what_exists(each.declared, found)
    for profile in PROFILES.values():
        for code in (*profile.on, *profile.off):
            if code not in found:
                raise ValueError(f"payer {profile.key} names the edit {code}, which does not exist")
    return found


def _names_what_exists(declared: Declaration, edits: dict[str, Edit]) -> None:
    for kind in declared.kinds:
        for field in declared.fields if declared.fields != EVERY_TEXT else ():
            paths.require(kind, field)
    for other in declared.makes_redundant:
        if other not in edits:
            raise ValueError(f"{declared.code} makes redundant {other}, which does not exist")
        _no_way_back(edits, declared.code, other, set())
    for key in declared.payers:
        if key not in PROFILES:
            raise ValueError(f"{declared.code} holds for payer {key}, which does not exist")


def _no_way_back(edits: dict[str, Edit], start: str, code: str, seen: set[str]) -> None:
    if code == start:
        raise ValueError(f"{start} makes itself redundant")
    if code in edits and code not in seen:
        seen.add(code)
        for other in edits[code].declared.makes_redundant:
            _no_way_back(edits, start, other, seen)


def scan() -> dict[str, Edit]:
    """The edits of this package.

    Raises:
        ValueError: a file is not as an edit must be, or they do not go together.
    """
    names = sorted(module.name for module in iter_modules(package.__path__) if "_" in module.name)
    return together(read(import_module(f"billing.edits.{name}")) for name in names)


EDITS = MappingProxyType(scan())
