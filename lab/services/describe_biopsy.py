"""Saying where in the mouth a specimen is taken from, how it is turned, and what is suspected."""

from __future__ import annotations

from collections.abc import Callable

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor
from lab.domain.biopsy_story import MARKS, Described, Mark
from lab.domain.oral_sites import said_site
from lab.services.biopsy_facts import described, lines_of_the_mouth, oral_line, rows_of, still_open
from lab.services.change_line import changed
from lab.services.dental_tables import oral_sites
from lab.services.hold_lines import hold_lines
from lab.services.in_order import in_order
from lab.services.plan_again import plan_again
from lab.services.plan_containers import SITE

MOST_DETAIL, MOST_WORDS = 80, 500


class Taken(Value, frozen=True, kw_only=True):
    """What a form says of a specimen from the mouth."""

    site: str
    mark: Mark
    detail: str | None = None
    orientation: str | None = None
    impression: str | None = None


def describe_biopsy(
    actor: Actor, line_id: int, taken: Taken, said: Callable[[str], str], *, all_lines: bool = False
) -> None:
    """Describe the specimen of a line, or of all lines of its order that are of the mouth.

    The site answers what the order asks, so that label, requisition and order say the same.

    Args:
        actor: who says so.
        line_id: the line of the order.
        taken: what is said.
        said: translates a message id: the words of the site stand in the language of who chose it.
        all_lines: whether it holds for the other pieces of the same order too (formalin and Michel vial).

    Raises:
        Refused: the site or mark is none, a text is too long, or the result is in.
        Unknown: there is no such line in the practice.
    """
    site = oral_sites().get(taken.site)
    if site is None:
        raise Refused(N_("The site is missing."), where="site", remedy=N_("Choose it from the list or on the map."))
    if taken.mark not in MARKS:
        raise Refused(N_("There is no such choice."), where="mark", remedy=N_("Choose one of the list."))
    detail = _text(taken.detail, "detail", MOST_DETAIL)
    words = ", ".join(part for part in (said_site(site, said), detail) if part)
    line = oral_line(actor, line_id)
    with in_order(actor, line.order_id) as (work, order):
        work.session.refresh(line)
        still_open(line)
        lines = lines_of_the_mouth(order) if all_lines else [line]
        rows = rows_of(actor, [each.id for each in lines])
        for each in lines:
            body = Described(
                at=work.at,
                line_id=each.id,
                order_id=order.id,
                patient_id=order.patient_id,
                site=site.key,
                words=words,
                mark=taken.mark,
                detail=detail,
                orientation=_text(taken.orientation, "orientation", MOST_WORDS),
                impression=_text(taken.impression, "impression", MOST_WORDS),
            )
            described(work, rows.get(each.id), body)
            changed(work, order, each, answers={**each.answers, SITE: words})
        hold_lines(work, order)
        plan_again(work, order)


def _text(text: str | None, where: str, most: int) -> str | None:
    said = " ".join((text or "").split())
    if len(said) > most:
        raise Refused(N_("The text is too long."), where=where, remedy=N_("Shorten it."))
    return said or None
