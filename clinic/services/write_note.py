"""Writing a note: once, under one's own name. An addition or a correction is a further note."""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.visit_story import NoteWritten
from clinic.domain.words import N_
from clinic.models import Note, Visit
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import one
from clinic.services.visit_facts import tell

SECTIONS = ("subjective", "objective", "assessment", "plan", "document")
MOST_LETTERS = 100_000


def write_note(actor: Actor, visit_id: int, text: str, section: str = "document") -> int:
    """Write a note for a visit; gives its id.

    Raises:
        Refused: it is empty, too long for one note, or of no known part.
    """
    with acting(actor, "note.write") as work:
        return put_note(work, one(actor, Visit, visit_id).id, text, section)


def put_note(work: Work, visit_id: int, text: str, section: str = "document") -> int:
    """Write a note inside an act that is under way; gives its id.

    Raises:
        Refused: it is empty, too long for one note, or of no known part.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refused(N_("The note is empty."), where="text", remedy=N_("Write something, or leave it."))
    if len(words) > MOST_LETTERS:
        raise Refused(N_("The note is longer than 100,000 letters."), where="text", remedy=N_("Write two notes."))
    if section not in SECTIONS:
        raise Refused(N_("This is not one of the choices."), where="section", remedy=N_("Choose one of the list."))
    row = Note(
        practice_id=work.actor.practice_id,
        visit_id=visit_id,
        section=section,
        text=words,
        author_id=work.actor.staff_id,
        author_name=work.actor.name,
        written_at=work.at,
    )
    work.session.add(row)
    work.session.flush()
    tell(work, visit_id, "visit.note_written", NoteWritten(note_id=row.id, section=section))
    return row.id
