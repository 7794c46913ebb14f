"""What stands in for a builder whose extra is not installed."""

from __future__ import annotations

from sphinx.builders import Builder

from .language.catalogue import _
from .refusal import refuse


class MissingPdfBuilder(Builder):
    """The builder ``pdf`` without Typst: it says what to install."""

    name = "pdf"

    def init(self) -> None:
        """Refuse."""
        refuse(_("Typst is missing, which typesets the book; install “sphinx-annotated-bib[pdf]”."))
