"""The site's own words are French, also those that only a screen reader says."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from annotated_bib.site.furo import WORDS, in_french
from bs4 import BeautifulSoup, Comment
from furo import THEME_PATH

LABELS = ("aria-label", "title", "alt", "placeholder", "data-tooltip")
#: Where furo's templates hold words: gettext calls and blocks, labels, titles of icons.
HOLDERS = (
    r"""_\(\s*["'](.+?)["']\s*\)""",
    r"\{%-?\s*trans\b.*?%\}(.*?)\{%-?\s*endtrans",
    rf"""(?:{"|".join(LABELS)})="([^"]+)\"""",
    r"<title>(.+?)</title>",
)
SAME_IN_FRENCH = {"Index", "Logo", "Menu", "Versions", "versions", "Sphinx", "Furo"}
SPHINX_WORDS = {"Link to this heading", "Permalink", "Search Results", "Searching", "Contents", "Table of Contents"}


def furo_words() -> set[str]:
    """What furo says in English, read from the templates of the furo that is installed."""
    found = set()
    for path in THEME_PATH.rglob("*.html"):
        source = path.read_text("utf-8")
        for holder in HOLDERS:
            for said in re.findall(holder, source, re.DOTALL):
                pieces = re.split(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", unescape(said), flags=re.DOTALL)
                found.update(" ".join(piece.split()) for piece in pieces)
    return {word for word in found if re.search("[A-Za-z]{4}", word)} - SAME_IN_FRENCH


def interface(page: BeautifulSoup) -> list[str]:
    """The labels of *page*, and its text but for what the edition wrote."""
    labels = [node[label] for label in LABELS for node in page.find_all(**{label: True})]
    texts = [text for text in page.find_all(string=True) if not text.find_parent(["section", "script", "style"])]
    return [" ".join(text.split()) for text in (*labels, *texts) if text.strip() and not isinstance(text, Comment)]


@pytest.fixture(scope="module")
def pages(edition: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(edition).with_suffix("").as_posix(): BeautifulSoup(path.read_text("utf-8"), "html5lib")
        for path in edition.rglob("*.html")
    }


def test_no_page_speaks_english(pages):
    english = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(furo_words() | SPHINX_WORDS)))})\b")
    assert english.search("Skip to content"), "furo's words are no longer where they were looked for"
    said = {(name, text) for name, page in pages.items() for text in interface(page) if english.search(text)}
    assert not said


@pytest.mark.parametrize("name", ["index", "sections/travail-social", "search"])
def test_a_page_says_in_french_what_furo_says(pages, name):
    said = interface(pages[name])
    for words in ("Aller au contenu", "Afficher ou masquer le sommaire du site", "Haut de page", "Recherche"):
        assert words in said


def test_every_page_is_french_and_its_headings_are_in_order(pages):
    for name, page in pages.items():
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
        assert page.html["lang"] == "fr", name
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


@pytest.mark.parametrize("template", WORDS)
def test_furo_still_says_every_word_that_is_translated(template):
    source = (THEME_PATH / template).read_text("utf-8")
    assert [english for english in WORDS[template] if english not in source] == []


def test_a_word_that_furo_no_longer_says_is_a_warning(caplog):
    assert in_french("<title>Sections<", "partials/icons.html") == "<title>Sections<"
    warned = [record.getMessage() for record in caplog.records]
    assert len(warned) == len(WORDS["partials/icons.html"])
    assert "furo ne dit plus « <title>Contents< » dans partials/icons.html" in warned[0]
