"""Annotated bibliographies: a BibTeX file drives the sections, notices and lists of a Sphinx project."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pybtex.plugin
from sphinx.util import logging
from sphinx.util.matching import get_matching_files

from . import checks
from .colophon import EditionCitationDirective, EditionContactDirective, remind
from .domain import AnnotatedBibDomain, CitationRole, hand_over
from .downloads import SiteFileRole, resolve_site_files
from .epub import date_edition, draw_cover, settle_dates
from .freshness import keep_record, pages_to_read, pages_to_write
from .furo_french import use_french_furo
from .indexes import WorkIndexDirective
from .listings import ApparatusDirective, CatalogueDirective, FillLists, RulesDirective, ThemesDirective
from .notices import (
    FillNotices,
    NoticesDirective,
    coins,
    depart_details,
    details,
    fit_to_builder,
    visit_coins,
    visit_details,
)
from .pdf import PdfBuilder
from .search import collect_search_page, replace_search, write_index
from .site import drop_files, drop_widths, keep_formatters, name_inline_scripts, write_site_files
from .style import FrenchIso690
from .timeline import FillTimeline, TimelineDirective, say_timeline, timeline, visit_timeline
from .typography import FrenchTypography
from .work_pages import collect_work_pages, describe_page, write_exports

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

__version__ = "1.1.0"

logger = logging.getLogger(__name__)


def check_edition(app: Sphinx, config: Config) -> None:
    """Say every fault of the bibliography and its pages, and build nothing if there is one."""
    root = Path(app.srcdir)
    bibfiles = [Path(os.path.abspath(root / name)) for name in config.bibtex_bibfiles or ()]
    if not bibfiles:
        logger.error("conf.py : bibtex_bibfiles ne nomme aucun fichier BibTeX ; nommez-y celui de l’édition.")
        raise SystemExit(1)
    found = sorted(get_matching_files(root, config.include_patterns, config.exclude_patterns))
    gc.disable()  # all that is read is kept
    try:
        faults = checks.check(bibfiles, [root / name for name in found if name.endswith(".md")], root)
    finally:
        gc.enable()
    for fault in faults:
        where = f"{fault.file}:{fault.line}"
        logger.warning("[%s] %s", fault.rule, fault.message, location=where, type="annotated_bib", subtype=fault.rule)
    if faults:
        logger.error("%d défaut(s) dans la bibliographie ou ses pages ; rien n’est construit.", len(faults))
        raise SystemExit(1)  # of any other exception, Sphinx prints the traceback


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("sphinxcontrib_typstbuilder")
    pybtex.plugin.register_plugin("pybtex.style.formatting", "french_iso690", FrenchIso690)
    app.add_config_value("annotated_bib_license", "", "html", str, "The address of the edition's licence, for search engines.")
    app.add_config_value("annotated_bib_publisher", "", "env", str, "Who answers for the edition.")
    app.add_config_value("annotated_bib_contact", "", "env", str, "The e-mail or web address at which they answer.")
    app.add_domain(AnnotatedBibDomain, override=True)
    app.add_role("cite", CitationRole(), override=True)
    app.add_role("site-file", SiteFileRole())
    app.add_node(details, html=(visit_details, depart_details))
    app.add_node(timeline, html=(visit_timeline, None))
    app.add_node(coins, html=(visit_coins, None))
    app.add_builder(PdfBuilder)
    app.add_directive("notices", NoticesDirective)
    app.add_directive("themes", ThemesDirective)
    app.add_directive("catalogue", CatalogueDirective)
    app.add_directive("apparatus", ApparatusDirective)
    app.add_directive("rules", RulesDirective)
    app.add_directive("work-index", WorkIndexDirective)
    app.add_directive("timeline", TimelineDirective)
    app.add_directive("edition-citation", EditionCitationDirective)
    app.add_directive("edition-contact", EditionContactDirective)
    app.add_transform(FrenchTypography)
    app.add_post_transform(FillNotices)
    app.add_post_transform(FillLists)
    app.add_post_transform(FillTimeline)
    # The works and what is known of the pages live as long as the build: to look for garbage among them finds none, and
    # with thousands of works it takes a fourth of a rebuild.
    app.connect("builder-inited", lambda _app: gc.freeze())
    app.connect("build-finished", lambda _app, _exception: gc.unfreeze())
    # Before anything reads the bibliography: sphinxcontrib-bibtex does so at builder-inited, unless it has been done.
    app.connect("config-inited", check_edition)
    app.connect("builder-inited", hand_over, priority=400)
    app.connect("config-inited", use_french_furo)
    app.connect("config-inited", name_inline_scripts)
    app.connect("env-get-outdated", pages_to_read)
    app.connect("env-updated", pages_to_write)
    app.connect("doctree-resolved", fit_to_builder)
    app.connect("doctree-resolved", resolve_site_files)
    app.connect("doctree-resolved", say_timeline)
    app.connect("doctree-resolved", drop_widths)
    app.connect("builder-inited", replace_search)
    app.connect("builder-inited", keep_formatters)
    app.connect("builder-inited", date_edition)
    app.connect("builder-inited", draw_cover)
    app.connect("html-collect-pages", collect_work_pages)
    app.connect("html-collect-pages", collect_search_page)
    app.connect("html-page-context", describe_page)
    app.connect("html-page-context", drop_files)
    app.connect("build-finished", write_exports)
    app.connect("build-finished", write_index)
    app.connect("build-finished", settle_dates)
    app.connect("build-finished", write_site_files)
    app.connect("build-finished", remind)
    app.connect("build-finished", keep_record)  # the last: it says that all the others have succeeded
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
