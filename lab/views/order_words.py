"""The words of orders: where a line stands, what it lacks, what happened."""

from __future__ import annotations

from clinic.domain.words import N_
from lab.domain.order_check import Lack, lack
from lab.services.shipped import shipped

LINE_STATE = {
    "draft": (N_("being entered"), None),
    "held": (N_("held"), "warn"),
    "active": (N_("to be done"), None),
    "preliminary": (N_("preliminary result"), "advise"),
    "final": (N_("result in"), "ok"),
    "corrected": (N_("corrected result"), "warn"),
    "reviewed": (N_("reviewed"), "ok"),
    "told": (N_("patient told"), "ok"),
    "cancelled": (N_("cancelled"), None),
}
"""The words and the ink of each state of a line."""

ORDER_STATE = {"draft": N_("not signed"), "signed": N_("signed"), "cancelled": N_("cancelled")}

TOLD = {
    "order.entered": N_("entered"),
    "order.line_added": N_("test added"),
    "order.changed": N_("details changed"),
    "order.line_changed": N_("test changed"),
    "order.line_held": N_("test held"),
    "order.signed": N_("signed"),
    "order.taken_over": N_("taken over from another system"),
    "order.line_released": N_("test released"),
    "order.line_active": N_("test to be done"),
    "order.line_sent": N_("specimen sent"),
    "order.line_reported": N_("result reported"),
    "order.line_reviewed": N_("result reviewed"),
    "order.line_told": N_("patient told"),
    "order.line_cancelled": N_("test taken off"),
    "order.notice_printed": N_("notice printed"),
    "order.notice_answered": N_("choice of the patient kept"),
    "order.cancelled": N_("cancelled"),
}
"""The words of each fact of an order."""


def lacking(code: str) -> Lack:
    """The words of a code a line is held for."""
    return lack(code, {key: question.words for key, question in shipped().questions.items()})
