"""``annotated-bib check`` prints every fault of a project, ``FILE:LINE: [rule] message``, and exits 1 if there is one."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from .. import project
from ..checks import RULES, Fault, Report
from ..exports.csl import left_out
from ..source import model

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

HELP = "dire chaque défaut d’une bibliographie, de ses pages et de ses réglages"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar="DOSSIER", help="où se trouve conf.py (par défaut : ici)"
    )
    parser.add_argument("--format", choices=("text", "github"), default="text", help="github : annotations de GitHub Actions")


def run(options: Namespace) -> int:
    """Check the project in ``options.folder``."""
    bibfiles: list[Path] = []
    try:
        found = project.read(options.folder.absolute())
        bibfiles, report = found.bibfiles, found.check()
    except project.SettingsError as error:
        report = Report([error.fault], {})
    for fault in report.faults:
        print(annotation(fault) if options.format == "github" else fault, file=sys.stderr)
    if report.faults:
        print(*summary(report.faults), sep="\n", file=sys.stderr)
        return 1
    print("Aucun défaut.")
    unsaid = ", ".join(left_out(model.work(entry) for path in bibfiles for entry in report.sources[path].entries))
    if unsaid:
        print(f"Sans équivalent en RIS ni en CSL-JSON, ces champs n’y paraissent pas : {unsaid}.")
    return 0


def annotation(fault: Fault) -> str:
    """*fault* as a workflow command of GitHub Actions, which shows it beside the line.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    file, rule = (_escaped(text).replace(":", "%3A").replace(",", "%2C") for text in (fault.file, fault.rule))
    return f"::error file={file},line={fault.line},title={rule}::{_escaped(fault.message)}"


def summary(faults: Sequence[Fault]) -> Iterator[str]:
    """How many *faults* there are, and of each rule, with what it asks."""
    yield f"{len(faults)} défaut{'s' * (len(faults) > 1)} à corriger :"
    for rule, count in Counter(fault.rule for fault in faults).most_common():
        yield f"{count:6}  {rule} : {RULES[rule].asks}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
