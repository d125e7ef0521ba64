"""Log-in by user name and password through Flask-Security."""

from __future__ import annotations

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from clinic import policy
from clinic.base import db
from clinic.models.staff import Role, Staff

OPEN_ENDPOINTS = ("security.login", "security.logout", "security.static")
OWN_ENDPOINTS = ("security.change_password", "security.verify")


def set_up(app: Flask) -> None:
    """Set log-in up and give its routes their rows in the policy."""
    datastore = SQLAlchemyUserDatastore(db, Staff, Role)
    app.extensions["cabinet_security"] = Security(app, datastore)
    for endpoint in OPEN_ENDPOINTS:
        policy.name_right(app, endpoint, policy.OPEN)
    for endpoint in OWN_ENDPOINTS:
        policy.name_right(app, endpoint, "self.change")
