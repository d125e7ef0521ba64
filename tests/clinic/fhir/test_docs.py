"""docs/fhir.md names what is read."""

from pathlib import Path

from clinic.fhir.importer.reading import READERS
from clinic.services.importing.outcome import Remark

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "fhir.md").read_text("utf-8")


def test_every_type_that_becomes_a_row_is_in_the_table():
    table = PAGE.partition("| Resource |")[2].partition("\n\n")[0]
    assert [kind for kind in READERS if kind not in table] == []


def test_every_key_of_the_report_is_named():
    assert [name for name in Remark.__struct_fields__ if f'"{name}"' not in PAGE] == []
