"""Answers to what the bench asked: by the scan line, by a digit, or in the fields of the question."""

from __future__ import annotations

import re

from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor
from lab.domain.asking import METHODS, SEEN, Deed, Question, reasons
from lab.domain.container_words import CONDITIONS
from lab.domain.scan import Scan
from lab.models import Specimen
from lab.services.specimens import container_of

VOLUME = re.compile(r"[0-9]{1,5}(?:[.,][0-9]{1,3})?\Z")
"""Millilitres with at most three decimals, with a point or a comma: nothing is grouped at these sizes."""
VENIPUNCTURE = "venipuncture"


class Given(Value, frozen=True, omit_defaults=False, kw_only=True):
    """What was sent: the text of the input, and the fields of a question where it was answered by hand."""

    text: str = ""
    seen: str = ""
    """``id:sequence`` of the container as this bench shows it."""
    volume: str = ""
    site: str = ""
    method: str = ""
    undo: int | None = None
    """A scan of the list whose act is to be taken back."""
    cancel: bool = False

    @property
    def words(self) -> str:
        """The text without its blanks around and doubled inside."""
        return " ".join(self.text.split())


def answered(actor: Actor, row: Specimen, question: Question, scan: Scan | None, given: Given) -> Deed | None:
    """The act with what was answered; None where the scan is no answer but something new.

    Raises:
        Refused: it is no volume.
    """
    deed, text = question.deed, given.words
    match question.wants:
        case "draw":
            return _drawn(row, deed, scan, given, text)
        case "volume":
            return _poured(deed, scan, given, text)
        case "where":
            if scan and scan.kind == "key" and scan.text in "1234":
                return replace(deed, condition=tuple(CONDITIONS)[int(scan.text) - 1])
            return None
        case "seen":
            return _what_is_seen(actor, deed, scan, text)
        case "reason":
            return _why(actor, question, scan, text)


def _what_is_seen(actor: Actor, deed: Deed, scan: Scan | None, text: str) -> Deed | None:
    if scan and scan.kind == "key" and scan.text.isdigit():
        at = int(scan.text) - 1
        return replace(deed, seen=tuple(SEEN)[at]) if 0 <= at < len(SEEN) else None
    return replace(deed, words=text) if text and _is_words(actor, scan) else None


def _why(actor: Actor, question: Question, scan: Scan | None, text: str) -> Deed | None:
    if scan and scan.kind == "key" and scan.text.isdigit():
        offered, at = reasons(question), int(scan.text) - 1
        return replace(question.deed, reason=offered[at]) if 0 <= at < len(offered) else None
    return replace(question.deed, reason=text) if text and _is_words(actor, scan) else None


def _is_words(actor: Actor, scan: Scan | None) -> bool:
    """Whether a text is an answer in words: no card, no key, no container that there is."""
    if scan is None:
        return True
    if scan.kind != "container":
        return False
    taken = select(Specimen.id).where(Specimen.practice_id == actor.practice_id, Specimen.number == scan.text)
    return db.session.scalar(taken) is None


def _drawn(row: Specimen, deed: Deed, scan: Scan | None, given: Given, text: str) -> Deed | None:
    """An empty answer, or the card once more, takes what is offered; a number is the volume."""
    again = scan is not None and (scan.kind, scan.text) == ("step", "collect")
    number = VOLUME.match(text) is not None and not again
    if text and not number and not again:
        return None
    return replace(
        deed,
        volume_ul=microlitres(text if number else given.volume),
        method=given.method.strip() or usual_method(row),
        site=given.site.strip() or None,
    )


def _poured(deed: Deed, scan: Scan | None, given: Given, text: str) -> Deed | None:
    typed = text or given.volume.strip()
    if not typed or (text and not VOLUME.match(text) and scan is not None):
        return None
    return replace(deed, volume_ul=microlitres(typed))


def usual_method(row: Specimen) -> str:
    """How a container is filled, by the first of its tests that says so; else from a vein."""
    named = (need.method for need in container_of(row).needs if need.method)
    return next((METHODS.get(code, code.lower()) for code in named), VENIPUNCTURE)


def microlitres(text: str) -> int | None:
    """Millilitres as typed, in microlitres; None for nothing.

    Raises:
        Refused: it is no volume.
    """
    typed = text.strip()
    if not typed:
        return None
    if not VOLUME.match(typed):
        raise Refused(
            N_("“%(text)s” is not a volume."),
            where="volume",
            remedy=N_("Give millilitres, as in 1.5."),
            text=typed[:24],
        )
    whole, _, decimals = typed.replace(",", ".").partition(".")
    return int(whole) * 1000 + int((decimals + "000")[:3])
