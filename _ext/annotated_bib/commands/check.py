"""``annotated-bib check`` prints what is wrong in a project, ``FILE:LINE: [rule] message``, and exits 1 if there is a fault.

Advice is printed after the faults and stops nothing, unless it is asked to.
"""

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
from ..references.printed import unprinted
from .rehearse import rehearse

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

_UNPRINTED = N_("These fields are not printed: {fields}.")
_UNSAID = N_("These fields have no equivalent in RIS or CSL-JSON and do not appear there: {fields}.")
HELP = N_("list the faults of a bibliography, of its pages and of its settings")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    add_folder(parser)
    parser.add_argument("--format", choices=("text", "github"), default="text", help=_("github: annotations of GitHub Actions"))
    parser.add_argument("--strict", action="store_true", help=_("take advice for faults"))


def add_folder(parser: ArgumentParser) -> None:
    """The argument that all commands have but ``new``."""
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar=_("FOLDER"), help=_("where conf.py is (by default: here)")
    )


def run(options: Namespace) -> int:
    """Check the project in ``options.folder``."""
    found, report = checked(options.folder.absolute(), options.format, options.strict, rehearses=True)
    if not found:
        return 1
    print(_("No fault."))
    works = report.bibliography.works
    for message, names in ((_UNPRINTED, unprinted(works)), (_UNSAID, left_out(works))):
        if fields := ", ".join(names):
            print(_(message, fields=fields))
    return 0


def checked(folder: Path, form: str, is_strict: bool = False, rehearses: bool = False) -> tuple[project.Project | None, Report]:
    """The project in *folder* and what the rules say of it; no project where they find a fault, which is printed.

    *form* is « text » or « github ». Where *is_strict*, advice is a fault. It also *rehearses* a build, for what Sphinx would say,
    and prints the advice, if the project is not to be built at once.
    """
    try:
        found = project.read(folder)
        report = found.check()
        if rehearses and not report.faults and "sphinx" not in found.silent:
            report.found += rehearse(folder, report)
    except project.SettingsError as error:
        report = Report([error.fault], {})
    faults, advice = (report.found, []) if is_strict else (report.faults, report.advice)
    for fault in faults:
        print(annotation(fault, "error") if form == "github" else fault, file=sys.stderr)
    for fault in advice if rehearses else ():
        print(annotation(fault, "warning") if form == "github" else fault)
    if advice:
        print(*summary(advice, advice_count(advice)) if rehearses else (advice_count(advice),), sep="\n")
    if faults:
        to_correct = ngettext("{number} fault to correct:", "{number} faults to correct:", len(faults))
        print(*summary(faults, to_correct), sep="\n", file=sys.stderr)
        return None, report
    return found, report


def annotation(fault: Fault, level: str) -> str:
    """*fault* as a workflow command of GitHub Actions, « error » or « warning », which shows it beside the line.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    file, rule = (_escaped(text).replace(":", "%3A").replace(",", "%2C") for text in (fault.file, fault.rule))
    return f"::{level} file={file},line={fault.line},title={rule}::{_escaped(fault.message)}"


def advice_count(advice: Sequence[Fault]) -> str:
    """How many pieces of *advice* there are."""
    return ngettext(
        "{number} piece of advice, which stops nothing (annotated-bib check prints it)",
        "{number} pieces of advice, which stop nothing (annotated-bib check prints them)",
        len(advice),
    )


def summary(faults: Sequence[Fault], count: str) -> Iterator[str]:
    """The *count* of the *faults*, then how many each rule has found, with what it asks."""
    yield count
    for rule, number in Counter(fault.rule for fault in faults).most_common():
        yield f"{number:6}  {about(rule, _(RULES[rule].asks))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
