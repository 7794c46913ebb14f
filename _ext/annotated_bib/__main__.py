"""``python -m annotated_bib BIBFILE PAGE…`` prints every fault, ``FILE:LINE: [rule] message``, and exits 1 if there is one."""

from __future__ import annotations

import sys
from pathlib import Path

from . import exports, model
from .checks import check


def main(arguments: list[str]) -> int:
    """Check the BibTeX files and the Markdown pages among *arguments*."""
    paths = [Path(argument).resolve() for argument in arguments]
    bibfiles = [path for path in paths if path.suffix == ".bib"]
    faults = check(bibfiles, [path for path in paths if path.suffix != ".bib"], Path.cwd())
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults)} défaut{'s' * (len(faults) > 1)} à corriger.", file=sys.stderr)
        return 1
    print("Aucun défaut.")
    left_out = ", ".join(exports.left_out(model.read(bibfiles)))
    if left_out:
        print(f"Sans équivalent en RIS ni en CSL-JSON, ces champs n’y paraissent pas : {left_out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
