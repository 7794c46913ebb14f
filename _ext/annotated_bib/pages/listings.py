"""Lists of the whole bibliography, made from the BibTeX file: ``{themes}``, ``{catalogue}``, ``{apparatus}``, ``{rules}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from ..checks.rules import ADVICE, FAULT, RULES
from ..exports.coins import coins as context_object
from ..language.catalogue import N_, _, is_language, pgettext
from ..source.latex import paragraphs
from ..source.model import list_separator
from .domain import cite_domain
from .nodes import citation, coins, definition_list, headed, is_for_screens, joined, slot, table
from .typography import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..source.model import Work

_KINDS = {
    "article": N_("Article"),
    "book": N_("Book"),
    "incollection": N_("Chapter"),
    "inbook": N_("Chapter"),
    "inproceedings": N_("Conference paper"),
    "proceedings": N_("Proceedings"),
    "thesis": N_("Thesis"),
    "manual": N_("Manual"),
    "online": N_("Online document"),
    "unpublished": N_("Unpublished work"),
    "periodical": N_("Periodical"),
}


class ListDirective(SphinxDirective):
    """A list of works; the page that holds it follows the bibliography."""

    def run(self) -> list[nodes.Node]:
        """The list's nodes."""
        domain = cite_domain(self.env)
        domain.note_list(self.name)
        return list(self.listing(domain.lookups.works(self.env.docname)))

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """The nodes that list *works*."""
        raise NotImplementedError

    def cite(self, key: str, typ: str = "t") -> nodes.Node:
        """A citation on this page."""
        return citation(key, self.env.docname, typ)


class ThemesDirective(SphinxDirective):
    """The theme pages in the order of the contents, each with the works it holds."""

    def run(self) -> list[nodes.Node]:
        """A slot: the pages are known once all have been read."""
        return [slot(part="themes", docname=self.env.docname)]


class CatalogueDirective(ListDirective):
    """A table of all works in the file's order: number, author, year, title, kind, theme."""

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """The table."""
        columns = ((_("No."), 5), (_("Author"), 20), (_("Year"), 8), (_("Title"), 40), (_("Kind"), 12), (_("Theme"), 15))
        rows = (
            (
                [nodes.Text(str(number))],
                [nodes.Text(work.author_label if work.names else _unsigned(work))],
                [nodes.Text(work.year)],
                [self.cite(work.key, "title"), slot(part="coins", key=work.key, docname=self.env.docname)],
                [nodes.Text(kind(work) or pgettext("kind of work", "not stated"))],
                [slot(part="theme", key=work.key, docname=self.env.docname)],
            )
            for number, work in enumerate(works, 1)
        )
        yield table("catalogue", columns, rows)


class ApparatusDirective(ListDirective):
    """Work by work, what the edition added or corrected and where it comes from, and what is lost."""

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """A definition list, or that there is nothing to list."""
        noted = [work for work in works if {"completedfrom", "lacuna"} & work.rich.keys()]
        if not noted:
            yield nodes.paragraph("", _("Nothing was added, corrected or lost."))
            return
        yield definition_list(
            "apparatus",
            (([self.cite(work.key), nodes.Text(", "), self.cite(work.key, "title")], list(self._notes(work))) for work in noted),
        )

    def _notes(self, work: Work) -> Iterator[nodes.paragraph]:
        for name, label in (("completedfrom", _("Supplied by the edition:")), ("lacuna", _("Loss or gap:"))):
            if name in work.rich:
                yield from headed(label, paragraphs(work.rich[name], self.cite) or [nodes.paragraph()])


class RulesDirective(SphinxDirective):
    """The rules of ``make check``, for those who add works."""

    def run(self) -> list[nodes.Node]:
        """A table of each rule's name, what it asks, and what it says."""
        columns = ((_("Rule"), 18), (_("Level"), 10), (_("What it asks"), 36), (_("Example of a message"), 36))
        levels = {FAULT: _("fault"), ADVICE: _("advice")}
        rows = (
            (
                [nodes.literal("", name)],
                [nodes.Text(levels[rule.level])],
                [_as_typed(nodes.inline, rule.asks)],
                [_as_typed(nodes.emphasis, rule.says)],
            )
            for name, rule in RULES.items()
        )
        return [table("rules", columns, rows)]


def _as_typed(kind: type[nodes.TextElement], message: str) -> nodes.TextElement:
    """What *message* says in a node in which no quotation mark or dash is made of another: « 47--53 » is what it tells to write.

    What has no other words in the edition's language, such as a warning of Sphinx's, is marked as English.
    """
    text = _(message)
    is_english = text == message and not is_language("en")
    return kind("", text, support_smartquotes=False, classes=["language-en"] if is_english else [])


class FillLists(SphinxPostTransform):
    """Fill the slots of the lists once every page has been read."""

    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace the slots of the document."""
        fill: dict[str, Callable[[slot], nodes.Node | list[nodes.Node]]]
        fill = {"themes": self._themes, "theme": self._theme, "coins": self._coins}
        for node in list(self.document.findall(slot)):
            if node["part"] in fill:
                node.replace_self(fill[node["part"]](node))

    def _coins(self, node: slot) -> list[nodes.Node]:
        domain = cite_domain(self.env)
        work = domain.lookups.bibliography.by_key[node["key"]]
        return [coins(context=context_object(work))] if is_for_screens(domain.builder) else []

    def _themes(self, node: slot) -> nodes.Node:
        docname = node["docname"]
        pages = cite_domain(self.env).lookups.theme_pages(docname)
        items = (
            (
                [citation(page, docname, "page")],
                [nodes.paragraph("", "", *joined((citation(key, docname) for key in keys), list_separator()))],
            )
            for page, keys in pages.items()
        )
        return typeset(definition_list("themes", items))

    def _theme(self, node: slot) -> nodes.Node:
        page = cite_domain(self.env).lookups.notice_page(node["key"], node["docname"])
        return citation(page, node["docname"], "page") if page else nodes.Text("")


def kind(work: Work) -> str:
    """What sort of document *work* is, in a word or two; empty where neither its type nor its ``type`` field says so."""
    own = work["type"].partition(",")[0] if work.type in ("report", "thesis") else ""
    return own or (_(_KINDS[work.type]) if work.type in _KINDS else "")


def _unsigned(work: Work) -> str:
    return _("author lost") if "author" in work.lost else _("no author")
