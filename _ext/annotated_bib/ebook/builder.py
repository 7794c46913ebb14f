"""The EPUB: its stylesheet, a cover that Typst sets from the words of conf.py, and the same bytes from the same source."""

from __future__ import annotations

import calendar
import os
import shutil
import time
import zipfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.epub3 import Epub3Builder
from sphinx.locale import get_translation
from sphinx.util.fileutil import copy_asset_file

from ..language.catalogue import _
from ..language.typography import set_text
from ..pages.colophon import edition_date
from ..pages.pictures import can_draw, drawn
from .accessibility import metadata

if TYPE_CHECKING:
    from collections.abc import Set
    from typing import Any

_FOLDER = Path(__file__).parent
_STYLESHEET = "annotated-bib-epub.css"
_COVER = "_images/cover.png"


class EbookBuilder(Epub3Builder):
    """The builder ``epub``, dated as the edition is; an edition that has no cover of its own is given one."""

    def init(self) -> None:
        """Name the cover, the language and the words of the book, and begin with an empty folder."""
        self._draws_cover = self.config.annotated_bib_standalone and not self.config.epub_cover and can_draw
        if self._draws_cover:
            self.config.epub_cover = (_COVER, "epub-cover.html")
        for name in ("epub_description", "epub_contributor"):
            if self.config[name] == "unknown":  # which is what Sphinx would print where conf.py says nothing
                self.config[name] = self.config.html_title if name == "epub_description" else self.config.author
        language = self.config.epub_language = self.config.epub_language.replace("_", "-")  # as BCP 47 writes pt_BR
        self.html_tag = f'{Epub3Builder.html_tag[:-1]} lang="{escape(language)}" xml:lang="{escape(language)}">'
        # Sphinx has the first in all its languages, but does not ask for it.
        self.guide_titles = {"toc": get_translation("sphinx")("Table of Contents"), "cover": _("Cover")}
        self.config.templates_path = [*self.config.templates_path, str(_FOLDER / "templates")]
        _empty(self.outdir, but=self.doctreedir)
        super().init()

    def init_css_files(self) -> None:
        """Add the extension's stylesheet, before those of the project."""
        super().init_css_files()
        self.add_css_file(_STYLESHEET, priority=700)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Give the page of the cover what stands for its picture."""
        super().prepare_writing(docnames)
        words = self._cover_words().values() if self._draws_cover else [self.config.epub_title]
        self.globalcontext["cover_words"] = set_text(_("Cover: {words}", words=". ".join(filter(None, words))))

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Copy the stylesheet, and draw the cover."""
        copy_asset_file(_FOLDER / _STYLESHEET, self._static_dir, force=True)
        super().copy_html_static_files(context)
        if self._draws_cover:
            self._draw_cover()

    def handle_finish(self) -> None:
        """Say the date where Sphinx looks for it, in the environment, for as long as the EPUB is written."""
        dated = self.config.annotated_bib_date or self.config.annotated_bib_standalone
        if not dated or "SOURCE_DATE_EPOCH" in os.environ:
            super().handle_finish()
            return
        os.environ["SOURCE_DATE_EPOCH"] = str(calendar.timegm(edition_date(self.config).timetuple()))
        try:
            super().handle_finish()
        finally:
            del os.environ["SOURCE_DATE_EPOCH"]

    def build_content(self) -> None:
        """Say in the package what its pages are to those who do not see, hear or read as others do."""
        super().build_content()
        pages = (Path(self.outdir, name).read_text("utf-8") for name in self.files if name.endswith(self.out_suffix))
        _replace(Path(self.outdir, "content.opf"), "  </metadata>", f"{metadata(pages)}  </metadata>")

    def build_navigation_doc(self) -> None:
        """Name the contents as such to screen readers too."""
        super().build_navigation_doc()
        _replace(Path(self.outdir, "nav.xhtml"), 'epub:type="toc"', 'epub:type="toc" role="doc-toc"')

    def build_epub(self) -> None:
        """Give the files in the EPUB the edition's date, where Sphinx leaves that of their making."""
        super().build_epub()
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if not epoch:
            return
        path = Path(self.outdir, f"{self.config.epub_basename}.epub")
        dated = path.with_suffix(".dated")
        with zipfile.ZipFile(path) as book, zipfile.ZipFile(dated, "w") as copy:
            for item in book.infolist():
                entry = zipfile.ZipInfo(item.filename, time.gmtime(int(epoch))[:6])
                entry.compress_type = item.compress_type
                copy.writestr(entry, book.read(item))
        dated.replace(path)

    def _cover_words(self) -> dict[str, str]:
        """What the cover says."""
        subtitle = self.config.epub_description.removeprefix(self.config.html_title)
        return {"title": self.config.html_title, "subtitle": subtitle, "author": self.config.author}

    def _draw_cover(self) -> None:
        picture = drawn(_FOLDER / "cover.typ", self._cover_words(), self.config, Path(self.srcdir), ppi=200)
        (self.outdir / _COVER).parent.mkdir(parents=True, exist_ok=True)
        (self.outdir / _COVER).write_bytes(picture)


def _empty(folder: Path, but: Path) -> None:
    """Remove what an earlier build left in *folder*, *but* the doctrees: all that lies there goes into the book."""
    for path in folder.iterdir() if folder.exists() else ():
        if path != but:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _replace(path: Path, old: str, new: str) -> None:
    """Replace what stands once in the file at *path*, which a template of Sphinx's has written."""
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
