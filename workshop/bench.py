"""``make bench``: what an edition of a given size costs, against the same text in plain Sphinx.

Each line is measured in this run, on this machine: compare the ratios, not the seconds. *floor* has the same number of pages
with the same text and no bibliography; in *stock* the same pages cite and print the works with sphinxcontrib-bibtex alone.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

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
EXPORTS = """
import sys, pathlib
from annotated_bib.exports import csl, ris
from annotated_bib.source import bibfile, model
bibliography = model.bibliography([bibfile.read(pathlib.Path(sys.argv[1]))])
records = [ris.ris(work, bibliography) for work in bibliography.works]
pathlib.Path(sys.argv[2]).write_text("".join(records) + csl.csl_json(bibliography.works, bibliography), "utf-8")
"""
EXTENSIONS = {"ours": "annotated_bib", "stock": "sphinxcontrib.bibtex", "floor": "sphinx.ext.ifconfig"}


class Cost(NamedTuple):
    """Processor seconds and peak memory, in megabytes, of a command and what it starts."""

    seconds: float
    memory: float


class Work(NamedTuple):
    """An invented work."""

    key: str
    title: str
    year: int
    commentary: str


def invented(size: int) -> list[Work]:
    """*size* works, the same at each call: a title of six words, a commentary of ninety."""
    source = random.Random(size)

    def words(number: int) -> str:
        return " ".join(source.choices(WORDS, k=number)).capitalize()

    return [Work(f"Nom{n}", f"{words(6)} {n}", 1980 + n % 40, " ".join(f"{words(15)}." for _ in range(6))) for n in range(size)]


def write(folder: Path, works: list[Work], kind: str) -> None:
    """A dossier of *works*, of *kind* « ours », « stock » or « floor »: fifty works and five citations a page at most.

    Each work has a page and is related to the next: a citation wherever it stands.
    """
    themes = max(6, len(works) // 50)
    for name in ("themes", "works"):
        (folder / name).mkdir(parents=True)
    (folder / "conf.py").write_text(CONF.format(extension=EXTENSIONS[kind]), "utf-8")
    related = dict(zip(works, [*works[1:], works[0]], strict=True))
    entries = (_entry(work, related[work], n % themes, kind) for n, work in enumerate(works))
    (folder / "refs.bib").write_text("".join(entries), "utf-8")
    for theme in range(themes):
        held = works[theme::themes]
        page = f"# Thème {theme}\n\n" + " ".join(_citation(work, kind) for work in works[theme * 5 : theme * 5 + 5])
        if kind == "ours":
            page += "\n\n```{notices}\n```\n"
        else:
            page += "".join(f"\n\n## {_text(work, related[work], kind)}" for work in held)
        if kind == "stock":
            keys = " or ".join(f"key == '{work.key.lower()}'" for work in held)
            page += f"\n\n```{{bibliography}}\n:filter: {keys}\n```\n"
        (folder / "themes" / f"theme{theme}.md").write_text(page, "utf-8")
    if kind != "ours":  # which makes a page for each work by itself
        for work in works:
            page = f"---\norphan: true\n---\n\n# {_text(work, related[work], kind)}\n"
            (folder / "works" / f"{work.key.lower()}.md").write_text(page, "utf-8")
    contents = "\n".join(f"themes/theme{theme}" for theme in range(themes))
    (folder / "index.md").write_text(f"# Mesure\n\n```{{toctree}}\n{contents}\n```\n", "utf-8")


def _entry(work: Work, related: Work, theme: int, kind: str) -> str:
    fields = f"author = {{{work.key}, Prénom}}, title = {{{work.title}}}, year = {{{work.year}}}, publisher = {{Presses}}"
    if kind == "ours":
        own = f"theme = {{theme{theme}}}, related = {{{related.key}}}, options = {{related=false}}"
        fields += f",\n  {own},\n  annotation = {{{work.commentary}}}"
    return f"@book{{{work.key}, {fields}}}\n\n"


def _citation(work: Work, kind: str) -> str:
    return f"{work.key} ({work.year})." if kind == "floor" else f"{{cite:t}}`{work.key}`."


def _text(work: Work, related: Work, kind: str) -> str:
    reference = f"{work.key}, Prénom. *{work.title}*. Presses, {work.year}."
    return f"{work.title}\n\n{reference}\n\n{work.commentary}\n\nŒuvre liée : {_citation(related, kind)}"


def cost(*arguments: object) -> Cost:
    """Run Python with *arguments* and tell what it took; SystemExit if it fails."""
    command = [sys.executable, *map(str, arguments)]
    silence = [(os.POSIX_SPAWN_OPEN, sys.stdout.fileno(), os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(sys.executable, command, os.environ, file_actions=silence)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(map(str, arguments))}: failed")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def build(source: Path, builder: str = "html") -> Cost:
    """The cost of building *source*, on what an earlier call left."""
    out = source.parent / f"{source.name}-{builder}"
    return cost("-m", "sphinx", "-q", "-b", builder, source, out)


def measure(size: int, folder: Path) -> None:
    """Print what a dossier of *size* works costs."""
    works = invented(size)
    write(folder / "floor", works, "floor")
    floor = build(folder / "floor")
    row(size, "floor, HTML", floor, floor)
    write(folder / "ours", works, "ours")
    full = build(folder / "ours")
    row(size, "HTML", full, floor)
    bib = folder / "ours" / "refs.bib"
    time.sleep(1.1)  # so that the file is seen to be newer
    bib.write_text(bib.read_text("utf-8").replace(works[0].commentary, f"Autre. {works[0].commentary}"), "utf-8")
    row(size, "one commentary edited", build(folder / "ours"), full, "of HTML")
    row(size, "exports", cost("-c", EXPORTS, bib, folder / "exports"), full, "of HTML")
    records = folder / "ours-html" / ".doctrees" / "search"
    row(size, "search index", cost("-m", "pagefind", "-q", "--site", records, "--output-path", folder / "index"), full, "of HTML")
    row(size, "check", cost("-m", "annotated_bib", "check", folder / "ours"), full, "of HTML")
    row(size, "PDF", build(folder / "ours", "pdf"), full, "of HTML")
    if size <= 1000:  # its cost grows with works × pages × citations
        write(folder / "stock", works, "stock")
        row(size, "stock, HTML", build(folder / "stock"), floor)


def row(size: int, what: str, it: Cost, other: Cost, of: str = "of floor") -> None:
    """Print a measure and its ratio to another."""
    ratio = f"{it.seconds / other.seconds:5.2f} {of}"
    print(f"{size:>6} works  {what:<22} {it.seconds:8.1f} s  {ratio:<15} {it.memory:7.0f} MB", flush=True)


if __name__ == "__main__":
    for number in map(int, sys.argv[1:]):
        with TemporaryDirectory() as temporary:
            measure(number, Path(temporary))
