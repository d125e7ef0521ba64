"""Which lines go to a second claim, and what that claim says. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from billing.coding.changes import PutLines, apply
from billing.coding.coding import CodedLine, Coding
from clinic.domain.value import Value


class Share(Value, frozen=True, kw_only=True):
    """What goes to one further claim."""

    numbers: tuple[str, ...]
    """Of the lines."""
    coverage_id: int | None = None
    """Another policy to bill, None for the same."""
    rendering_id: int | None = None
    """Another provider who rendered all of it, None for the same."""


def taken(coding: Coding, share: Share) -> Coding:
    """The coding of the further claim: its lines in their order, each pointing at the diagnoses it meant.

    Diagnoses come along that its lines point at; all of them where no line points yet. What one payer was asked or
    gave (authorization, the number of a replaced claim) does not go to another.

    Raises:
        KeyError: there is no such line.
    """
    lines = [coding.line(number) for number in share.numbers]
    lines.sort(key=coding.lines.index)
    used = {place for line in lines for place in line.pointers}
    kept = [place for place in range(1, len(coding.diagnoses) + 1) if place in used or not used]
    now = {before: after for after, before in enumerate(kept, 1)}
    moved = tuple(
        replace(
            line,
            pointers=tuple(now[place] for place in line.pointers if place in now),
            rendering_id=None if share.rendering_id is not None else line.rendering_id,
        )
        for line in lines
    )
    other_payer = share.coverage_id is not None and share.coverage_id != coding.coverage_id
    empty = replace(
        coding,
        lines=(),
        diagnoses=(),
        lines_given=0,
        frequency="1",
        replaces=None,
        patient_paid=None,
        reasons=(),
        coverage_id=share.coverage_id if other_payer else coding.coverage_id,
        prior_authorization=None if other_payer else coding.prior_authorization,
        referral=None if other_payer else coding.referral,
        rendering_id=coding.rendering_id if share.rendering_id is None else share.rendering_id,
    )
    return apply(empty, PutLines(diagnoses=tuple(coding.diagnoses[place - 1] for place in kept), lines=moved))


def by_provider(coding: Coding) -> tuple[Share, ...]:
    """A share for each provider but the one who stays: the claim's own, or the first line's where that has no line."""
    groups: dict[int | None, list[str]] = {}
    for line in coding.lines:
        groups.setdefault(_renders(line, coding), []).append(line.number)
    stays = coding.rendering_id if coding.rendering_id in groups else next(iter(groups), None)
    return tuple(
        Share(numbers=tuple(numbers), rendering_id=provider)
        for provider, numbers in groups.items()
        if provider != stays
    )


def by_day(coding: Coding) -> tuple[Share, ...]:
    """A share for each day of service but the first."""
    groups: dict[str, list[str]] = {}
    for line in coding.lines:
        groups.setdefault(line.service.start.isoformat(), []).append(line.number)
    return tuple(Share(numbers=tuple(groups[day])) for day in sorted(groups)[1:])


def _renders(line: CodedLine, coding: Coding) -> int | None:
    return coding.rendering_id if line.rendering_id is None else line.rendering_id
