"""An invented dossier of any size, the same at each call, for every tool that is measured."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

WORDS = (
    "action agent association atelier avenir besoin cadre centre citoyen collectif commune conflit contrat coopération débat"
    " dispositif droit échange école élu emploi enjeu équipe espace état expérience famille fonction formation groupe habitant"
    " histoire institution jeunesse lien lieu méthode métier mouvement parent partage participation pouvoir pratique projet"
    " proximité public quartier question relation réseau rôle service société solidarité territoire travail usage ville voisin"
).split()
CONF = """
extensions = ["myst_parser", "{extension}"]
project = author = copyright = "Mesure"
language = "fr"
html_theme = "furo"
smartquotes = False
bibtex_bibfiles = ["refs.bib"]
include_patterns = ["index.md", "themes/*.md", "works/*.md"]
annotated_bib_search = True
"""
INDEX = "# Mesure\n\n```{{toctree}}\n{}\n```\n"


class Work(NamedTuple):
    """An invented work."""

    key: str
    title: str
    year: int
    commentary: str


class Page(NamedTuple):
    """A page of the dossier in Markdown: of a theme, or of a work."""

    name: str
    title: str
    opening: str
    body: str
    works: list[Work]


def invented(size: int) -> list[Work]:
    """*size* works: a title of six words, a commentary of ninety."""
    source = random.Random(size)

    def words(number: int) -> str:
        return " ".join(source.choices(WORDS, k=number)).capitalize()

    return [Work(f"Nom{n}", f"{words(6)} {n}", 1980 + n % 40, " ".join(f"{words(15)}." for _ in range(6))) for n in range(size)]


def related(works: list[Work]) -> dict[Work, Work]:
    """The work to which each is related, and which is cited wherever it stands: the next."""
    return dict(zip(works, [*works[1:], works[0]], strict=True))


def name(work: Work) -> str:
    """Of the citation of *work*, as readers see it."""
    return f"{work.key} ({work.year})"


def themes(works: list[Work]) -> list[list[Work]]:
    """Six themes or more, of fifty works at most."""
    number = max(6, len(works) // 50)
    return [works[theme::number] for theme in range(number)]


def pages(works: list[Work], cite: Callable[[Work], str]) -> Iterator[Page]:
    """A page for each theme, which opens with five citations at most, then one for each work."""
    cited = related(works)

    def text(work: Work) -> str:
        reference = f"{work.key}, Prénom. *{work.title}*. Presses, {work.year}."
        return f"{reference}\n\n{work.commentary}\n\nŒuvre liée : {cite(cited[work])}.\n"

    for number, held in enumerate(themes(works)):
        opening = f"Voir {', '.join(map(cite, works[number * 5 : number * 5 + 5])) or 'plus loin'}.\n"
        body = "\n".join(f"## {work.title}\n\n{text(work)}" for work in held)
        yield Page(f"themes/theme{number}", f"Thème {number}", opening, body, held)
    for work in works:
        yield Page(f"works/{work.key.lower()}", work.title, "", text(work), [work])


def bibliography(works: list[Work], *, annotated: bool, theme: str = "theme") -> str:
    """The works in BibTeX; *annotated*, with their theme in the field of that name, the related work and the commentary."""
    cited = related(works)
    of = {work: number for number, held in enumerate(themes(works)) for work in held}

    def entry(work: Work) -> str:
        fields = f"author = {{{work.key}, Prénom}}, title = {{{work.title}}}, year = {{{work.year}}}, publisher = {{Presses}}"
        if annotated:
            own = f"{theme} = {{theme{of[work]}}}, related = {{{cited[work].key}}}, options = {{related=false}}"
            fields += f",\n  {own},\n  annotation = {{{work.commentary}}}"
        return f"@book{{{work.key}, {fields}}}\n\n"

    return "".join(map(entry, works))


def save(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write *files*, each a path in *folder* and a text."""
    for path, text in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def floor(works: list[Work]) -> Iterator[tuple[str, str]]:
    """The files of the dossier in plain Sphinx: the same pages and text, and no bibliography."""
    yield from _sphinx(works, "sphinx.ext.ifconfig")
    for page in pages(works, name):
        yield f"{page.name}.md", _page(page)


def stock(works: list[Work]) -> Iterator[tuple[str, str]]:
    """The same with sphinxcontrib-bibtex alone, which resolves the citations and prints the works of each theme."""
    yield from _sphinx(works, "sphinxcontrib.bibtex")
    yield "refs.bib", bibliography(works, annotated=False)
    for page in pages(works, lambda work: f"{{cite:t}}`{work.key}`"):
        keys = " or ".join(f"key == '{work.key.lower()}'" for work in page.works)
        directive = f"\n```{{bibliography}}\n:filter: {keys}\n```\n" if page.opening else ""
        yield f"{page.name}.md", _page(page) + directive


def ours(works: list[Work]) -> Iterator[tuple[str, str]]:
    """The same from the bibliography alone, which makes the page of each work by itself."""
    yield from _sphinx(works, "annotated_bib")
    yield "refs.bib", bibliography(works, annotated=True)
    for page in pages(works, lambda work: f"{{cite:t}}`{work.key}`"):
        if page.opening:
            yield f"{page.name}.md", f"# {page.title}\n\n{page.opening}\n```{{notices}}\n```\n"


def _sphinx(works: list[Work], extension: str) -> Iterator[tuple[str, str]]:
    yield "conf.py", CONF.format(extension=extension)
    yield "index.md", INDEX.format("\n".join(f"themes/theme{number}" for number, _ in enumerate(themes(works))))


def _page(page: Page) -> str:
    if page.opening:
        return f"# {page.title}\n\n{page.opening}\n{page.body}"
    return f"---\norphan: true\n---\n\n# {page.title}\n\n{page.body}"
