"""Steps of the code picker: from a family to one of its codes, and what the classification says at a code."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, render_template, request, url_for

from clinic.codes.ladder import ASKS
from clinic.codes.release import Note, shown
from clinic.domain.code import ICD10CM
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.services.find_codes import climb, displays
from clinic.services.library import library
from clinic.views.today_here import today_here

screens = Blueprint("code_picker", __name__, url_prefix="/codes")

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_LONGEST = 300
NOTES: dict[str, str] = {
    "excludes1": N_("Not coded here (excludes 1)"),
    "excludes2": N_("Not included here (excludes 2)"),
    "codeFirst": N_("Code first"),
    "useAdditionalCode": N_("Use an additional code"),
    "codeAlso": N_("Code also"),
    "includes": N_("Includes"),
    "inclusionTerm": N_("Also called"),
    "notes": N_("Note"),
    "sevenChrNote": N_("Seventh character"),
}
"""The kinds of notes in the order they matter to who codes."""


@screens.get("/ladder")
@requires("codes.read")
def ladder() -> str:
    """The next question below a family, in the list that the family stood in."""
    on, system = _on(), ICD10CM
    place = _place(on)
    header, typed = request.args.get("at", "")[:12], request.args.get("typed", "")[:_LONGEST]
    answers = [answer[:40] for answer in request.args.getlist("pick")[:20]]
    step = climb(system, header, on, answers, typed)
    codes = [choice.code for choice in step.choices if choice.code] + ([step.code] if step.code else [])
    entries = displays(system, [header, *codes], on)
    return render_template(
        "clinic/code_ladder.html",
        step=step,
        asks=ASKS[step.axis] if step.axis else "",
        entries=entries,
        header=entries.get(header),
        as_code=lambda value: shown(system, value),
        typed=typed,
        back=_back(header, typed, answers, place),
        **place,
    )


@screens.get("/notes")
@requires("codes.read")
def notes() -> str:
    """What is said at a code and at all that stands above it."""
    value, on = request.args.get("code", "")[:12], _on()
    entry = library().lookup(ICD10CM, value, on)
    said = library().notes(ICD10CM, value, on) if entry is not None else []
    return render_template("clinic/code_notes.html", entry=entry, notes=in_order(said), shown=shown)


def in_order(said: list[Note]) -> list[tuple[str, list[Note]]]:
    """Notes by kind, those that forbid or demand a code first; within a kind nearest first."""
    kinds = ((words, [note for note in said if note.kind == kind]) for kind, words in NOTES.items())
    return [(words, those) for words, those in kinds if those]


def _on() -> date:
    """The day of service the page said; today where it said none or no day."""
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today_here()


def _place(on: date) -> dict[str, object]:
    """Of which form the picker is part, and when; what is no plain name is left out."""
    given = {name: request.args.get(name, "") for name in ("form", "name")}
    place: dict[str, object] = {f"{name}_": value if _NAME.fullmatch(value) else "" for name, value in given.items()}
    return place | {"on": on.isoformat(), "whole": 1 if request.args.get("whole") else None}


def _back(header: str, typed: str, answers: list[str], place: dict[str, object]) -> str | None:
    """One question back; None at the first."""
    if not answers:
        return None
    return url_for(
        "code_picker.ladder", at=header, typed=typed, pick=answers[:-1], form=place["form_"], name=place["name_"],
        on=place["on"], whole=place["whole"],
    )  # fmt: skip
