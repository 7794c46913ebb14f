"""What the extension registers with Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pybtex.plugin

from .configuration import STATE, VALUES, settle
from .ebook.builder import EbookBuilder
from .garbage import spare_what_is_kept
from .missing import MissingPdfBuilder
from .pages.colophon import EditionCitationDirective, EditionContactDirective
from .pages.domain import AnnotatedBibDomain, CitationRole
from .pages.indexes import WorkIndexDirective
from .pages.listings import ApparatusDirective, CatalogueDirective, FillLists, RulesDirective, ThemesDirective
from .pages.news import WHATS_NEW, FillFeeds, WhatsNewDirective
from .pages.nodes import coins, depart_details, details, visit_coins, visit_details, ways
from .pages.notices import FillNotices, NoticesDirective, capitals_for_small_ones, visit_ways
from .pages.site_files import SiteFileRole, resolve_site_files
from .pages.timeline import FillTimeline, TimelineDirective, describe_timeline, timeline, visit_timeline
from .pages.typography import Typography
from .reading import outdated_pages, read_bibliography
from .references.iso690 import Iso690
from .site.builder import DirectorySite, Site
from .site.policy import drop_widths
from .site.rehearsal import Rehearsal

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """Register the extension, storey by storey."""
    app.setup_extension("sphinxcontrib.bibtex")
    for value in (*VALUES, STATE):
        app.add_config_value(*value)
    app.connect("config-inited", settle, priority=900)  # after Sphinx has judged the types

    spare_what_is_kept(app)

    # -- source and checks: before sphinxcontrib-bibtex reads the files, at the same event -----------------------------
    app.connect("builder-inited", read_bibliography, priority=400)
    app.connect("env-get-outdated", outdated_pages)

    # -- references ----------------------------------------------------------------------------------------------------
    for name in ("iso690", "french_iso690"):  # the second is that of 1.0, until 1.2
        pybtex.plugin.register_plugin("pybtex.style.formatting", name, Iso690)

    # -- pages ---------------------------------------------------------------------------------------------------------
    app.add_domain(AnnotatedBibDomain, override=True)
    app.add_role("cite", CitationRole(), override=True)
    app.add_role("site-file", SiteFileRole())
    app.add_node(ways, html=(visit_ways, depart_details))
    app.add_node(details, html=(visit_details, depart_details))
    app.add_node(timeline, html=(visit_timeline, None))
    app.add_node(coins, html=(visit_coins, None))
    app.add_directive("notices", NoticesDirective)
    app.add_directive("themes", ThemesDirective)
    app.add_directive("catalogue", CatalogueDirective)
    app.add_directive("apparatus", ApparatusDirective)
    app.add_directive("rules", RulesDirective)
    app.add_directive(WHATS_NEW, WhatsNewDirective)
    app.add_directive("work-index", WorkIndexDirective)
    app.add_directive("timeline", TimelineDirective)
    app.add_directive("edition-citation", EditionCitationDirective)
    app.add_directive("edition-contact", EditionContactDirective)
    app.add_transform(Typography)
    app.add_post_transform(FillNotices)
    app.add_post_transform(FillLists)
    app.add_post_transform(FillTimeline)
    app.add_post_transform(FillFeeds)
    app.connect("doctree-resolved", capitals_for_small_ones)
    app.connect("doctree-resolved", resolve_site_files)
    app.connect("doctree-resolved", describe_timeline)

    # -- site, book, ebook ---------------------------------------------------------------------------------------------
    app.add_builder(Site, override=True)
    app.add_builder(DirectorySite, override=True)
    app.add_builder(Rehearsal)
    app.connect("doctree-resolved", drop_widths)
    add_book(app)
    app.add_builder(EbookBuilder, override=True)


def add_book(app: Sphinx) -> None:
    """Register the builder ``pdf``, or where its extra is not installed, one that names it."""
    try:
        from .book.builder import PdfBuilder
    except ImportError:
        app.add_builder(MissingPdfBuilder)
    else:
        app.setup_extension("sphinxcontrib_typstbuilder")
        app.add_builder(PdfBuilder)
