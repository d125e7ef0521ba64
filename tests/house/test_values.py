"""Every value of the house keeps the rules of :class:`clinic.domain.value.Value`."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator

import msgspec

from clinic.domain.value import Value
from tests.house.tree import PACKAGES, modules, text

OF_A_VALUE = re.compile(r"^class \w+\(.*\bfrozen=True", re.MULTILINE)


def _below(kind: type[Value]) -> Iterator[type[Value]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _values() -> list[type[Value]]:
    for path in modules(*PACKAGES):
        if OF_A_VALUE.search(text(path) or ""):
            importlib.import_module(".".join(path.with_suffix("").parts))
    return sorted(
        {kind for kind in _below(Value) if kind.__module__.split(".")[0] in PACKAGES},
        key=lambda kind: (kind.__module__, kind.__qualname__),
    )


def _faults(kind: type[Value]) -> Iterator[str]:
    settings = kind.__struct_config__
    if not (settings.frozen and settings.forbid_unknown_fields):
        yield "not frozen and closed"
    # Where defaults are written out, any will do: what was kept before still says what it said.
    for field in msgspec.structs.fields(kind) if settings.omit_defaults else ():
        # By identity, as msgspec itself compares when it leaves a default out.
        plain = any(field.default is allowed for allowed in (msgspec.NODEFAULT, None, False, ()))
        if field.default_factory is not msgspec.NODEFAULT or not plain:
            yield f"{field.name} has a default"


def test_a_value_is_frozen_closed_and_defaults_to_nothing() -> None:
    kinds = _values()
    assert {"Claim", "Code", "Money"} <= {kind.__name__ for kind in kinds}
    assert [f"{kind.__module__}.{kind.__qualname__}: {fault}" for kind in kinds for fault in _faults(kind)] == []
