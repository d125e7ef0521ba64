"""``flask lab``: the bench from the command line. Its commands lie in ``commands``, each found by itself (law 8)."""

from __future__ import annotations

from flask.cli import AppGroup

from clinic.rooms import offered

group = AppGroup("lab", help="The bench: tube plans, replays, what is running out of time.")

for _command in offered("lab.cli.commands", "command"):
    group.add_command(_command)
