"""docs/cli.md says what the commands say: none missing, none gone, their options, the keys of what they print.

After a change of a command: ``CABINET_UPDATE_DOCS=1 pytest tests/house/test_docs_cli.py``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from flask.cli import FlaskGroup

from app import PACKAGES
from billing.edits import EDITS
from clinic.base import db
from clinic.rooms import offered
from tests.clinic.fhir.importer import records
from tests.fixtures.people import make_patient
from tests.house.blocks import blocks, column, page, table, written
from tests.house.tree import ROOT

PAGE = "docs/cli.md"
GOLDEN = ROOT / "tests" / "golden" / "x12" / "simple.edi"


def commands() -> dict[str, click.Command]:
    """Every command of ours by what one types after ``flask``."""
    found = {}
    # all are loaded first: a package may put a command into a group of one below it
    for group in [group for package in PACKAGES for group in offered(f"{package}.cli", "group")]:
        inner = group.commands.values() if isinstance(group, click.Group) else [group]
        found |= {(group.name if one is group else f"{group.name} {one.name}"): one for one in inner}
    return found


def told(name: str, command: click.Command) -> str:
    """What ``--help`` says of its form and options."""
    context = click.Context(command, info_name=f"flask {name}")
    records = [
        record
        for each in command.params
        if isinstance(each, click.Option) and (record := each.get_help_record(context))
    ]
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    options = table(("option", "means"), ((f"`{option}`", means) for option, means in records)) + "\n"
    return f"\n    {usage}\n\n{options if records else ''}"


def sections() -> dict[str, str]:
    """The text below each heading of the second level."""
    return dict(re.findall(r"^## flask (.+?)\n(.*?)(?=^## |\Z)", page(PAGE), re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_is_told_as_it_is(name) -> None:
    expected = told(name, commands()[name])
    assert written(PAGE, name, expected) == expected
    assert f"<!-- begin {name} -->" in sections()[name]


def test_no_command_is_told_that_is_gone() -> None:
    assert set(blocks(PAGE)) == set(sections()) == set(commands())


def test_the_commands_of_other_packages_are_named(app) -> None:
    ours = {name.split()[0] for name in commands()}
    theirs = {*app.cli.commands, *FlaskGroup(create_app=lambda: app).commands} - ours
    assert column(page(PAGE), "also there") == sorted(theirs)


def test_the_readme_names_every_group() -> None:
    missing = {name.split()[0] for name in commands()} - set(re.findall(r"`flask (\w+)", page("README.md")))
    assert missing == set()


def test_the_readme_counts_the_edits() -> None:
    assert re.findall(r"(\d+) edits", page("README.md")) == [str(len(EDITS))]


def test_the_server_has_the_options_told() -> None:
    command = [sys.executable, "app.py", "--help"]
    said = subprocess.run(command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout
    assert set(re.findall(r"--\w+", said)) - {"--help"} == set(column(page(PAGE), "option of app.py"))


def paths(value: object, before: str = "") -> Iterator[str]:
    """The keys of an object, with those of the objects in it: ``errors[].code``."""
    if isinstance(value, list):
        for each in value:
            yield from paths(each, f"{before}[]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            path = f"{before}.{key}" if before else key
            yield path
            yield from paths(inner, path)


def runs(folder):
    """Command → arguments that make it print each of its keys."""
    broken = folder / "broken.edi"
    broken.write_bytes(GOLDEN.read_bytes().replace(b"*Y*A*Y*Y", b"*?*A*Y*Y", 1))
    bundle = folder / "bundle.json"
    wrong = {**records.OBSERVATION, "status": "x"}
    bundle.write_bytes(records.text(records.bundle(records.PATIENT, wrong, kind="batch")))
    charges = folder / "charges.csv"
    charges.write_text("code,words,price\n99213,visit,120.00\n")
    note = folder / "note.txt"
    note.write_text("Denies fever. Carpal tunnel syndrome.")
    return {
        "charges load": [charges],
        "claim check": [broken],
        "claim edits": [],
        "codes list": [],
        "codes search": ["hypertension"],
        "codes suggest": [note],
        "edi read": [broken],
        "fhir export": ["--out", folder / "out"],
        "fhir import": [bundle],
        "journal verify": [],
        "practice found": ["Harbor", "--username", "areyes", "--first", "Ada", "--last", "Reyes"],
    }


def test_the_keys_told_are_the_keys_printed(app, practice, tmp_path) -> None:
    make_patient(practice, "Calloway", "Beatrix")  # so that the imported one may be the same
    wrong, examples = {}, runs(tmp_path)
    for name, arguments in examples.items():
        db.session.commit()
        result = app.test_cli_runner().invoke(args=[*name.split(), "--json", *map(str, arguments)])
        seen = {path for line in result.stdout.splitlines() for path in paths(json.loads(line))}
        keys = set(column(sections()[name], "key"))
        top = {re.split(r"\W", key)[0] for key in keys}
        if not seen or seen - keys or top != {path for path in seen if path.isidentifier()}:
            wrong[name] = (result.output[:200] if not seen else sorted(seen - keys), sorted(top - seen))
    assert wrong == {}
    with_json = {name for name, command in commands().items() if "as_json" in {one.name for one in command.params}}
    assert with_json - set(examples) == {"codes load"}  # its keys are those of the list and one more
    extra = set(column(sections()["codes load"], "key"))
    assert extra == {"loaded"}
