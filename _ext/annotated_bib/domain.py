"""The ``cite`` domain of sphinxcontrib-bibtex, with notices as the targets of citations.

The stock domain resolves a citation by scanning every entry of every bibliography, and formats it anew each time; here the
notices register themselves and a citation looks its key up. The domain also knows who cites whom, for « Citée dans ».
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.nodes import make_id
from pybtex.database import BibliographyData, Entry, Person
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain, get_docnames

from . import bibsource, model
from .typography import NARROW, NO_BREAK, french

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element, Node, system_message
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .bibsource import SourceEntry
    from .model import Bibliography, Work


#: What the domain keeps of each page that is read: the themes it prints, whether it lists works, where it cites some.
_BY_PAGE = ("themes", "listings", "places")
#: The folder of the pages that each hold one work.
WORK_PAGES = "oeuvres"
#: The page to which every search box leads.
SEARCH_PAGE = "search"


def hand_over(app: Sphinx) -> None:
    """Give sphinxcontrib-bibtex the entries that have been read: pybtex, which would read the files again, stops at less."""
    paths = cite_domain(app.env).bibfiles
    keys = {path.resolve(): dict.fromkeys(entry.key for entry in bibsource.read(path).entries) for path in paths}
    data = BibliographyData()
    data.entries = _Entries(paths)
    bibfiles = {path: BibFile(get_mtime(path), found) for path, found in keys.items()}
    cite_domain(app.env).data["bibdata"] = BibData(app.config.bibtex_encoding, bibfiles, data)


class _Entries(Mapping[str, Entry]):
    """The entries of the BibTeX files at *paths*, made for pybtex at their first use: most editions print no ``{bibliography}``."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    @cached_property
    def _made(self) -> Mapping[str, Entry]:
        return BibliographyData({entry.key: _pybtex_entry(entry) for entry in model.entries(self._paths)}).entries

    def __getitem__(self, key: str) -> Entry:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _pybtex_entry(entry: SourceEntry) -> Entry:
    fields = {name: " ".join(field.value.split()) for name, field in entry.fields.items()}
    persons = {role: [Person(name) for name in model.split_list(fields.pop(role))] for role in Person.valid_roles if role in fields}
    return Entry(entry.type, fields, persons)


class Place(NamedTuple):
    """Where a work is cited: *anchor* in *docname*, inside the notice of the work *notice* (empty in a page's own text)."""

    docname: str
    anchor: str
    notice: str


class CitationRole(XRefRole):
    """``{cite:t}`` and its kin: several keys are separated by commas, ``{p. 12}`` after a key is printed with it."""

    innernodeclass = nodes.inline

    def result_nodes(
        self, document: nodes.document, env: BuildEnvironment, node: Element, is_ref: bool
    ) -> tuple[list[Node], list[system_message]]:
        """Note which works the page cites."""
        if not node.get("refdomain"):
            node["refdomain"], node["reftype"] = "cite", "p"
        domain = cite_domain(env)
        try:
            keys = [target.key for target in parse_citation_targets(self.target)]
        except ValueError:  # reported by `checks`
            return [nodes.Text(self.target)], []
        node["ids"] = [_free_id(document, f"cite-{make_id(keys[0])}")]
        document.set_id(node)
        for key in keys:
            domain.note_citation(key, Place(env.docname, node["ids"][0], ""))
        return [node], []


class AnnotatedBibDomain(BibtexDomain):
    """Citations resolve to notices; :attr:`works` is the bibliography itself."""

    _role_names = ("p", "t", "alp", "author", "year")
    roles = {name: CitationRole() for name in _role_names}
    initial_data = BibtexDomain.initial_data | {"notices": {}, "places": {}, "listings": {}, "themes": {}, "read": {}}
    #: A digest of what the notice of each work prints.
    prints: dict[str, str]
    #: What each page prints that others decide, now and when it was last written; the pages whose digests differ.
    written_with: dict[str, str]
    last_written_with: dict[str, str]
    stale: set[str]
    data_version = BibtexDomain.data_version * 100 + 2

    @property
    def bibfiles(self) -> list[Path]:
        """The BibTeX files of the edition."""
        return [Path(os.path.abspath(self.env.srcdir / name)) for name in self.env.config.bibtex_bibfiles]

    @property
    def works(self) -> Bibliography:
        """The works of the edition."""
        return model.read(self.bibfiles)

    @property
    def notices(self) -> dict[str, str]:
        """The page that holds the notice of each key."""
        return self.data["notices"]

    def note_theme(self, theme: str) -> None:
        """Note that the page that is being read prints the works of *theme*."""
        self.data["themes"].setdefault(self.env.docname, []).append(theme)

    def note_list(self) -> None:
        """Note that the page that is being read lists works of any theme."""
        self.data["listings"][self.env.docname] = True

    def note_citation(self, key: str, place: Place) -> None:
        """Note that *key* is cited at *place*."""
        self.data["places"].setdefault(place.docname, []).append((key, place))

    def clear_doc(self, docname: str) -> None:
        """Forget what *docname* held."""
        super().clear_doc(docname)
        for kind in _BY_PAGE:
            self.data[kind].pop(docname, None)
        self.data["notices"] = {key: doc for key, doc in self.notices.items() if doc != docname}

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel process read in *docnames*."""
        super().merge_domaindata(docnames, otherdata)
        for kind in _BY_PAGE:
            self.data[kind] |= {doc: found for doc, found in otherdata[kind].items() if doc in docnames}
        self.notices.update({key: doc for key, doc in otherdata["notices"].items() if doc in docnames})

    def env_updated(self) -> Iterable[str]:
        """Sort out who cites whom, and which pages hold notices."""
        themes = set(self.notices.values())
        self.theme_pages = [docname for docname in get_docnames(self.env) if docname in themes]
        self.cited_in = self._cited_in()
        return super().env_updated()

    def _cited_in(self) -> dict[str, list[Place]]:
        order = {docname: rank for rank, docname in enumerate(get_docnames(self.env))}
        cited: dict[str, dict[tuple[str, str], Place]] = {}
        for docname in sorted(self.data["places"], key=lambda name: order.get(name, len(order))):
            for key, place in self.data["places"][docname]:
                cited.setdefault(key, {}).setdefault((docname, place.notice), place)
        return {key: list(places.values()) for key, places in cited.items()}

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Element | None:
        """The citation *target* as links to notices; a key without one, which `checks` reports, stands as it is.

        The type ``page`` links to a page, « docname#anchor », under its title.
        """
        if typ == "page":
            docname, anchor = (target, "") if target in env.titles else target.rsplit("#", 1)
            return make_refnode(builder, fromdocname, docname, anchor, nodes.Text(env.titles[docname].astext()))
        links = []
        works = self.works.by_key
        for wanted in parse_citation_targets(target):
            docname, work = self.notices.get(wanted.key), works.get(wanted.key)
            if docname is None or work is None:
                return contnode
            label = _label(typ, work, french(wanted.pre), french(wanted.post))
            # From the page of a work, one goes on to the pages of others.
            if typ == "work" or fromdocname.startswith(f"{WORK_PAGES}/"):
                link = make_refnode(builder, fromdocname, f"{WORK_PAGES}/{work.id}", "", label)
            else:
                link = make_refnode(builder, fromdocname, docname, work.id, label)
            link["classes"].append("citation")
            links.append(link)
        return nodes.inline("", "", *_joined(typ, links), classes=["citations"])


def cite_domain(env: BuildEnvironment) -> AnnotatedBibDomain:
    """The domain of *env*, typed."""
    return env.get_domain("cite")  # type: ignore[return-value]


def _label(typ: str, work: Work, before: str, after: str) -> list[Node]:
    """« Dhume (2006) », « Dhume, 2006 », the title, and so on, with the text *before* and *after* it."""
    author: Node = nodes.Text(french(work.author_label))
    if not work.names:
        author = nodes.emphasis("", french(work.author_label))
    year = f"{french(work.year_label)}, {after}" if after else french(work.year_label)
    label: list[Node] = {
        "t": [author, nodes.Text(f"{NO_BREAK}({year})")],
        "author": [author],
        "year": [nodes.Text(year)],
        "title": [nodes.Text(french(work.title))],
        "work": [nodes.Text("Page de l’œuvre")],
    }.get(typ, [author, nodes.Text(f", {year}")])
    return [nodes.Text(f"{before} "), *label] if before else label


def _joined(typ: str, links: Sequence[Node]) -> list[Node]:
    """The *links* with what stands between and around them."""
    between, last = (", ", " et ") if typ in ("t", "author") else (f"{NARROW}; ", f"{NARROW}; ")
    joined: list[Node] = []
    for position, link in enumerate(links):
        if position:
            joined.append(nodes.Text(last if position == len(links) - 1 else between))
        joined.append(link)
    return [nodes.Text("("), *joined, nodes.Text(")")] if typ == "p" else joined


def _free_id(document: nodes.document, wanted: str) -> str:
    rank, free = 1, wanted
    while free in document.ids:
        rank += 1
        free = f"{wanted}-{rank}"
    return free
