"""Places in the mouth a specimen is taken from: the table of facts, its words, and where each lies on our map."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from typing import Literal

import msgspec

from clinic.domain.value import Value
from clinic.domain.words import N_

Side = Literal["right", "middle", "left"]


class OralSite(Value, frozen=True, kw_only=True):
    """A place in the mouth. Right and left are the patient's; the map is seen from in front."""

    key: str
    words: str
    group: str
    x: int
    y: int
    """On the map of ``site_map``."""
    side: Side | None = None
    snomed: str | None = None
    """SNOMED CT body structure, where it is certain; of the whole structure where a part has no code here."""
    area: str | None = None
    """ISO 3950: 01 and 02 the jaws, 10 to 40 the quadrants."""


SIDES: dict[str, str] = {"right": N_("right side"), "middle": N_("in the middle"), "left": N_("left side")}
GROUPS: dict[str, str] = {
    "lips": N_("Lips"),
    "cheeks": N_("Cheeks and vestibule"),
    "gums": N_("Gums and ridges"),
    "palate": N_("Palate and throat"),
    "tongue": N_("Tongue"),
    "floor": N_("Floor of the mouth"),
    "jaws": N_("Jaws"),
}
WORDS: frozenset[str] = frozenset(
    {
        N_("Upper lip, vermilion"),
        N_("Lower lip, vermilion"),
        N_("Upper lip, mucosa"),
        N_("Lower lip, mucosa"),
        N_("Corner of the mouth"),
        N_("Cheek mucosa"),
        N_("Upper vestibule"),
        N_("Upper vestibule, front"),
        N_("Lower vestibule"),
        N_("Lower vestibule, front"),
        N_("Upper gingiva or ridge"),
        N_("Upper gingiva or ridge, front"),
        N_("Lower gingiva or ridge"),
        N_("Lower gingiva or ridge, front"),
        N_("Tuberosity"),
        N_("Retromolar pad"),
        N_("Hard palate"),
        N_("Soft palate"),
        N_("Uvula"),
        N_("Tonsillar pillar"),
        N_("Tongue, upper surface"),
        N_("Tongue, border"),
        N_("Tongue, tip"),
        N_("Tongue, base"),
        N_("Tongue, underside"),
        N_("Floor of the mouth"),
        N_("Upper jaw, in the bone"),
        N_("Lower jaw, in the bone"),
    }
)


def read_sites(text: str) -> dict[str, OralSite]:
    """The rows of oral_sites.csv by their keys, in the order of the table."""
    return {
        row["key"]: msgspec.convert({name: value for name, value in row.items() if value}, OralSite, strict=False)
        for row in csv.DictReader(StringIO(text))
    }


def said_site(site: OralSite, said: Callable[[str], str]) -> str:
    """A site in words: ``Cheek mucosa, left side``. ``said`` translates a message id."""
    return f"{said(site.words)}, {said(SIDES[site.side])}" if site.side else said(site.words)
