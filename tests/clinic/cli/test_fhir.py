"""``flask fhir import`` as people and programs meet it: paths, exit codes, JSON, one sentence when it cannot."""

import json

import pytest
from sqlalchemy import func, select

from clinic.base import db
from clinic.models import ForeignResource, Observation, Patient, Practice
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle, text


@pytest.fixture
def run(app):
    """The command, run in a process's stead."""
    runner = app.test_cli_runner()

    def call(*arguments):
        db.session.commit()
        return runner.invoke(args=["fhir", "import", *map(str, arguments)])

    return call


@pytest.fixture
def out(app):
    """The other command."""
    runner = app.test_cli_runner()

    def call(*arguments):
        db.session.commit()
        return runner.invoke(args=["fhir", "export", *map(str, arguments)])

    return call


def rows(model):
    """How many rows a table has."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def lines(result):
    """The objects it printed."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def counts(created=0, updated=0, unchanged=0, refused=0):
    """The last line."""
    return {"created": created, "updated": updated, "unchanged": unchanged, "refused": refused}


def test_it_takes_a_bundle_in_on_an_empty_database_and_again_changes_nothing(run, tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(text(bundle()))
    first = run("--json", file)
    assert first.exit_code == 0
    assert lines(first) == [counts(created=len(own.ALL))]
    assert rows(Practice) == 1
    assert lines(run("--json", file)) == [counts(unchanged=len(own.ALL))]
    assert rows(Practice) == 1


def test_a_refused_entry_is_a_line_and_exit_code_1(run, practice, tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(text(bundle(own.PATIENT, own.OBSERVATION | {"status": "x"}, kind="batch")))
    result = run("--json", file)
    assert result.exit_code == 1
    problem, last = lines(result)
    assert (problem["file"], problem["entry"], problem["type"]) == (str(file), 2, "Observation")
    assert (problem["action"], problem["problem"]) == ("refused", "invalid")
    assert last == counts(created=1, refused=1)
    said = run(file)
    assert said.exit_code == 1
    assert "entry 2 Observation refused: Observation.status" in said.stdout


def test_folders_are_taken_in_an_order_that_resolves(run, practice, tmp_path):
    """A bulk export: a file a type, references by type and id, in the alphabet's order the wrong way round."""
    patient = {name: value for name, value in own.PATIENT.items() if name != "identifier"}
    encounter = own.ENCOUNTER | {"subject": {"reference": "Patient/p1"}}
    seen = own.OBSERVATION | {"subject": {"reference": "Patient/p1"}, "encounter": {"reference": "Encounter/e1"}}
    (tmp_path / "deep").mkdir()
    for number, resource in enumerate((seen, encounter, own.PRACTITIONER, patient)):
        (tmp_path / "deep" / f"{number}.ndjson").write_text(json.dumps(resource) + "\n")
    (tmp_path / "readme.txt").write_text("no FHIR")
    result = run("--json", tmp_path)
    assert lines(result) == [counts(created=4)]
    assert rows(Observation) == 1
    assert lines(run("--json", tmp_path)) == [counts(unchanged=4)]


def test_the_same_id_in_two_folders_is_two_patients(run, practice, tmp_path):
    """What is said of Patient/1 in one folder is never put to Patient/1 of another."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    patient = {name: value for name, value in own.PATIENT.items() if name != "identifier"}
    with_id = patient | {"identifier": [{"system": "http://example.org/a", "value": "1"}]}
    (tmp_path / "a" / "p.json").write_bytes(text(with_id))
    (tmp_path / "b" / "e.json").write_bytes(text(own.ENCOUNTER | {"subject": {"reference": "Patient/p1"}}))
    problem, last = lines(run("--json", tmp_path))
    assert (problem["type"], problem["problem"]) == ("Encounter", "kept")
    assert last == counts(created=2)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"[1]", b'{"resourceType":"Bundle","type":"history"}', b"\xff", b"[" * 100_000]
)
def test_an_unreadable_file_is_one_sentence_and_changes_nothing(run, practice, tmp_path, content):
    (tmp_path / "good.json").write_bytes(text(bundle()))
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    result = run("--json", tmp_path / "good.json", bad)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {bad}: ")
    assert result.stderr.count("\n") == 1
    assert rows(ForeignResource) == 0


def test_a_path_that_is_not_there_or_holds_nothing(run, practice, tmp_path):
    for path in (tmp_path / "none.json", tmp_path):
        result = run(path)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"Error: {path}: ")


def test_several_practices_must_be_told_apart(run, practice, other_practice, tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(text(bundle(own.PATIENT)))
    assert run(file).exit_code == 2
    assert run("--practice", "Nobody", file).exit_code == 2
    assert run("--practice", other_practice.row.name.lower(), file).exit_code == 0
    assert db.session.scalars(select(Patient.practice_id)).one() == other_practice.row.id


def test_help_says_what_the_exit_codes_mean(run):
    result = run("--help")
    assert result.exit_code == 0
    assert "Exit code 1" in result.stdout


def test_an_export_tells_how_much_of_each_type_and_comes_in_again(run, out, practice, tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(text(bundle()))
    run(file)
    result = out("--json", "--out", tmp_path / "out")
    assert result.exit_code == 0
    told = {each["type"]: each for each in lines(result)}
    assert told["Patient"] == {"type": "Patient", "count": 1, "left_out": 0, "file": "Patient.ndjson"}
    assert told["Claim"] == {"type": "Claim", "count": 0, "left_out": 0, "file": None}
    names = {each["file"] for each in told.values() if each["file"]}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert "Observation: 1\n" in out("--out", tmp_path / "again", "--type", "Observation").stdout
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["Observation.ndjson"]
    said = [path.read_bytes() for path in (tmp_path / "again").iterdir()]
    assert said == [(tmp_path / "out" / "Observation.ndjson").read_bytes()]


@pytest.mark.parametrize("arguments", [("--type", "Immunization"), ("--practice", "Nobody")])
def test_an_export_that_cannot_be_is_one_sentence_and_leaves_nothing(out, practice, tmp_path, arguments):
    result = out("--out", tmp_path / "out", *arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert not (tmp_path / "out").exists()


def test_an_export_writes_over_nothing(out, practice, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("x")
    result = out("--out", tmp_path / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert str(tmp_path / "out") in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


def test_an_export_of_an_empty_database_is_the_practice_it_makes(out, app, tmp_path):
    assert out("--out", tmp_path / "out").exit_code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Organization.ndjson"]
    assert rows(Practice) == 1
