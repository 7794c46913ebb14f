"""One run of the Typst compiler, which keeps in memory all that it lays out: half a megabyte a work, until its process ends.

A book in volumes would add up, so that each run for a volume has a process of its own. It is a fresh one and no fork: the
compiler has threads, and a process that has threads cannot be forked safely.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from threading import Thread
from typing import Any, Literal, NamedTuple

import typst

#: An archive that may hold its source file, and that screen readers can read.
STANDARDS: tuple[Literal["a-3a"], Literal["ua-1"]] = ("a-3a", "ua-1")


class Task(NamedTuple):
    """What is to be compiled."""

    source: str  # the path of the file
    fonts: list[str]  # the folders of more fonts
    timestamp: int
    inputs: dict[str, str]  # what the template finds in `sys.inputs`
    is_printed: bool  # or only laid out, for its places


class Result(NamedTuple):
    """What came of it."""

    book: bytes | None  # the PDF, if it is printed
    places: list[int | None]  # the pages of the labels that `inputs` ask for
    warnings: list[str]
    error: str  # empty unless the compiler refused the source


def run(task: Task) -> Result:
    """Compile *task* in this process."""
    compiler = typst.Compiler(
        task.source,
        root=os.path.dirname(task.source),
        font_paths=[*task.fonts],
        ignore_system_fonts=True,
        sys_inputs=task.inputs,
    )
    book: Any = None
    warnings: list[typst.TypstWarning] = []
    places = []
    try:
        if task.is_printed:
            book, warnings = compiler.compile_with_warnings(pdf_standards=[*STANDARDS], timestamp=task.timestamp)
        if "asked" in task.inputs:
            places = json.loads(compiler.query("<places>", field="value", one=True))
    except typst.TypstError as error:
        return Result(None, [], [], error.diagnostic)
    return Result(book, places, [warning.message for warning in warnings], "")


def run_apart(task: Task) -> Result | None:
    """Compile *task* in a process of its own, which ends with this one; nothing, where the system has stopped it."""
    command = [sys.executable, "-P", "-m", __name__]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    said = b""
    with (
        suppress(BrokenPipeError),
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process,
    ):
        assert process.stdin
        assert process.stdout
        process.stdin.write(pickle.dumps(tuple(task)))
        process.stdin.flush()
        said = process.stdout.read()
    return Result(*pickle.loads(said)) if said else None


def _end_with_parent() -> None:
    """Wait until nobody is left who could say anything more."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    asked = Task(*pickle.load(sys.stdin.buffer))
    Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.buffer.write(pickle.dumps(tuple(run(asked))))
    sys.stdout.flush()
    os._exit(0)  # without a long farewell to all that memory
