"""A reader's selection of works: the page that lists them, and what its scripts have to know of the site.

The selection is the reader's. It is kept in her browser, and nothing of it is known when the site is made: the scripts put a
tick beside each work, and the page reads the works that it lists in their own pages and files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ..language.catalogue import _
from ..language.dates import date_in_words
from ..language.typography import set_text
from ..refusal import refuse

if TYPE_CHECKING:
    from .builder import SiteMixin

#: The page that lists the works of a selection, those that its address names (``selection.html#KEY,KEY``) or the reader's own.
SELECTION_PAGE = "selection"


class Selection:
    """The selection on the site of *builder*."""

    #: The stylesheet and the script of every page, and the script of the selection's own.
    assets = ("annotated-bib-selection.css", "annotated-bib-selection.js", "annotated-bib-selection-page.js")

    def __init__(self, builder: SiteMixin) -> None:
        self._builder = builder

    def add_to_pages(self) -> None:
        """Add to every page its stylesheet and its script, which is told the addresses of the selection's page and of works."""
        builder = self._builder
        page = builder.get_target_uri(SELECTION_PAGE)
        works = quote(builder.config.annotated_bib_work_pages)
        addresses = {"data-page": page, "data-works": works, "data-end": page.removeprefix(SELECTION_PAGE)}
        stylesheet, script, _page_script = self.assets
        builder.add_css_file(stylesheet, priority=700)
        builder.add_js_file(script, priority=700, defer="defer", **addresses)

    def refuse_namesake(self) -> None:
        """Refuse a page of the project's that has the name of the selection's."""
        if SELECTION_PAGE in self._builder.env.found_docs:
            refuse(_("annotated_bib_selection: the page “{page}” has the name of the selection's; rename it.", page=SELECTION_PAGE))

    def write_page(self) -> None:
        """Write the page, empty: the reader's browser fills it."""
        builder = self._builder
        bibfile = builder.domain.bibfiles[0] if builder.domain.bibfiles else None
        context = {
            "pathto": lambda page: builder.get_relative_uri(SELECTION_PAGE, page),
            "catalogue": builder.domain.page_of("catalogue"),
            "root": "../" * builder.get_target_uri(SELECTION_PAGE).count("/"),
            "bibliography": bibfile.stem if bibfile else "",
            "bibfile": bibfile.name if bibfile else "",
            "source": self._source(),
        }
        body = builder.templates.render("selection-body.html", context)
        metatags = '<meta name="robots" content="noindex">'
        title = set_text(_("My selection"))
        builder.handle_page(SELECTION_PAGE, {"title": title, "body": body, "metatags": metatags}, "page.html")

    def _source(self) -> str:
        """What a list that is taken away comes from: the edition, its number and its day, as far as ``conf.py`` says."""
        config, day = self._builder.config, self._builder.config.annotated_bib_date
        edition = [_("Edition {release}", release=config.release)] if config.release else []
        edition += [date_in_words(str(day.year), day.month, day.day)] if day else []
        return " ".join(f"{set_text(part)}." for part in (config.project, ", ".join(edition)) if part)
