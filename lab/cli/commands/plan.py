"""``flask lab plan``: tests in, containers out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click
import msgspec
from flask.cli import with_appcontext

from clinic.cli.refusing import refusing
from lab.domain.drawn import cap_words
from lab.domain.plan_rows import as_json, rows
from lab.domain.plan_settings import read_settings
from lab.domain.tube_plan import Plan, plan
from lab.domain.whole_catalogue import Catalogue

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("plan")
@click.argument("tests", nargs=-1, required=True, metavar="TEST…")
@click.option("--set", "wishes", multiple=True, metavar="KEY=VALUE", help="A setting; may be given several times.")
@click.option("--on", "moment", type=_DAY, help="The day whose catalogue counts; today.")
@click.option("--practice", help="Whose catalogue, where there are several practices.")
@click.option("--json", "as_object", is_flag=True, help="One object instead of sentences.")
@with_appcontext
@refusing
def command(
    tests: tuple[str, ...], wishes: tuple[str, ...], moment: datetime | None, practice: str | None, *, as_object: bool
) -> None:
    r"""Plan the fewest containers for each TEST (its key in the catalogue), in order of draw, and what to ask.

    \b
    --set pediatric=yes    the smaller volumes
    --set draw=winged      a winged set: a discard tube before a light blue that is first
    --set lab=NAME         where all go: a laboratory, reference or in_house
    --set TEST=NAME        where one test goes
    --set QUESTION=ANSWER  what was answered already, such as heparin=no

    Nothing is changed. Exit code 2 and one sentence where a test or a setting is not known.
    """
    planned, catalogue = _planned(tests, wishes, moment, practice)
    if as_object:
        click.echo(msgspec.json.encode(as_json(planned, catalogue.holders, catalogue.questions)).decode())
    else:
        click.echo("\n".join(_page(planned, catalogue)))


def _planned(
    tests: tuple[str, ...], wishes: tuple[str, ...], moment: datetime | None, practice: str | None
) -> tuple[Plan, Catalogue]:
    from clinic.services.clock import today  # noqa: PLC0415  commands import when they run
    from lab.services.plan_outside import catalogue_for, laboratories_of, practice_for  # noqa: PLC0415

    on = today() if moment is None else moment.date()
    practice_id = practice_for(practice)
    laboratories = laboratories_of(practice_id)
    catalogue = catalogue_for(practice_id, on)
    wanted = catalogue.with_companions(catalogue.test(key) for key in tests)
    settings = read_settings(wishes, catalogue, [test.key for test in wanted], tuple(laboratories))
    places = settings.places or {}
    theirs = {
        name: catalogue_for(practice_id, on, laboratories[name]) for name in places.values() if name in laboratories
    }
    wanted = tuple(
        theirs[places[test.key]].test(test.key) if places.get(test.key) in theirs else test for test in wanted
    )
    planned = plan(
        wanted,
        catalogue.holders,
        pediatric=settings.pediatric,
        winged=settings.winged,
        answers=settings.answers,
        places=places,
    )
    return planned, catalogue


def _page(planned: Plan, catalogue: Catalogue) -> Iterator[str]:
    for together in rows(planned):
        first = together[0]
        holder = catalogue.holders[first.holder]
        cap = "" if holder.cap == "none" else f"{', '.join(map(cap_words, first.pieces or (first.cap,)))}: "
        tests = "; ".join(", ".join(each.tests) for each in together)
        yield f"{sum(each.count for each in together)} × {cap}{holder.name}{f' ({tests})' if tests else ''}"
        for said in first.handling:
            yield f"    {said}"
    if planned.fasting != "no":
        yield f"Fasting: {planned.fasting}, {planned.fasting_hours} hours"
    for text in planned.preparation:
        yield f"Before: {text}"
    for key in planned.ask:
        yield f"Ask: {catalogue.questions[key].words}"
