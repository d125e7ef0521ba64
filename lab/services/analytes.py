"""What a test of the house gives, and what is usual: the shipped table with the practice's own ranges over it."""

from __future__ import annotations

from functools import cache

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.domain.value import Value
from clinic.models import Fact
from clinic.settings import ROOT
from lab.domain.catalogue import TestFacts
from lab.domain.ranges import Analyte, Band, read_ranges

THING = "lab_ranges"
"""Facts alone, of the practice: the last one of an analyte counts. Reports keep the range they were judged by."""


class RangesSet(Value, frozen=True, kw_only=True):
    """``lab_ranges.set`` version 1: the practice's bands of one analyte, in place of those before."""

    test: str
    analyte: str
    bands: tuple[Band, ...]


@cache
def shipped_ranges() -> dict[str, tuple[Analyte, ...]]:
    """By test its analytes, as they come with the program."""
    return read_ranges((ROOT / "reference" / "lab" / "ranges.csv").read_text(encoding="utf-8"))


def own_ranges(practice_id: int) -> dict[tuple[str, str], tuple[Band, ...]]:
    """By test and analyte what the practice says. One statement."""
    wanted = select(Fact.body).where(Fact.practice_id == practice_id, Fact.thing == THING, Fact.thing_id == practice_id)
    said = [msgspec.convert(body, RangesSet) for body in db.session.scalars(wanted.order_by(Fact.sequence))]
    return {(each.test, each.analyte): each.bands for each in said}


def all_analytes(practice_id: int) -> dict[str, tuple[Analyte, ...]]:
    """By test its analytes as the practice has them. One statement."""
    own = own_ranges(practice_id)
    return {
        test: tuple(replace(each, bands=own.get((test, each.key), each.bands)) for each in analytes)
        for test, analytes in shipped_ranges().items()
    }


def analytes_of(practice_id: int, facts: TestFacts) -> tuple[Analyte, ...]:
    """What one test gives; a test nobody described gives a text. One statement."""
    return all_analytes(practice_id).get(facts.key) or (plain(facts),)


def plain(facts: TestFacts) -> Analyte:
    """The one analyte of a test that nobody described."""
    return Analyte(key="result", name=facts.name, kind="text", loinc=facts.loinc)
