"""The EPUB: its cover, a picture that Typst sets from the words of conf.py, and the same bytes from the same source."""

from __future__ import annotations

import calendar
import os
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from .typography import french

if TYPE_CHECKING:
    from sphinx.application import Sphinx

COVER = "_images/cover.png"


def date_edition(app: Sphinx) -> None:
    """Date the EPUB, as the PDF, from the edition's ``typst_date`` unless SOURCE_DATE_EPOCH is given: Sphinx reads only that."""
    if app.builder.name == "epub":
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(calendar.timegm(app.config.typst_date.timetuple())))


def settle_dates(app: Sphinx, exception: Exception | None) -> None:
    """Give the files in the EPUB the edition's date, where Sphinx leaves that of their making."""
    if exception is not None or app.builder.name != "epub":
        return
    path = Path(app.outdir, f"{app.config.epub_basename}.epub")
    settled = path.with_suffix(".settled")
    date = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(settled, "w") as copy:
        for item in book.infolist():
            entry = zipfile.ZipInfo(item.filename, date)
            entry.compress_type = item.compress_type
            copy.writestr(entry, book.read(item))
    settled.replace(path)


def draw_cover(app: Sphinx) -> None:
    """Draw the cover where ``epub_cover`` names it."""
    config = app.config
    if app.builder.name != "epub" or not config.epub_cover or config.epub_cover[0] != COVER:
        return
    folders = (Path(app.confdir, folder, "typst") for folder in config.templates_path)
    template = next(path for folder in folders if (path := folder / "epub-cover.typ").exists())
    words = {"title": config.html_title, "subtitle": config.epub_description, "author": config.author}
    (app.outdir / COVER).parent.mkdir(parents=True, exist_ok=True)
    typst.compile(
        template,
        output=app.outdir / COVER,
        format="png",
        ppi=200,
        ignore_system_fonts=True,
        sys_inputs={name: french(word) for name, word in words.items()},
    )
