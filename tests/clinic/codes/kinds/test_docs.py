"""docs/codes.md tells each kind as its file declares it. ``CABINET_UPDATE_DOCS=1`` writes it anew."""

from __future__ import annotations

from clinic.codes.kinds import kinds
from tests.house.blocks import written


def section(key: str) -> str:
    kind = kinds()[key]
    systems = ", ".join(f"`{system}`" for system in kind.systems)
    lines = [
        f"### {key}", "", f"{kind.title}. {kind.origin}", "", f"- layout: {kind.layout}", f"- systems: {systems}",
        f"- licence: {kind.licence}", f"- an edition is relied on for {kind.months} months", "",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def test_every_kind_is_told_as_it_is():
    expected = "\n" + "".join(section(key) for key in kinds())
    assert written("docs/codes.md", "kinds", expected) == expected


def test_every_kind_says_all_of_itself():
    for kind in kinds().values():
        assert all((kind.title, kind.licence, kind.origin, kind.layout, kind.systems)), kind.key
        assert kind.origin.endswith("."), kind.key
        assert 1 <= kind.months <= 12
