"""What a dental claim adds to the resource, and its acts as items (docs/claim-map.md, the dental rows)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from billing.domain.dental import (
    ACT_DAYS,
    CLAIM_DAYS,
    Dental,
    DentalAct,
    DentalActDate,
    DentalActLine,
    DentalDate,
    TreatedTooth,
)
from billing.fhir.dental_information import (
    AREA,
    SURFACE,
    TOOTH,
    Fact,
    coded,
    orthodontics_of,
    read_facts,
    read_site,
    write_information,
)
from billing.fhir.kind import Kind, Own, Read
from billing.fhir.lines import Line, Links, day_of, read_line, write_line
from clinic.domain.party import Provider
from clinic.domain.period import Period
from clinic.fhir.elements import Json, read_code_in
from clinic.fhir.node import Node

_ASKED = "predetermination"


def _use(part: Dental) -> str:
    return _ASKED if part.predetermination else "claim"


def _item(act: DentalActLine, sequence: int, part: Dental, links: Links) -> Json:
    own = act.part
    first = own.teeth[0] if own.teeth else None
    site = coded((TOOTH, first.tooth)) if first else coded((AREA, own.areas[0])) if own.areas else None
    return write_line(
        act,
        sequence,
        part.place,
        links,
        dated=not part.predetermination,
        bodySite=site,
        subSite=[coded((SURFACE, surface)) for surface in first.surfaces] if first else [],
    )


def _read(said: Read) -> Own:
    node = said.node
    facts = read_facts(node)
    asked = node.need("use").text() == _ASKED
    # What is asked has no day: it is judged by the one on which it was asked.
    service = Period(node.need("created").day()) if asked else None
    items = list(node.each("item")) or [node.need_first("item")]
    named = {each.integer() for item in items for each in item.each("informationSequence")}
    acts = [_act(item, said, facts, service) for item in items]
    own = [fact for sequence, fact in facts.items() if sequence not in named]
    paid = [fact.value for fact in own if fact.about == "patient_paid"]
    return Own(_part(said, own, asked=asked), acts, paid[-1] if paid else None)


def _part(said: Read, facts: list[Fact], *, asked: bool) -> Dental:
    return Dental(
        **said.shared,
        predetermination=asked,
        predetermination_number=_last(facts, "predetermination_number"),
        assistant=said.team.assistant,
        dates=_claim_dates(facts, said.accident),
        missing=tuple(_all(facts, "missing")),
        orthodontics=orthodontics_of(facts),
        attachments=tuple(_all(facts, "attachment")),
        casualty_claim=_last(facts, "casualty_claim"),
        notes=tuple(_all(facts, "note")),
    )


def _claim_dates(facts: list[Fact], accident: date | None) -> tuple[DentalDate, ...]:
    """The dates; an accident's own counts where no other is given for it."""
    found = dict(_all(facts, "date"))
    if accident is not None:
        found.setdefault("439", accident)
    return tuple(DentalDate(each, found[each]) for each in CLAIM_DAYS if each in found)


def _act(item: Node, said: Read, facts: Mapping[int, Fact], service: Period | None) -> DentalActLine:
    line = read_line(item, said.place, said.pointing)
    named = [facts[each.integer()] for each in item.each("informationSequence") if each.integer() in facts]
    act: DentalActLine = line.act(service or day_of(item, line), _act_part(item, said, line, named))
    return act


def _act_part(item: Node, said: Read, line: Line, facts: list[Fact]) -> DentalAct:
    sites = [*_own_site(item), *facts]
    dates = dict(_all(facts, "date"))
    return DentalAct(
        areas=tuple(_all(sites, "area")),
        teeth=tuple(_all(sites, "tooth")),
        prosthesis=_last(facts, "prosthesis"),
        pointers=line.pointers,
        modifiers=line.modifiers,
        description=line.description,
        place=line.place,
        dates=tuple(DentalActDate(each, dates[each]) for each in ACT_DAYS if each in dates),
        predetermination_number=_last(facts, "predetermination_number"),
        rendering=_member(item, said.team.lines),
        assistant=_member(item, said.team.line_assistants),
    )


def _own_site(item: Node) -> list[Fact]:
    """The tooth or area an item names itself, a tooth with the surfaces beside it."""
    site = item.get("bodySite")
    found = read_site(site) if site else None
    if found is None or not isinstance(found.value, TreatedTooth):
        return [found] if found else []
    surfaces = [read_code_in(each, SURFACE) for each in item.each("subSite")]
    return [Fact("tooth", TreatedTooth(found.value.tooth, tuple(each for each in surfaces if each)))]


def _member(item: Node, team: tuple[tuple[int, Provider], ...]) -> Provider | None:
    sequences = {each.integer() for each in item.each("careTeamSequence")}
    return next((provider for sequence, provider in team if sequence in sequences), None)


def _all(facts: list[Fact], about: str) -> list[Any]:
    return [fact.value for fact in facts if fact.about == about]


def _last(facts: list[Fact], about: str) -> Any:
    found = _all(facts, about)
    return found[-1] if found else None


DENTAL = Kind("dental", "oral", ("claim", _ASKED), True, _use, write_information, _item, _read)
