"""The lab's rows of the policy table."""

from __future__ import annotations

from clinic.domain.words import N_
from clinic.policy import Right, RoleName, declare

_BENCH = frozenset({RoleName.ASSISTANT, RoleName.PROVIDER, RoleName.MANAGER})
_SEE = _BENCH | {RoleName.BILLER}
_MANAGE = frozenset({RoleName.MANAGER, RoleName.ADMINISTRATOR})

declare(
    (
        Right("lab.read", N_("See orders, containers and packages"), _SEE),
        Right("lab.order", N_("Order tests"), _BENCH, acts=True),
        Right("lab.sign", N_("Sign orders in one's own name"), frozenset({RoleName.PROVIDER}), acts=True),
        Right("lab.work", N_("Collect, prepare, label and reject specimens"), _BENCH, acts=True),
        Right("lab.send", N_("Pack specimens and hand them over"), _BENCH, acts=True),
        Right("lab.result", N_("Enter and match results, and tell critical values"), _BENCH, acts=True),
        Right("lab.review", N_("Review results"), frozenset({RoleName.PROVIDER}), acts=True),
        Right(
            "lab.catalogue",
            N_("Change the catalogue of tests, laboratories, kits and devices"),
            frozenset({RoleName.PROVIDER}) | _MANAGE,
            acts=True,
        ),
        Right(
            "lab.case",
            N_("Write cases of dental laboratories and tell where they stand"),
            frozenset({RoleName.ASSISTANT, RoleName.PROVIDER}),
            acts=True,
        ),
        Right("lab.badge", N_("Give badges and PINs for a shared bench"), _MANAGE, acts=True),
    )
)
