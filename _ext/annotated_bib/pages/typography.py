"""Where text enters a page it is set in the typography of the edition's language, once, for every builder.

What is made while a page is read is set by a transform; what is made afterwards, once all pages are known, by :func:`typeset`.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from docutils import nodes
from sphinx.transforms import SphinxTransform

from ..language.typography import set_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Node = TypeVar("_Node", bound=nodes.Node)
_VERBATIM = (nodes.literal, nodes.FixedTextElement, nodes.raw, nodes.math, nodes.math_block)


class Typography(SphinxTransform):
    """Set the text of a page as its language asks."""

    # After docutils' own substitutions, before Sphinx collects titles from the finished doctree.
    default_priority = 850

    def apply(self) -> None:
        """Set the whole document."""
        typeset(self.document)


def typeset(root: _Node) -> _Node:
    """*root*, each text in it set as its language asks, but for code and for addresses that are printed as they are."""
    for parent in {text.parent: None for text in root.findall(nodes.Text)}:
        if not _is_verbatim(parent):
            parent.children = list(_set(parent.children, _language(parent)))
    return root


def _set(children: Iterable[nodes.Node], language: str) -> Iterator[nodes.Node]:
    """The *children*, their text set as *language* asks; Markdown cuts text at each line, so neighbours are joined first."""
    for is_text, group in groupby(children, key=lambda child: isinstance(child, nodes.Text)):
        if is_text:
            texts = list(group)
            text = nodes.Text(set_text("".join(map(str, texts)), language))
            text.parent = texts[0].parent
            yield text
        else:
            yield from group


def _language(ancestor: nodes.Node | None) -> str:
    """The language that a class « language-… » gives to what stands in *ancestor*; empty for that of the edition."""
    while isinstance(ancestor, nodes.Element):
        for name in ancestor["classes"]:
            if name.startswith("language-"):
                return str(name.removeprefix("language-"))
        ancestor = ancestor.parent
    return ""


def _is_verbatim(ancestor: nodes.Node | None) -> bool:
    while isinstance(ancestor, nodes.Element):
        if isinstance(ancestor, _VERBATIM):
            return True
        if isinstance(ancestor, nodes.reference) and ancestor.get("refuri") == ancestor.astext():
            return True
        ancestor = ancestor.parent
    return False
