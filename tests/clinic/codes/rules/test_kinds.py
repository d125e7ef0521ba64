"""The importers of the rule tables: official layouts, and what they say of a line that is none."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.addons import Addon
from clinic.codes.kind import Wish
from clinic.codes.kinds import kinds
from clinic.codes.library import Library
from clinic.codes.loading import load
from clinic.codes.quarters import first_day, setting
from clinic.codes.source_file import Source
from clinic.domain.refusal import Refused
from tests.counts import count

PTP = (
    "Notice of the publisher\r\n\r\nColumn1/Column 2 Edits\r\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n"
    "20610\t99213\t\t20200101\t*\t1\tStandards of practice\r\n"
    "80053\t80048\t*\t19960101\t*\t0\tMore extensive procedure\r\n"
    "80053\t80061\t\t20010101\t20191231\t1\tMisuse of codes\r\n"
    "\r\n"
)
MUE = (
    '"Notice of the publisher,\r\non two lines"\r\n'
    '"HCPCS/\nCPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator","MUE Rationale"\r\n'
    '93000,1,"2 Date of Service Edit: Policy","Nature of Service/Procedure"\r\n'
    'J1100,120,"3 Date of Service Edit: Clinical","Prescribing Information"\r\n'
    'A4206,0,"1 Line Edit","CMS Policy"\r\n'
)
AOC = (
    "Add-on code edits\r\n\r\n"
    "111103   11102   2019001            Example note\r\n"
    "111103   11104   2019001   2023365\r\n"
    "299292   CCCCC   2013091            Contractor Defined Primary Codes\r\n"
    "A note that begins with words\r\n"
)
AOC_TABLE = "primary_code,add_on_code,aoc_edit_type\nC5271,C5272,1\nCCCCC,C5273,2\n"
MCE = (
    "icd_code,description,conflict_group,conflict_rule\r\n"
    "A33,Words,Age,Perinatal/Newborn (Age 0 Only)\r\n"
    "O80,Words,Age,Maternity (Ages 9-64)\r\n"
    "O80,Words,Sex,Female Only\r\n"
    "C61,Words,Sex,Male Only\r\n"
    "E08.36,Words,Other,Manifestation (Not Allowed as Principal Diagnosis)\r\n"
)
SAMPLES = {
    "ncci-ptp": ("ccipra-v321r0-f1.TXT", PTP),
    "ncci-mue": ("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", MUE),
    "ncci-addon": ("AOC_V2026Q2-MCR.txt", AOC),
    "mce": ("mce_v43.1_code_edits.csv", MCE),
}
ON = date(2026, 5, 4)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "codes", sources=lambda: ())


def put(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("cp1252"))
    return path


def table(library: Library, system: str, on: date = ON):
    judging = library.table(system, on)
    assert judging is not None
    return judging.table


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_is_loaded_under_the_dates_its_name_says_and_again_changes_nothing(kind, library, tmp_path):
    path = put(tmp_path, *SAMPLES[kind])
    (loaded,) = load(library, kind, [path], Wish())
    assert loaded.new
    assert (loaded.release.name, loaded.release.start) == ("2026-04", date(2026, 4, 1))
    assert loaded.release.end == date(2026, 9, 30) if kind == "mce" else date(2026, 6, 30)
    assert [each.new for each in load(library, kind, [path], Wish())] == [False]


def test_pairs_are_read_past_the_lines_before_them(library, tmp_path):
    load(library, "ncci-ptp", [put(tmp_path, *SAMPLES["ncci-ptp"])], Wish())
    pairs = table(library, "ncci-ptp")
    (one,) = pairs.between("20610", "99213")
    assert (one.since, one.until, one.indicator, one.rationale) == (
        date(2020, 1, 1),
        None,
        "1",
        "Standards of practice",
    )
    assert pairs.between("80053", "80061")[0].until == date(2019, 12, 31)
    assert len(pairs) == 3


def test_the_parts_of_a_release_are_one(library, tmp_path):
    more = "64483\t64450\t\t20200101\t*\t1\tWords\r\n80053\t80048\t*\t19960101\t*\t0\tMore extensive procedure\r\n"
    parts = [put(tmp_path, "ccipra-v321r0-f1.TXT", PTP), put(tmp_path, "ccipra-v321r0-f2.TXT", more)]
    (loaded,) = load(library, "ncci-ptp", parts, Wish())
    assert loaded.release.rows == 4, "a pair that both parts have is kept once"
    assert table(library, "ncci-ptp").between("64483", "64450")


def test_an_archive_holds_text_and_workbook_and_the_text_is_taken(library, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ccipra-v321r0-f1.TXT", PTP)
        archive.writestr("ccipra-v321r0-f1.xlsx", b"not looked at")
    (loaded,) = load(library, "ncci-ptp", [put(tmp_path, "practitioner.zip", packed.getvalue())], Wish())
    assert loaded.release.rows == 3


def test_a_workbook_is_read_as_its_text(library, tmp_path):
    rows = [line.split("\t") for line in PTP.split("\r\n") if line.strip()]
    cells = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{letter}{at}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for letter, cell in zip("ABCDEFG", row, strict=False)
        )
        + "</row>"
        for at, row in enumerate(rows, 1)
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    load(library, "ncci-ptp", [put(tmp_path, "ccipra-v321r0-f1.xlsx", packed.getvalue())], Wish())
    assert table(library, "ncci-ptp").between("80053", "80061")[0].until == date(2019, 12, 31)


def test_files_of_two_releases_are_not_one(library, tmp_path):
    paths = [put(tmp_path, f"{name}-f1.txt", PTP) for name in ("ccipra-v321r0", "ccioph-v321r0")]
    with pytest.raises(Refused, match="one release"):
        load(library, "ncci-ptp", paths, Wish())
    paths = [put(tmp_path, f"{name}-f2.txt", PTP) for name in ("ccipra-v321r0", "ccipra-v320r0")]
    with pytest.raises(Refused, match="one release"):
        load(library, "ncci-ptp", paths, Wish())


def test_the_heads_say_for_whom_limits_are(library, tmp_path):
    load(library, "ncci-mue", [put(tmp_path, *SAMPLES["ncci-mue"])], Wish())
    supplier = MUE.replace("Practitioner Services", "DME Supplier Services")
    load(library, "ncci-mue", [put(tmp_path, "MCR_MUE_DMESupplier_Eff_04-01-2026.csv", supplier)], Wish())
    assert table(library, "ncci-mue").limit("93000")[:2] == (1, "2")
    assert table(library, "ncci-mue-dme").limit("J1100")[:2] == (120, "3")


def test_add_ons_are_read_as_text_and_as_a_table(library, tmp_path):
    load(library, "ncci-addon", [put(tmp_path, *SAMPLES["ncci-addon"])], Wish())
    assert table(library, "ncci-addon").addon("11103", ON) == Addon("1", frozenset({"11102"}))
    assert table(library, "ncci-addon").addon("99292", ON) == Addon("2", frozenset())
    load(library, "ncci-addon", [put(tmp_path, "ncci_addon_2024q3.csv", AOC_TABLE)], Wish())
    assert table(library, "ncci-addon", date(2024, 8, 1)).addon("C5272", ON) == Addon("1", frozenset({"C5271"}))


def test_lists_keep_the_years_that_the_file_names(library, tmp_path):
    load(library, "mce", [put(tmp_path, *SAMPLES["mce"])], Wish())
    assert table(library, "mce").listed("O80").ages == (("maternity", 9, 64),)
    assert table(library, "mce").listed("E0836").lists == {"manifestation"}
    assert table(library, "mce").listed("C61").lists == {"male"}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("ccipra-v301r0-f1.TXT", date(2024, 4, 1)),
        ("medicare-ncci-2026q2-practitioner-ptp-edits.zip", date(2026, 4, 1)),
        ("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", date(2024, 7, 1)),
        ("add-code-edits-medicare-effective-07012026.zip", date(2026, 7, 1)),
        ("MUE_Eff_13-01-2024.csv", None),
        ("pairs.txt", None),
    ],
)
def test_a_name_says_the_first_day(name, day):
    assert first_day(name) == day


def test_a_name_says_for_whom_it_is():
    names = ("ccipra-v301r0-f1", "ccioph-v301r0-f1", "MUE_OutpatientHospital", "MUE_DMESupplier", "pairs")
    assert [setting(name) for name in names] == ["practitioner", "outpatient", "outpatient", "dme", "practitioner"]


@pytest.mark.parametrize(
    ("kind", "wrong", "place"),
    [
        ("ncci-ptp", PTP.replace("\t1\tStandards", "\t2\tStandards"), "line 6"),
        ("ncci-ptp", PTP.replace("20191231", "20191331"), "line 8"),
        ("ncci-ptp", PTP.replace("80053\t80048", "80053\t8004"), "line 7"),
        ("ncci-ptp", PTP.replace("\t80061\t\t20010101\t20191231\t1\tMisuse of codes", ""), "line 8"),
        ("ncci-ptp", "no pair\r\n" * 100, "ccipra"),
        ("ncci-mue", MUE.replace("120", "many"), "line"),
        ("ncci-mue", MUE.replace("J1100", "93000"), "line"),
        ("ncci-mue", MUE.replace('"1 Line Edit"', '"4 Line Edit"'), "line"),
        ("ncci-addon", AOC.replace("11104", "1110"), "line 4"),
        ("ncci-addon", AOC.replace("2023365", "2023999"), "line 4"),
        ("ncci-addon", "words\r\n", "AOC"),
        ("mce", MCE.replace("Male Only", "Left Only"), "line 5"),
        ("mce", MCE.replace("C61", "61C"), "line 5"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(kind, wrong, place, library, tmp_path):
    assert wrong != SAMPLES[kind][1]
    path = put(tmp_path, SAMPLES[kind][0], wrong)
    with pytest.raises(Refused) as refused:
        load(library, kind, [path], Wish())
    assert place in refused.value.where
    assert library.releases() == []


def test_a_file_without_a_date_asks_for_one(library, tmp_path):
    path = put(tmp_path, "pairs.txt", PTP)
    with pytest.raises(Refused, match="--from"):
        load(library, "ncci-ptp", [path], Wish())
    (loaded,) = load(library, "ncci-ptp", [path], Wish(start=date(2026, 1, 1)))
    assert loaded.release.end == date(2026, 3, 31)


@settings(max_examples=count(60, 100_000))
@given(
    kind=st.sampled_from(sorted(SAMPLES)),
    spoils=st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from(["cut", "swap", "put", "twice"]), st.binary(max_size=6)),
        min_size=1,
        max_size=4,
    ),
)
def test_whatever_stands_in_a_file_is_read_or_refused(kind, spoils, tmp_path_factory):
    name, text = SAMPLES[kind]
    data = bytearray(text.encode("cp1252"))
    for place, what, put_in in spoils:
        at = place % (len(data) + 1)
        if what == "cut":
            del data[at:]
        elif what == "swap":
            data[at : at + len(put_in)] = put_in
        elif what == "put":
            data[at:at] = put_in
        else:
            data[at:at] = data[max(0, at - 40) : at]
    path = put(tmp_path_factory.getbasetemp(), name, bytes(data))
    said, drafts = name, []
    try:
        drafts = kinds()[kind].read(Source(path), Wish())
    except Refused as refused:
        said = refused.where
    assert name in said
    assert all(release.system.startswith(kind) and body.rows for release, body in drafts)


@pytest.mark.shared
def test_the_public_files_are_loaded_whole(shared_dir, library):
    folder = shared_dir / "codesets"
    rows = {
        ("ncci-ptp", "ncci/ncci_ptp_practitioner_2024q3_level2only.txt.gz"): 3158,
        ("ncci-ptp", "ncci/ncci_ptp_outpatient_hospital_2024q3_level2only.txt.gz"): 2200,
        ("ncci-mue", "ncci/MCR_MUE_PractitionerServices_Eff_07-01-2024_level2only.csv.gz"): 4387,
        ("ncci-mue", "ncci/MCR_MUE_OutpatientHospital_Eff_07-01-2024_level2only.csv.gz"): 4339,
        ("ncci-mue", "ncci/MCR_MUE_DMESupplier_Eff_07-01-2024_level2only.csv.gz"): 2928,
        ("ncci-addon", "ncci/ncci_addon_2024q3_level2only.csv.gz"): 53,
        ("mce", "mce/mce_v41.1_code_edits.csv.gz"): 7946,
    }
    for (kind, name), expected in rows.items():
        (loaded,) = load(library, kind, [folder / name], Wish())
        assert loaded.release.rows == expected
    on = date(2024, 8, 1)
    pairs = table(library, "ncci-ptp", on).rows_of("A9500")
    assert all(pair.since is None for pair in pairs)
    assert table(library, "mce", on).listed("E8411").lists == {"newborn"}
    assert sorted(release.system for release in library.releases()) == [
        "mce", "ncci-addon", "ncci-mue", "ncci-mue-dme", "ncci-mue-outpatient", "ncci-ptp", "ncci-ptp-outpatient",
    ]  # fmt: skip
