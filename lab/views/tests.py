"""The catalogue of tests: all of them, one with where each of its values comes from, and all as a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select

from clinic import sections
from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.find import Unknown
from clinic.views import formats, things
from clinic.views.guard import actor
from clinic.views.things import Kind
from lab.domain.catalogue import TestFacts
from lab.domain.catalogue_csv import write_tests
from lab.domain.tube_plan import default_place, plan
from lab.domain.whole_catalogue import Catalogue
from lab.models import Laboratory, TestVersion
from lab.services.catalogue import catalogue_on
from lab.services.shipped import shipped
from lab.views.drawing import milliliters
from lab.views.words_of_tests import CHOICES, GROUPS, HINTS, LABELS, ORIGINS

screens = Blueprint("lab_tests", __name__, url_prefix="/house/tests")

sections.declare(Section("tests", N_("Tests"), "lab.read", "lab_tests.index", order=36))
things.declare(lab_test=Kind(N_("version of a test")))


class Shown(NamedTuple):
    """A field of a test as its page shows it."""

    name: str
    label: str
    hint: str
    value: Any
    origin: str
    below: Any
    """What it would be without the words of practice and laboratory."""
    uncertain: bool


def today_here() -> date:
    """The practice's day."""
    return formats.now().astimezone(formats.zone()).date()


def laboratories() -> dict[int, str]:
    """The laboratories in use that run tests, by id."""
    rows = db.session.execute(
        select(Laboratory.id, Laboratory.name)
        .where(Laboratory.practice_id == actor().practice_id, Laboratory.active, ~Laboratory.dental)
        .order_by(Laboratory.name)
    )
    return {row.id: row.name for row in rows}


def asked_laboratory(known: dict[int, str]) -> int | None:
    """The laboratory that the address names.

    Raises:
        Unknown: it is none of the practice's.
    """
    asked = request.args.get("laboratory", "")
    if not asked:
        return None
    if not asked.isdecimal() or int(asked) not in known:
        raise Unknown("laboratory")
    return int(asked)


@screens.get("")
@requires("lab.read")
def index() -> str:
    """All tests, narrowed by words, category, and where they are run."""
    known = laboratories()
    laboratory = asked_laboratory(known)
    catalogue = catalogue_on(actor().practice_id, today_here(), laboratory)
    text = request.args.get("q", "").strip()
    category, setting = request.args.get("category", ""), request.args.get("setting", "")
    rows = [
        test
        for test in catalogue.tests.values()
        if _holds(test, text.casefold())
        and category in {"", test.category}
        and (not setting or setting in test.settings)
    ]
    rows.sort(key=lambda test: str(_(test.name)).casefold())
    return render_template(
        "lab/tests.html",
        rows=rows,
        catalogue=catalogue,
        text=text,
        category=category,
        setting=setting,
        categories=sorted({test.category for test in catalogue.tests.values()}),
        settings=CHOICES["settings"],
        laboratories=known,
        laboratory=laboratory,
    )


def _holds(test: TestFacts, text: str) -> bool:
    if not text:
        return True
    fields = (test.key, test.name, _(test.name), test.loinc or "", *test.procedures, *test.choices, *test.dental)
    return any(text in field.casefold() for field in fields)


@screens.get("/export")
@requires("lab.read")
def export() -> Response:
    """All tests as they hold today, as a file that can be loaded again."""
    laboratory = asked_laboratory(laboratories())
    catalogue = catalogue_on(actor().practice_id, today_here(), laboratory)
    answer = Response(write_tests(catalogue.tests.values()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="tests-{today_here()}.csv"'
    return answer


@screens.get("/test/<key>")
@requires("lab.read")
def show(key: str) -> str:
    """One test: its values and who says them, its versions, and the tube it is taken in."""
    known = laboratories()
    laboratory = asked_laboratory(known)
    catalogue = catalogue_on(actor().practice_id, today_here(), laboratory)
    test = catalogue.tests.get(key)
    versions = versions_of(key)
    if test is None and not versions:
        raise Unknown("lab_test")
    planned = plan(catalogue.with_companions([test]), catalogue.holders) if test else None
    return render_template(
        "lab/test.html",
        key=key,
        test=test,
        groups=_groups(test, catalogue) if test else (),
        versions=versions,
        planned=planned,
        place=default_place(test) if test else None,
        holders=catalogue.holders,
        questions=catalogue.questions,
        laboratories=known,
        laboratory=laboratory,
        origins=ORIGINS,
        labels=LABELS,
        today=today_here(),
    )


def _groups(test: TestFacts, catalogue: Catalogue) -> list[tuple[str, list[Shown]]]:
    origins = catalogue.origins.get(test.key, {})
    below = catalogue_below(test.key)
    return [
        (
            heading,
            [
                Shown(
                    name=name,
                    label=label,
                    hint=hint,
                    value=getattr(test, name),
                    origin=origins.get(name, "base"),
                    below=getattr(below, name) if below is not None and name in origins else None,
                    uncertain=name in test.uncertain,
                )
                for name, label, hint in fields
                if getattr(test, name) not in (None, (), False) or name in origins
            ],
        )
        for heading, fields in GROUPS
    ]


def catalogue_below(key: str) -> TestFacts | None:
    """A test as it is shipped."""
    return shipped().tests.get(key)


class Version(NamedTuple):
    """One version of a test as its page lists it."""

    row: TestVersion
    who: str | None
    laboratory: str | None


def versions_of(key: str) -> list[Version]:
    """All versions of a test, the one that begins last on top."""
    practice_id = actor().practice_id
    rows = db.session.execute(
        select(TestVersion, Staff, Laboratory.name)
        .outerjoin(Staff, (Staff.practice_id == TestVersion.practice_id) & (Staff.id == TestVersion.created_by))
        .outerjoin(
            Laboratory,
            (Laboratory.practice_id == TestVersion.practice_id) & (Laboratory.id == TestVersion.laboratory_id),
        )
        .where(TestVersion.practice_id == practice_id, TestVersion.test_key == key)
        .order_by(TestVersion.effective_on.desc(), TestVersion.id.desc())
    )
    return [Version(row, member.name if member else None, laboratory) for row, member, laboratory in rows]


@screens.app_template_filter("minutes")
def minutes(value: int | None) -> str:
    """Minutes as a span of time: ``2 h``, ``3 d``."""
    return "" if value is None else formats.span(timedelta(minutes=value))


@screens.app_template_global("test_value")
def test_value(name: str, value: Any) -> str:
    """A field's value in words."""
    if name in CHOICES:
        words = CHOICES[name]
        parts = value if isinstance(value, tuple | list) else [value]
        return ", ".join(str(_(words.get(part, part))) for part in parts if part)
    if value is True:
        return str(_("yes"))
    if value is None or value is False:
        return str(_("not stated") if value is None else _("no"))
    if isinstance(value, tuple | list):
        return "; ".join(str(_(str(part))) for part in value) or str(_("not stated"))
    if isinstance(value, int):
        return _number(name, value)
    return str(_(value)) if name in {"name", "category", "specimen"} else str(value)


def _number(name: str, value: int) -> str:
    if name.endswith("_minutes"):
        if value == 0 and name in {"room_minutes", "refrigerated_minutes", "frozen_minutes"}:
            return str(_("not acceptable"))
        return formats.span(timedelta(minutes=value))
    if name.endswith("_ul"):
        return milliliters(value)
    hint = HINTS.get(name, "")
    return f"{value} {_(hint)}" if hint in {"g", "days", "hours"} else str(value)
