"""What pages look up of the edition, noted as it is looked up: a page is stale when one of these facts has changed.

Sphinx knows of each page that its own file has changed. A page also prints works, whose entries stand in the BibTeX files, and
what other pages decide: who cites a work, how a page is called. As ``env.note_dependency`` does for files, a lookup notes for
whom it is made. What a page looked up while it was read is kept in the environment, with the page; what it looked up when it
was written is kept by the builder, with its output.
"""

from __future__ import annotations

from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sphinx.environment import BuildEnvironment

    from ..source.changelog import Release
    from ..source.model import Bibliography, Work
    from .domain import AnnotatedBibDomain, Place

#: A fact: its kind, and what it is about.
Fact = tuple[str, str]


class Lookups:
    """The facts of one build: the *bibliography* and the *releases*, which are read once, and what the pages are found to say."""

    def __init__(
        self, env: BuildEnvironment, domain: AnnotatedBibDomain, bibliography: Bibliography, releases: Sequence[Release]
    ) -> None:
        self.bibliography = bibliography
        self._releases = releases
        self._env = env
        self._domain = domain
        self._digests: dict[Fact, str] = {}
        #: The facts that each page looks up: while pages are read, those of the environment.
        self.noted: dict[str, set[Fact]] = domain.data["facts"]

    def begin_writing(self) -> None:
        """Note from now on what pages look up as they are written; what other pages decide is settled."""
        self.noted = {}
        self._digests = {}

    def note(self, page: str, kind: str, about: str = "") -> None:
        """Note that *page* depends on a fact."""
        self.noted.setdefault(page, set()).add((kind, about))

    def work(self, key: str, page: str) -> Work:
        """The work *key*, all of which *page* prints."""
        self.note(page, "work", key)
        return self.bibliography.by_key[key]

    def label(self, key: str, page: str) -> Work | None:
        """The work *key*, of which *page* prints no more than author, year and title; nothing where there is none."""
        self.note(page, "label", key)
        return self.bibliography.by_key.get(key)

    def heading(self, key: str, page: str) -> str:
        """The title of the work *key*."""
        self.note(page, "heading", key)
        return self.bibliography.by_key[key].title

    def theme(self, theme: str, page: str) -> list[Work]:
        """The works of *theme*, all of which *page* prints."""
        self.note(page, "theme", theme)
        return [self.work(work.key, page) for work in self.bibliography.of_theme(theme)]

    def works(self, page: str) -> tuple[Work, ...]:
        """All works; *page* prints no commentary of theirs."""
        self.note(page, "works")
        return self.bibliography.works

    def dated(self, page: str) -> list[tuple[date, Work]]:
        """The works that say on which day they joined the edition, with that day: the newest first, then in the file's order."""
        self.note(page, "dated")
        pairs = [(day, work) for work in self.bibliography.works if (day := work.added)]
        return sorted(pairs, key=itemgetter(0), reverse=True)

    def releases(self, page: str) -> Sequence[Release]:
        """The editions that have come out."""
        self.note(page, "releases")
        return self._releases

    def notice_page(self, key: str, page: str) -> str | None:
        """The page that holds the notice of *key*, if one does."""
        self.note(page, "notice", key)
        return self._domain.notices.get(key)

    def cited_in(self, key: str, page: str) -> list[Place]:
        """Where *key* is cited, in the order of the contents."""
        self.note(page, "cited", key)
        return self._domain.cited_in.get(key, [])

    def theme_pages(self, page: str) -> Mapping[str, list[str]]:
        """The pages that hold notices, in the order of the contents, with the keys of their works in the file's order."""
        self.note(page, "themes")
        return self._domain.theme_pages

    def page_of(self, name: str, page: str) -> str | None:
        """The first page that holds the list of the directive *name*."""
        self.note(page, "list", name)
        return self._domain.page_of(name)

    def volumes(self, book: str, page: str) -> int:
        """How many volumes *book* has, the ``targetname`` of one of ``typst_documents``."""
        self.note(page, "volumes", book)
        return self._volumes(book)

    def title(self, docname: str, page: str) -> str:
        """The title of the page *docname*."""
        self.note(page, "title", docname)
        return self._env.titles[docname].astext() if docname in self._env.titles else docname

    def digest(self, facts: Iterable[Fact]) -> str:
        """What *facts* are now, in 24 figures."""
        return digest([self._digest(fact) for fact in sorted(facts)])

    def _digest(self, fact: Fact) -> str:
        if fact not in self._digests:
            self._digests[fact] = digest(self._state(*fact))
        return self._digests[fact]

    def _state(self, kind: str, about: str) -> Any:
        bibliography, domain = self.bibliography, self._domain
        work = bibliography.by_key.get(about)
        match kind:
            case "work":
                return work and (work.raw, work.suffix, bibliography.numbers[about])
            case "label":
                return work and (work.author_label, work.year_label, work.title, work.language)
            case "heading":
                return work and work.title
            case "theme":
                return [work.key for work in bibliography.of_theme(about)]
            case "works":
                return [_outline(work) for work in bibliography.works]
            case "dated":
                return [(work.key, work.added) for work in bibliography.works if work.added]
            case "releases":
                return list(self._releases)
            case "list":
                return domain.page_of(about)
            case "notice":
                return domain.notices.get(about)
            case "cited":
                return domain.cited_in.get(about)
            case "themes":
                return list(domain.theme_pages.items())
            case "volumes":
                return self._volumes(about)
            case "title":
                return self._env.titles[about].astext() if about in self._env.titles else None
        raise ValueError(kind)

    def _volumes(self, name: str) -> int:
        books = getattr(self._env.config, "typst_documents", ())
        return next((len(self._domain.volumes(book)) for book in books if book["targetname"] == name), 0)


def digest(value: object) -> str:
    """A digest of *value*, whose ``repr`` says all of it."""
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _outline(work: Work) -> object:
    """What lists print of *work*: all but its commentary."""
    sentences = {name: text for name, text in work.rich.items() if name != "annotation"}
    return work.key, work.type, work.fields, sentences, work.people
