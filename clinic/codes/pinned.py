"""A library in which chosen releases judge every day, as if they had been in force on it.

So claims of last year are asked what next quarter's tables say of them, and nothing in the claims is shifted: it is the
question that is. A release is asked of a day outside its own as of its nearest day; a code that it adds on its second
day is therefore not there yet, and a pair that was deleted before it is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from clinic.codes.library import Library
from clinic.codes.opened import Dated, F, Judging
from clinic.codes.release import Entry, Release, Status
from clinic.domain.refusal import Refused
from clinic.domain.words import N_


class PinnedLibrary(Library):
    """The code sets of a library, of which those in ``pins`` (release by system) judge every day.

    Where the release of a pin is the one that judges a day anyway, it says the very same.

    Raises:
        Refused: a release is not loaded.
    """

    def __init__(self, library: Library, pins: Mapping[str, str]) -> None:
        super().__init__(library.folder, sources=library.sources)
        there = {(each.system, each.name): each for each in self.releases()}
        for system, name in pins.items():
            if (system, name) not in there:
                raise Refused(
                    N_("there is no release %(name)s."),
                    where=system,
                    remedy=N_("flask codes list shows what is loaded."),
                    name=name,
                )
        self.pins: dict[str, Release] = {system: there[system, name] for system, name in pins.items()}

    def status(self, system: str, value: str, on: date) -> Status:
        """How a code, exactly as claims carry it, stands on a day."""
        return super().status(system, value, self._day(system, on))

    def lookup(self, system: str, value: str, on: date) -> Entry | None:
        """A code by the release that judges the day."""
        return super().lookup(system, value, self._day(system, on))

    def table(self, system: str, on: date) -> Judging | None:
        """The table of another shape than entries that judges a day; None where the system has none at all."""
        judging = super().table(system, on)
        pin = self.pins.get(system)
        if judging is None or pin is None or not isinstance(judging.table, Dated):
            return judging
        return judging._replace(table=judging.table.within(pin.start, pin.end))

    def _pick(self, files: Sequence[F], on: date) -> tuple[F, bool]:
        pin = self.pins.get(files[0].release.system)
        if pin is None:
            return super()._pick(files, on)
        return next(file for file in files if file.release.name == pin.name), True

    def _day(self, system: str, on: date) -> date:
        """The day to ask about: of a pinned release its nearest one."""
        pin = self.pins.get(system)
        return on if pin is None else min(max(on, pin.start), pin.end)
