import pytest

from clinic.domain.refusal import Refused
from clinic.paper.grid import GRID, Offset


def test_the_grid_is_ten_by_six_from_its_origin():
    assert GRID.left_of(1) == pytest.approx(21.6)
    assert GRID.left_of(50) == pytest.approx(374.4)
    assert GRID.baseline_of(8) == pytest.approx(792 - 120)
    assert GRID.baseline_of(61) == pytest.approx(36)


def test_an_offset_is_tenths_of_a_millimetre():
    assert Offset(127, -127).x == pytest.approx(36)
    assert Offset(127, -127).y == pytest.approx(36)


@pytest.mark.parametrize(("right", "down"), [(201, 0), (0, -201), (5000, 5000)])
def test_an_offset_off_the_paper_is_refused(right, down):
    with pytest.raises(Refused) as refusal:
        Offset(right, down)
    assert refusal.value.where == "offset"
    assert refusal.value.params == {"right": right, "down": down}
