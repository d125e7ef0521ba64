"""``flask lab plan`` on an empty, migrated database."""

import json

import pytest


def run(app, *words):
    return app.test_cli_runner().invoke(args=["lab", "plan", *words])


def planned(app, *words):
    done = run(app, *words, "--json")
    assert done.exit_code == 0, done.output
    assert done.output.count("\n") == 1
    return json.loads(done.output)


def test_the_object_has_the_words_other_programs_rely_on(app):
    made = planned(app, "cbc_diff", "pt_inr", "cmp", "lipid")
    assert [(row["container"], row["cap"], row["count"], row["tests"]) for row in made["containers"]] == [
        ("citrate", "light blue", 1, ["pt_inr"]),
        ("sst", "gold", 1, ["cmp", "lipid"]),
        ("edta", "lavender", 1, ["cbc_diff"]),
    ]
    assert made["draw_order"] == [["light blue"], ["gold"], ["lavender"]]
    assert made["fasting"] == {"level": "preferred", "hours": 9}
    assert [question["key"] for question in made["questions"]] == ["fasting_since", "anticoagulant"]
    assert made["ask"] == [question["words"] for question in made["questions"]]
    assert all(isinstance(text, str) for text in made["handling"])
    assert len(made["handling"]) == len(set(made["handling"]))


def test_tubes_of_one_kind_stand_in_one_row_and_those_that_may_not_share_in_two(app):
    many = planned(app, "cmp", "lipid", "tsh", "ft4", "crp", "ferritin")["containers"]
    assert [(row["cap"], row["count"], len(row["tests"])) for row in many] == [("gold", 2, 6)]
    assert [each["volume_ul"] for each in many[0]["each"]] == [5000, 1000]
    apart = planned(app, "ammonia", "cbc_diff")["containers"]
    assert [(row["cap"], row["tests"], row["on_ice"]) for row in apart] == [
        ("lavender", ["cbc_diff"], False),
        ("lavender", ["ammonia"], True),
    ]


def test_a_set_counts_its_pieces(app):
    made = planned(app, "igra_tb")
    assert [(row["cap"], row["count"]) for row in made["containers"]] == [("gray, green, yellow, purple", 4)]
    assert made["draw_order"] == [["gray", "green", "yellow", "purple"]]


def test_settings_change_the_plan(app):
    tests = ("cmp", "lipid", "tsh", "ft4", "crp", "ferritin")
    assert planned(app, *tests, "--set", "pediatric=yes")["containers"][0]["count"] == 1
    winged = planned(app, "pt_inr", "--set", "draw=winged")
    assert [row["container"] for row in winged["containers"]] == ["discard", "citrate"]
    assert len(planned(app, "aptt", "--set", "heparin=no")["ask"]) == len(planned(app, "aptt")["ask"]) - 1
    split = planned(app, "cmp", "lipid", "--set", "lab=reference", "--set", "lipid=in_house")
    assert [(row["tests"], row["place"]) for row in split["containers"]] == [
        (["lipid"], "in_house"),
        (["cmp"], "reference"),
    ]


def test_what_is_ordered_along_is_planned_along(app):
    made = planned(app, "oral_dif")
    assert {row["container"] for row in made["containers"]} == {"michel_vial", "formalin_bottle"}


def test_without_json_it_is_a_page(app):
    done = run(app, "cbc_diff", "glucose_fasting")
    assert done.exit_code == 0
    assert "1 × lavender" in done.output
    assert "required, 8" in done.output


@pytest.mark.parametrize(
    "words",
    [
        ("cbc_dif",),
        ("",),
        ("cbc_diff", "--set", "colour=red"),
        ("cbc_diff", "--set", "pediatric"),
        ("cbc_diff", "--set", "pediatric=maybe"),
        ("cbc_diff", "--set", "draw=sideways"),
        ("cbc_diff", "--set", "lab=Nowhere"),
        ("cbc_diff", "--set", "=x"),
        ("aptt", "--set", "heparin=perhaps"),
        ("urine_culture", "--set", "collection_method=spoon"),
        ("cbc_diff", "--practice", "Nobody"),
        ("cbc_diff", "--on", "yesterday"),
        (),
    ],
)
def test_what_is_not_known_is_one_sentence_and_exit_code_2(app, words):
    done = run(app, *words, "--json")
    assert done.exit_code == 2
    said = [line for line in done.output.splitlines() if line.startswith("Error: ")]
    assert len(said) == 1
    assert "Traceback" not in done.output
