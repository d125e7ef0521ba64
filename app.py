"""Cabinet: ``create_app()`` in named steps; ``python app.py`` serves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from clinic.settings import ROOT, settings

PACKAGES = ("clinic", "lab", "billing")


def create_app(instance: Path | None = None, **overrides: Any) -> Flask:
    """The application. ``instance`` is the folder of its database, secrets and code releases."""
    app = Flask("cabinet", root_path=str(ROOT), instance_path=str((instance or ROOT / "instance").resolve()))
    app.config.update(settings(instance))
    app.config.update(overrides)
    _set_up_database(app)
    _set_up_words(app)
    _set_up_policy(app)
    _set_up_log_in(app)
    _set_up_screens(app)
    _set_up_commands(app)
    _close_doors(app)
    return app


def _set_up_database(app: Flask) -> None:
    from flask_migrate import Migrate  # noqa: PLC0415  commands that need none of it start faster

    import billing.models  # noqa: F401, PLC0415
    import clinic.models  # noqa: F401, PLC0415
    import lab.models  # noqa: F401, PLC0415
    from clinic import database  # noqa: PLC0415
    from clinic.base import db  # noqa: PLC0415

    database.set_up(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))


def _set_up_words(app: Flask) -> None:
    from clinic.views import words  # noqa: PLC0415

    words.set_up(app)


def _set_up_policy(app: Flask) -> None:
    import billing.rights  # noqa: F401, PLC0415
    import clinic.rights  # noqa: F401, PLC0415
    import lab.ports  # noqa: PLC0415
    import lab.queues  # noqa: PLC0415
    import lab.rights  # noqa: PLC0415
    from billing.coding import lab_charges  # noqa: PLC0415
    from billing.services import (  # noqa: PLC0415
        billed_visits,
        coded_diagnoses,
        export_claims,
        foreign_claims,
        order_coverage,
        reverse_lab_charges,
    )
    from clinic import ports  # noqa: PLC0415
    from clinic.services.exporting import kinds  # noqa: PLC0415
    from clinic.services.importing import others  # noqa: PLC0415
    from clinic.views import guard  # noqa: PLC0415
    from lab.services import export_lab, import_lab  # noqa: PLC0415

    ports.fill(
        visit_is_billed=billed_visits.visit_is_billed,
        visit_moves=billed_visits.visit_moves,
        visits_unbilled=billed_visits.visits_unbilled,
        codes_used=coded_diagnoses.coded_diagnoses,
    )
    lab.ports.fill(
        charges=lab_charges.lab_charges,
        reverse_charges=reverse_lab_charges.reverse_lab_charges,
        supported=order_coverage.not_covered,
        estimate=order_coverage.estimate,
    )
    others.take_in_also(foreign_claims.CLAIMS)
    others.take_in_also(import_lab.ORDERS)
    others.take_in_also(import_lab.SPECIMENS)
    kinds.export_also("ServiceRequest", export_lab.orders)
    kinds.export_also("Specimen", export_lab.specimens)
    kinds.export_also("DiagnosticReport", export_lab.reports)
    kinds.export_also("Task", export_lab.packages)
    kinds.export_also("Claim", export_claims.claims)
    guard.set_up(app)


def _set_up_log_in(app: Flask) -> None:
    from clinic.journal import reads  # noqa: PLC0415
    from clinic.views import log_in  # noqa: PLC0415

    log_in.set_up(app)
    reads.set_up(app)


def _set_up_screens(app: Flask) -> None:
    from clinic.rooms import offered  # noqa: PLC0415
    from clinic.views import shell  # noqa: PLC0415

    shell.set_up(app)
    for package in PACKAGES:
        for blueprint in offered(f"{package}.views", "screens"):
            app.register_blueprint(blueprint)


def _set_up_commands(app: Flask) -> None:
    from clinic.rooms import offered  # noqa: PLC0415

    for package in PACKAGES:
        for group in offered(f"{package}.cli", "group"):
            app.cli.add_command(group)


def _close_doors(app: Flask) -> None:
    from clinic import policy  # noqa: PLC0415

    policy.check_routes(app)


if __name__ == "__main__":
    from clinic.cli.serve import serve

    serve(create_app)
