"""A build is a snapshot: the bibliography is read once, checked, and serves the whole build."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging
from sphinx.util.matching import get_matching_files

from . import checks
from .pages.domain import cite_domain
from .source import bibfile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def read_bibliography(app: Sphinx) -> None:
    """Read the BibTeX files, say every fault of theirs and of the pages, and build nothing if there is one."""
    domain, config, root = cite_domain(app.env), app.config, Path(app.srcdir)
    if not domain.bibfiles:
        logger.error("conf.py : bibtex_bibfiles ne nomme aucun fichier BibTeX ; nommez-y celui de l’édition.")
        raise SystemExit(1)
    pages = sorted(get_matching_files(root, config.include_patterns, config.exclude_patterns))
    gc.disable()  # all that is read is kept
    try:
        files = [root / name for name in pages if name.endswith((".md", ".rst"))]
        parser = checks.markdown_parser(getattr(app.env, "myst_config", None))
        report = checks.check(domain.bibfiles, files, root, parser, silenced(config.suppress_warnings))
    finally:
        gc.enable()
    for fault in report.faults:
        where = f"{fault.file}:{fault.line}"
        logger.warning("[%s] %s", fault.rule, fault.message, location=where, type="annotated_bib", subtype=fault.rule)
    if report.faults:
        logger.error("%d défaut(s) dans la bibliographie ou ses pages ; rien n’est construit.", len(report.faults))
        raise SystemExit(1)  # of any other exception, Sphinx prints the traceback
    others = {Path(os.path.abspath(root / name)) for name in config.bibtex_bibfiles or ()}.difference(domain.bibfiles)
    domain.take(report.sources | {path: bibfile.read(path) for path in sorted(others)})


def silenced(suppressed: Iterable[str]) -> set[str]:
    """The rules that ``suppress_warnings`` silences, as « annotated_bib.RULE », or all of them, as « annotated_bib »."""
    names = {name.partition(".")[2] or "*" for name in suppressed if name.partition(".")[0] == "annotated_bib"}
    return set(checks.RULES) if "*" in names else names


def outdated_pages(
    app: Sphinx, env: BuildEnvironment, added: AbstractSet[str], changed: AbstractSet[str], removed: AbstractSet[str]
) -> list[str]:
    """The pages that were read with what has changed in the bibliography."""
    return cite_domain(env).outdated()
