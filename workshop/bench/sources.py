"""The dossier as other tools read it: each function gives paths and texts.

Each tool is given its best case: pandoc reads the bibliography as CSL-JSON, which is faster, and Hugo writes the list of themes
once for all pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dossier import bibliography, name, pages, themes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dossier import Page, Work

FRONT_MATTER = "---\ntitle: {}\n---\n\n"
BIBLATEX = r"""
\documentclass[a4paper]{book}
\usepackage{fontspec}
\usepackage[french]{babel}
\usepackage{csquotes}
\usepackage[style=authoryear]{biblatex}
\usepackage{hyperref}
\addbibresource{refs.bib}
\newcommand*{\related}{\edef\key{\thefield{related}}\expandafter\textcite\expandafter{\key}}
\renewbibmacro*{finentry}{\finentry\par\printfield{annotation}\par Œuvre liée : \related.}
\begin{document}
\tableofcontents
\nocite{*}
%s
\end{document}
"""
MYST = """
version: 1
project: {title: Mesure, bibliography: [refs.bib]}
site: {template: ./theme}
"""
MYST_THEME = """
jtex: v1
kind: site
title: none
build: {install: "true", start: "true"}
"""
HUGO = """
baseURL = "/"
title = "Mesure"
languageCode = "fr"
disableKinds = ["section", "taxonomy", "term", "RSS", "sitemap"]
"""
HUGO_CONTENTS = """<nav><ul>
{{ range where .Site.RegularPages "Section" "themes" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></nav>
"""
HUGO_PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>{{ partialCached "contents.html" . }}<main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""


def pandoc_site(works: list[Work]) -> Iterator[tuple[str, str]]:
    """Pages and their bibliography."""
    yield "refs.bib", bibliography(works, annotated=False)
    yield "index.md", _contents(works, ".html")
    yield from _pages(works, lambda work: f"@{work.key}")


def pandoc_book(works: list[Work]) -> Iterator[tuple[str, str]]:
    """The pages of the themes in one."""
    yield "refs.bib", bibliography(works, annotated=False)
    chapters = (f"# {page.title}\n\n{page.opening}\n{page.body}" for page in _themes(works, lambda work: f"@{work.key}"))
    yield "book.md", FRONT_MATTER.format("Mesure") + "\n".join(chapters)


def biblatex_book(works: list[Work]) -> Iterator[tuple[str, str]]:
    """A chapter for each theme, whose works the bibliography prints with their annotations."""
    yield "refs.bib", bibliography(works, annotated=True, theme="keywords")
    chapters = (
        rf"\chapter{{{page.title}}}{page.opening}\printbibliography[heading=none,keyword=theme{number}]"
        for number, page in enumerate(_themes(works, lambda work: rf"\textcite{{{work.key}}}"))
    )
    yield "book.tex", BIBLATEX % "\n".join(chapters)


def myst(works: list[Work]) -> Iterator[tuple[str, str]]:
    """A project whose theme does nothing: mystmd would fetch another."""
    yield "myst.yml", MYST
    yield "theme/template.yml", MYST_THEME
    yield "refs.bib", bibliography(works, annotated=False)
    yield "index.md", _contents(works, ".md")
    yield from _pages(works, lambda work: f"{{cite:t}}`{work.key}`")


def hugo(works: list[Work]) -> Iterator[tuple[str, str]]:
    """Pages whose citations are links written by hand, to the page of the work, and the templates of these pages."""
    yield "config.toml", HUGO
    yield "layouts/partials/contents.html", HUGO_CONTENTS
    yield "layouts/_default/single.html", HUGO_PAGE
    yield "layouts/index.html", HUGO_PAGE
    for path, text in _pages(works, lambda work: f'[{name(work)}]({{{{< relref "/works/{work.key.lower()}" >}}}})'):
        yield f"content/{path}", text


def _pages(works: list[Work], cite: Callable[[Work], str]) -> Iterator[tuple[str, str]]:
    for page in pages(works, cite):
        yield f"{page.name}.md", f"{FRONT_MATTER.format(page.title)}{page.opening}\n{page.body}"


def _themes(works: list[Work], cite: Callable[[Work], str]) -> Iterator[Page]:
    return (page for page in pages(works, cite) if page.opening)


def _contents(works: list[Work], suffix: str) -> str:
    items = (f"- [Thème {number}](themes/theme{number}{suffix})\n" for number, _ in enumerate(themes(works)))
    return FRONT_MATTER.format("Mesure") + "".join(items)
