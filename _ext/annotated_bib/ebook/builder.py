"""The EPUB: its stylesheet, a cover that Typst sets from the words of conf.py, and the same bytes from the same source."""

from __future__ import annotations

import calendar
import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.epub3 import Epub3Builder
from sphinx.util.fileutil import copy_asset_file

from ..pages.colophon import edition_date
from ..pages.pictures import can_draw, drawn

if TYPE_CHECKING:
    from typing import Any

_FOLDER = Path(__file__).parent
_STYLESHEET = "annotated-bib-epub.css"
_COVER = "_images/cover.png"


class EbookBuilder(Epub3Builder):
    """The builder ``epub``, dated as the edition is; an edition that has no cover of its own is given one."""

    def init(self) -> None:
        """Name the cover, and begin with an empty folder."""
        self._draws_cover = self.config.annotated_bib_standalone and not self.config.epub_cover and can_draw
        if self._draws_cover:
            self.config.epub_cover = (_COVER, "epub-cover.html")
        for name in ("epub_description", "epub_contributor"):
            if self.config[name] == "unknown":  # which is what Sphinx would print where conf.py says nothing
                self.config[name] = self.config.html_title if name == "epub_description" else self.config.author
        _empty(self.outdir, but=self.doctreedir)
        super().init()

    def init_css_files(self) -> None:
        """Add the extension's stylesheet, before those of the project."""
        super().init_css_files()
        self.add_css_file(_STYLESHEET, priority=700)

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

    def _draw_cover(self) -> None:
        subtitle = self.config.epub_description.removeprefix(self.config.html_title)
        words = {"title": self.config.html_title, "subtitle": subtitle, "author": self.config.author}
        (self.outdir / _COVER).parent.mkdir(parents=True, exist_ok=True)
        (self.outdir / _COVER).write_bytes(drawn(_FOLDER / "cover.typ", words, self.config, Path(self.srcdir), ppi=200))


def _empty(folder: Path, but: Path) -> None:
    """Remove what an earlier build left in *folder*, *but* the doctrees: all that lies there goes into the book."""
    for path in folder.iterdir() if folder.exists() else ():
        if path != but:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
