"""``annotated-bib build`` makes the site, the book and the EPUB of a project in ``.cache/`` and publishes them in ``_build/``.

All of an edition is made before any of it is published, and then all of it changes in one stroke: a build that fails, or is
interrupted, leaves the last edition as it was. A second build waits for the first.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import color_terminal, nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..language.catalogue import N_, _
from . import check
from .aside import aside, is_possible
from .publish import publish

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator, Sequence

HELP = N_("build the site, the book and the EPUB")
CACHE, BUILT = ".cache", "_build"
#: What can be asked for, each with the builders that it takes: the site has the other files to download.
OUTPUTS = {"html": ("html", "pdf", "epub"), "pdf": ("pdf",), "epub": ("epub",)}
#: What is published of what a builder leaves: the site whole, one file of the others.
_PUBLISHED = {"pdf": "*.pdf", "epub": "*.epub"}
_OWN = Path(__file__).parent.parent


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    check.add_arguments(parser)
    parser.add_argument("--only", choices=tuple(OUTPUTS), help=_("one output; the site brings the other two with it"))


def run(options: Namespace) -> int:
    """Build the project in ``options.folder``."""
    folder = options.folder.absolute()
    found, _report = check.checked(folder, options.format, options.strict)
    if not found:
        return 1
    try:
        (folder / CACHE).mkdir(exist_ok=True)
        with FileLock(folder / CACHE / "lock"):
            return build(folder, OUTPUTS[options.only or "html"])
    except KeyboardInterrupt:
        print(_("interrupted: nothing is published"), file=sys.stderr)
        return 130
    except OSError as error:
        print(_("nothing is published: {reason} ({file})", reason=error.strerror, file=error.filename), file=sys.stderr)
        return 1


def build(folder: Path, builders: Sequence[str]) -> int:
    """Build the project in *folder* with each of *builders* and publish what they make; the exit status."""
    cache = folder / CACHE
    builders = [name for name in builders if _can_run(name)]
    made = json.dumps([list(builders), _state_of(_OWN, folder)])
    record = cache / "made"
    if (folder / BUILT).is_dir() and record.is_file() and record.read_text("utf-8") == made:
        return _tell(folder, builders)
    record.unlink(missing_ok=True)
    _start_anew_if_needed(cache)
    if status := _build_side_by_side(builders, folder):
        # A warning is said when a page is read: what was read is read again.
        shutil.rmtree(cache / "doctrees", ignore_errors=True)
        return status
    publish(_parts(cache, builders), folder / BUILT, cache / "new")
    record.write_text(made, "utf-8")
    return _tell(folder, builders)


def _can_run(name: str) -> bool:
    if name == "pdf" and not (find_spec("typst") and find_spec("sphinxcontrib_typstbuilder")):
        print(_("no PDF: Typst is not installed; install “sphinx-annotated-bib[pdf]”"), file=sys.stderr)
        return False
    return True


def _build_side_by_side(builders: Sequence[str], folder: Path) -> int:
    """Run *builders*, the others once the first has read the pages; the exit status of the first that fails."""
    if len(builders) < 2 or not is_possible():
        return next(filter(None, (_build_with(name, folder) for name in builders)), 0)
    first, *others = builders
    with aside(others, lambda name: _build_with(name, folder)) as (waiting, begin):
        status = _build_with(first, folder, begin)
        return status or next(filter(None, (each.status() for each in waiting)), 0)


def _build_with(name: str, folder: Path, when_read: Callable[[], None] = lambda: None) -> int:
    """Run the builder *name*, every warning an error; the pages that another builder has read are not read again.

    *when_read* is called once the pages are read, and before they are written.
    """
    print(f"{name}…", flush=True)
    shutil.rmtree(folder / CACHE / name / "_static", ignore_errors=True)  # to which Sphinx adds, and from which it takes nothing
    try:
        with patch_docutils(folder), docutils_namespace():
            return _run_sphinx(name, folder, when_read)
    except SphinxError as error:
        if isinstance(error.__cause__, OSError):
            raise error.__cause__ from error
        print(f"{error.category}: {error}", file=sys.stderr)
        return 1


def _run_sphinx(name: str, folder: Path, when_read: Callable[[], None]) -> int:
    if not color_terminal():
        nocolor()
    app = Sphinx(
        folder,
        folder,
        folder / CACHE / name,
        folder / CACHE / "doctrees",
        name,
        confoverrides={"nitpicky": True},
        status=None,
        warning=sys.stderr,
        warningiserror=True,
    )
    app.connect("write-started", lambda _app, _builder: when_read())
    app.build()
    status: int = app.statuscode
    return status


def _parts(cache: Path, builders: Sequence[str]) -> dict[Path, Path]:
    """What is published, by its place in the folder of what is built."""
    single = [name for name in builders if name in _PUBLISHED]
    files = {Path(name, file.name): file for name in single for file in (cache / name).glob(_PUBLISHED[name])}
    if "html" not in builders:
        return files
    site = {Path("html", file.relative_to(cache / "html")): file for file in _files(cache / "html")}
    return files | site | {Path("html", path.name): file for path, file in files.items()}


def _files(folder: Path) -> Iterator[Path]:
    """The files below *folder*, without those that are hidden in it."""
    for path in folder.iterdir():
        if not path.name.startswith("."):
            yield from (file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)


def _start_anew_if_needed(cache: Path) -> None:
    """Forget what other code has made: Sphinx sees what changes in pages and settings, not in extensions."""
    made_by, record = _state_of(_OWN), cache / "made-by"
    if not record.is_file() or record.read_text("utf-8") != made_by:
        for name in ("doctrees", *OUTPUTS):
            shutil.rmtree(cache / name, ignore_errors=True)
        record.write_text(made_by, "utf-8")


def _state_of(*folders: Path) -> str:
    """A digest of the names, sizes and dates of what lies in *folders*, and of the date that the edition is given."""
    digest = hashlib.sha256(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    for folder in folders:
        for path in sorted(_files(folder)):
            if path.suffix != ".pyc" and BUILT not in path.parts:
                state = path.stat()
                digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _tell(folder: Path, builders: Sequence[str]) -> int:
    for name in builders:
        pattern = _PUBLISHED.get(name, "index.html")
        print(
            *sorted(
                path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
                for path in (folder / BUILT / name).glob(pattern)
            ),
            sep="\n",
        )
    return 0
