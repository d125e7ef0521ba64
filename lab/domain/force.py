"""Force of a centrifuge: what a rotor makes of a speed, and the speed a force needs."""

from __future__ import annotations


def g_of(rpm: int, radius_mm: int) -> int:
    """Relative centrifugal force of a rotor: 1.118e-5 x radius in cm x rpm squared, rounded to whole g."""
    return round(1118 * radius_mm * rpm * rpm / 1_000_000_000)


def rpm_of(g: int, radius_mm: int) -> int:
    """The speed that gives a force, rounded up to whole tens so that it is never too little."""
    exact = (g * 1_000_000_000 / (1118 * radius_mm)) ** 0.5
    return int(-(-exact // 10) * 10)
