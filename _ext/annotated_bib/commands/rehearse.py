"""What Sphinx would refuse of a project's pages and settings, said before anything is built."""

from __future__ import annotations

import ast
import gc
import os
import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..checks import Fault
from ..garbage import collect_all
from ..project import CONF
from ..reading import checked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..checks import Report

#: A warning of Sphinx's, with its place where it has one.
_WARNING = re.compile(r"^(?:(?P<file>\S.*?)(?::(?P<line>\d*|None))?: )?(?:WARNING|ERROR|CRITICAL): (?P<message>.*)", re.MULTILINE)


def rehearse(folder: Path, report: Report) -> list[Fault]:
    """The warnings of Sphinx and its extensions on the project in *folder*, in the order of files and lines.

    *report* is what the rules have said of it.
    """
    said = StringIO()
    threshold = gc.get_threshold()
    with TemporaryDirectory() as temporary, patch_docutils(folder), docutils_namespace(), checked(folder, report):
        try:
            app = Sphinx(
                folder,
                folder,
                Path(temporary, "out"),
                Path(temporary, "doctrees"),
                "rehearsal",
                confoverrides={"nitpicky": True},
                status=None,
                warning=said,
            )
            app.builder.build_update()  # and not app.build(): when a build ends, themes look at what they expect to be written
        except SphinxError as error:
            said.write(f"ERROR: {error}\n")
        except SystemExit:  # the reason is among the warnings
            pass
        finally:
            collect_all(threshold)  # as the end of a build would
    faults = {_fault(match, folder) for match in _WARNING.finditer(strip_escape_sequences(said.getvalue()))}
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.message))


def _fault(match: re.Match[str], folder: Path) -> Fault:
    message = match["message"]
    if match["file"] is None:
        return Fault(CONF, _line_of_setting(message, folder / CONF), "sphinx", message)
    path = Path(match["file"])
    file = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else match["file"]
    line = int(match["line"]) if (match["line"] or "").isdecimal() else 1
    return Fault(file, line, "sphinx", message)


def _line_of_setting(message: str, conf: Path) -> int:
    """The line of *conf* that sets the value, or has the text, which *message* names; 1 where it names none."""
    words = re.findall(r"[\w.]+", message)
    lines = dict(_settings(conf))
    return next((lines[word] for word in words if word in lines), 1)


def _settings(conf: Path) -> Iterator[tuple[str, int]]:
    """The names and the texts in the assignments of *conf*, with their lines."""
    for node in ast.walk(ast.parse(conf.read_bytes(), os.fspath(conf))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno
        elif isinstance(node, ast.Assign):
            yield from ((target.id, node.lineno) for target in node.targets if isinstance(target, ast.Name))
