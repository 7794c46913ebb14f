"""A build is a snapshot: the bibliography is read once, checked, and serves the whole build."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from . import project
from .configuration import reference_style
from .language.catalogue import _, ngettext
from .pages.domain import cite_domain
from .references.style import ReferenceStyle
from .refusal import refuse
from .site.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .checks import Report

logger = logging.getLogger(__name__)
#: What the rules have said of projects, by their folders.
_reports: dict[Path, Report] = {}


@contextmanager
def checked(folder: Path, report: Report) -> Iterator[None]:
    """Let what is built inside of the project in *folder* take *report* for what the rules say of it."""
    _reports[folder.resolve()] = report
    try:
        yield
    finally:
        del _reports[folder.resolve()]


def read_bibliography(app: Sphinx) -> None:
    """Read the BibTeX files, say every fault of theirs and of the pages, and build nothing if there is one."""
    found = project.project(app.config, Path(app.srcdir))
    if not found.bibfiles:
        refuse(_("{file}: {text}.", file=project.CONF, text=_(project.NO_BIBFILE)))
    domain = cite_domain(app.env)
    domain.builder = app.builder
    domain.is_brief = app.builder.name == Rehearsal.name
    try:
        domain.references = ReferenceStyle(reference_style(app.config))
    except LookupError as error:
        refuse(_("conf.py: bibtex_default_style: pybtex has no style “{name}”; write iso690, plain, alpha…", name=error.args[0]))
    report = _reports.get(Path(app.srcdir)) or found.check()
    for fault in report.faults:
        where = f"{fault.file}:{fault.line}"
        logger.warning("[%s] %s", fault.rule, fault.message, location=where, type="annotated_bib", subtype=fault.rule)
    if report.faults:
        refuse(
            ngettext(
                "{number} fault in the bibliography or its pages; nothing is built.",
                "{number} faults in the bibliography or its pages; nothing is built.",
                len(report.faults),
            )
        )
    domain.take(report)


def outdated_pages(
    app: Sphinx, env: BuildEnvironment, added: AbstractSet[str], changed: AbstractSet[str], removed: AbstractSet[str]
) -> list[str]:
    """The pages that were read with what has changed in the bibliography."""
    return cite_domain(env).outdated()
