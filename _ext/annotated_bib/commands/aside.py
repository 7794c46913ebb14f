"""Builders side by side, where the system can fork: one reads the pages, and then each writes in a process of its own.

What such a process says is kept until its turn comes. It does not begin if the one that it comes from has died, and holds the locks
of that until it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from typing import TYPE_CHECKING

from ..language.catalogue import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    #: Runs a builder, by its name; the exit status.
    Run = Callable[[str], int]


class Gate:
    """Where processes wait for the one that they come from."""

    def __init__(self) -> None:
        self._inside, self._outside = os.pipe()

    def open(self, number: int) -> None:
        """Let *number* processes pass."""
        os.write(self._outside, b"." * number)

    def passed(self) -> bool:
        """Wait in a process that has been forked; whether it may go on."""
        os.close(self._outside)  # or none would see that the other end is closed
        return bool(os.read(self._inside, 1))

    def close(self) -> None:
        """Let nobody pass any more."""
        for end in (self._inside, self._outside):
            os.close(end)


class Aside:
    """The builder *name*, which *run* runs in a process of its own behind the *gate*."""

    def __init__(self, name: str, run: Run, gate: Gate) -> None:
        self._name = name
        fork = multiprocessing.get_context("fork")
        self._outcome, own = fork.Pipe(duplex=False)
        self._process = fork.Process(target=self._run, args=(run, gate, own))
        self._process.start()
        own.close()

    def _run(self, run: Run, gate: Gate, outcome: Connection) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process is interrupted too, and stops this one
        self._outcome.close()  # or this process would wait for itself to hear what it says
        if not gate.passed():
            return
        status: int | OSError
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            try:
                status = run(self._name)
            except OSError as error:
                status = error
            except Exception:
                traceback.print_exc()
                status = 1
        with suppress(BrokenPipeError):  # nobody is left to hear it
            outcome.send((status, out.getvalue(), err.getvalue()))

    def status(self) -> int:
        """Wait for the end, say what was said, and give the exit status, or raise the `OSError` that ended it."""
        try:
            status, out, err = self._outcome.recv()
        except EOFError:
            print(_("{name}: stopped by the system; is there enough memory?", name=self._name), file=sys.stderr)
            return 1
        sys.stdout.write(out)
        sys.stdout.flush()
        sys.stderr.write(err)
        if isinstance(status, OSError):
            raise status
        return int(status)

    def stop(self) -> None:
        """Stop what still runs."""
        self._process.terminate()
        self._process.join()
        self._outcome.close()


def is_possible() -> bool:
    """Whether there is a processor to spare, and this process can be forked, which has no other thread, such as a compiler's."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and len(os.listdir("/proc/self/task")) == 1


@contextmanager
def aside(names: Sequence[str], run: Run) -> Iterator[tuple[list[Aside], Callable[[], None]]]:
    """Set the builders *names* aside, to be run by *run*; with them, what lets them begin. At the end they are stopped."""
    gate = Gate()
    waiting = [Aside(name, run, gate) for name in names]
    try:
        yield waiting, lambda: gate.open(len(names))
    finally:
        gate.close()
        for each in waiting:
            each.stop()
