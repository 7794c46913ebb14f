"""A builder that reads and resolves every page, as the site's does, and writes nothing: for its warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes


class Rehearsal(StandaloneHTMLBuilder):
    """The builder ``rehearsal``; the notices of works, of which the rules have judged, are their titles alone."""

    name = "rehearsal"

    def get_outdated_docs(self) -> Iterator[str]:
        """All pages."""
        yield from self.env.found_docs

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Prepare nothing."""

    def copy_assets(self) -> None:
        """Copy nothing."""

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        """Index nothing."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write nothing: *doctree* has been resolved."""

    def finish(self) -> None:
        """Finish nothing."""
