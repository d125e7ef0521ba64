"""A morning as a file: its events played through the services that the screens use, at the times it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from flask import current_app
from msgspec.structs import replace

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services import clock
from clinic.services.acting import Work, acting
from clinic.services.find import Unknown
from lab.domain.catalogue import TestFacts
from lab.domain.charges import LabFact
from lab.domain.container import Container, NotPossible
from lab.domain.events import Planned
from lab.domain.need import Need, need_of
from lab.domain.replay_answer import Answer, Charge, Moment, RefusedEvent, flags, nexts, use_bys
from lab.domain.replay_event import CARDS, Event
from lab.domain.replay_file import ReplayFile
from lab.domain.whole_catalogue import Catalogue
from lab.ports import ports
from lab.services.billing_facts import NOT_BILLED, drawn_as, local_day
from lab.services.replay_acts import ACTS, Stage, row_of, when
from lab.services.replay_kept import take_over
from lab.services.scratch_bench import Bench, patient_for, scratch_bench, scratch_database
from lab.services.specimens import begin_specimen, container_of, number_for

AS = {"elsewhere": "state", "inside": "state", "not_inside": "state", "package_state": "state", "answered": "state"}
"""What a package says by a code of its own, in the replay's words."""


class Run(NamedTuple):
    """A test that was run: a final result."""

    event: Event
    container: str
    facts: TestFacts
    in_house: bool


def replay(file: ReplayFile, catalogue: Catalogue) -> Answer:
    """Play a file in a database of its own that is gone afterwards.

    Raises:
        Refused: the file names a test that the catalogue does not know.
    """
    with scratch_database():
        return play(file, catalogue, scratch_bench(file.timezone))


def play(file: ReplayFile, catalogue: Catalogue, bench: Bench) -> Answer:
    """Play a file at a bench. An event that does not fit is refused alone, and leaves nothing behind.

    Raises:
        Refused: the file names a test or patient that is not known; nothing was changed.
        NotAllowed: the actor may not work at the bench.
    """
    return _Morning(file, catalogue, bench).answer()


class _Morning:
    """A file under way."""

    def __init__(self, file: ReplayFile, catalogue: Catalogue, bench: Bench) -> None:
        self.file = file
        self.catalogue = catalogue
        self.stage = Stage(bench=bench, ids={}, packages={})
        self.histories: dict[str, list[Moment]] = {}
        self.names: dict[int, str] = {}
        self.patients: dict[str, int] = {}
        self.whose: dict[str, str] = {}
        self.visits: dict[str, str] = {}
        self.told: dict[str, list[int]] = {}
        """Events that an undo would take back, by container, the last at the end."""
        self.runs: list[Run] = []
        self.hand: str | None = None
        """The patient whose container was scanned last."""
        self.refused: list[RefusedEvent] = []
        self.last: datetime | None = max(file.ask_at, default=None)
        self.until = file.now or max(clock.now(), *file.ask_at, datetime.min.replace(tzinfo=UTC))

    def answer(self) -> Answer:
        self._plan_all()
        for event in self.file.events:
            try:
                self._take(event)
            except (NotPossible, Refused, Unknown) as why:
                db.session.rollback()
                self.refused.append(RefusedEvent(event=event.index, why=_code(why)))
            else:
                self.last = max(when(event), self.last or when(event))
        zone = self.file.zone
        return Answer(
            use_by=use_bys(self.histories, zone),
            flags=flags(self.histories, self.last),
            next=nexts(self.histories, self.file.ask_at, zone),
            refused=tuple(self.refused),
            charges=self._charges(),
        )

    def _plan_all(self) -> None:
        for container, tests in self.file.tests.items():
            for test in tests:
                self.catalogue.test(test, f"tests.{container}")
        for container in self.file.tests:
            self._patient(self.file.patient_of(container))
        if self.file.tests:
            first = min((each.at for each in self.file.events if each.at is not None), default=self.until)
            with self._at(min(first, self.until)):
                for container, tests in self.file.tests.items():
                    self._plan(container, tests, None)

    def _patient(self, name: str) -> int:
        if name not in self.patients:
            self.patients[name] = patient_for(self.stage.bench, name)
        return self.patients[name]

    def _plan(self, name: str, tests: tuple[str, ...], at: datetime | None) -> None:
        number = self.stage.number_for(name)
        facts = [self.catalogue.test(test) for test in tests]
        pieces = next((each for each in self.file.sets if name in each), ())
        holder = self.catalogue.holder(facts[0])
        patient = self._patient(self.file.patient_of(name))
        bench = self.stage.bench
        with acting(bench.actor, "lab.work") as work:
            first = self.stage.ids.get(pieces[0]) if pieces else None
            given = number or number_for(work)
            order_id, needs = self._asked(work, name, facts, first)
            body = Planned(
                number=given,
                holder=holder.key,
                cap=holder.cap,
                patient_id=patient,
                needs=needs,
                order_id=order_id,
                piece=pieces.index(name) + 1 if pieces else None,
                set_number=(row_of(first).number if first else given) if pieces else None,
            )
            row = begin_specimen(work, "specimen.planned", body, bench.location_id)
        self.stage.ids[name] = row.id
        self.names[row.id] = name
        self.whose[name], self.visits[name] = self.file.patient_of(name), self.file.visit_of(name)
        self._note(row.id, at)

    def _asked(
        self, work: Work, name: str, facts: list[TestFacts], first: int | None
    ) -> tuple[int | None, tuple[Need, ...]]:
        """What a container is to serve. In the practice an order stands behind it, one for all pieces of a kit."""
        if first is not None:
            return row_of(first).order_id, container_of(row_of(first)).needs
        tests = [(each, self._in_house(each)) for each in facts]
        if not self.stage.bench.scratch:
            told = (each.at for each in self.file.events if each.container == name and each.at is not None)
            on = local_day(min(told, default=clock.now()), self.file.timezone)
            patient = self._patient(self.file.patient_of(name))
            order, needs = take_over(work, self.stage.bench, patient, on=on, tests=tests, answers=self.file.answers)
            return order.id, needs
        return None, tuple(need_of(each, in_house=here, answers=self.file.answers) for each, here in tests)

    def _in_house(self, facts: TestFacts) -> bool:
        said = self.file.lab.get(facts.key)
        return said == "in_house" if said else "reference" not in facts.settings

    @contextmanager
    def _at(self, at: datetime) -> Iterator[None]:
        """The clock of a scratch bench stands where the file says; that of the practice stands for nobody."""
        if not self.stage.bench.scratch:
            yield
            return
        before = current_app.config.get(clock.SETTING)
        current_app.config[clock.SETTING] = lambda: at
        try:
            yield
        finally:
            current_app.config[clock.SETTING] = before

    def _take(self, event: Event) -> None:
        if event.fault is not None:
            raise NotPossible(event.fault)
        at = when(event)
        if event.container is not None and event.do != "planned":
            self.stage.id_of(event.container)
        if at > self.until:
            raise NotPossible("future")
        with self._at(at):
            self._do(event)

    def _do(self, event: Event) -> None:
        match event.do:
            case "planned":
                self._planned(event)
            case "scan":
                self._scan(event)
            case "undo":
                self._undo(event)
            case "result":
                self._result(event)
            case "fix_end":
                self._fixed(event)
            case _:
                self._act(event)

    def _act(self, event: Event) -> None:
        """Through its service; then how each container stands that it may have changed is looked at."""
        before = dict(self.stage.ids)
        try:
            touched = list(ACTS[event.do](self.stage, event))
        except BaseException:
            self.stage.ids.clear()
            self.stage.ids.update(before)
            raise
        for name in self.stage.ids.keys() - before.keys():
            self.names[self.stage.ids[name]] = name
            parent = event.container or name
            self.whose[name], self.visits[name] = self.whose[parent], self.file.visits.get(name, self.visits[parent])
        for specimen_id in touched:
            self._note(specimen_id, event.at)
        if event.container is not None and event.do not in {"labeled", "undo", "corrected"}:
            self.told.setdefault(event.container, []).append(event.index)

    def _note(self, specimen_id: int, at: datetime | None) -> None:
        name = self.names.get(specimen_id)
        if name is not None:
            self.histories.setdefault(name, []).append(Moment(at, container_of(row_of(specimen_id))))

    def _planned(self, event: Event) -> None:
        self.stage.number_for(event.container or "")
        if any(test not in self.catalogue.tests for test in event.tests):
            raise NotPossible("unknown_test")
        self._plan(event.container or "", event.tests, event.at)

    def _scan(self, event: Event) -> None:
        if event.container is None:
            self.hand = event.patient
            return
        whose = self.whose[event.container]
        wanted = event.patient if event.patient is not None else self.hand
        if wanted is not None and wanted != whose:
            raise NotPossible("patient")
        card = CARDS.get(event.step or "")
        if card is not None:
            self._act(replace(event, do=card))
        if event.place is not None:
            do = "on_ice" if event.place == "on_ice" else "stored"
            self._act(replace(event, do=do, condition=None if do == "on_ice" else event.place))
        self.hand = whose

    def _undo(self, event: Event) -> None:
        if event.container is None:
            event = replace(event, container=self._container_of(event.undoes))
        stack = self.told.get(event.container or "", [])
        if event.undoes is not None and stack[-1:] != [event.undoes]:
            raise NotPossible("nothing_to_undo" if event.reason else "reason")
        self._act(event)
        if stack:
            stack.pop()

    def _container_of(self, index: int | None) -> str:
        found = next((each.container for each in self.file.events if each.index == index), None)
        if found is None:
            raise NotPossible("nothing_to_undo")
        return found

    def _result(self, event: Event) -> None:
        facts = self.catalogue.tests.get(event.test or "")
        if facts is None:
            raise NotPossible("unknown_test")
        if event.code is not None and event.code not in (*facts.choices, *facts.procedures):
            raise NotPossible("bad_field")
        self._act(event)
        in_house = self._in_house(facts) if event.in_house is None else event.in_house
        self.runs.append(Run(event, event.container or "", facts, in_house))

    def _fixed(self, event: Event) -> None:
        """Out of fixative: where nobody told when it came into it, that was the collection."""
        standing = self._now(event.container or "")
        started = any(run.step == "fix" for run in standing.runs)
        collected = standing.collected_at
        if not started and collected is not None and any(need.fix for need in standing.needs):
            if standing.last_at is not None and standing.last_at > collected:
                raise NotPossible("not_running")
            if event.at is not None and event.at < collected:
                raise NotPossible("before_collection")
            ACTS["fix_start"](self.stage, replace(event, do="fix_start", at=collected))
        self._act(event)

    def _now(self, name: str) -> Container:
        return self.histories[name][-1].container

    def _charges(self) -> tuple[Charge, ...]:
        """Billing's own rules, asked through the port; a visit belongs to one patient."""
        visits: dict[str, str] = {}
        facts = list(self._facts(visits))
        found: Counter[tuple[str, str, tuple[str, ...], str]] = Counter()
        for charge in ports().charges(facts):
            found[visits[charge.visit], charge.code, charge.modifiers, charge.visit] += charge.units
        return tuple(
            Charge(visit=visit, code=code, modifiers=modifiers, units=units)
            for (visit, code, modifiers, _), units in sorted(found.items())
        )

    def _facts(self, visits: dict[str, str]) -> Iterator[LabFact]:
        zone = self.file.timezone
        for name, moments in self.histories.items():
            standing = moments[-1].container
            drawn = drawn_as(standing)
            if standing.state in NOT_BILLED or standing.parent_id is not None or standing.collected_at is None:
                continue
            if drawn is not None:
                yield LabFact(visit=self._visit(name, visits), on=local_day(standing.collected_at, zone), drawn=drawn)
        for run in self.runs:
            standing = self._now(run.container)
            if standing.state in NOT_BILLED or standing.collected_at is None:
                continue
            if not run.in_house and self.file.bills != "practice":
                continue
            chosen = (run.event.code,) if run.event.code in run.facts.choices else run.facts.choices[:1]
            yield LabFact(
                visit=self._visit(run.container, visits),
                on=local_day(standing.collected_at, zone),
                test=run.facts.key,
                procedures=(*run.facts.procedures, *(each for each in chosen if each is not None)),
                waived=run.facts.waived,
                outside=not run.in_house,
                targets=run.facts.targets,
            )

    def _visit(self, container: str, visits: dict[str, str]) -> str:
        key = f"{self.whose[container]}\n{self.visits[container]}"
        visits[key] = self.visits[container]
        return key


def _code(why: NotPossible | Refused | Unknown) -> str:
    """The replay's code of a refusal; a choice that there is not is a field that cannot be read."""
    if isinstance(why, Unknown):
        return "unknown_container"
    code = why.code or "bad_field"
    return AS.get(code, code)
