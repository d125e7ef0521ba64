"""A tube plan as rows: like containers together with their count, as the shelf is asked and other programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lab.domain.catalogue import Holder
from lab.domain.drawn import cap_words
from lab.domain.questions import Question
from lab.domain.tube_plan import Plan, Planned


def rows(plan: Plan) -> list[list[Planned]]:
    """Containers of one kind and one handling together, in the plan's order."""
    grouped: dict[tuple[Any, ...], list[Planned]] = {}
    for each in plan.containers:
        alike = (each.holder, each.place, each.on_ice, each.ways, each.storage)
        grouped.setdefault(alike, []).append(each)
    return list(grouped.values())


def as_json(plan: Plan, holders: Mapping[str, Holder], questions: Mapping[str, Question]) -> dict[str, Any]:
    """The object of ``flask lab plan --json``: English words, volumes in microlitres."""
    return {
        "containers": [_row(together, holders[together[0].holder]) for together in rows(plan)],
        "draw_order": [[cap_words(cap) for cap in group] for group in plan.draw_order],
        "fasting": {"level": plan.fasting or "no", "hours": plan.fasting_hours or 0},
        "ask": [questions[key].words for key in plan.ask],
        "handling": [str(said) for said in plan.handling],
        "preparation": list(plan.preparation),
        "questions": [
            {"key": key, "words": questions[key].words, "kind": questions[key].kind, "options": questions[key].options}
            for key in plan.ask
        ],
    }


def _row(together: list[Planned], holder: Holder) -> dict[str, Any]:
    first = together[0]
    return {
        "container": holder.key,
        "cap": ", ".join(cap_words(cap) for cap in first.pieces)
        or (holder.cap if holder.cap == "none" else cap_words(holder.cap)),
        "count": sum(each.count for each in together),
        "tests": [test for each in together for test in each.tests],
        "name": holder.name,
        "place": first.place,
        "each": [{"tests": each.tests, "volume_ul": each.volume_ul} for each in together],
        "capacity_ul": first.capacity_ul,
        "fill_ul": first.fill_ul,
        "inversions": first.inversions,
        "on_ice": first.on_ice,
        "storage": first.storage,
        "handling": [str(said) for each in together[:1] for said in each.handling],
    }
