"""``{notices}``: the works of a theme, one docutils section each.

A notice is made of standard nodes whose classes start with ``notice-``; stylesheet and template give them their looks. Only
“Cited in”, which other pages decide, is a slot until every page has been read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from ..exports.coins import coins as context_object
from ..exports.ris import ris
from ..language.catalogue import N_, _
from ..language.typography import NO_BREAK
from ..source.bibfile import without_fields
from ..source.datamodel import EDITION_FIELDS, PRIVATE_FIELDS
from ..source.latex import cited_keys, paragraphs
from ..source.model import anchor, list_separator
from .domain import Place, cite_domain
from .nodes import about, citation, coins, headed, is_for_screens, joined, labelled, slot, title, visit_details, ways
from .typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from ..source.model import Work
    from .domain import AnnotatedBibDomain


class NoticesDirective(SphinxDirective):
    """The notices of the works whose ``theme`` is the argument, by default the page's own name, in the file's order."""

    optional_arguments = 1
    option_spec = {"all": directives.flag}

    def run(self) -> list[nodes.Node]:
        """One section per work; a theme without works, which `checks` reports, gives nothing."""
        domain, page = cite_domain(self.env), self.env.docname
        if "all" in self.options:
            works: Iterable[Work] = [domain.lookups.work(work.key, page) for work in domain.lookups.works(page)]
        else:
            works = domain.lookups.theme(self.arguments[0] if self.arguments else page.rpartition("/")[2], page)
        sections: list[nodes.Node] = [self._notice(work, domain) for work in works]
        # In a rehearsal the page knows the addresses of all, and holds the first: it may want its title.
        return sections[:1] if domain.is_brief else sections

    def _notice(self, work: Work, domain: AnnotatedBibDomain) -> nodes.section:
        domain.notices[work.key] = self.env.docname
        for latex in work.rich.values():
            for key, _offset in cited_keys(latex):
                domain.note_citation(key, Place(self.env.docname, work.id, work.key))
        section = Notice(work, self.env.docname, domain).section()
        self.set_source_info(section)
        self.state.document.set_id(section)
        return section


class Notice:
    """The notice of *work* on the page *docname*."""

    def __init__(self, work: Work, docname: str, domain: AnnotatedBibDomain) -> None:
        self._work = work
        self._docname = docname
        self._domain = domain

    def section(self) -> nodes.section:
        """The notice in its order: title, number, reference, commentary, notes, links, and what a screen can unfold."""
        work = self._work
        section = nodes.section("", nodes.title("", "", title(work, work.title)), ids=[work.id], classes=["notice"])
        if self._domain.is_brief:
            return section
        number = self._domain.lookups.bibliography.numbers[work.key]
        section += nodes.paragraph("", _("No. {number}", number=number), classes=["notice-number"])
        section += self.text()
        section += [slot(part=part, key=work.key, docname=self._docname) for part in ("cited", "screen")]
        return section

    def text(self) -> Iterator[nodes.Element]:
        """What the notice says of the work: reference, commentary, notes, related works."""
        yield nodes.paragraph("", "", *self._domain.references.nodes(self._work), classes=["notice-reference"])
        if "annotation" in self._work.rich:
            commentary = paragraphs(self._work.rich["annotation"], self._cite)
            yield nodes.container("", *commentary, classes=["notice-commentary"])
        yield from self._editors_note()
        yield from self._related()

    def _cite(self, key: str) -> nodes.Node:
        return citation(key, self._docname)

    def _editors_note(self) -> Iterator[nodes.container]:
        """What the edition added or corrected, then what the dossier lost, in one note that says whose words these are."""
        rich = self._work.rich
        note = [part for name in ("completedfrom", "lacuna") if name in rich for part in paragraphs(rich[name], self._cite)]
        if note:
            yield nodes.container("", *headed(_("Editors’ note:"), note), classes=["notice-note"])

    def _related(self) -> Iterator[nodes.container]:
        """The related works, each with its title and the reason of the link where the entry gives one."""
        items = nodes.bullet_list()
        for key in self._work.related:
            line = nodes.paragraph("", "", self._cite(key))
            other = self._domain.lookups.label(key, self._docname)
            if other and other.names:  # a work that nobody signs is cited by its title
                line += [nodes.Text(", "), nodes.emphasis("", "", title(other, other.main_title))]
            if reason := self._work.reasons.get(key):
                line += nodes.Text(f"{NO_BREAK}– ")
                line += [node for paragraph in paragraphs(reason, self._cite) for node in paragraph.children]
            items += nodes.list_item("", line)
        if self._work.related:
            label = nodes.paragraph("", "", nodes.strong("", self._relation()))
            yield nodes.container("", label, items, classes=["notice-related"])

    def _relation(self) -> str:
        """How the work is related to others, where its entry says so by biblatex's ``relatedtype``, or in words of its own."""
        if own := self._work["relatedstring"]:
            return _("{text}:", text=own[:1].upper() + own[1:])
        return _(_RELATIONS.get(self._work["relatedtype"], "See also:"))

    def for_screen(self, folder: str) -> Iterator[nodes.Element]:
        """What only a screen has a use for: the work for programs to find, ways to cite it, and its page, in *folder* if any."""
        yield coins(context=context_object(self._work, self._domain.lookups.bibliography))
        for key in (key for latex in self._work.rich.values() for key, _offset in cited_keys(latex)):
            self._domain.lookups.label(key, self._docname)  # which the RIS prints
        what = {"key": self._work.key, "docname": self._docname, "folder": folder}
        yield ways("", summary=_("Cite"), about=self._work.label, **what)
        if folder and not self._docname.startswith(f"{folder}/"):
            yield nodes.paragraph("", "", citation(self._work.key, self._docname, "work"), classes=["notice-page"])

    def ways_to_cite(self) -> Iterator[nodes.Element]:
        """The reference to copy in several forms."""
        for label, text, language in (
            (_("Reference"), self._domain.references.text(self._work), "none"),
            ("BibTeX", _bibtex(self._work.raw), "bibtex"),
            ("RIS", ris(self._work, self._domain.lookups.bibliography).replace("\r\n", "\n").strip(), "none"),
        ):
            yield nodes.paragraph("", label, classes=["notice-way"])
            yield nodes.literal_block(text, text, language=language)

    def files(self, address: str) -> nodes.paragraph:
        """Links to the files that hold the reference, at *address* and a suffix."""
        links = [
            nodes.reference("", label, about(self._work), refuri=f"{address}.{suffix}")
            for label, suffix in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))
        ]
        return labelled("notice-files", _("Files:"), joined(links, ", "))


def visit_ways(translator: HTML5Translator, node: ways) -> None:
    """Write what is folded; the forms of a reference, which stand on two pages, are written once."""
    visit_details(translator, node)
    builder, domain = translator.builder, cite_domain(translator.builder.env)
    notice = Notice(domain.lookups.bibliography.by_key[node["key"]], node["docname"], domain)
    if node["key"] not in domain.ways:
        first = len(translator.body)
        _write(notice.ways_to_cite(), node, translator)
        domain.ways[node["key"]] = "".join(translator.body[first:])
        del translator.body[first:]
    translator.body.append(domain.ways[node["key"]])
    if node["folder"]:
        address = relative_uri(builder.get_target_uri(node["docname"]), f"{node['folder']}/{quote(anchor(node['key']))}")
        _write([notice.files(address)], node, translator)


def _write(parts: Iterable[nodes.Element], parent: nodes.Element, translator: HTML5Translator) -> None:
    for part in parts:
        part.parent = parent
        typeset(part).walkabout(translator)


@lru_cache(maxsize=65536)  # a notice stands on two pages
def _bibtex(raw: str) -> str:
    """The entry *raw*, to copy."""
    return without_fields(raw, {*EDITION_FIELDS, *PRIVATE_FIELDS, "abstract"})


#: How works are related, by biblatex's ``relatedtype``.
_RELATIONS = {
    "": N_("See also:"),
    "translationof": N_("Translation of:"),
    "translatedas": N_("Translated as:"),
    "translatedfrom": N_("Translated from:"),
    "reviewof": N_("Review of:"),
    "reviewedas": N_("Reviewed in:"),
    "reprintof": N_("Reprint of:"),
    "reprintas": N_("Reprinted as:"),
    "reprintfrom": N_("Reprinted from:"),
    "origpubin": N_("Originally published in:"),
    "origpubas": N_("Originally published as:"),
    "multivolume": N_("Volumes:"),
}


class FillNotices(SphinxPostTransform):
    """Fill each “Cited in”, and what only a screen has a use for."""

    # Before Sphinx resolves the references (10), among which those made here.
    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace the slots of the document's notices."""
        for node in list(self.document.findall(slot)):
            if filled := _PARTS.get(node["part"]):
                node.replace_self([typeset(part) for part in filled(self, node["key"], node["docname"])])

    def _cited_in(self, key: str, docname: str) -> Iterator[nodes.paragraph]:
        links = [
            citation(place.notice or f"{place.docname}#{place.anchor}", docname, "t" if place.notice else "page")
            for place in cite_domain(self.env).lookups.cited_in(key, docname)
        ]
        if links:
            yield labelled("notice-cited", _("Cited in:"), joined(links, list_separator()))

    def _for_screen(self, key: str, docname: str) -> Iterator[nodes.Element]:
        domain = cite_domain(self.env)
        if is_for_screens(domain.builder):
            # Others, such as singlehtml, make no pages of works.
            folder = domain.work_pages if domain.builder.name in ("html", "dirhtml") else ""
            yield from Notice(domain.lookups.bibliography.by_key[key], docname, domain).for_screen(folder)


_PARTS = {"cited": FillNotices._cited_in, "screen": FillNotices._for_screen}


def capitals_for_small_ones(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Print small capitals as capitals in plain text."""
    if app.builder.format == "text":
        for inline in list(doctree.findall(nodes.inline)):
            if "smallcaps" in inline["classes"]:
                inline.parent.replace(inline, nodes.Text(inline.astext().upper()))
