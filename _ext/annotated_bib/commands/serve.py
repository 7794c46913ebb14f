"""``annotated-bib serve`` shows the site of a project and builds it again at each change."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from shutil import copy, copytree
from typing import TYPE_CHECKING

from ..language.catalogue import N_, _
from . import build
from .publish import remove

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

HELP = N_("show the site, built again at each change (the PDF and the EPUB are not)")
#: What a change in does not concern the site.
_IGNORED = r"/(\.[^/]+|_build|__pycache__)/"


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    build.add_arguments(parser)
    parser.add_argument("--port", type=int, default=8000, help=_("where: http://localhost:PORT"))


def run(options: Namespace) -> int:
    """Build the project in ``options.folder``, then serve it until it is interrupted."""
    if not find_spec("sphinx_autobuild"):
        print(_("sphinx-autobuild is not installed; install “sphinx-annotated-bib[serve]”"), file=sys.stderr)
        return 1
    if status := build.run(options):
        return status
    folder = options.folder.absolute()
    cache = folder / build.CACHE
    site, doctrees = cache / "serve", cache / "doctrees-serve"
    with build.alone(cache):  # it begins with what is whole, and has nothing to build
        for made, served in ((cache / "html", site), (cache / "doctrees", doctrees)):
            remove(served)
            copytree(made, served)
    for path in (*(folder / build.BUILT).glob("pdf/*.pdf"), *(folder / build.BUILT).glob("epub/*.epub")):
        copy(path, site)
    command = [sys.executable, "-m", "sphinx_autobuild", "-n", "--port", str(options.port), "--re-ignore", _IGNORED]
    try:
        return subprocess.call([*command, "-d", str(doctrees), str(folder), str(site)])
    except KeyboardInterrupt:
        return 0
