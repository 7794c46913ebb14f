"""Lists of the whole bibliography, made from the BibTeX file: ``{themes}``, ``{catalogue}``, ``{apparatus}``, ``{rules}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from . import markup, metadata
from .checks import RULES
from .domain import cite_domain
from .notices import citation, coins, joined, slot
from .typography import NARROW, french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .model import Work

_KINDS = {
    "article": "Article",
    "book": "Livre",
    "incollection": "Contribution",
    "inbook": "Contribution",
    "inproceedings": "Communication",
    "proceedings": "Actes",
    "thesis": "Thèse",
    "manual": "Manuel",
    "online": "Document en ligne",
    "unpublished": "Inédit",
    "periodical": "Périodique",
}



class ListDirective(SphinxDirective):
    """A list of works; the page that holds it follows the bibliography and the titles of the theme pages."""

    def run(self) -> list[nodes.Node]:
        """The list's nodes."""
        domain = cite_domain(self.env)
        domain.note_list()
        return list(self.listing(domain.works.works))

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """The nodes that list *works*."""
        raise NotImplementedError

    def cite(self, key: str, typ: str = "t") -> nodes.Node:
        """A citation on this page."""
        return citation(key, self.env.docname, typ)


class ThemesDirective(ListDirective):
    """The theme pages in the order of the contents, each with the works it holds."""

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """A slot: the pages are known once all have been read."""
        yield slot(part="themes", docname=self.env.docname)


class CatalogueDirective(ListDirective):
    """A table of all works in the file's order: number, author, year, title, kind, theme."""

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """The table."""
        head = ("N°", "Auteur", "Année", "Titre", "Genre", "Thème")
        rows = [
            (
                [nodes.Text(str(number))],
                [nodes.Text(french(work.author_label if work.names else _unsigned(work)))],
                [nodes.Text(french(work.year))],
                [self.cite(work.key, "title"), coins(context=metadata.coins(work))],
                [nodes.Text(kind(work) or "non précisé")],
                [slot(part="theme", key=work.key, docname=self.env.docname)],
            )
            for number, work in enumerate(works, 1)
        ]
        yield table(head, rows, (5, 20, 8, 40, 12, 15), "catalogue")


class ApparatusDirective(ListDirective):
    """Work by work, what the edition added or corrected and where it comes from, and what is lost."""

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """A definition list."""
        items = []
        for work in works:
            if {"completedfrom", "lacuna"} & work.rich.keys():
                term = nodes.term("", "", self.cite(work.key), nodes.Text(", "), self.cite(work.key, "title"))
                items.append(nodes.definition_list_item("", term, nodes.definition("", *self._said(work))))
        yield nodes.definition_list("", *items, classes=["apparatus"])

    def _said(self, work: Work) -> Iterator[nodes.Node]:
        if "completedfrom" in work.rich:
            yield from _labelled("Apport de l’édition :", work.rich["completedfrom"], self.cite)
        if "lacuna" in work.rich:
            yield from _labelled("Perte ou lacune :", work.rich["lacuna"], self.cite)


class RulesDirective(SphinxDirective):
    """The rules of ``make check``, for those who add works."""

    def run(self) -> list[nodes.Node]:
        """A table of each rule's name, what it asks, and what it says."""
        rows = [
            ([nodes.literal("", name)], [nodes.Text(french(rule.asks))], [nodes.emphasis("", french(rule.says))])
            for name, rule in RULES.items()
        ]
        return [table(("Règle", "Ce qu’elle demande", "Exemple de message"), rows, (20, 40, 40), "rules")]


class FillLists(SphinxPostTransform):
    """Fill the slots of the lists once every page has been read."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace the slots of the document."""
        fill = {"themes": self._themes, "theme": self._theme}
        for node in list(self.document.findall(slot)):
            if node["part"] in fill:
                node.replace_self(fill[node["part"]](node))

    def _themes(self, node: slot) -> nodes.Node:
        domain = cite_domain(self.env)
        items = []
        for page in domain.theme_pages:
            keys = [work.key for work in domain.works.works if domain.notices.get(work.key) == page]
            works = joined((citation(key, node["docname"]) for key in keys), f"{NARROW}; ")
            term = nodes.term("", "", citation(page, node["docname"], "page"))
            definition = nodes.definition("", nodes.paragraph("", "", *works))
            items.append(nodes.definition_list_item("", term, definition))
        return nodes.definition_list("", *items, classes=["themes"])

    def _theme(self, node: slot) -> nodes.Node:
        page = cite_domain(self.env).notices.get(node["key"])
        return citation(page, node["docname"], "page") if page else nodes.Text("")


def kind(work: Work) -> str:
    """What sort of document *work* is, in a word or two; empty where neither its type nor its ``type`` field says so."""
    said = work["type"].partition(",")[0] if work.type in ("report", "thesis") else ""
    return french(said or _KINDS.get(work.type, ""))


def _unsigned(work: Work) -> str:
    return "auteur perdu" if "author" in work.lost else "sans auteur"


def table(head: Sequence[str], rows: Sequence[Sequence[list[nodes.Node]]], widths: Sequence[int], name: str) -> nodes.table:
    """A table of class *name*: *head* labels, *rows* of cells of inline nodes, relative *widths*."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(widths))
    group += nodes.thead("", _row([nodes.Text(french(label))] for label in head))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group, classes=[name, "colwidths-given"])


def _row(cells: Iterable[list[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def _labelled(label: str, latex: str, cite: Callable[[str], nodes.Node]) -> list[nodes.paragraph]:
    said = markup.paragraphs(latex, cite) or [nodes.paragraph()]
    said[0].insert(0, [nodes.strong("", french(label)), nodes.Text(" ")])
    return said
