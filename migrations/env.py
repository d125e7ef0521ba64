"""How migrations run: on the application's own engine, in one transaction."""

from alembic import context
from flask import current_app
from flask_security import AsaList

from clinic.base import Base, UtcDateTime, db

PLAIN = {UtcDateTime: "sa.DateTime(timezone=True)", AsaList: "sa.UnicodeText()"}


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Types of ours as what the database keeps: a migration must not change when they do."""
    return PLAIN.get(type(item), False) if kind == "type" else False


def run() -> None:
    """Run what the command asked for on the bound database."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
