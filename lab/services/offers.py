"""What may be done with the container in hand, each act under the digit it always has."""

from __future__ import annotations

from typing import NamedTuple

from clinic.domain.words import N_
from lab.domain.asking import Deed
from lab.domain.container import Container
from lab.steps.registry import task_of


class Offer(NamedTuple):
    """An act under its key; ``words`` is a message id."""

    key: str
    words: str
    deed: Deed


def deed_of_step(key: str) -> Deed:
    """The act that a step's card or name stands for."""
    if key == "collect":
        return Deed(act="collect")
    if key == "aliquot":
        return Deed(act="aliquot")
    if key == "chill":
        return Deed(act="store", condition="on_ice")
    if key == "store":
        return Deed(act="store")
    return Deed(act="step", step=key)


def next_deed(container: Container) -> Deed | None:
    """The act of key 1: what is to be done next; None where that is done on another screen, or nothing is left."""
    task = task_of(container)
    if task is None or task.step in ("pack", "hand_over", "test"):
        return None
    return deed_of_step(task.step)


def others(container: Container) -> tuple[Offer, ...]:
    """What else may be done, by the keys from 2 on."""
    if container.state in ("planned", "labeled"):
        found = [Offer("2", N_("On ice"), Deed(act="store", condition="on_ice"))]
        if any(need.drink_minutes is not None for need in container.needs):
            found.append(Offer("3", N_("Drink finished"), Deed(act="step", step="drink")))
        found.append(Offer("6", N_("Not collected"), Deed(act="missed")))
        return tuple(found)
    if container.state != "collected" or container.running() is not None:
        return ()
    return (
        Offer("2", N_("On ice"), Deed(act="store", condition="on_ice")),
        Offer("3", N_("Pour off"), Deed(act="aliquot")),
        Offer("4", N_("Put away"), Deed(act="store")),
        Offer("5", N_("Note condition"), Deed(act="note")),
        Offer("6", N_("Lost"), Deed(act="lost")),
        Offer("7", N_("Used up"), Deed(act="used_up")),
    )


def deed_of_key(container: Container, key: str) -> Deed | None:
    """The act under a digit; None where it has none now."""
    if key == "1":
        return next_deed(container)
    return next((offer.deed for offer in others(container) if offer.key == key), None)
