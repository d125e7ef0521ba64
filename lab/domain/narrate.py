"""What a fact of a container says, in words: message ids with their parameters. Whoever shows it translates them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.container_words import CONDITIONS, METHOD_WORDS
from lab.domain.rejection import BY_CODE, SUBS

Named = Literal["container", "device", "place", "package"]


class Ref(Value, frozen=True):
    """A row by its id: whoever shows it finds out what it is called."""

    kind: Named
    id: int


class Word(Value, frozen=True):
    """A message id among the parameters."""

    text: str


class Volume(Value, frozen=True):
    """Microlitres, shown as millilitres."""

    ul: int


class Telling(Value, frozen=True):
    """One sentence: a message id and what it is filled with."""

    what: str
    params: dict[str, Any] | None = None


STEPS = {
    "spin": (N_("Spin started"), N_("Spin ended")),
    "incubate": (N_("Incubation started"), N_("Incubation ended")),
    "fix": (N_("Fixation started"), N_("Fixation ended")),
    "read": (N_("Test started"), N_("Test read")),
}
DONE = {"drink": N_("Drink finished"), "mix": N_("Mixed"), "transfer": N_("Transferred from the cup")}
RECEIPTS = {
    "good": N_("received in good state"),
    "damaged": N_("received damaged"),
    "leaked": N_("received leaking"),
    "missing": N_("missing at the other side"),
    "rejected": N_("rejected by the laboratory"),
}


def narrate(type_: str, body: Any) -> Telling:
    """The sentence of one fact."""
    return _TOLD[type_](body)


def _collected(body: Any) -> Telling:
    how = Word(METHOD_WORDS.get(body.method or "", "")) if body.method in METHOD_WORDS else body.method or ""
    if body.volume_ul is not None:
        return Telling(N_("Collected, %(volume)s %(how)s"), {"volume": Volume(body.volume_ul), "how": how})
    return Telling(N_("Collected %(how)s"), {"how": how})


def _started(body: Any) -> Telling:
    what = STEPS.get(body.step, (body.step, body.step))[0]
    return (
        Telling(what)
        if body.device_id is None
        else Telling(N_("%(what)s in %(device)s"), {"what": Word(what), "device": Ref("device", body.device_id)})
    )


def _stored(body: Any) -> Telling:
    if body.place_id is not None:
        return Telling(N_("Put into %(place)s"), {"place": Ref("place", body.place_id)})
    return Telling(N_("Put away: %(condition)s"), {"condition": Word(CONDITIONS[body.condition])})


def _rejected(body: Any) -> Telling:
    reason = BY_CODE.get(body.code)
    words = Word(SUBS.get(body.sub or "", reason.words if reason else body.code))
    return Telling(N_("Rejected: %(code)s, %(words)s"), {"code": body.code, "words": words})


def _of_package(what: str) -> Callable[[Any], Telling]:
    return lambda body: Telling(what, {"package": Ref("package", body.package_id)})


def _plain(what: str) -> Callable[[Any], Telling]:
    return lambda _body: Telling(what)


def _noted(body: Any) -> Telling:
    reason = BY_CODE.get(body.condition or "")
    seen = Word(reason.words) if reason else body.condition or ""
    return Telling(N_("Noted: %(seen)s %(words)s"), {"seen": seen, "words": body.words or ""})


_TOLD: dict[str, Callable[[Any], Telling]] = {
    "specimen.planned": lambda body: (
        Telling(N_("Planned in the place of %(container)s"), {"container": Ref("container", body.recollects)})
        if body.recollects
        else Telling(N_("Planned"))
    ),
    "specimen.poured": lambda body: Telling(
        N_("Poured off %(container)s, %(volume)s"),
        {"container": Ref("container", body.parent_id), "volume": Volume(body.volume_ul)},
    ),
    "specimen.labeled": _plain(N_("Label printed")),
    "specimen.collected": _collected,
    "specimen.step_started": _started,
    "specimen.step_ended": lambda body: Telling(STEPS.get(body.step, (body.step, body.step))[1]),
    "specimen.step_done": lambda body: Telling(DONE.get(body.step, body.step)),
    "specimen.aliquoted": lambda body: Telling(
        N_("%(volume)s poured off into %(container)s"),
        {"volume": Volume(body.volume_ul), "container": Ref("container", body.child_id)},
    ),
    "specimen.stored": _stored,
    "specimen.noted": _noted,
    "specimen.packed": _of_package(N_("Packed into %(package)s")),
    "specimen.unpacked": _of_package(N_("Taken out of %(package)s")),
    "specimen.sent": _of_package(N_("Handed over in %(package)s")),
    "specimen.recalled": _of_package(N_("The hand-over of %(package)s was taken back")),
    "specimen.received": lambda body: Telling(RECEIPTS.get(body.state, body.state)),
    "specimen.rejected": _rejected,
    "specimen.resulted": lambda body: Telling(N_("Result of %(test)s"), {"test": body.test}),
    "specimen.missed": _plain(N_("Not drawn")),
    "specimen.lost": _plain(N_("Lost")),
    "specimen.found": _plain(N_("Found again")),
    "specimen.used_up": _plain(N_("Used up")),
    "specimen.disposed": _plain(N_("Thrown away")),
    "specimen.voided": _plain(N_("The pouring was taken back")),
    "specimen.undone": lambda body: Telling(N_("Undone: line %(line)s"), {"line": body.sequence}),
}
"""One teller a fact (law 7)."""

FLAGS = {
    "DRAW_EARLY": N_("drawn too early after the drink"),
    "DRAW_LATE": N_("drawn too late after the drink"),
    "TRANSFER_LATE": N_("transferred too late"),
    "CLOT_SHORT": N_("clotted too short"),
    "SPIN_SHORT": N_("spun too short"),
    "FORCE_LOW": N_("spun with too little force"),
    "SEPARATED_LATE": N_("off the cells too late"),
    "INCUBATE_LATE": N_("incubated too late"),
    "INCUBATE_SHORT": N_("incubated too short"),
    "INCUBATE_LONG": N_("incubated too long"),
    "FIX_SHORT": N_("fixed too short"),
    "FIX_LONG": N_("fixed too long"),
    "READ_EARLY": N_("read too early"),
    "READ_LATE": N_("read too late"),
    "STORAGE_WRONG": N_("kept where the test does not keep"),
    "EXPIRED": N_("past its use-by"),
}
"""Limits that were not kept, as people read them."""
