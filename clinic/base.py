"""The declarative base, the session, and what every table of the house has in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, ForeignKey, ForeignKeyConstraint, MetaData, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Aware going in, aware and UTC coming out, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Instant = Annotated[datetime, mapped_column(UtcDateTime)]
"""How every instant of the house is annotated: ``Mapped[Instant]``."""


class Base(DeclarativeBase):
    """Every table's base. Constraint names follow one pattern so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class OfPractice:
    """A row of one practice (law 16). ``(practice_id, id)`` is what other rows of the same practice point at."""

    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    def practice_id(self) -> Mapped[int]:
        """The practice whose row it is."""
        return mapped_column(ForeignKey("practice.id"), index=True)


def own(*unique: tuple[str, ...], **links: str) -> tuple[Any, ...]:
    """Table arguments of a practice's table: its key, its unique columns, its links.

    Each ``unique`` is a tuple of columns that is unique within the practice. Each link ``patient_id="patient"`` is a
    foreign key of (practice_id, patient_id), so that no row can ever point into another practice.
    """
    return (
        UniqueConstraint("practice_id", "id"),
        *(UniqueConstraint("practice_id", *columns) for columns in unique),
        *(
            ForeignKeyConstraint(("practice_id", column), (f"{table}.practice_id", f"{table}.id"))
            for column, table in links.items()
        ),
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
