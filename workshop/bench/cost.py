"""What a command costs, and what it made."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

PDF_PAGES = "import pikepdf, sys; print(len(pikepdf.open(sys.argv[1]).pages))"


class Cost(NamedTuple):
    """Processor seconds of commands and all that they start, seconds by the clock, the megabytes of the largest process."""

    seconds: float
    clock: float
    memory: float


class Failed(SystemExit):
    """A command failed, or did not make what it should: the end, unless it is another tool's."""


def run(folder: Path, *commands: list[str]) -> Cost:
    """The cost of *commands*, one after another, in *folder*; what they say goes to its file ``log``."""
    seconds = clock = memory = 0.0
    for command in commands:
        start = time.perf_counter()
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said = " ".join((folder / "log").read_text("utf-8", "replace").split())
            raise Failed(f"`{' '.join(command[:3])}` failed: {said[-200:]}")
        seconds += usage.ru_utime + usage.ru_stime
        clock += time.perf_counter() - start
        memory = max(memory, usage.ru_maxrss / 1024)
    return Cost(seconds, clock, memory)


def python(*arguments: object) -> list[str]:
    """The command that runs this Python with *arguments*."""
    return [sys.executable, *map(str, arguments)]


def pdf_pages(pdf: Path) -> int:
    """Read in a process of its own: the memory of this one counts in that of all that it starts."""
    return int(subprocess.run(python("-c", PDF_PAGES, pdf), capture_output=True, check=True).stdout)
