"""``annotated-bib clean`` removes what is built, once nothing is being built."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..language.catalogue import N_, _
from ..project import CONF
from . import build, check
from .publish import remove

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = N_("remove what is built")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    check.add_folder(parser)


def run(options: Namespace) -> int:
    """Remove what is built in ``options.folder``."""
    folder = options.folder.absolute()
    if not (folder / CONF).is_file():  # and ``.cache`` may be that of all programs
        print(f"{CONF}: {_('file not found; run the command in the folder of the edition')}", file=sys.stderr)
        return 1
    cache, built = folder / build.CACHE, folder / build.BUILT
    if built.exists() or cache.is_dir():
        with build.alone(cache):
            remove(cache / build.NEW)
            if built.exists():
                built.rename(cache / build.NEW)  # lest half of it be left
            for path in cache.iterdir():
                if path.name != build.LOCK:  # for which another command may wait
                    remove(path)
    return 0
