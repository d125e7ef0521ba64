"""The people who work here, and those who refer to it."""

from __future__ import annotations

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own

staff_role = Table(
    "staff_role",
    Base.metadata,
    Column("practice_id", Integer, ForeignKey("practice.id"), nullable=False, index=True),
    Column("staff_id", Integer, ForeignKey("staff.id"), primary_key=True),
    Column("role_id", Integer, ForeignKey("role.id"), primary_key=True),
)


class Role(OfPractice, RoleMixin, Base):
    """assistant, biller, provider, manager or administrator, in one practice."""

    __tablename__ = "role"
    __table_args__ = own(("name",))

    name: Mapped[str]


class Staff(OfPractice, UserMixin, Base):
    """Someone who can log in."""

    __tablename__ = "staff"
    __table_args__ = own()

    username: Mapped[str] = mapped_column(unique=True)
    """Unique in the whole house, for whoever logs in has no practice yet."""
    # UserMixin promises text in both; here not everyone has an address, and a password is set at the first log-in.
    email: Mapped[str | None] = mapped_column(unique=True)  # type: ignore[assignment]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)  # type: ignore[assignment]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    last: Mapped[str]
    first: Mapped[str]
    locale: Mapped[str | None]
    theme: Mapped[str | None]
    created_at: Mapped[Instant]
    roles: Mapped[list[Role]] = relationship(secondary=staff_role, lazy="selectin")  # type: ignore[assignment]  # ours

    @property
    def name(self) -> str:
        """First and last name, as shown beside what they did."""
        return f"{self.first} {self.last}".strip()


class Provider(OfPractice, Base):
    """Who treats, refers or supervises: staff of the house, or a colleague outside it."""

    __tablename__ = "provider"
    __table_args__ = own(staff_id="staff")

    staff_id: Mapped[int | None] = mapped_column(index=True)
    last: Mapped[str]
    first: Mapped[str | None]
    middle: Mapped[str | None]
    suffix: Mapped[str | None]
    npi: Mapped[str | None]
    taxonomy: Mapped[str | None]
    profession: Mapped[str]
    """``physician``, ``dentist`` or ``other``."""
    outside: Mapped[bool] = mapped_column(default=False)
    """True for a colleague who refers or supervises and never bills here."""
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first or ''} {self.last}".strip()
