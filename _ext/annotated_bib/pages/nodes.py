"""The nodes that pages share, and what makes them. Only standard nodes with classes are left once a page is resolved."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from ..language.typography import set_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docutils.nodes import Element
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from ..source.model import Work


class slot(nodes.General, nodes.Element):
    """What is filled in once every page has been read: a *part*, on the page *docname*."""


class details(nodes.General, nodes.Element):
    """Text folded under its *summary*, which tells those who hear it what the text is *about*; only a screen can unfold it."""


class ways(details):
    """The ways to cite the work *key*; its files are in *folder*, if it has any.

    What it holds is made when it is written: no transform has anything to do there, and each would walk through it.
    """


class coins(nodes.General, nodes.Element):
    """A work for reference managers to find in a page; *context* is its ContextObject."""


def visit_coins(translator: HTML5Translator, node: coins) -> None:
    """An empty span that only programs read."""
    translator.body.append(f'<span class="Z3988" title="{escape(node["context"])}" aria-hidden="true"></span>\n')
    raise nodes.SkipNode


def visit_details(translator: HTML5Translator, node: details) -> None:
    """Open an HTML ``<details>``."""
    summary = escape(node["summary"])
    if about := node.get("about"):
        summary += f'<span class="said"> {escape(set_text(about))}</span>'
    translator.body.append(f'<details class="notice-citer"><summary>{summary}</summary>\n')


def depart_details(translator: HTML5Translator, node: details) -> None:
    """Close it."""
    translator.body.append("</details>\n")


def is_for_screens(builder: Builder) -> bool:
    """Whether *builder* makes pages for a screen: a site, not an e-book."""
    return builder.format == "html" and builder.name != "epub"


def ancestors(node: Element) -> Iterator[Element]:
    """What *node* stands in, from the inside out."""
    while node.parent is not None:
        node = node.parent
        yield node


def citation(key: str, docname: str, typ: str = "t") -> pending_xref:
    """A link of kind *typ* to *key* on the page *docname*, which the ``cite`` domain resolves."""
    text = nodes.inline("", key)
    return pending_xref("", text, refdomain="cite", reftype=typ, reftarget=key, refdoc=docname, refwarn=True)


def language_classes(work: Work) -> list[str]:
    """The class that gives *work*'s language to a node that holds its title; none where that is the edition's."""
    return [f"language-{work.foreign_language}"] if work.foreign_language else []


def title(work: Work, text: str) -> nodes.Node:
    """*text*, the title of *work* in some form, in the language of the work."""
    classes = language_classes(work)
    return nodes.inline("", text, classes=classes) if classes else nodes.Text(text)


def around(words: str, node: nodes.Node, place: str) -> list[nodes.Node]:
    """*words* with *node* in the place of *place*."""
    before, _, after = words.partition(place)
    return [part for part in (nodes.Text(before), node, nodes.Text(after)) if part.astext()]


def about(work: Work) -> nodes.inline:
    """Which *work* a link of its notice is about, for those who hear it among the links of a page."""
    return nodes.inline("", f" {work.label}", classes=["said"])


def joined(items: Iterable[nodes.Node], separator: str) -> list[nodes.Node]:
    """The *items* with *separator* between them."""
    result: list[nodes.Node] = []
    for item in items:
        result += [nodes.Text(separator), item] if result else [item]
    return result


def labelled(name: str, label: str, content: Iterable[nodes.Node]) -> nodes.paragraph:
    """A paragraph of class *name*: *label* in bold, then *content*."""
    return nodes.paragraph("", "", nodes.strong("", label), nodes.Text(" "), *content, classes=[name])


def headed(label: str, paragraphs: list[nodes.paragraph]) -> list[nodes.paragraph]:
    """The *paragraphs*, *label* in bold before the first."""
    paragraphs[0].insert(0, [nodes.strong("", label), nodes.Text(" ")])
    return paragraphs


def definition_list(name: str, items: Iterable[tuple[Sequence[nodes.Node], Sequence[nodes.Node]]]) -> nodes.definition_list:
    """A definition list of class *name*: the inline nodes of each term, and the blocks of its definition."""
    pairs = ((nodes.term("", "", *term), nodes.definition("", *blocks)) for term, blocks in items)
    return nodes.definition_list("", *(nodes.definition_list_item("", *pair) for pair in pairs), classes=[name])


def table(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Sequence[nodes.Node]]]) -> nodes.table:
    """A table of class *name*: the label and the relative width of each of its *columns*, *rows* of cells of inline nodes."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for _, width in columns), cols=len(columns))
    group += nodes.thead("", _row([nodes.Text(label)] for label, _ in columns))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=[name, "colwidths-given"])


def _row(cells: Iterable[Sequence[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))
