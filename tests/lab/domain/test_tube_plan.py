"""The tube plan: what shares, what does not, and in which order."""

import pytest

from lab.domain.drawn import picture
from lab.domain.tube_plan import plan
from lab.services.shipped import shipped

CATALOGUE = shipped()


def tubes(*keys, **settings):
    wanted = [CATALOGUE.tests[key] for key in keys]
    return [(each.holder, each.tests) for each in plan(wanted, CATALOGUE.holders, **settings).containers]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((), []),
        (("cmp", "lipid", "tsh"), [("sst", ("cmp", "lipid", "tsh"))]),
        (("cbc_diff", "hba1c", "esr"), [("edta", ("cbc_diff", "esr", "hba1c"))]),
        # whole blood is never spun: plasma has a tube of its own
        (("cbc_diff", "pth_intact"), [("edta", ("cbc_diff",)), ("edta", ("pth_intact",))]),
        # what is poured off is kept apart, so frozen and refrigerated plasma come from one tube
        (("nt_probnp", "pth_intact"), [("edta", ("nt_probnp", "pth_intact"))]),
        # on ice from the draw
        (("ammonia", "pth_intact"), [("edta", ("pth_intact",)), ("edta", ("ammonia",))]),
        # one kind of cap, another additive
        (("cbc_diff", "lead_venous"), [("edta", ("cbc_diff",)), ("edta_trace", ("lead_venous",))]),
        (("cbc_diff", "abo_rh"), [("edta", ("cbc_diff",)), ("edta_bank", ("abo_rh",))]),
        # another time of the draw
        (
            ("glucose_fasting", "glucose_1h_50g"),
            [("fluoride", ("glucose_1h_50g",)), ("fluoride", ("glucose_fasting",))],
        ),
        # 1.0 + 1.0 + 1.0 mL in tubes of 2.7 mL
        (("pt_inr", "aptt", "d_dimer"), [("citrate", ("aptt", "d_dimer")), ("citrate", ("pt_inr",))]),
        (("pap_lbc", "hpv_hr"), [("cytology_vial", ("hpv_hr", "pap_lbc"))]),
        (("hpylori_stool_ag", "cdiff_naat"), [("stool_cup", ("cdiff_naat", "hpylori_stool_ag"))]),
        # a swab goes into one kit
        (("strep_a_rapid", "flu_ab_rapid"), [("swab_dry", ("flu_ab_rapid",)), ("swab_dry", ("strep_a_rapid",))]),
        (
            ("throat_culture", "throat_culture"),
            [("swab_amies", ("throat_culture",)), ("swab_amies", ("throat_culture",))],
        ),
        (("cmp", "cmp"), [("sst", ("cmp",))]),
    ],
)
def test_tests_share_where_nothing_they_need_differs(keys, expected):
    assert tubes(*keys) == expected


def test_they_come_in_the_order_of_draw():
    made = tubes("glucose_fasting", "cbc_diff", "igra_tb", "cmp", "pt_inr", "blood_culture", "ua_complete")
    assert [holder for holder, _ in made] == [
        "culture_pair",
        "citrate",
        "sst",
        "igra_set",
        "edta",
        "fluoride",
        "ua_tube",
    ]


def test_the_order_of_draw_groups_what_is_drawn_in_one_place():
    wanted = [CATALOGUE.tests[key] for key in ("cbc_diff", "abo_rh", "lead_venous", "igra_tb", "cmp", "ua_dipstick")]
    made = plan(wanted, CATALOGUE.holders)
    assert made.draw_order == (
        ("gold",),
        ("gray", "green", "yellow", "purple"),
        ("lavender", "pink", "royal_blue"),
    )
    assert [each.count for each in made.containers] == [1, 4, 1, 1, 1, 1]


def test_a_full_tube_is_followed_by_another():
    five = ("cmp", "lipid", "tsh", "ft4", "crp")
    assert len(tubes(*five)) == 1
    assert len(tubes(*five, "ferritin")) == 2
    assert len(tubes(*five, "ferritin", pediatric=True)) == 1


def test_what_goes_to_different_places_goes_apart():
    assert len(tubes("cmp", "lipid", places={"lipid": "in_house"})) == 2
    assert len(tubes("cmp", "lipid", places={"lipid": "Lakeside", "cmp": "Lakeside"})) == 1


def test_a_winged_set_needs_a_discard_tube_before_a_light_blue_that_is_first():
    assert tubes("pt_inr", "cmp", winged=True)[0] == ("discard", ())
    assert tubes("pt_inr", "blood_culture", winged=True)[0][0] == "culture_pair"
    assert tubes("cmp", winged=True) == tubes("cmp")
    made = plan([CATALOGUE.tests["pt_inr"]], CATALOGUE.holders, winged=True)
    assert made.draw_order == (("clear",), ("light_blue",))


def test_fasting_is_the_strictest_level_and_the_most_hours():
    def fasting(*keys):
        made = plan([CATALOGUE.tests[key] for key in keys], CATALOGUE.holders)
        return made.fasting, made.fasting_hours

    assert fasting("cbc_diff") == ("no", 0)
    assert fasting("cbc_diff", "cmp") == ("preferred", 8)
    assert fasting("cmp", "lipid") == ("preferred", 9)
    assert fasting("lipid", "glucose_fasting") == ("required", 9)


def test_what_was_answered_is_not_asked_and_may_lift_a_limit():
    aptt = CATALOGUE.tests["aptt"]
    asked = plan([aptt], CATALOGUE.holders)
    answered = plan([aptt], CATALOGUE.holders, answers={"heparin": "no"})
    said_yes = plan([aptt], CATALOGUE.holders, answers={"heparin": "yes"})
    assert asked.ask == ("heparin", "anticoagulant")
    assert answered.ask == ("anticoagulant",)
    assert len(asked.handling) == len(said_yes.handling) == len(answered.handling) + 1


def test_the_strictest_of_each_limit_is_said():
    made = plan([CATALOGUE.tests["nt_probnp"], CATALOGUE.tests["pth_intact"]], CATALOGUE.holders)
    filled = [dict(said.params) for said in made.containers[0].handling if said.params]
    assert {"minutes": 10, "g": 1300} in filled
    assert {"hours": 2} in filled
    assert {"tests": "pth_intact"} in filled


def test_a_michel_vial_comes_with_its_formalin_bottle():
    wanted = CATALOGUE.with_companions([CATALOGUE.tests["oral_dif"]])
    made = plan(wanted, CATALOGUE.holders)
    assert [(each.holder, each.tests) for each in made.containers] == [
        ("formalin_bottle", ("oral_biopsy",)),
        ("michel_vial", ("oral_dif",)),
    ]
    assert CATALOGUE.with_companions(wanted) == wanted


@pytest.mark.parametrize(
    ("volume", "level", "height"),
    [(0, 92, 0), (1, 91, 1), (2500, 61, 31), (5000, 30, 62), (9000, 30, 62), (None, 61, 31)],
)
def test_a_tube_is_drawn_as_full_as_it_is(volume, level, height):
    made = picture("tube", volume, 5000)
    assert (made.level, made.height) == (level, height)
