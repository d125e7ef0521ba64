"""To a print queue of the server (CUPS), by the program ``lp``: one file, all of it or nothing."""

from __future__ import annotations

import shutil
import subprocess

from lab.services.printing.outcome import Outcome

SECONDS = 15
"""``lp`` only hands the file over; printing goes on without us."""


def send_to_queue(queue: str, pdf: bytes, labels: int, size: tuple[int, int]) -> Outcome:
    """Hand a file of so many labels to a queue; ``size`` is a label's in points."""
    program = shutil.which("lp")
    if program is None:
        return Outcome(0, "no_queue_program")
    wide, high = size
    command = [
        program,
        "-d",
        queue,
        "-t",
        "labels",
        "-o",
        f"media=Custom.{wide}x{high}",
        "-o",
        "print-scaling=none",
        "-",
    ]
    try:
        # no shell; the name was checked when the printer was set up (clinic.services.set_up_printer.QUEUE)
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Outcome(0, "timeout")
    except OSError:
        return Outcome(0, "no_queue_program")
    return Outcome(labels) if done.returncode == 0 else Outcome(0, "queue")
