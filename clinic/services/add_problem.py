"""Adding a problem to a visit: a code of ICD-10-CM judged on the day of the visit (law 11), or words alone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from clinic.codes.release import Entry, keyed
from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.domain.visit_story import ProblemAdded, ProblemWithdrawn
from clinic.domain.words import N_
from clinic.models import Problem, Visit
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import held
from clinic.services.find import one
from clinic.services.library import library
from clinic.services.visit_facts import tell

IN_ERROR = "entered-in-error"
_WORDS = 300


def add_problem(actor: Actor, visit_id: int, text: str, code: str | None = None, onset: date | None = None) -> int:
    """Add a problem by a code that was chosen, else by what was typed: a code where it is one, else words.

    Raises:
        Refused: nothing was typed, the code is none, it stands there already, or it began after the visit.
    """
    with acting(actor, "visit.write") as work:
        visit = one(actor, Visit, visit_id)
        words, entry = " ".join(text.split()), _entry(code or text, visit.on)
        if code and entry is None:
            raise Refused(
                N_("“%(code)s” is no code of ICD-10-CM."), where="text", remedy=N_("Choose one of the list."), code=code
            )
        if entry is None and not words:
            raise Refused(N_("Nothing was typed."), where="text", remedy=N_("Type a code or words."))
        if len(words) > _WORDS:
            raise Refused(N_("A problem is a line."), where="text", remedy=N_("Write the rest as a note."))
        if onset and onset > visit.on:
            raise Refused(N_("It began after the visit."), where="onset", remedy=N_("Look at the day."))
        if entry is not None and _stands(work, visit, entry.value):
            raise Refused(N_("This problem stands there already."), where="text")
        row = Problem(
            practice_id=actor.practice_id,
            patient_id=visit.patient_id,
            visit_id=visit.id,
            system=ICD10CM if entry else None,
            code=entry.value if entry else None,
            words=entry.display if entry else words,
            onset=onset,
        )
        work.session.add(row)
        work.session.flush()
        body = ProblemAdded(problem_id=row.id, words=row.words, system=row.system, code=row.code, onset=onset)
        tell(work, visit.id, "visit.problem_added", body)
        return row.id


def withdraw_problem(actor: Actor, problem_id: int) -> int:
    """Say that a problem was entered in error: it stays in the record and counts no more. Gives its visit's id.

    Raises:
        Refused: it belongs to no visit, or that was said already.
    """
    with acting(actor, "visit.write") as work:
        row = held(work, Problem, problem_id)
        if row.visit_id is None or row.status == IN_ERROR:
            raise Refused(N_("This problem counts no more already."), where="text")
        row.status = IN_ERROR
        tell(work, row.visit_id, "visit.problem_withdrawn", ProblemWithdrawn(problem_id=row.id))
        return row.visit_id


def _entry(text: str, on: date) -> Entry | None:
    value = keyed(ICD10CM, text)
    return library().lookup(ICD10CM, value, on) if value else None


def _stands(work: Work, visit: Visit, code: str) -> bool:
    wanted = select(Problem.code).where(
        Problem.practice_id == visit.practice_id, Problem.visit_id == visit.id, Problem.status != IN_ERROR
    )
    return any(each and keyed(ICD10CM, each) == code for each in work.session.scalars(wanted))
