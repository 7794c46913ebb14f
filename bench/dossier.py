"""Dossiers of any size, made of real words: ours, the same for stock sphinxcontrib-bibtex, and the same text alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "action agent association atelier avenir besoin cadre centre citoyen collectif commune conflit contrat coopération débat"
    " dispositif droit échange école élu emploi enjeu équipe espace état expérience famille fonction formation groupe habitant"
    " histoire institution jeunesse lien lieu méthode métier mouvement parent partage participation pouvoir pratique projet"
    " proximité public quartier question relation réseau rôle service société solidarité territoire travail usage ville voisin"
).split()
PER_PAGE, CITED, COMMENTARY = 50, 5, 90
CONF = """
import sys
sys.path.insert(0, {ext!r})
extensions = ["myst_parser", {extension!r}]
project = "Mesure"
author = copyright = "Mesure"
version = "1"
language = "fr"
html_theme = "furo"
html_static_path = []
smartquotes = False
bibtex_bibfiles = ["refs.bib"]
include_patterns = ["index.md", "themes/*.md", "works/*.md"]
"""


def sentence(source: random.Random, size: int) -> str:
    """*size* words, a full stop every fifteen."""
    words = [source.choice(WORDS) for _ in range(size)]
    return " ".join(f"{word.capitalize()}" if i % 15 == 0 else f"{word}." if i % 15 == 14 else word for i, word in enumerate(words)) + "."


def write(folder: Path, works: int, ext: Path, kind: str) -> int:
    """Write a dossier of *works* works of *kind* « ours », « stock » or « floor »; the number of its theme pages."""
    source = random.Random(works)
    themes = max(6, works // PER_PAGE)
    (folder / "themes").mkdir(parents=True)
    extension = {"ours": "annotated_bib", "stock": "sphinxcontrib.bibtex", "floor": "sphinx.ext.ifconfig"}[kind]
    (folder / "conf.py").write_text(CONF.format(ext=str(ext), extension=extension), "utf-8")
    keys = [f"Auteur{number}" for number in range(works)]
    titles = {key: f"{sentence(source, 6).rstrip('.').replace('.', '')} {key}" for key in keys}
    commentaries = {key: sentence(source, COMMENTARY) for key in keys}
    years = {key: 1980 + source.randrange(40) for key in keys}
    held = {theme: keys[theme::themes] for theme in range(themes)}
    names = [f"themes/theme{theme}" for theme in range(themes)]
    pages = list(names)
    entries = []
    for theme, mine in held.items():
        for key in mine:
            fields = f"author = {{Nom{key}, Prénom}}, title = {{{titles[key]}}}, year = {{{years[key]}}}, publisher = {{Presses}}, address = {{Ici}}"
            ring = [mine[mine.index(key) - 1]] if len(mine) > 1 else []
            own = f", theme = {{theme{theme}}}, annotation = {{{commentaries[key]}}}, keywords = {{{source.choice(WORDS)}}}"
            entries.append(f"@book{{{key}, {fields}{own}}}\n" if kind == "ours" else f"@book{{{key}, {fields}}}\n")
        cited = source.sample(keys, min(CITED, len(keys)))
        if kind == "ours":
            body = " ".join(f"{{cite:t}}`{key}`." for key in cited) + "\n\n```{notices}\n```\n"
        elif kind == "stock":
            body = " ".join(f"{{cite:t}}`{key}`." for key in cited)
            filter_ = " or ".join(f"key == '{key.lower()}'" for key in mine)
            body += f"\n\n```{{bibliography}}\n:filter: {filter_}\n```\n\n" + "\n\n".join(commentaries[key] for key in mine)
        else:
            body = " ".join(f"[Nom{key} ({years[key]})](#x)" if False else f"Nom{key} ({years[key]})." for key in cited)
            body += "".join(f"\n\n## {titles[key]}\n\nNom{key}. Presses, {years[key]}.\n\n{commentaries[key]}" for key in mine)
        (folder / f"{names[theme]}.md").write_text(f"# Thème {theme}\n\n{sentence(source, 60)} {body}\n", "utf-8")
    if kind == "floor":
        (folder / "works").mkdir()
        for key in keys:
            pages.append(f"works/{key.lower()}")
            (folder / f"works/{key.lower()}.md").write_text(
                f"# {titles[key]}\n\nNom{key}. Presses, {years[key]}.\n\n{commentaries[key]}\n", "utf-8"
            )
    (folder / "refs.bib").write_text("\n".join(entries), "utf-8")
    (folder / "index.md").write_text("# Mesure\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n", "utf-8")
    return themes
