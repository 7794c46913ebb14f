"""Docutils nodes as calls of the functions that the book's Typst template defines.

The stock translator does most of it, and puts every text in a Typst string, so that no text can be code. Mended here is
what it drops (the classes of notices and lists, the alternative text of images), what it leaves as code (formulas), and
what only a book needs: where a chapter opens, and the page that a link leads to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes
from sphinxcontrib_typstbuilder._writer import MarkupFunction, Table, TypstTranslator, escape_raw_str, escape_str

from ..language.catalogue import _
from ..language.typography import NO_BREAK, set_text
from ..pages.domain import cite_domain
from ..pages.nodes import ancestors
from ..source.model import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element

    from ..pages.timeline import Lane
    from .builder import PdfBuilder

#: The comment that tells where the next lines come from: a page, quoted lest its name end the comment, and the key of a
#: work, empty outside notices.
ORIGIN = re.compile(r"/\*@ (.*?)\t(.*?) \*/")
#: How many characters a text beside the text may have: two bytes each, of the 32,767 that PDF/A allows.
LONGEST_TEXT = 16_000
_LINES = {"notice-related", "notice-cited"}
_NOTICE_PARTS = {"notice-number", "notice-reference", "notice-commentary", "notice-note"} | _LINES
_LISTS = {"themes", "apparatus", "work-index"}


class DataTable(Table):
    """A table that keeps its classes, for the template to set."""

    def to_text(self) -> str:
        """The call of ``data-table``."""
        self.name = "data-table"
        self.named_params["classes"] = array(map(escape_str, self.classes))
        widths = (f"{width}fr" for width in self.colwidths)
        self.named_params["columns"] = array(widths) if self.colwidths_given else str(len(self.colwidths))
        self.positional_params = self.cells
        text: str = super(Table, self).to_text()
        return text


class BookTranslator(TypstTranslator):
    """The translator of the ``pdf`` builder."""

    builder: PdfBuilder
    sectionlevel: int
    this_is_the_title: bool
    pending_labels: list[str]

    def __init__(self, document: nodes.document, builder: PdfBuilder) -> None:
        super().__init__(document, builder)
        domain = cite_domain(builder.env)
        self.theme_numbers = {page: number for number, page in enumerate(domain.theme_pages, 1)}
        self.keys = {(page, anchor(key)): key for key, page in domain.notices.items()}
        self.this_is_the_title = builder.volume is builder.volumes[0]
        #: The page with which the text begins, where that is not an introduction.
        self.first_chapter = "" if self.this_is_the_title else next(iter(builder.volume.chapters), "")
        self.outer_levels: list[int] = []
        self.page_names: list[str] = []

    # -- Chapters and notices ------------------------------------------------------------------------------------------

    def visit_start_of_file(self, node: Element) -> None:
        """A page included by the first one is a chapter, whatever section holds the ``toctree``."""
        super().visit_start_of_file(node)
        self.outer_levels.append(self.sectionlevel)
        self.sectionlevel = len(self.curr_files) - 2
        title = node.next_node(nodes.title)
        self.page_names.append(escape_str(short(title.astext())) if title else "none")
        self._note_page()

    def depart_start_of_file(self, node: Element) -> None:
        """Return to the page that includes this one, and to its level."""
        super().depart_start_of_file(node)
        self.sectionlevel = self.outer_levels.pop()
        self.page_names.pop()
        self._note_page()

    def visit_document(self, node: Element) -> None:
        """Note where the text begins."""
        super().visit_document(node)
        self.page_names.append('tr("Introduction")')
        self._note_page()

    def _note_page(self) -> None:
        """Note the page, and what links to the places in it say."""
        self._note_origin()
        self.curr_element().body.append(f"#let mlabel = place-in.with({self.page_names[-1]})\n")

    def _note_origin(self, key: str = "") -> None:
        self.curr_element().body.append(f"/*@ {quote(self.curr_files[-1])}\t{key} */\n")

    def visit_title(self, node: Element) -> None:
        """The title of the book gives way to that of an introduction, whose own sections go down a level."""
        in_first_page = len(self.curr_files) == 1
        if not isinstance(node.parent, nodes.section):
            super().visit_title(node)
        elif self.this_is_the_title:
            self.this_is_the_title = False
            self._append_heading("introduction")
        elif "notice" in node.parent["classes"]:
            key = self.keys.get((self.curr_files[-1], node.parent["ids"][0]), "")
            self._note_origin(key)
            self._append_heading("notice-title", colour=self._colour(self.curr_files[-1]), work=self._work(key))
        elif self.sectionlevel == 1 and not in_first_page:
            self._append_heading("chapter", **self._chapter(node.astext()))
        else:
            level = self.sectionlevel + in_first_page
            self._append_heading("named-heading", level=str(level))
        if _is_marked(node):
            self.append_inline_fun(None, name="inline", named_params={"classes": array(map(escape_str, node["classes"]))})

    def depart_title(self, node: Element) -> None:
        """Close what marks the language of the title of a section, and the title."""
        if _is_marked(node):
            self.absorb_fun_in_body()
        super().depart_title(node)

    def _append_heading(self, name: str, **params: str | None) -> None:
        """Call *name* with the labels as an argument: placed before a chapter, they would stand on the page before."""
        labels, self.pending_labels = self.pending_labels, []
        self.append_block_fun(None, name=name, named_params={"labels": array(map(escape_str, labels)), **params})

    def _work(self, key: str) -> str | None:
        """What a parenthetical citation calls the work *key*: « Dhume, 2006 »."""
        work = cite_domain(self.builder.env).lookups.bibliography.by_key.get(key)
        return escape_str(set_text(f"{work.author_label}, {work.year_label}")) if work else None

    def _chapter(self, title: str) -> dict[str, str | None]:
        page = self.curr_files[-1]
        subtitle = title.removeprefix(short(title)).removeprefix(_colon())
        number, part = self.theme_numbers.get(page), self.builder.parts.get(page)
        begins = number or part or page == self.first_chapter
        return {
            "recto": None if begins else "false",
            "part": part and escape_str(part),
            "number": number and str(number),
            "colour": self._colour(page),
            "short": escape_str(short(title)),
            "subtitle": escape_str(subtitle) if subtitle else None,
        }

    def _colour(self, page: str) -> str:
        colour = self.builder.theme_colour(page)
        return escape_str(colour) if colour else "none"

    def visit_container(self, node: Element) -> None:
        """A part of a notice is a function of its own."""
        if not self._append_part(node):
            super().visit_container(node)

    def depart_container(self, node: Element) -> None:
        """Close the part."""
        if _first(node, _NOTICE_PARTS):
            self.absorb_fun_in_body()
        else:
            super().depart_container(node)

    def visit_paragraph(self, node: Element) -> None:
        """A part of a notice is a function of its own; a definition begins without ``par``, which breaks the line."""
        if isinstance(node.parent, nodes.definition) and node.parent.index(node) == 0:
            self.append_unprocessed(node)
        elif not self._append_part(node):
            super().visit_paragraph(node)

    def _append_part(self, node: Element) -> bool:
        if name := _first(node, _NOTICE_PARTS):
            last = node.next_node(descend=False, siblings=True) is None
            self.append_block_fun(node, name=name, named_params={"last": "true" if last else None})
        return bool(name)

    # -- Lists and tables ----------------------------------------------------------------------------------------------

    def visit_definition_list(self, node: Element) -> None:
        """A list of a class that the template knows is a function of its own."""
        if name := _first(node, _LISTS):
            colours = array(map(self._colour, self.theme_numbers)) if name == "themes" else None
            self.append_block_fun(node, name=name, named_params={"colours": colours})
        else:
            super().visit_definition_list(node)

    def visit_definition_list_item(self, node: Element) -> None:
        """Several definitions may follow a term."""
        self.append_block_code_fun(node, name="definition-item")

    def visit_table(self, node: Element) -> None:
        """Keep the classes of the table."""
        super().visit_table(node)
        table = DataTable(node)
        table.labels = self.curr_elements.pop().labels
        self.append_el(table)

    # -- Links ---------------------------------------------------------------------------------------------------------

    def visit_reference(self, node: Element) -> None:
        """Inside the book, give the page, in another volume after its number; on the web, the address, unless the text is that."""
        super().visit_reference(node)
        link = self.curr_element()
        if link.name == "internal-link":
            pages = _pages(node)
            closed = "true" if pages == "comma" and _goes_on(node) else None
            link.named_params |= {"pages": escape_str(pages), "closed": closed}
            self._lead_to_volume(link, node)
            if _inside(node, nodes.entry) and (number := self.theme_numbers.get(node.get("refuri", "")[1:])):
                # A table has no room for more than the number and the short title.
                link.body = [f"#{escape_str(f'{number}{NO_BREAK}{short(node.astext())}')}"]
                raise nodes.SkipChildren
        elif node.astext() not in node["refuri"] and not _inside(node, nodes.title, nodes.entry, nodes.footnote):
            link.name = "noted-link"

    def _lead_to_volume(self, link: MarkupFunction, node: Element) -> None:
        """Have *link* name the volume, if it is another, of what *node* refers to; that will be asked where this is."""
        own, label = self.builder.volume, self.label_ref(node.get("refuri") or node["refid"])
        other = self.builder.volume_of.get(label[1:].partition("#")[0], own)
        if other is not own:
            link.name = "link-to-volume"
            link.named_params["volume"] = str(other.number)
            own.links[label] = other.asked[label] = None

    def visit_download_reference(self, node: Element) -> None:
        """The text alone: a book holds no other file than its bibliography."""

    # -- Pictures and formulas -----------------------------------------------------------------------------------------

    def visit_image(self, node: Element) -> None:
        """Give the alternative text; an image without any is an ornament. In a paragraph, Typst wants it in a box."""
        if node["uri"] not in self.builder.images:
            where = node if node.source else self.curr_files[-1]
            message = _("the image {path} is not there; correct its path", path=node["uri"])
            self.builder.fail(message, location=where)
            raise nodes.SkipNode
        super().visit_image(node)
        image = self.curr_element()
        if node.get("alt"):
            image.name = "image" if isinstance(node.parent, nodes.figure) else "inline-image"
            image.named_params["alt"] = escape_str(node["alt"])
        else:
            image.name = "ornament"

    def visit_timeline(self, node: Element) -> None:
        """Give the themes and the years of their works; the template draws them."""
        lanes = array(self._lane(number, lane) for number, lane in enumerate(node["lanes"], 1))
        alt = node["alt"] if len(node["alt"]) <= LONGEST_TEXT else node["label"]
        self.append_block_fun(node, name="timeline", named_params={"alt": escape_str(alt), "lanes": lanes})
        self.absorb_fun_in_body()
        raise nodes.SkipNode

    def _lane(self, number: int, lane: Lane) -> str:
        years = array(str(int(work["year"])) if work["year"].isdecimal() else "none" for work in lane.works)
        title = escape_str(short(lane.title))
        return f"(number: {number}, title: {title}, colour: {self._colour(lane.page)}, years: {years})"

    def unknown_departure(self, node: Element) -> None:
        """The visit has warned of a node that the book does not know; its text is printed all the same."""

    def visit_math(self, node: Element) -> None:
        """The formula as it is written: in LaTeX, which is not Typst's notation."""
        self.append_inline_fun(node, name="literal", body=[f"#{escape_str(node.astext())}"])
        self.absorb_fun_in_body()
        raise nodes.SkipNode

    def visit_math_block(self, node: Element) -> None:
        """The formula as it is written."""
        params = {"block": "true"}
        self.append_block_fun(node, name="raw", named_params=params, positional_params=[escape_raw_str(node.astext())])
        self.absorb_fun_in_body()
        raise nodes.SkipNode


def array(items: Iterable[str]) -> str:
    """A Typst array of the expressions *items*."""
    return f"({''.join(f'{item}, ' for item in items)})"


def short(title: str) -> str:
    """A *title* without its subtitle."""
    return title.partition(_colon())[0]


def _colon() -> str:
    """What stands before a subtitle."""
    return set_text(_(": "))


def _is_marked(title: Element) -> bool:
    """Whether a class « language-… » of the *title* of a section gives it a language of its own."""
    return isinstance(title.parent, nodes.section) and any(name.startswith("language-") for name in title["classes"])


def _first(node: Element, names: set[str]) -> str | None:
    return next((name for name in node["classes"] if name in names), None)


def _inside(node: Element, *kinds: type[Element]) -> bool:
    return any(isinstance(ancestor, kinds) for ancestor in ancestors(node))


def _pages(link: Element) -> str:
    """How the page is printed: after a comma for a work or in a list of links, between parentheses in a sentence.

    A citation that gives a page of the work says that ours is the page of its notice.
    """
    term = next((ancestor for ancestor in ancestors(link) if isinstance(ancestor, nodes.term)), None)
    last = term is None or link is list(term.findall(nodes.reference))[-1]
    if _inside(link, nodes.title) or not last:
        return "none"
    locator = re.escape(_("p. {text}", text="").strip())
    if re.search(rf"(?<!\w){locator}\s", link.astext()):
        return "notice"
    if "citation" in link["classes"] or any(_first(ancestor, _LISTS | _LINES) for ancestor in ancestors(link)):
        return "comma"
    return "none" if _inside(link, nodes.entry) else "paren"


def _goes_on(link: Element) -> bool:
    """Whether a word follows, so that the page stands between two commas: « Dhume (2006), p. 14, part de… »."""
    node = link
    while node.next_node(descend=False, siblings=True) is None and isinstance(node.parent, nodes.inline):
        node = node.parent
    following = node.next_node(descend=False, siblings=True)
    text = following.astext() if following is not None else ""
    return text[:1].isspace() and text.lstrip()[:1].isalnum()
