"""Where the house keeps its things, and the secrets it makes for itself at first start."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

IDLE_MINUTES = 30
"""After this long without a request a session ends (45 CFR 164.312(a)(2)(iii), automatic logoff)."""


def kept_secret(folder: Path, name: str) -> str:
    """A secret of this installation: read from the instance folder, made there at first use, readable by its owner.

    It is written whole under another name and then linked: of two that make it at once both read the same one, and
    nobody ever reads half of it.
    """
    path = folder / name
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix=f".{name}", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text("ascii")


def database_url(instance: Path) -> str:
    """``DATABASE_URL`` where it is set, with the driver we ship, else SQLite in the instance folder."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    return url or f"sqlite:///{instance / 'cabinet.db'}"


def settings(instance: Path | None = None) -> dict[str, Any]:
    """Flask's configuration. The instance folder is made where it does not exist."""
    folder = instance or Path(os.environ.get("CABINET_INSTANCE", ROOT / "instance"))
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "CABINET_INSTANCE": str(folder),
        "SECRET_KEY": kept_secret(folder, "secret_key"),
        "SQLALCHEMY_DATABASE_URI": database_url(folder),
        "PERMANENT_SESSION_LIFETIME": timedelta(minutes=IDLE_MINUTES),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": os.environ.get("CABINET_TLS") == "1",
        "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": str(folder / "translations"),
        "LANGUAGES": ("en", "fr"),
        "SECURITY_PASSWORD_SALT": kept_secret(folder, "password_salt"),
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_LENGTH_MIN": 10,
        "SECURITY_USERNAME_ENABLE": True,
        "SECURITY_USERNAME_REQUIRED": True,
        "SECURITY_USERNAME_ALLOWED_CHARS": ["L", "N", "Pd", "Pc"],
        "SECURITY_USERNAME_MIN_LENGTH": 2,
        "SECURITY_USERNAME_MAX_LENGTH": 64,
        "SECURITY_CLI_USERS_NAME": False,  # its commands know neither the policy nor the journal
        "SECURITY_CLI_ROLES_NAME": False,
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": _as_username, "case_insensitive": True}}],
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": False,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_TRACKABLE": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/login",
        "SECURITY_POST_CHANGE_VIEW": "/me",
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_TOKEN_MAX_AGE": 1,
        "SECURITY_MSG_UNAUTHENTICATED": ("", "info"),
        "SECURITY_FLASH_MESSAGES": True,
    }


def _as_username(text: str) -> str | None:
    """What is typed at log-in, as a user name: short, without blanks."""
    name = text.strip().lower()
    return name if name and len(name) <= 64 and " " not in name else None
