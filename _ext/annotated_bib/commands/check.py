"""``annotated-bib check`` prints every fault of a project, ``FILE:LINE: [rule] message``, and exits 1 if there is one."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from .. import project
from ..checks import RULES, Fault, Report
from ..checks.messages import about
from ..exports.csl import left_out
from ..language.catalogue import N_, _, ngettext
from ..source import model
from .rehearse import rehearse

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

HELP = N_("list the faults of a bibliography, of its pages and of its settings")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar=_("FOLDER"), help=_("where conf.py is (by default: here)")
    )
    parser.add_argument("--format", choices=("text", "github"), default="text", help=_("github: annotations of GitHub Actions"))


def run(options: Namespace) -> int:
    """Check the project in ``options.folder``."""
    found, report = checked(options.folder.absolute(), options.format, rehearses=True)
    if not found:
        return 1
    print(_("No fault."))
    unsaid = ", ".join(left_out(model.work(entry) for path in found.bibfiles for entry in report.sources[path].entries))
    if unsaid:
        print(_("These fields have no equivalent in RIS or CSL-JSON and do not appear there: {fields}.", fields=unsaid))
    return 0


def checked(folder: Path, form: str, rehearses: bool = False) -> tuple[project.Project | None, Report]:
    """The project in *folder* and what the rules say of it; no project where they find a fault, which is printed.

    It also *rehearses* a build, for what Sphinx would say, if it is not to be built at once.
    """
    try:
        found = project.read(folder)
        report = found.check()
        if rehearses and not report.faults and "sphinx" not in found.silent:
            report = report._replace(faults=rehearse(folder))
    except project.SettingsError as error:
        report = Report([error.fault], {})
    for fault in report.faults:
        print(annotation(fault) if form == "github" else fault, file=sys.stderr)
    if report.faults:
        print(*summary(report.faults), sep="\n", file=sys.stderr)
        return None, report
    return found, report


def annotation(fault: Fault) -> str:
    """*fault* as a workflow command of GitHub Actions, which shows it beside the line.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    file, rule = (_escaped(text).replace(":", "%3A").replace(",", "%2C") for text in (fault.file, fault.rule))
    return f"::error file={file},line={fault.line},title={rule}::{_escaped(fault.message)}"


def summary(faults: Sequence[Fault]) -> Iterator[str]:
    """How many *faults* there are, and of each rule, with what it asks."""
    yield ngettext("{number} fault to correct:", "{number} faults to correct:", len(faults))
    for rule, count in Counter(fault.rule for fault in faults).most_common():
        yield f"{count:6}  {about(rule, _(RULES[rule].asks))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
