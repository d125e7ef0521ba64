"""At which place of care a bench stands: its board then shows what is due there alone.

It is kept for the bench; whoever works at a new bench begins with the place they chose last. None is every place.
"""

from __future__ import annotations

from clinic.services.acting import Actor
from lab.services.hand import opened


def place_of_bench(actor: Actor, bench: str) -> int | None:
    """The id of the place a bench shows; None for all of them."""
    with opened() as file:
        rows = dict(
            file.execute(
                "SELECT whose, location_id FROM place WHERE practice_id = ? AND whose IN (?, ?)",
                (actor.practice_id, bench, _person(actor)),
            ).fetchall()
        )
    found: int | None = rows.get(bench, rows.get(_person(actor)))
    return found


def choose_place(actor: Actor, bench: str, location_id: int | None) -> None:
    """Show what is due at one place, or at all of them, here and where this person works next."""
    with opened() as file:
        for whose in (bench, _person(actor)):
            file.execute(
                "INSERT INTO place (practice_id, whose, location_id) VALUES (?, ?, ?) "
                "ON CONFLICT (practice_id, whose) DO UPDATE SET location_id = excluded.location_id",
                (actor.practice_id, whose, location_id),
            )


def _person(actor: Actor) -> str:
    return f"staff:{actor.staff_id}"
