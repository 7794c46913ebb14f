"""The ``cite`` domain of sphinxcontrib-bibtex, with notices as the targets of citations.

The stock domain resolves a citation by scanning every entry of every bibliography; here the notices register themselves and a
citation looks its key up. A key that has no notice is left to the stock domain and its ``{bibliography}``. The domain also
knows who cites whom, for “Cited in”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.nodes import make_id
from pybtex.database import BibliographyData, Entry, Person
from sphinx import addnodes
from sphinx.util.nodes import make_refnode
from sphinx.util.tags import Tags
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain, get_docnames
from sphinxcontrib.bibtex.roles import CitationRef, CiteRole

from ..configuration import bibfiles
from ..language.catalogue import _, pgettext
from ..language.typography import NO_BREAK
from ..source import changelog, model
from ..source.changelog import Release
from ..source.names import split_list
from .lookups import Lookups
from .nodes import about, ancestors, title
from .typography import typeset
from .volumes import bound, chapters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element, Node, system_message
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..checks import Report
    from ..references.style import ReferenceStyle
    from ..source.bibfile import Source, SourceEntry
    from ..source.model import Work
    from .volumes import Chapters

#: What each role of sphinxcontrib-bibtex prints here, and whether between parentheses; one full name list is as good as another.
_ROLES = {
    **dict.fromkeys(("t", "ts", "ct", "cts"), ("t", False)),
    **{name: ("alp", name.startswith("p")) for name in ("p", "ps", "alp", "alps")},
    **{name: ("author", name.endswith(("par", "pars"))) for name in ("author", "authors", "authorpar", "authorpars")},
    **dict.fromkeys(("cauthor", "cauthors"), ("author", False)),
    **{name: ("year", name.endswith("par")) for name in ("year", "yearpar", "label", "labelpar")},
}
#: The directives whose lists name each work, beside the notices.
_OF_ALL_WORKS = {"catalogue", "work-index"}
#: What the domain keeps of each page that is read.
_BY_PAGE = ("places", "facts", "states", "lists", "contents")


class Place(NamedTuple):
    """Where a work is cited: *anchor* in *docname*, inside the notice of the work *notice* (empty in a page's own text)."""

    docname: str
    anchor: str
    notice: str


class CitationRole(CiteRole):
    """``{cite:t}`` and its kin: several keys are separated by commas, ``{p. 12}`` after a key is printed with it."""

    def result_nodes(
        self, document: nodes.document, env: BuildEnvironment, node: Element, is_ref: bool
    ) -> tuple[list[Node], list[system_message]]:
        """Note which works the page cites."""
        if not node.get("refdomain"):
            node["refdomain"], node["reftype"] = "cite", "p"
        domain = cite_domain(env)
        try:
            targets = list(parse_citation_targets(self.target))
        except ValueError:  # reported by `checks`
            return [nodes.Text(self.target)], []
        node["ids"] = [_free_id(document, f"cite-{make_id(targets[0].key)}")]
        node["docname"] = env.docname
        document.set_id(node)
        domain.citation_refs.append(CitationRef(node["ids"][0], env.docname, self.lineno, targets))
        for target in targets:
            domain.note_citation(target.key, Place(env.docname, node["ids"][0], ""))
        return [node], []


class AnnotatedBibDomain(BibtexDomain):
    """Citations resolve to notices; :attr:`lookups` tells what is known of works and pages."""

    roles = {name: CitationRole() for name in BibtexDomain.roles}
    initial_data = BibtexDomain.initial_data | {"notices": {}, **{kind: {} for kind in _BY_PAGE}}
    data_version = BibtexDomain.data_version * 100 + 4
    lookups: Lookups
    #: What makes pages or a book in this build.
    builder: Builder
    #: Whether notices are their titles alone, since nobody will read them.
    is_brief = False
    #: The style of the references that notices print.
    references: ReferenceStyle
    #: The forms of the reference of each key as HTML, once they are written.
    ways: dict[str, str]
    #: The pages that hold notices, in the order of the contents, with the keys of their works in the file's order.
    theme_pages: dict[str, list[str]]
    #: The places where each key is cited, in the order of the contents.
    cited_in: dict[str, list[Place]]

    @property
    def work_pages(self) -> str:
        """The folder of the pages that each hold one work; empty where the site has none."""
        folder: str = self.env.config.annotated_bib_work_pages
        return folder

    @property
    def notices(self) -> dict[str, str]:
        """The page that holds the notice of each key."""
        notices: dict[str, str] = self.data["notices"]
        return notices

    def take(self, report: Report) -> None:
        """Take the BibTeX files that have been read, for this build and for sphinxcontrib-bibtex, which would read them again."""
        bibliography = replace(report.bibliography, title=self.env.config.project)
        self.ways = {}
        self.lookups = Lookups(self.env, self, bibliography, self._releases())
        bibfiles = {
            path.resolve(): BibFile(get_mtime(path), dict.fromkeys(entry.key for entry in source.entries))
            for path, source in report.sources.items()
        }
        data = BibliographyData()
        data.entries = _Entries(tuple(report.sources.values()))
        self.data["bibdata"] = BibData(self.env.config.bibtex_encoding, bibfiles, data)

    def _releases(self) -> list[Release]:
        """Those of the changelog, or the one that ``conf.py`` dates."""
        config = self.env.config
        if config.annotated_bib_changelog:
            return changelog.releases(Path(self.env.srcdir, config.annotated_bib_changelog).read_text("utf-8-sig"))
        return [Release(config.release, config.annotated_bib_date)] if config.release and config.annotated_bib_date else []

    @cached_property
    def bibfiles(self) -> list[Path]:
        """The BibTeX files of the edition."""
        return bibfiles(self.env.config, Path(self.env.srcdir))

    def note_citation(self, key: str, place: Place) -> None:
        """Note that *key* is cited at *place*."""
        self.data["places"].setdefault(place.docname, []).append((key, place))

    def note_list(self, name: str) -> None:
        """Note that the page that is being read holds the list of the directive *name*."""
        self.data["lists"].setdefault(self.env.docname, set()).add(name)

    def page_of(self, name: str) -> str | None:
        """The first page, by its name, that holds the list of the directive *name*."""
        return min((page for page, names in self.data["lists"].items() if name in names), default=None)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the pages that *docname* includes, each with the condition of the ``only`` in which its ``toctree`` stands."""
        super().process_doc(env, docname, document)
        for toctree in document.findall(addnodes.toctree):
            condition = " and ".join(f"({only['expr']})" for only in ancestors(toctree) if isinstance(only, addnodes.only))
            self.data["contents"].setdefault(docname, []).extend((page, condition) for page in toctree["includefiles"])

    def volumes(self, book: Mapping[str, Any]) -> list[Chapters]:
        """The chapters of *book*, one of ``typst_documents``, in volumes; one, where that holds all."""
        first = book["startdocname"]
        works = {page: len(keys) for page, keys in self.theme_pages.items()}
        lists = {page for page, names in self.data["lists"].items() if names & _OF_ALL_WORKS}
        tags = _tags_of_book(self.builder)
        includes = {
            page: [name for name, condition in names if not condition or tags.eval_condition(condition)]
            for page, names in self.data["contents"].items()
        }
        whole = chapters(first, book.get("appendices", ()), includes)
        return bound(first, whole, works, lists, self.env.config.annotated_bib_volume)

    def clear_doc(self, docname: str) -> None:
        """Forget what *docname* held."""
        super().clear_doc(docname)
        for kind in _BY_PAGE:
            self.data[kind].pop(docname, None)
        if docname in self.notices.values():
            self.data["notices"] = {key: page for key, page in self.notices.items() if page != docname}

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel process read in *docnames*."""
        super().merge_domaindata(docnames, otherdata)
        for kind in _BY_PAGE:
            self.data[kind].update((page, noted) for page, noted in otherdata[kind].items() if page in docnames)
        self.notices.update((key, page) for key, page in otherdata["notices"].items() if page in docnames)

    def outdated(self) -> list[str]:
        """The pages that were read with facts that have changed."""
        states = self.data["states"]
        return [page for page, facts in self.data["facts"].items() if states.get(page) != self.lookups.digest(facts)]

    def env_updated(self) -> Iterable[str]:
        """Settle who cites whom, and which pages hold notices."""
        if not self.is_brief:
            self.data["states"] = {page: self.lookups.digest(facts) for page, facts in self.data["facts"].items()}
        order = {docname: rank for rank, docname in enumerate(get_docnames(self.env))}  # type: ignore[no-untyped-call]
        held: dict[str, list[str]] = {}
        for work in self.lookups.bibliography.works:
            if work.key in self.notices:
                held.setdefault(self.notices[work.key], []).append(work.key)
        self.theme_pages = {page: held[page] for page in sorted(held, key=order.__getitem__)}
        cited: dict[str, dict[tuple[str, str], Place]] = {}
        for docname in sorted(self.data["places"], key=order.__getitem__):
            for key, place in self.data["places"][docname]:
                cited.setdefault(key, {}).setdefault((docname, place.notice), place)
        self.cited_in = {key: list(places.values()) for key, places in cited.items()}
        self.lookups.begin_writing()
        updated: Iterable[str] = super().env_updated()
        return updated

    def resolve_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Element | None:
        """The citation *target* as links to notices.

        The type ``page`` links to a page, « docname#anchor », under its title; ``title`` and ``work`` link to a notice and to
        the page of a work.
        """
        if typ == "page":
            docname, anchor = (target, "") if target in env.titles else target.rsplit("#", 1)
            return make_refnode(builder, fromdocname, docname, anchor, nodes.Text(self.lookups.title(docname, fromdocname)))
        if typ == "empty":
            return nodes.inline()
        kind, in_parentheses = _ROLES.get(typ, (typ, False))
        links: list[Node] = []
        for wanted in parse_citation_targets(target):
            work, page = self.lookups.label(wanted.key, fromdocname), self.lookups.notice_page(wanted.key, fromdocname)
            if page is None and typ in _ROLES:  # a work of a {bibliography}, for sphinxcontrib-bibtex to cite
                before, after = (f"{{{text}}}" if text else "" for text in (wanted.pre, wanted.post))
                alone = before + wanted.key + after
                cited: Element | None = super().resolve_xref(env, fromdocname, builder, typ, alone, node, contnode)
                if cited and cited.next_node(nodes.reference):
                    links.append(cited)
                    continue
            label: list[Node] = _label(kind, work, wanted.pre, wanted.post) if work else [nodes.Text(wanted.key)]
            if work is None or page is None:
                links.append(nodes.inline("", "", *label))
                continue
            # From the page of a work, one goes on to the pages of others.
            if typ == "work" or (self.work_pages and fromdocname.startswith(f"{self.work_pages}/")):
                page, anchor = f"{self.work_pages}/{work.id}", ""
            else:
                anchor = work.id
            link = make_refnode(builder, fromdocname, page, anchor, label)
            link["classes"].append("citation")
            links.append(link)
        parts = _joined(kind, links)
        if in_parentheses:
            parts = [nodes.Text("("), *parts, nodes.Text(")")]
        return typeset(nodes.inline("", "", *parts, classes=["citations"]))


def cite_domain(env: BuildEnvironment) -> AnnotatedBibDomain:
    """The domain of *env*, typed."""
    return env.get_domain("cite")  # type: ignore[return-value]


def _tags_of_book(builder: Builder) -> Tags:
    """The tags that *builder* would have if it were the one that makes the book."""

    def own(format_: str, name: str) -> set[str]:
        return {format_, name, f"format_{format_}", f"builder_{name}"}

    return Tags([*({*builder.tags} - own(builder.format, builder.name) | own("typst", "pdf"))])


class _Entries(Mapping[str, Entry]):
    """The entries of *sources*, made for pybtex at their first use: most editions print no ``{bibliography}``."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources

    @cached_property
    def _made(self) -> Mapping[str, Entry]:
        entries = {entry.key: _pybtex_entry(entry) for entry in model.entries(self._sources)}
        made: Mapping[str, Entry] = BibliographyData(entries).entries
        return made

    def __reduce__(self) -> tuple[type[_Entries], tuple[tuple[()]]]:
        """None of them in the environment that Sphinx keeps: each build takes the files that it has read."""
        return _Entries, ((),)

    def __getitem__(self, key: str) -> Entry:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _pybtex_entry(entry: SourceEntry) -> Entry:
    fields = {name: " ".join(field.value.split()) for name, field in entry.fields.items()}
    persons = {role: [Person(name) for name in split_list(fields.pop(role))] for role in Person.valid_roles if role in fields}
    return Entry(entry.type, fields, persons)


def _label(kind: str, work: Work, before: str, after: str) -> list[Node]:
    """« Dhume (2006) », « Dhume, 2006 », the title, and so on, with the text *before* and *after* it."""
    author: Node = nodes.Text(work.author_label)
    if not work.names:
        author = nodes.emphasis("", "", title(work, work.author_label))
    year = f"{work.year_label}, {after}" if after else work.year_label
    labels: dict[str, list[Node]] = {
        "t": [author, nodes.Text(f"{NO_BREAK}({year})")],
        "alp": [author, nodes.Text(f", {year}")],
        "author": [author],
        "year": [nodes.Text(year)],
        "title": [title(work, work.title)],
        "work": [nodes.Text(_("Page of this work")), about(work)],
    }
    return [nodes.Text(f"{before} "), *labels[kind]] if before else labels[kind]


def _joined(kind: str, links: Sequence[Node]) -> list[Node]:
    """The *links* with what stands between them."""
    between = last = model.list_separator()
    if kind in ("t", "author"):
        between, last = ", ", pgettext("between the last two names", " and ")
    parts: list[Node] = []
    for position, link in enumerate(links):
        if position:
            parts.append(nodes.Text(last if position == len(links) - 1 else between))
        parts.append(link)
    return parts


def _free_id(document: nodes.document, wanted: str) -> str:
    rank, free = 1, wanted
    while free in document.ids:
        rank += 1
        free = f"{wanted}-{rank}"
    return free
