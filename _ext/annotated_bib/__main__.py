"""The command ``annotated-bib``, which is also ``python -m annotated_bib``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from .commands.failures import reason
from .language.catalogue import _, use_system_language

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* name, those of the process by default, and tell its exit status."""
    use_system_language()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print(_("interrupted"), file=sys.stderr)
        return 130
    except OSError as error:
        print(reason(error), file=sys.stderr)
        return 1


def _run(arguments: Sequence[str] | None) -> int:
    # They take a second to load, during which one may be interrupted too.
    from .commands import build, check, clean, new, serve

    parser = ArgumentParser(prog="annotated-bib", description=_("Publishes an annotated bibliography."))
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    for name, command in {"new": new, "check": check, "build": build, "serve": serve, "clean": clean}.items():
        words = _(command.HELP)
        subparser = commands.add_parser(name, help=words, description=f"{words[:1].upper()}{words[1:]}.")
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status


if __name__ == "__main__":
    sys.exit(main())
