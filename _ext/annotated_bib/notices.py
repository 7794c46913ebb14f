"""``{notices}``: the works of a theme, one docutils section each.

A notice is made of standard nodes whose classes start with ``notice-``; stylesheet and template give them their looks. Only
« Citée dans », which other pages decide, is a :class:`slot` until every page has been read.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from . import exports, markup, metadata, style
from .bibsource import without_fields
from .checks.vocabulary import PRIVATE_FIELDS
from .domain import WORK_PAGES, Place, cite_domain
from .downloads import site_file
from .typography import NARROW, NO_BREAK, french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from .model import Bibliography, Work

#: The fields of the edition, which a reader who cites the work has no use for.
EDITION_FIELDS = (
    "theme", "annotation", "annote", "related", "relatedwhy", "options", "completed", "completedfrom", "lost", "lacuna",
)  # fmt: skip


class slot(nodes.General, nodes.Element):
    """What is filled in once every page has been read: *part* of the notice of *key*, in *docname*."""


class details(nodes.General, nodes.Element):
    """Text folded under its *summary*; only a screen can unfold it."""


class coins(nodes.General, nodes.Element):
    """The ContextObject of a work (Z39.88-2004), which reference managers find in a page."""


class NoticesDirective(SphinxDirective):
    """The notices of the works whose ``theme`` is the argument, by default the page's own name, in the file's order."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """One section per work; a theme without works, which `checks` reports, gives nothing."""
        domain = cite_domain(self.env)
        theme = self.arguments[0] if self.arguments else self.env.docname.rpartition("/")[2]
        domain.note_theme(theme)
        return [self._notice(work) for work in domain.works.of_theme(theme)]

    def _notice(self, work: Work) -> nodes.section:
        domain = cite_domain(self.env)
        domain.notices[work.key] = self.env.docname
        for latex in work.rich.values():
            for key, _ in markup.cited_keys(latex):
                domain.note_citation(key, Place(self.env.docname, work.id, work.key))
        section = notice(work, self.env.docname, domain.works)
        self.set_source_info(section)
        self.state.document.set_id(section)
        return section


def notice(work: Work, docname: str, bibliography: Bibliography) -> nodes.section:
    """The notice of *work* on the page *docname*."""

    def cite(key: str) -> nodes.Node:
        return citation(key, docname)

    section = nodes.section("", nodes.title("", "", nodes.Text(work.title)), ids=[work.id], classes=["notice"])
    section += nodes.paragraph("", french(f"N° {bibliography.numbers[work.key]}"), classes=["notice-number"])
    section += nodes.paragraph("", "", *style.reference_nodes(work), classes=["notice-reference"])
    if "annotation" in work.rich:
        commentary = markup.paragraphs(work.rich["annotation"], cite)
        section += nodes.container("", *commentary, classes=["notice-commentary"])
    section += _editors_note(work, cite)
    if work.related:
        section += _related(work, bibliography, cite)
    section += slot(part="cited", key=work.key, docname=docname)
    section += _ways_to_cite(work, docname, bibliography)
    return section


def _ways_to_cite(work: Work, docname: str, bibliography: Bibliography) -> Iterator[nodes.Node]:
    """What only a screen has a use for: COinS, and the reference to copy in several forms, folded."""
    yield coins(context=metadata.coins(work))
    ways = (
        ("Référence", style.reference_text(work), "none"),
        ("BibTeX", without_fields(work.raw, {*EDITION_FIELDS, *PRIVATE_FIELDS}), "bibtex"),
        ("RIS", exports.ris(work, bibliography).replace("\r\n", "\n").strip(), "none"),
    )
    blocks = [
        node
        for label, text, language in ways
        for node in (
            nodes.paragraph("", label, classes=["notice-way"]),
            nodes.literal_block(text, text, language=language),
        )
    ]
    files = [
        site_file("", label, target=f"{WORK_PAGES}/{work.id}.{suffix}", docname=docname)
        for label, suffix in (("BibTeX", "bib"), ("RIS", "ris"))
    ]
    blocks.append(labelled("notice-files", "Fichiers :", joined(files, ", ")))
    yield details("", *blocks, summary="Citer")
    if not docname.startswith(f"{WORK_PAGES}/"):
        yield nodes.paragraph("", "", citation(work.key, docname, "work"), classes=["notice-page"])


def _related(work: Work, bibliography: Bibliography, cite: Callable[[str], nodes.Node]) -> nodes.container:
    """The related works, each with its title and the reason of the link where the entry gives one."""
    items = nodes.bullet_list()
    for key in work.related:
        line = nodes.paragraph("", "", cite(key))
        other = bibliography.by_key.get(key)
        if other and other.names:  # a work that nobody signs is cited by its title
            line += [nodes.Text(", "), nodes.emphasis("", french(other.main_title))]
        if reason := work.reasons.get(key):
            line += nodes.Text(f"{NO_BREAK}– ")
            line += [node for paragraph in markup.paragraphs(reason, cite) for node in paragraph.children]
        items += nodes.list_item("", line)
    label = nodes.paragraph("", "", nodes.strong("", french("Voir aussi :")))
    return nodes.container("", label, items, classes=["notice-related"])


def citation(key: str, docname: str, typ: str = "t") -> pending_xref:
    """A link of kind *typ* to *key* on the page *docname*, which the ``cite`` domain resolves."""
    text = nodes.inline("", key)
    return pending_xref("", text, refdomain="cite", reftype=typ, reftarget=key, refdoc=docname, refwarn=True)


def joined(items: Iterable[nodes.Node], separator: str) -> list[nodes.Node]:
    """The *items* with *separator* between them."""
    result: list[nodes.Node] = []
    for item in items:
        result += [nodes.Text(separator), item] if result else [item]
    return result


def _editors_note(work: Work, cite: Callable[[str], nodes.Node]) -> list[nodes.Node]:
    """What the edition added or corrected, then what the dossier lost, in one note that says whose words these are."""
    said = [
        paragraph
        for name in ("completedfrom", "lacuna")
        if name in work.rich
        for paragraph in markup.paragraphs(work.rich[name], cite)
    ]
    if not said:
        return []
    said[0].insert(0, [nodes.strong("", french("Note d’édition :")), nodes.Text(" ")])
    return [nodes.container("", *said, classes=["notice-note"])]


def labelled(name: str, label: str, content: Iterable[nodes.Node]) -> nodes.paragraph:
    """A paragraph of class *name*: *label* in bold, then *content*."""
    return nodes.paragraph("", "", nodes.strong("", french(label)), nodes.Text(" "), *content, classes=[name])


class FillNotices(SphinxPostTransform):
    """Fill each « Citée dans »."""

    # Before Sphinx resolves the references (10), among which those made here.
    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace the slots of the document's notices."""
        for node in list(self.document.findall(slot)):
            if node["part"] == "cited":
                node.replace_self(list(self._cited_in(node)))

    def _cited_in(self, node: slot) -> Iterator[nodes.Node]:
        links = [
            citation(place.notice or f"{place.docname}#{place.anchor}", node["docname"], "t" if place.notice else "page")
            for place in cite_domain(self.env).cited_in.get(node["key"], ())
        ]
        if links:
            yield labelled("notice-cited", "Citée dans :", joined(links, f"{NARROW}; "))


def fit_to_builder(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take out what only a screen can unfold, and print small capitals as capitals in plain text."""
    if app.builder.format != "html" or app.builder.name == "epub":
        for node in list(doctree.findall(_is_for_screens)):
            node.parent.remove(node)
    if app.builder.format == "text":
        for node in list(doctree.findall(_is_small_capitals)):
            node.parent.replace(node, nodes.Text(node.astext().upper()))


def _is_small_capitals(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "smallcaps" in node["classes"]


def _is_for_screens(node: nodes.Node) -> bool:
    return isinstance(node, (details, coins)) or (isinstance(node, nodes.paragraph) and "notice-page" in node["classes"])


def visit_coins(translator: HTML5Translator, node: coins) -> None:
    """An empty span that only programs read."""
    translator.body.append(f'<span class="Z3988" title="{escape(node["context"])}" aria-hidden="true"></span>\n')
    raise nodes.SkipNode


def visit_details(translator: HTML5Translator, node: details) -> None:
    """Open an HTML ``<details>``."""
    summary = translator.encode(node["summary"])
    translator.body.append(f'<details class="notice-citer"><summary>{summary}</summary>\n')


def depart_details(translator: HTML5Translator, node: details) -> None:
    """Close it."""
    translator.body.append("</details>\n")
