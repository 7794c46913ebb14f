"""``python -m annotated_bib BIBFILE PAGE…`` prints every fault, ``FILE:LINE: [rule] message``, and exits 1 if there is one."""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from .checks import RULES, Fault, check
from .exports.csl import left_out
from .source import model

if TYPE_CHECKING:
    from collections.abc import Iterator


def main(arguments: list[str]) -> int:
    """Check the BibTeX files, the Markdown pages and the settings among *arguments*."""
    parser = ArgumentParser(prog="python -m annotated_bib", description="Dit chaque défaut d’une bibliographie et de ses pages.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FICHIER", help="fichier .bib, page .md ou conf.py")
    parser.add_argument("--format", choices=("text", "github"), default="text", help="github : annotations de GitHub Actions")
    options = parser.parse_args(arguments)
    paths = [path.absolute() for path in options.paths]
    bibfiles = [path for path in paths if path.suffix == ".bib"]
    faults, sources = check(bibfiles, [path for path in paths if path.suffix != ".bib"], Path.cwd())
    for fault in faults:
        print(annotation(fault) if options.format == "github" else fault, file=sys.stderr)
    if faults:
        print(*summary(faults), sep="\n", file=sys.stderr)
        return 1
    print("Aucun défaut.")
    unsaid = ", ".join(left_out(model.work(entry) for source in sources.values() for entry in source.entries))
    if unsaid:
        print(f"Sans équivalent en RIS ni en CSL-JSON, ces champs n’y paraissent pas : {unsaid}.")
    return 0


def annotation(fault: Fault) -> str:
    """*fault* as a workflow command of GitHub Actions, which shows it beside the line.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    file, rule = (_escaped(text).replace(":", "%3A").replace(",", "%2C") for text in (fault.file, fault.rule))
    return f"::error file={file},line={fault.line},title={rule}::{_escaped(fault.message)}"


def summary(faults: list[Fault]) -> Iterator[str]:
    """How many *faults* there are, and of each rule, with what it asks."""
    yield f"{len(faults)} défaut{'s' * (len(faults) > 1)} à corriger :"
    for rule, count in Counter(fault.rule for fault in faults).most_common():
        yield f"{count:6}  {rule} : {RULES[rule].asks}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    gc.disable()  # all that is read is kept to the end, and the collector would walk through it again and again
    sys.exit(main(sys.argv[1:]))
