"""``flask fhir``: records come in and go out."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import msgspec
from flask.cli import AppGroup

from clinic.cli.refusing import refusing
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir.importer.bundle import Batch, kinds, read_batch
from clinic.fhir.importer.reading import ORDER
from clinic.services.choose_practice import choose_practice
from clinic.services.export_records import export_records
from clinic.services.import_bundle import import_bundle
from clinic.services.importing.outcome import Outcome, Remark
from clinic.services.importing.references import Known

group = AppGroup("fhir", help="FHIR R4: records come in and go out.")

ENDINGS: Final = (".json", ".ndjson", ".jsonl")
MAX_BYTES: Final = 256 * 1024 * 1024


@group.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line: remarks, then the counts.")
@click.option("--practice", "practice_name", help="The practice's name, where there are several.")
@refusing
def import_(paths: tuple[Path, ...], as_json: bool, practice_name: str | None) -> None:
    """Take in Bundles, single resources, NDJSON, or folders of them.

    A transaction Bundle stands or falls as one; the entries of any other file stand each for itself. What came before
    and says the same changes nothing. Exit code 1 where an entry was refused, 2 where a file cannot be read at all:
    then nothing was changed.
    """
    files = sorted(_files(paths), key=lambda file: (_place(_read(file)), str(file)))
    actor = choose_practice(practice_name)
    total = Outcome()
    known: defaultdict[Path, Known] = defaultdict(Known)  # Patient/1 of one folder is not Patient/1 of another
    for file in files:
        batch = _read(file)
        with click.progressbar(
            length=len(batch.entries), label=file.name, file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            outcome = import_bundle(actor, batch, known[file.parent], bar.update)
        for remark in outcome.remarks:
            print(_line(file, remark, as_json=as_json))
        total.add(outcome)
    _print_counts(total, as_json=as_json)
    sys.exit(1 if total.refused else 0)


@group.command("export")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder, or an empty one.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only resources of this type; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a type.")
@click.option("--practice", "practice_name", help="The practice's name, where there are several.")
@refusing
def export(out: Path, types: tuple[str, ...], as_json: bool, practice_name: str | None) -> None:
    """Write all that has a resource as R4 NDJSON, a file a type.

    Types: Organization, Location, Practitioner, Patient, Coverage, Encounter, Condition, Procedure, Observation,
    DocumentReference, Claim. The folder is there once it is whole; it holds patient data, so only its owner may read
    it. Exit code 2 where it cannot be written, or holds something: nothing is overwritten.
    """
    actor = choose_practice(practice_name)
    done = export_records(actor, out, types, _count if sys.stderr.isatty() else None)
    for each in done:
        if as_json:
            print(msgspec.json.encode(each).decode())
        elif each.count or each.left_out:
            lacking = f" ({each.left_out} left out: not complete yet)" if each.left_out else ""
            print(f"{each.type}: {each.count}{lacking}")


def _count(written: int) -> None:
    """How far an export is, for who waits at a terminal."""
    print(f"\r{written:,}", end="", file=sys.stderr, flush=True)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files meant, folders opened.

    Raises:
        Refused: a path is not there, or a folder holds no file of FHIR.
    """
    for path in paths:
        if path.is_dir():
            found = [file for file in path.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file()]
            if not found:
                raise Refused(
                    N_("This folder holds no .json, .ndjson or .jsonl file."),
                    where=str(path),
                    remedy=N_("Give the folder of the export."),
                )
            yield from found
        elif path.is_file():
            yield path
        else:
            raise Refused(N_("There is no such file."), where=str(path), remedy=N_("Check the path."))


def _read(file: Path) -> Batch:
    """The file's entries.

    Raises:
        Refused: it cannot be opened, is too large, or is no FHIR.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise Refused(
                N_("This file is larger than 256 MB."), where=str(file), remedy=N_("Export it in several files.")
            )
        text = file.read_bytes()
    except OSError as error:
        raise Refused(
            N_("This file cannot be read (%(why)s)."),
            where=str(file),
            remedy=N_("Check its rights."),
            why=error.strerror or "",
        ) from error
    return read_batch(text, str(file))


def _place(batch: Batch) -> int:
    """Files of those who are referred to before files of those who refer to them."""
    found = kinds(batch)
    if "Patient" in found:
        return ORDER["Patient"]
    return min((ORDER.get(kind, len(ORDER)) for kind in found), default=len(ORDER))


def _line(file: Path, remark: Remark, *, as_json: bool) -> str:
    if as_json:
        return msgspec.json.encode({"file": str(file), **msgspec.to_builtins(remark)}).decode()
    same = f" ({', '.join(f'patient {number}' for number in remark.same_as)})" if remark.same_as else ""
    kind = f" {remark.type}" if remark.type else ""
    return f"{file}: entry {remark.entry}{kind} {remark.action}: {remark.message}{same}"


def _print_counts(total: Outcome, *, as_json: bool) -> None:
    counts = {name: getattr(total, name) for name in ("created", "updated", "unchanged", "refused")}
    if as_json:
        print(msgspec.json.encode(counts).decode())
    else:
        print(", ".join(f"{count} {name}" for name, count in counts.items()))
