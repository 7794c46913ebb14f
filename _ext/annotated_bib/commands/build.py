"""``annotated-bib build`` makes the site, the book and the EPUB of a project in ``.cache/`` and publishes them in ``_build/``.

All of an edition is made before any of it is published, and then all of it changes in one stroke: a build that fails, or is
interrupted, leaves the last edition as it was. A second build waits for the first. What a build that did not end has left in
``.cache/`` serves no other.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import shutil
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import color_terminal, nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..language.catalogue import N_, _
from ..project import CONF
from ..reading import checked
from . import check
from .aside import aside, is_possible
from .failures import concerns, reason
from .publish import publish, remove

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator, Sequence
    from typing import IO

HELP = N_("build the site, the book and the EPUB")
CACHE, BUILT = ".cache", "_build"
#: In the cache: what one command at a time holds, and where what is published is laid out.
LOCK, NEW = "lock", "new"
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
    try:
        source = _state_of_source(folder)  # before it is read: what is edited meanwhile will be built
        found, report = check.checked(folder, options.format, options.strict)
        if not found:
            return 1
        with alone(folder / CACHE) as lock, checked(folder, report):
            return build(folder, OUTPUTS[options.only or "html"], source, lock)
    except OSError as error:
        print(_("nothing is published: {reason}", reason=reason(error)), file=sys.stderr)
        return 1


@contextmanager
def alone(cache: Path) -> Iterator[IO[str]]:
    """Wait for who works in *cache*, and let nobody else work there; the lock."""
    cache.mkdir(exist_ok=True)
    with FileLock(cache / LOCK), (cache / LOCK).open() as lock:
        yield lock


def build(folder: Path, builders: Sequence[str], source: str, lock: IO[str]) -> int:
    """Build the project in *folder*, in the state *source*, with each of *builders* and publish what they make; the exit status."""
    cache, built = folder / CACHE, folder / BUILT
    if built.exists() and not built.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), os.fspath(built))
    builders = [name for name in builders if _can_run(name)]
    published = cache / "published"
    if _says(published, _record(builders, source, built)):
        return _tell(folder, builders)
    published.unlink(missing_ok=True)
    _start_anew_if_needed(cache)
    if status := _build_side_by_side(builders, folder):
        return status
    if not os.fstat(lock.fileno()).st_nlink:  # and Sphinx has written the rest of what it had to in new folders
        raise FileNotFoundError(errno.ENOENT, _("removed during the build; build again"), os.fspath(cache))
    (cache / "whole").write_text(_state_of_cache(cache), "utf-8")
    publish(_parts(cache, builders), built.resolve(), cache / NEW)
    published.write_text(_record(builders, source, built), "utf-8")
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
    _raise_what_the_system_refuses(folder / CACHE)
    app.connect("write-started", lambda _app, _builder: when_read())
    app.build()
    status: int = app.statuscode
    return status


def _raise_what_the_system_refuses(cache: Path) -> None:
    """Let what cannot be written in *cache* end the build, where Sphinx would warn of it for one file after the other."""

    def raised(record: logging.LogRecord) -> bool:
        for error in record.args or ():
            if isinstance(error, OSError) and concerns(cache, error):
                raise error
        return True

    for handler in logging.getLogger("sphinx").handlers:
        handler.addFilter(raised)


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


def _state_of_source(folder: Path) -> str:
    """The state of the code, and of the files of the project in *folder*, if there is one, without those that are built."""
    files = _files(folder) if (folder / CONF).is_file() else ()
    return _state_of(*_files(_OWN), *(path for path in files if BUILT not in path.relative_to(folder).parts))


def _start_anew_if_needed(cache: Path) -> None:
    """Forget what lies in *cache* unless the last build ended there, with the same code, and nothing has changed there since.

    Sphinx goes by dates: it takes a page that was cut short for one that is up to date. And it sees what changes in pages and
    settings, not in extensions.
    """
    whole = cache / "whole"
    if not _says(whole, _state_of_cache(cache)):
        for folder in _kept(cache):
            remove(folder)
    whole.unlink(missing_ok=True)


def _kept(cache: Path) -> list[Path]:
    """What a build takes up of what the last one has left."""
    return [cache / name for name in ("doctrees", *OUTPUTS)]


def _state_of_cache(cache: Path) -> str:
    return _state_of(*_files(_OWN), *(path for folder in _kept(cache) for path in folder.rglob("*")))


def _record(builders: Sequence[str], source: str, built: Path) -> str:
    """What has been published, of which *source*, and how that stands in *built*."""
    return json.dumps([*builders, source, _state_of(*built.rglob("*"))])


def _says(record: Path, text: str) -> bool:
    return record.is_file() and record.read_bytes() == text.encode()


def _state_of(*files: Path) -> str:
    """A digest of the names, sizes and dates of *files*, and of the date that the edition is given."""
    digest = hashlib.sha256(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    for path in sorted(files):
        if path.suffix != ".pyc" and path.is_file():
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
