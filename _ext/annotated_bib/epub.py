"""The cover of the EPUB, a picture that Typst sets from the words of conf.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typst

from .typography import french

if TYPE_CHECKING:
    from sphinx.application import Sphinx

COVER = "_images/cover.png"


def draw_cover(app: Sphinx) -> None:
    """Draw the cover where ``epub_cover`` names it."""
    config = app.config
    if app.builder.name != "epub" or not config.epub_cover or config.epub_cover[0] != COVER:
        return
    template = next(path for folder in config.templates_path if (path := Path(app.confdir, folder, "typst", "epub-cover.typ")).exists())
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
