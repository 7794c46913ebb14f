"""Annotated bibliographies: a BibTeX file drives the sections, notices and lists of a Sphinx project."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "1.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    # It takes a second to load, and the command has to be ready for an interrupt before that.
    from .extension import register

    register(app)
    return {"version": __version__, "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
