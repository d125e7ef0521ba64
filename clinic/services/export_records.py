"""The practice's records out of the house: FHIR R4 as NDJSON, a file a type.

What is read is one moment of the database. Nobody waits for it: the writer's place is taken only for the journal row,
which is there before the files are (law 14).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.fhir.json import dumps
from clinic.policy import allows
from clinic.services.acting import Actor, NotAllowed, acting
from clinic.services.exporting.kinds import EXPORTS
from clinic.services.exporting.practice import Exporting

RIGHT: Final = "record.export"
TOLD: Final = 100
"""Resources between two words of progress."""


class Exported(Value, frozen=True, kw_only=True, omit_defaults=False):
    """What was written of one type."""

    type: str
    count: int
    left_out: int
    """Rows that are no resource yet: claims that lack what a claim must have."""
    file: str | None
    """None where there is nothing of the type: then there is no file."""


def export_records(
    actor: Actor, out: Path, types: Sequence[str] = (), tell: Callable[[int], None] | None = None
) -> list[Exported]:
    """Write the practice's records into a new folder, all of them or none.

    Args:
        actor: who exports.
        out: the folder; it is made, or is there and empty.
        types: which types of resource, all where none is named.
        tell: is told how many resources are written, now and then.

    Raises:
        NotAllowed: the actor may not export.
        Refused: the folder holds something or cannot be made, or there is no such type.
    """
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    unknown = [kind for kind in types if kind not in EXPORTS]
    if unknown:
        raise Refused(
            N_("Resources of type %(kind)s are not exported."),
            where="--type",
            remedy=N_("Name one of %(types)s."),
            kind=unknown[0],
            types=", ".join(EXPORTS),
        )
    target = out.resolve()
    made = _beside(target)
    try:
        digest = hashlib.sha256()
        _one_moment()
        export = Exporting(actor.practice_id)
        done = [_file(export, made, kind, digest, tell) for kind in EXPORTS if not types or kind in types]
        with acting(actor, RIGHT) as work:
            detail = " ".join(f"{each.type}={each.count}" for each in done if each.count)
            work.journal("practice", actor.practice_id, digest=digest.hexdigest(), detail=detail)
        _put(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return done


def _one_moment() -> None:
    """Read all of it as it is now, whatever is written meanwhile. SQLite does so by itself."""
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _beside(target: Path) -> Path:
    """A new folder beside the one that is wanted, readable by its owner only.

    Raises:
        Refused: the one that is wanted holds something, or nothing can be made there.
    """
    try:
        if target.is_dir() and any(target.iterdir()):
            raise Refused(
                N_("This folder is not empty."), where=str(target), remedy=N_("Give a new one: nothing is overwritten.")
            )
        if target.exists() and not target.is_dir():
            raise Refused(N_("This is not a folder."), where=str(target), remedy=N_("Give a new one."))
        return Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(target: Path, error: OSError) -> Refused:
    return Refused(
        N_("This folder cannot be written (%(why)s)."),
        where=str(target),
        remedy=N_("Give a new one in a folder that is there."),
        why=error.strerror or "",
    )


def _file(
    export: Exporting, made: Path, kind: str, digest: hashlib._Hash, tell: Callable[[int], None] | None
) -> Exported:
    """One file, a resource a line."""
    count = 0
    name = f"{kind}.ndjson"
    path = made / name
    try:
        with path.open("wb") as file:
            for write in EXPORTS[kind]:
                for resource in write(export):
                    line = dumps(resource) + b"\n"
                    file.write(line)
                    digest.update(line)
                    count += 1
                    if tell and count % TOLD == 0:
                        tell(count)
            file.flush()
            os.fsync(file.fileno())
        if not count:
            path.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error
    return Exported(type=kind, count=count, left_out=export.left_out[kind], file=name if count else None)


def _put(made: Path, target: Path) -> None:
    """The folder gets its name, whole: an empty one of that name gives way."""
    try:
        made.rename(target)
    except OSError as error:
        raise _unwritable(target, error) from error
