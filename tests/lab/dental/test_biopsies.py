"""Specimens from the mouth: one order, two fixatives, two labels; site and images on order, life and requisition."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from PIL import Image
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Fact, JournalAct
from clinic.services.changing import print_of
from clinic.services.find import Unknown
from lab.documents.picture import read_picture
from lab.models import BiopsyImage, BiopsyRecord, LabelPrint, Laboratory, LabOrder, OrderLine, Specimen
from lab.services.biopsies_of import biopsies_of
from lab.services.biopsy_facts import THING, biopsy_of, refold_biopsy
from lab.services.biopsy_images import add_image, image_shown, take_image_off
from lab.services.cancel_order import cancel_line
from lab.services.change_order import change_order, details_of
from lab.services.collect import collect
from lab.services.describe_biopsy import Taken, describe_biopsy
from lab.services.image_store import path_of, take_out
from lab.services.pack import pack
from lab.services.sign_order import sign_order
from lab.services.specimens import container_of
from tests.clinic.views.counting import statements
from tests.clinic.views.reading import seen_last
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient
from tests.lab.boxes import box, make_laboratory
from tests.lab.ordering import order_tests

CHEEK = Taken(
    site="buccal_left",
    mark="suture",
    detail="1 cm behind the corner",
    orientation="long suture towards the front",
    impression="lichen planus",
)
WORDS = "Cheek mucosa, left side, 1 cm behind the corner"
MOST_STATEMENTS = 12


def picture(colour="red", size=(80, 60)):
    kept = BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG")
    return read_picture(kept.getvalue())


@pytest.fixture
def order(practice) -> LabOrder:
    """The test that brings the other along."""
    return order_tests(practice, make_patient(practice), ("oral_dif", make_laboratory(practice)))


def lines(order) -> dict[str, OrderLine]:
    db.session.expire_all()
    return {line.test_key: line for line in db.session.get_one(LabOrder, order.id).lines}


def answered(practice, order) -> None:
    who = practice.actor("assistant")
    db.session.expire_all()
    was = details_of(order)
    given = tuple((name, said or "white lines for six months") for name, said in was.answers)
    change_order(who, order.id, replace(was, answers=given), print_of(was))


def complete(practice, order) -> list[Specimen]:
    """Described with an image, answered and signed; its two containers."""
    who = practice.actor("assistant")
    first = next(iter(lines(order).values()))
    describe_biopsy(who, first.id, CHEEK, str, all_lines=True)
    add_image(who, first.id, picture(), "Left cheek", all_lines=True)
    answered(practice, order)
    sign_order(practice.actor("provider"), order.id)
    return list(db.session.scalars(select(Specimen).where(Specimen.state != "missed").order_by(Specimen.holder)))


def test_one_order_gives_michel_and_formalin_with_one_site(practice, order) -> None:
    assert set(lines(order)) == {"oral_dif", "oral_biopsy"}
    formalin, michel = complete(practice, order)
    assert (formalin.holder, michel.holder) == ("formalin_bottle", "michel_vial")
    assert {container_of(row).site for row in (formalin, michel)} == {WORDS}
    assert {line.state for line in lines(order).values()} == {"active"}
    assert formalin.set_number is michel.set_number is None  # each may be drawn again by itself


def test_each_fact_has_its_journal_row_and_the_row_is_their_fold(practice, order) -> None:
    complete(practice, order)
    for row in db.session.scalars(select(BiopsyRecord)):
        assert refold_biopsy(row) == biopsy_of(row)
        assert row.sequence == 2
    facts = db.session.scalars(select(Fact).where(Fact.thing == THING).order_by(Fact.id)).all()
    acts = db.session.scalars(select(JournalAct).where(JournalAct.thing == THING).order_by(JournalAct.id)).all()
    assert [(fact.thing_id, fact.type) for fact in facts] == [(act.thing_id, act.detail) for act in acts]
    assert len(facts) == 4


def test_one_line_alone_leaves_the_other_as_it_is(practice, order) -> None:
    describe_biopsy(practice.actor("assistant"), lines(order)["oral_dif"].id, CHEEK, str)
    found = lines(order)
    assert found["oral_dif"].answers["site"] == WORDS
    assert "site" not in found["oral_biopsy"].answers
    assert "answer:site" in found["oral_biopsy"].held_for
    assert "answer:site" not in found["oral_dif"].held_for


def test_another_site_plans_what_is_not_labeled_anew(practice, order) -> None:
    complete(practice, order)
    who, line = practice.actor("assistant"), lines(order)["oral_dif"]
    describe_biopsy(who, line.id, replace(CHEEK, site="tongue_tip", detail=None), str)
    rows = db.session.scalars(select(Specimen).where(Specimen.state == "planned")).all()
    assert {row.holder: container_of(row).site for row in rows} == {
        "michel_vial": "Tongue, tip",
        "formalin_bottle": WORDS,
    }


def test_the_words_are_those_of_who_chose_it(practice, order) -> None:
    french = {"Cheek mucosa": "Muqueuse jugale", "left side": "côté gauche"}
    line = lines(order)["oral_dif"]
    describe_biopsy(practice.actor("assistant"), line.id, replace(CHEEK, detail=None), lambda text: french[text])
    told = biopsies_of(practice.actor("assistant"), [line.id])[line.id]
    assert told.words == "Muqueuse jugale, côté gauche"
    assert told.site is not None
    assert told.site.key == "buccal_left"


def refused(call, *arguments, **named) -> Refused:
    with pytest.raises(Refused) as told:
        call(*arguments, **named)
    return told.value


def test_what_cannot_be_said_is_refused(practice, order) -> None:
    who, line = practice.actor("assistant"), lines(order)["oral_dif"]
    assert refused(describe_biopsy, who, line.id, replace(CHEEK, site="elbow"), str).where == "site"
    assert refused(describe_biopsy, who, line.id, replace(CHEEK, mark="bow"), str).where == "mark"
    assert refused(describe_biopsy, who, line.id, replace(CHEEK, impression="x" * 501), str).where == "impression"
    assert refused(add_image, who, line.id, picture()).code == "not_described"
    blood = order_tests(practice, make_patient(practice), ("cbc_diff", make_laboratory(practice, "Other"))).lines[0]
    assert refused(describe_biopsy, who, blood.id, CHEEK, str).code == "not_oral"
    assert db.session.query(BiopsyRecord).count() == 0


def test_what_was_taken_off_stays_as_it_is(practice, order) -> None:
    who, line = practice.actor("assistant"), lines(order)["oral_dif"]
    describe_biopsy(who, line.id, CHEEK, str)
    cancel_line(who, order.id, line.id, "not needed")
    assert refused(describe_biopsy, who, line.id, CHEEK, str).code == "reported"
    assert refused(add_image, who, line.id, picture()).code == "reported"


def test_an_image_lies_under_its_digest_and_is_taken_off_with_a_reason(app, practice, order) -> None:
    who, line = practice.actor("assistant"), lines(order)["oral_dif"]
    describe_biopsy(who, line.id, CHEEK, str)
    shot = picture()
    add_image(who, line.id, shot, "  Left   cheek ")
    image = db.session.scalars(select(BiopsyImage)).one()
    path = path_of(practice.row.id, shot.digest)
    assert path.is_file()
    assert str(app.config["CABINET_INSTANCE"]) in str(path)
    assert [each.name for each in path.parent.iterdir()] == [shot.digest]  # nothing half written beside it
    assert (take_out(practice.row.id, image.digest), image.caption) == (shot.data, "Left cheek")
    assert refused(add_image, who, line.id, shot).code == "image_there"
    assert refused(take_image_off, who, image.id, " ").code == "reason"
    assert take_image_off(who, image.id, "of another patient") == line.id
    with pytest.raises(Unknown):
        image_shown(who, image.id)
    assert refused(take_image_off, who, image.id, "again").code == "image_gone"
    assert biopsies_of(who, [line.id])[line.id].images == ()


def test_rows_of_another_practice_are_unknown(practice, other_practice, order) -> None:
    line = lines(order)["oral_dif"]
    describe_biopsy(practice.actor("assistant"), line.id, CHEEK, str)
    add_image(practice.actor("assistant"), line.id, picture())
    image = db.session.scalars(select(BiopsyImage)).one()
    stranger = other_practice.actor("assistant")
    for call in (
        lambda: describe_biopsy(stranger, line.id, CHEEK, str),
        lambda: add_image(stranger, line.id, picture("blue")),
        lambda: take_image_off(stranger, image.id, "x"),
        lambda: image_shown(stranger, image.id),
    ):
        with pytest.raises(Unknown):
            call()
    assert biopsies_of(stranger, [line.id]) == {}


# Through HTTP


@pytest.fixture
def assistant(client, practice):
    return log_in(client, practice.actor("assistant"), practice)


def text(answer, status: int = 200) -> str:
    assert answer.status_code == status, answer.get_data(as_text=True)[:400]
    return answer.get_data(as_text=True)


def sent(colour="red") -> tuple[BytesIO, str]:
    kept = BytesIO()
    Image.new("RGB", (40, 30), colour).save(kept, "PNG")
    return BytesIO(kept.getvalue()), "cheek.gif"  # told by its content, whatever it is called


def test_from_the_order_to_two_labels(assistant, practice, order) -> None:
    dif, path = lines(order)["oral_dif"].id, f"/lab/biopsies/{lines(order)['oral_dif'].id}"
    assert path in text(assistant.get(f"/lab/orders/{order.id}"))
    form = {"site": "buccal_left", "mark": "suture", "impression": "lichen planus", "all_lines": "y"}
    assert assistant.post(path, data=form).status_code == 303
    assert assistant.post(f"{path}/images", data={"image": sent(), "all_lines": "y"}).status_code == 303
    page = text(assistant.get(path))
    assert page.count("<circle") == 50
    assert '<option selected value="buccal_left">' in page
    assert seen_last() == ("biopsies.show", {order.patient_id})
    answered(practice, order)
    sign_order(practice.actor("provider"), order.id)
    rows = db.session.scalars(select(Specimen).order_by(Specimen.id)).all()
    ids = [row.id for row in rows]
    assert assistant.post("/lab/labels/print", data={"specimen": ids}).status_code == 303
    labels = [row.snapshot["label"] for row in db.session.scalars(select(LabelPrint).order_by(LabelPrint.position))]
    assert [(label["site"], bool(label.get("hazard"))) for label in labels] == [
        ("Cheek mucosa, left side", True),
        ("Cheek mucosa, left side", False),
    ]  # formalin is dangerous, Michel medium is not
    life = text(assistant.get(f"/lab/containers/{labels[0]['number']}"))
    assert "lichen planus" in life
    assert "/lab/biopsies/images/" in life
    assert "lichen planus" in text(assistant.get(f"/lab/orders/{order.id}"))
    assert dif in {each.line_id for each in db.session.scalars(select(BiopsyRecord))}


def test_an_image_is_served_to_who_may_see_the_patient_alone(client, practice, other_practice, order) -> None:
    line = lines(order)["oral_dif"]
    describe_biopsy(practice.actor("assistant"), line.id, CHEEK, str)
    shot = picture()
    add_image(practice.actor("assistant"), line.id, shot)
    address = f"/lab/biopsies/images/{db.session.scalars(select(BiopsyImage.id)).one()}"
    assert client.get(address).status_code == 302
    log_in(client, practice.actor("biller"), practice)
    answer = client.get(address)
    assert (answer.data, answer.content_type) == (shot.data, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert seen_last() == ("biopsies.image", {order.patient_id})
    path_of(practice.row.id, shot.digest).unlink()
    assert client.get(address).status_code == 404
    client.post("/logout")
    log_in(client, practice.actor("administrator"), practice)
    assert client.get(address).status_code == 403
    client.post("/logout")
    log_in(client, other_practice.actor("assistant"), other_practice)
    assert client.get(address).status_code == 404


def test_what_is_no_image_changes_nothing(assistant, practice, order) -> None:
    path = f"/lab/biopsies/{lines(order)['oral_dif'].id}"
    assistant.post(path, data={"site": "uvula", "mark": "none"})
    for data in ({}, {"image": (BytesIO(b"%PDF-1.7"), "x.png")}, {"image": (BytesIO(b""), "x.png")}):
        assert assistant.post(f"{path}/images", data=data).status_code == 303
    assert db.session.query(BiopsyImage).count() == 0
    assert text(assistant.post(path, data={"site": "", "mark": "none"}), 422)


def test_pages_cost_few_statements(assistant, practice, order) -> None:
    rows = complete(practice, order)
    db.session.commit()
    costs = {}
    paths = (f"/lab/biopsies/{lines(order)['oral_dif'].id}", f"/lab/containers/{rows[0].number}")
    text(assistant.get("/me"))
    with statements() as shell:
        text(assistant.get("/me"))
    for path in paths:
        with statements() as used:
            text(assistant.get(path))
        costs[path] = len(used) - len(shell)
    assert max(costs.values()) <= MOST_STATEMENTS, costs


def test_the_requisition_says_where_and_shows_it(assistant, practice, order) -> None:
    formalin, michel = complete(practice, order)
    who = practice.actor("assistant")
    package = box(practice, db.session.scalars(select(Laboratory)).one())
    for row in (formalin, michel):
        collect(who, row.id, method="biopsy")
    ids = [row.id for row in (formalin, michel)]
    assistant.post("/lab/labels/print", data={"specimen": ids})
    job = assistant.post("/lab/labels/jobs/1/file", data={"as": "pdf"})
    assert job.status_code == 200
    for id_ in ids:
        pack(who, package.id, id_, reason="goes at once")
    answer = assistant.get(f"/lab/packages/{package.number}/requisitions.pdf")
    assert answer.status_code == 200
    pages = pdfium.PdfDocument(answer.data)
    said = "\n".join(page.get_textpage().get_text_range() for page in pages)
    for words in (
        WORDS,
        "long suture towards the front",
        "lichen planus",
        "Left cheek",
        formalin.number,
        michel.number,
    ):
        assert words.replace(" ", "") in said.replace(" ", "").replace("\r\n", "")
    shown = [each for page in pages for each in page.get_objects() if each.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    assert len(shown) == 1  # one image, however many specimens it is of
